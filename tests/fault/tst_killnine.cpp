// SPDX-License-Identifier: GPL-3.0-or-later
#include "AttemptBench.h"

#include "base/Random.h"

#include <QProcess>

#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace {

constexpr int Depth = 4;

/// The student's program: commits answers as fast as it can, several at once, and tells each commit.
int commitForEver(const QString& path)
{
    Database database(path);
    AttemptStore store(database, chainHash);
    if (!answerOf(store.begin(attemptStart()))) {
        return 1;
    }
    const AttemptId id = attemptStart().id;
    qint64 next = (*answerOf(store.find(id)))->lastSeq + 1;
    QObject context;
    std::function<void()> one = [&] {
        const qint64 number = next++;
        const QByteArray body = '"' + QByteArray(int(number % 700), 'x') + QByteArray::number(number) + '"';
        whenDone(store.record(id, attemptOp(number, body)), &context, [&](const Result<CommittedOp>& committed) {
            if (!committed) {
                std::_Exit(2);
            }
            const QByteArray line = QByteArray::number(committed->seq) + ' ' + committed->hash + '\n';
            if (write(STDOUT_FILENO, line.constData(), size_t(line.size())) < 0) {
                std::_Exit(3);
            }
            one();
        });
    };
    for (int i = 0; i < Depth; ++i) {
        one();
    }
    return QCoreApplication::exec();
}

} // namespace

class TestKillNine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAcknowledgedAnswerIsThereAfterwards()
    {
        const quint64 seed = qEnvironmentVariableIsSet("NEOLINGUS_SEED")
            ? qEnvironmentVariable("NEOLINGUS_SEED").toULongLong()
            : SystemRandom().next();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SeededRandom random(seed);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("academy.sqlite"));
        QHash<qint64, QByteArray> acknowledged;
        constexpr int Rounds = 25;
        for (int round = 0; round < Rounds; ++round) {
            QProcess child;
            child.setProcessChannelMode(QProcess::SeparateChannels);
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--commit"), path});
            const quint64 until = 1 + random.below(80);
            quint64 seen = 0;
            while (seen < until) {
                QVERIFY2(child.canReadLine() || child.waitForReadyRead(30'000), "the child is mute");
                while (seen < until && child.canReadLine()) {
                    const QList<QByteArray> words = child.readLine().trimmed().split(' ');
                    acknowledged.insert(words.at(0).toLongLong(), words.at(1));
                    ++seen;
                }
            }
            QCOMPARE(kill(pid_t(child.processId()), SIGKILL), 0);
            QVERIFY(child.waitForFinished());
            while (child.canReadLine()) {
                const QList<QByteArray> words = child.readLine().trimmed().split(' ');
                acknowledged.insert(words.at(0).toLongLong(), words.value(1));
            }

            Database database(path);
            AttemptStore store(database, chainHash);
            const auto opened = answerOf(database.opened());
            VERIFY_OK(opened);
            QVERIFY(opened->damagedCopy.isEmpty());
            QCOMPARE(whatIsWrong(database, store), QString());
            QHash<qint64, QByteArray> kept;
            for (const CommittedOp& op : answerOf(store.ops(attemptStart().id)).valueOr({})) {
                kept.insert(op.seq, op.hash);
            }
            for (auto ack = acknowledged.cbegin(); ack != acknowledged.cend(); ++ack) {
                QVERIFY2(kept.value(ack.key()) == ack.value(),
                    qPrintable(QStringLiteral("round %1 lost %2").arg(round).arg(ack.key())));
            }
            // What was committed but not told yet is known to nobody else; from here on it counts.
            QVERIFY(kept.size() - acknowledged.size() <= Depth);
            acknowledged = kept;
        }
        qInfo("%d kills, %d answers kept", Rounds, int(acknowledged.size()));
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--commit")) {
        return commitForEver(arguments.value(2));
    }
    TestKillNine test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killnine.moc"

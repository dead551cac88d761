// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Ran
{
    int exitCode = -1;
    QList<QJsonObject> lines;
    QByteArray out;
    QByteArray err;
};

Ran probe(const QStringList& arguments)
{
    QProcess process;
    process.start(qEnvironmentVariable("NEOLINGUS_BINARY_DIR") + QStringLiteral("/bin/neolingus-probe"), arguments);
    Ran ran;
    if (!process.waitForFinished(60'000)) {
        return ran;
    }
    ran.exitCode = process.exitCode();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    const QList<QByteArray> lines = ran.out.split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith('{')) {
            ran.lines.append(QJsonDocument::fromJson(line).object());
        }
    }
    return ran;
}

const QByteArray stream = "data: {\"id\":\"x1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\xC2\xA1Hola\"}}]}\n\n"
                          "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"look\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"stop\"}],"
                          "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n"
                          "data: [DONE]\n\n";

} // namespace

/// The real neolingus-probe, reading recorded answers.
class TestTutorProbe : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file(const QByteArray& body) const
    {
        QFile file(m_folder.filePath(QStringLiteral("answer")));
        return file.open(QIODevice::WriteOnly) && file.write(body) == body.size() ? file.fileName() : QString();
    }

private Q_SLOTS:
    void aReplyIsReadHoweverItIsCut_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("whole") << QStringList();
        QTest::newRow("byte by byte") << QStringList {QStringLiteral("--cut"), QStringLiteral("1")};
        QTest::newRow("in sevens") << QStringList {QStringLiteral("--cut"), QStringLiteral("7")};
    }
    void aReplyIsReadHoweverItIsCut()
    {
        QFETCH(QStringList, more);
        const Ran ran = probe(QStringList {QStringLiteral("tutor"), QStringLiteral("decode"), QStringLiteral("--wire"), QStringLiteral("openai-chat"), file(stream)} + more);
        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(ran.lines.first()[QStringLiteral("event")].toString(), QStringLiteral("started"));
        const QJsonObject reply = ran.lines.last();
        QCOMPARE(reply[QStringLiteral("event")].toString(), QStringLiteral("reply"));
        QCOMPARE(reply[QStringLiteral("text")].toString(), QStringLiteral("¡Hola"));
        QCOMPARE(reply[QStringLiteral("finish")].toObject(), QJsonObject({{QStringLiteral("reason"), QStringLiteral("stop")}, {QStringLiteral("raw"), QStringLiteral("stop")}}));
        QCOMPARE(reply[QStringLiteral("usage")].toObject()[QStringLiteral("input")].toInt(), 3);
        QCOMPARE(reply[QStringLiteral("usage")].toObject()[QStringLiteral("reasoning")], QJsonValue(QJsonValue::Null));
        QCOMPARE(reply[QStringLiteral("tool_calls")].toArray().first().toObject()[QStringLiteral("name")].toString(), QStringLiteral("look"));
        QVERIFY(reply[QStringLiteral("error")].isNull());
    }

    void failuresAreReadToo()
    {
        const Ran cut = probe({QStringLiteral("tutor"), QStringLiteral("decode"), file(stream.first(100)), QStringLiteral("--wire"), QStringLiteral("openai-compatible")});
        QCOMPARE(cut.exitCode, 0);
        QCOMPARE(cut.lines.last()[QStringLiteral("finish")].toObject()[QStringLiteral("reason")].toString(), QStringLiteral("interrupted"));
        const Ran error = probe({QStringLiteral("tutor"), QStringLiteral("decode"), QStringLiteral("--wire"), QStringLiteral("anthropic"), QStringLiteral("--status"), QStringLiteral("429"),
            file("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}")});
        QCOMPARE(error.exitCode, 0);
        QCOMPARE(error.lines.last()[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(), QStringLiteral("rate_limited"));
        QCOMPARE(error.lines.last()[QStringLiteral("finish")].toObject()[QStringLiteral("reason")].toString(), QStringLiteral("error"));
    }

    void argumentsAreChecked_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        const auto row = [](const char* name, const char* words, int exitCode) {
            QTest::newRow(name) << QString::fromLatin1(words).split(QLatin1Char(' '), Qt::SkipEmptyParts) << exitCode;
        };
        row("help", "tutor --help", 0);
        row("help of decode", "tutor decode --help", 0);
        row("nothing", "tutor", 2);
        row("another word", "tutor encode", 2);
        row("no file", "tutor decode --wire gemini", 2);
        row("no wire", "tutor decode file", 2);
        row("an unknown wire", "tutor decode --wire telegraph file", 2);
        row("no number", "tutor decode --wire gemini --cut x file", 2);
        row("two files", "tutor decode --wire gemini a b", 2);
        row("no such file", "tutor decode --wire gemini /nowhere/at/all", 6);
    }
    void argumentsAreChecked()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        const Ran ran = probe(arguments);
        QCOMPARE(ran.exitCode, exitCode);
        QVERIFY(exitCode == 0 ? ran.out.contains("Usage") : ran.err.contains("neolingus-probe"));
    }
};

QTEST_GUILESS_MAIN(TestTutorProbe)
#include "tst_tutorprobe.moc"

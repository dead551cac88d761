// SPDX-License-Identifier: GPL-3.0-or-later
// Answers committed per second, one after the other, each with its hash, folded answer and outbox
// row, beside a loop that commits one bare row per transaction on the same disk.
#include "base/Clock.h"
#include "base/Random.h"
#include "bench/Figure.h"
#include "domain/OpChain.h"
#include "store/AttemptStore.h"
#include "store/Database.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QVariant>

#include <cstdlib>

namespace {

constexpr int Answers = 2000;

double seconds(MonotonicTime from, MonotonicTime to)
{
    return double((to - from).count()) / 1e6;
}

double bareLoop(const QString& folder, const Clock& clock)
{
    double rate = 0;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("bare"));
        db.setDatabaseName(folder + QStringLiteral("/bare.sqlite"));
        if (!db.open()) {
            std::exit(1);
        }
        QSqlQuery query(db);
        query.exec(QStringLiteral("pragma journal_mode=wal"));
        query.exec(QStringLiteral("pragma synchronous=full"));
        query.exec(QStringLiteral("create table t(id integer primary key, body text)"));
        query.prepare(QStringLiteral("insert into t(body) values (?)"));
        const auto start = clock.monotonic();
        for (int i = 0; i < Answers; ++i) {
            query.bindValue(0, QStringLiteral("{\"text\":\"answer %1\"}").arg(i));
            if (!query.exec()) {
                std::exit(1);
            }
        }
        rate = Answers / seconds(start, clock.monotonic());
    }
    QSqlDatabase::removeDatabase(QStringLiteral("bare"));
    return rate;
}

/// Commits answer after answer; each waits for the one before, as a person's edits do.
class AnswerLoop : public QObject
{
public:
    AnswerLoop(const QString& folder, const Clock& clock) :
        m_clock(clock),
        m_database(folder + QStringLiteral("/academy.sqlite")),
        m_store(m_database, [](const QByteArray& previous, const OpId& op, qint64 seq, const ItemId& item,
                                const QString& kind, const QByteArray& body) {
            return opHash({op, seq, item, kind, body, previous, {}});
        })
    {
        AttemptStart start;
        start.id = AttemptId(m_random.uuid());
        start.sitting = SittingId(m_random.uuid());
        start.owner = UserId(m_random.uuid());
        start.device = DeviceId(m_random.uuid());
        start.lease = 1;
        start.state = QStringLiteral("running");
        start.paper = "{}";
        start.chainHead = chainOrigin();
        m_attempt = start.id;
        whenDone(m_store.begin(start), this, [this](const Result<StoredAttempt>& begun) {
            if (!begun) {
                std::fprintf(stderr, "%s\n", qPrintable(begun.error().detail));
                QCoreApplication::exit(1);
                return;
            }
            m_start = m_clock.monotonic();
            next();
        });
    }

    double rate() const { return m_rate; }

private:
    void next()
    {
        if (m_done == Answers) {
            m_rate = Answers / seconds(m_start, m_clock.monotonic());
            QCoreApplication::exit(0);
            return;
        }
        NewAttemptOp op;
        op.opId = OpId(m_random.uuid());
        op.item = ItemId(QStringLiteral("q%1").arg(m_done % 12));
        op.kind = QStringLiteral("answer");
        op.body = "{\"text\":\"answer " + QByteArray::number(m_done) + "\"}";
        op.wall = m_clock.wall();
        whenDone(m_store.record(m_attempt, op), this, [this](const Result<CommittedOp>& committed) {
            if (!committed) {
                std::fprintf(stderr, "%s\n", qPrintable(committed.error().detail));
                QCoreApplication::exit(1);
                return;
            }
            ++m_done;
            next();
        });
    }

    const Clock& m_clock;
    SystemRandom m_random;
    Database m_database;
    AttemptStore m_store;
    AttemptId m_attempt;
    MonotonicTime m_start {};
    int m_done = 0;
    double m_rate = 0;
};

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    // Beside the build: the system's temporary folder may be memory.
    const QTemporaryDir folder(QCoreApplication::applicationDirPath() + QStringLiteral("/bench.XXXXXX"));
    const SystemClock clock;
    const double bare = bareLoop(folder.path(), clock);
    AnswerLoop loop(folder.path(), clock);
    if (QCoreApplication::exec() != 0) {
        return 1;
    }
    printFigure(QStringLiteral("answers_committed"), loop.rate(), QStringLiteral("1/s"),
        QStringLiteral("one bare row per commit, SQLite, WAL, synchronous=FULL, same disk"), bare);
    return 0;
}

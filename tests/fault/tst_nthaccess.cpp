// SPDX-License-Identifier: GPL-3.0-or-later
#include "AttemptBench.h"
#include "support/SyncTest.h"

/// Plays one exam again and again, each time with the next access to the database failing, and
/// compares where it ends. The idea is ownCloud's.
class TestNthAccess : public QObject
{
    Q_OBJECT

    struct Countdown
    {
        std::atomic<int> left {-1};
        std::atomic<bool> struck {false};
        Error error;
    };

    struct Ending
    {
        QStringList rows;
        QList<qint64> serverOrder;
        int kept = 0;
        bool operator==(const Ending&) const = default;
    };

    /// Asks again until it works, as the program does.
    template <typename Ask>
    static bool insist(Ask ask)
    {
        for (int i = 0; i < 3; ++i) {
            if (answerOf(ask())) {
                return true;
            }
        }
        return false;
    }

    static QStringList dump(Database& database)
    {
        QStringList rows;
        for (const char* table : {"outbox", "lanes", "receipts", "attempts", "papers", "attempt_ops", "answers",
                 "command_acks", "incidents", "course_progress", "remembered"}) {
            const auto found = answerOf(database.read<QList<SqlRow>>([table](Connection& c) {
                return c.query(QStringLiteral("SELECT * FROM %1 ORDER BY 1, 2, 3").arg(QLatin1String(table)));
            }));
            for (const SqlRow& row : found.valueOr({})) {
                QString line = QString::fromLatin1(table);
                for (int i = 0; i < row.count(); ++i) {
                    line += u'|' + row.text(i);
                }
                rows.append(line);
            }
        }
        return rows;
    }

    static std::optional<Ending> play(const std::shared_ptr<Countdown>& countdown)
    {
        const QTemporaryDir dir(quickFolder());
        DatabaseOptions options;
        options.hook = [countdown](QStringView) -> std::optional<Error> {
            if (countdown->left >= 0 && countdown->left-- == 0) {
                countdown->struck = true;
                return countdown->error;
            }
            return {};
        };
        auto database = std::make_unique<Database>(dir.filePath(QStringLiteral("a.sqlite")), options);
        if (!answerOf(database->opened())) {
            database = std::make_unique<Database>(dir.filePath(QStringLiteral("a.sqlite")), options);
        }
        if (!answerOf(database->opened())) {
            return {};
        }
        AttemptStore store(*database, chainHash);
        const AttemptId id = attemptStart().id;
        FakeScheduler time;
        SeededRandom random(7);
        FakeAcademy academy;
        auto tokens = std::make_unique<FakeTokens>();
        SyncEngine engine(*database, std::move(tokens), time, time, random);
        engine.registerUploader(QStringLiteral("attempt:"), &academy);

        bool ok = insist([&] { return store.begin(attemptStart()); });
        for (int i = 1; i <= 6; ++i) {
            ok = ok && insist([&] { return store.record(id, attemptOp(i, QByteArray::number(i))); });
            engine.poke();
        }
        StoredIncident incident;
        incident.kind = QStringLiteral("focus_loss");
        ok = ok && insist([&] { return store.addIncident(id, incident); })
            && insist([&] { return store.saveResumePoint(id, {ItemId(QStringLiteral("q3")), 9}); })
            && insist([&] { return store.commandsApplied(id, 4, {3, 4}); })
            && insist([&] { return store.commandsAcked(id, {3}); })
            && insist([&] { return store.markSubmitRequested(id); });
        for (int i = 0; i < 200; ++i) {
            time.advance(std::chrono::seconds(5));
            for (int turn = 0; turn < 6; ++turn) {
                (void)answerOf(database->read<int>([](Connection&) -> Result<int> { return 0; }));
            }
            const auto counts = answerOf(store.counts(id));
            if (counts && counts->pending == 0) {
                break;
            }
        }
        ok = ok && insist([&] { return store.saveReceipt(id, QStringLiteral("R"), {}, QStringLiteral("submitted")); });
        if (!ok) {
            return {};
        }
        countdown->left = -1;
        return Ending {dump(*database), academy.order.value(attemptLane(id)), int(academy.kept.size())};
    }

private Q_SLOTS:
    void everyAccessMayFailOnce_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("the disk refuses") << QStringLiteral("store_failed");
        QTest::newRow("the disk is full") << QStringLiteral("store_full");
        QTest::newRow("the file is locked") << QStringLiteral("store_locked");
    }

    void everyAccessMayFailOnce()
    {
        QFETCH(QString, code);
        const auto countdown = std::make_shared<Countdown>();
        countdown->error = {ErrorKind::Storage, code, QStringLiteral("injected"), {}};
        const auto undisturbed = play(countdown);
        QVERIFY(undisturbed.has_value());
        QCOMPARE(undisturbed->kept, 6);
        QCOMPARE(undisturbed->serverOrder, QList<qint64>({1, 2, 3, 4, 5, 6}));
        int n = 0;
        for (;; ++n) {
            countdown->struck = false;
            countdown->left = n;
            const auto ending = play(countdown);
            if (!countdown->struck) {
                break;
            }
            QVERIFY2(ending.has_value(), qPrintable(QStringLiteral("gave up at access %1").arg(n)));
            QVERIFY2(ending->serverOrder == undisturbed->serverOrder && ending->kept == undisturbed->kept,
                qPrintable(QStringLiteral("the academy differs at access %1").arg(n)));
            for (const QString& row : ending->rows) {
                QVERIFY2(undisturbed->rows.contains(row), qPrintable(QStringLiteral("access %1: %2").arg(n).arg(row)));
            }
            QCOMPARE(ending->rows.size(), undisturbed->rows.size());
        }
        qInfo("%d accesses, each failed once", n);
        QVERIFY(n > 100);
    }
};

QTEST_GUILESS_MAIN(TestNthAccess)
#include "tst_nthaccess.moc"

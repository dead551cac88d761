// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

class TestConnection : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Database> m_database;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_database = std::make_unique<Database>(m_dir.filePath(QStringLiteral("c.sqlite")));
        VERIFY_OK(execute(*m_database, QStringLiteral("CREATE TABLE t (a, b TEXT NOT NULL UNIQUE DEFAULT 'x')")));
    }
    void cleanup()
    {
        VERIFY_OK(execute(*m_database, QStringLiteral("DROP TABLE t")));
        m_database.reset();
    }

    void keepsValues_data()
    {
        QTest::addColumn<QVariant>("stored");
        QTest::addColumn<QVariant>("loaded");
        QTest::newRow("largest integer") << QVariant(std::numeric_limits<qint64>::max())
                                         << QVariant(std::numeric_limits<qint64>::max());
        QTest::newRow("a real number") << QVariant(1.5) << QVariant(1.5);
        QTest::newRow("text with a NUL and an emoji")
            << QVariant(QString::fromUtf8("a\u00e9\U0001F600")) << QVariant(QString::fromUtf8("a\u00e9\U0001F600"));
        QTest::newRow("bytes") << QVariant(QByteArray("\0\xff{", 3)) << QVariant(QByteArray("\0\xff{", 3));
        QTest::newRow("true") << QVariant(true) << QVariant(1LL);
        QTest::newRow("null text is empty text") << QVariant(QString()) << QVariant(QStringLiteral(""));
        QTest::newRow("null bytes are empty bytes") << QVariant(QByteArray()) << QVariant(QByteArray(""));
    }

    void keepsValues()
    {
        QFETCH(QVariant, stored);
        QFETCH(QVariant, loaded);
        VERIFY_OK(execute(*m_database, QStringLiteral("INSERT INTO t (a) VALUES (?)"), {stored}));
        const auto row = answerOf(m_database->read<std::optional<SqlRow>>(
            [](Connection& c) { return c.first(QStringLiteral("SELECT a, a IS NULL FROM t")); }));
        VERIFY_OK(row);
        QVERIFY(row->has_value());
        QVERIFY(!(*row)->boolean(1));
        if (loaded.typeId() == QMetaType::QByteArray) {
            QCOMPARE((*row)->bytes(0), loaded.toByteArray());
        } else if (loaded.typeId() == QMetaType::QString) {
            QCOMPARE((*row)->text(0), loaded.toString());
        } else if (loaded.typeId() == QMetaType::Double) {
            QCOMPARE((*row)->real(0), loaded.toDouble());
        } else {
            QCOMPARE((*row)->integer(0), loaded.toLongLong());
        }
    }

    void aDefaultVariantIsNull()
    {
        VERIFY_OK(execute(*m_database, QStringLiteral("INSERT INTO t (a) VALUES (?)"), {QVariant()}));
        const auto row = answerOf(m_database->read<std::optional<SqlRow>>(
            [](Connection& c) { return c.first(QStringLiteral("SELECT a FROM t")); }));
        VERIFY_OK(row);
        QVERIFY((*row)->isNull(0));
        QCOMPARE((*row)->optionalInteger(0), std::optional<qint64>());
        QCOMPARE((*row)->optionalText(0), std::optional<QString>());
        QCOMPARE((*row)->integer(0), 0);
    }

    void aBrokenConstraintLeavesTheTransactionUsable()
    {
        const auto count = answerOf(m_database->run<qint64>([](Connection& c) -> Result<qint64> {
            (void)c.exec(QStringLiteral("INSERT INTO t (b) VALUES ('one')"));
            const auto twice = c.exec(QStringLiteral("INSERT INTO t (b) VALUES ('one')"));
            if (twice.ok() || twice.error().code != QLatin1String("store_constraint")) {
                return -1;
            }
            (void)c.exec(QStringLiteral("INSERT INTO t (b) VALUES ('two')"));
            return c.integer(QStringLiteral("SELECT count(*) FROM t"));
        }));
        VERIFY_OK(count);
        QCOMPARE(*count, 2);
    }

    void anyOtherErrorLosesTheTransaction()
    {
        const auto after = answerOf(m_database->run<int>([](Connection& c) -> Result<int> {
            (void)c.exec(QStringLiteral("INSERT INTO t (b) VALUES ('one')"));
            (void)c.exec(QStringLiteral("SELECT nonsense FROM nowhere"));
            (void)c.exec(QStringLiteral("INSERT INTO t (b) VALUES ('two')"));
            return 0;
        }));
        QVERIFY(!after.ok());
        QCOMPARE(after.error().code, QStringLiteral("store_failed"));
        QCOMPARE(integerOf(*m_database, QStringLiteral("SELECT count(*) FROM t")).valueOr(-1), 0);
    }

    void returningGivesRowsAndChanges()
    {
        const auto rows = answerOf(m_database->run<QList<SqlRow>>([](Connection& c) {
            return c.query(QStringLiteral("INSERT INTO t (a, b) VALUES (1, 'p'), (2, 'q') RETURNING a, b"));
        }));
        VERIFY_OK(rows);
        QCOMPARE(rows->size(), 2);
        QCOMPARE(rows->at(1).text(1), QStringLiteral("q"));
        QCOMPARE(integerOf(*m_database, QStringLiteral("SELECT count(*) FROM t")).valueOr(-1), 2);
    }

    void manyDifferentStatementsStayWithinTheCache()
    {
        const auto sum = answerOf(m_database->read<qint64>([](Connection& c) -> Result<qint64> {
            qint64 total = 0;
            for (int i = 0; i < 600; ++i) {
                const auto value = c.integer(QStringLiteral("SELECT %1").arg(i));
                if (!value) {
                    return value;
                }
                total += *value;
            }
            return total;
        }));
        QCOMPARE(sum.valueOr(-1), 599 * 600 / 2);
    }
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

#include "store/ProgressStore.h"

class TestProgressStore : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Database> m_database;
    const UserId Ana {QStringLiteral("ana")};
    const UserId Ben {QStringLiteral("ben")};
    const CourseId B2 {QStringLiteral("b2")};

    static QJsonObject row(double overall) { return {{QStringLiteral("overall"), overall}}; }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_database = std::make_unique<Database>(m_dir.filePath(QString::fromLatin1(QTest::currentTestFunction())));
    }
    void cleanup() { m_database.reset(); }

    void onlyANewerVersionChangesARow()
    {
        ProgressStore store(*m_database);
        QCOMPARE(answerOf(store.save({Ana, B2, 5, row(40)})).valueOr(false), true);
        QCOMPARE(answerOf(store.save({Ana, B2, 5, row(41)})).valueOr(true), false);
        QCOMPARE(answerOf(store.save({Ana, B2, 4, row(42)})).valueOr(true), false);
        QCOMPARE(answerOf(store.save({Ana, B2, 6, row(43)})).valueOr(false), true);
        const auto found = answerOf(store.find(Ana, B2));
        QCOMPARE((*found)->version, 6);
        QCOMPARE((*found)->row, row(43));
        QVERIFY(!answerOf(store.find(Ben, B2))->has_value());
    }

    void listsByUserAndByCourse()
    {
        ProgressStore store(*m_database);
        VERIFY_OK(answerOf(store.save({Ana, B2, 1, row(1)})));
        VERIFY_OK(answerOf(store.save({Ana, CourseId(QStringLiteral("c1")), 1, row(2)})));
        VERIFY_OK(answerOf(store.save({Ben, B2, 1, row(3)})));
        QCOMPARE(answerOf(store.forUser(Ana))->size(), 2);
        QCOMPARE(answerOf(store.forCourse(B2))->size(), 2);
        QCOMPARE(answerOf(store.forCourse(B2))->at(1).user, Ben);
    }

    void remembersHomeForEachUser()
    {
        ProgressStore store(*m_database);
        QVERIFY(answerOf(store.markDrafts(Ana))->isEmpty());
        QVERIFY(answerOf(store.home(Ana))->isEmpty());
        VERIFY_OK(answerOf(store.saveMarkDrafts(Ana, row(2))));
        VERIFY_OK(answerOf(store.saveMarkDrafts(Ana, row(3))));
        VERIFY_OK(answerOf(store.saveHome(Ana, row(9))));
        QCOMPARE(answerOf(store.markDrafts(Ana)).valueOr({}), row(3));
        QCOMPARE(answerOf(store.home(Ana)).valueOr({}), row(9));
        QVERIFY(answerOf(store.markDrafts(Ben))->isEmpty());
    }

    void nothingReachesTheOutbox()
    {
        ProgressStore store(*m_database);
        VERIFY_OK(answerOf(store.save({Ana, B2, 1, row(1)})));
        VERIFY_OK(answerOf(store.saveHome(Ana, row(9))));
        QCOMPARE(integerOf(*m_database, QStringLiteral("SELECT count(*) FROM outbox")).valueOr(-1), 0);
    }
};

QTEST_GUILESS_MAIN(TestProgressStore)
#include "tst_progressstore.moc"

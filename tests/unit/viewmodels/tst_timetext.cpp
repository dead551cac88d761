// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ResultWords.h"
#include "viewmodels/TimeText.h"

#include <QJsonArray>
#include <QTest>

using namespace std::chrono_literals;

/// Moments, lengths and results as the pages write them.
class TestTimeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clock_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("over") << -3 << QStringLiteral("0:00");
        QTest::newRow("below a minute") << 7 << QStringLiteral("0:07");
        QTest::newRow("below an hour") << 42 * 60 + 17 << QStringLiteral("42:17");
        QTest::newRow("an hour exactly") << 3600 << QStringLiteral("1:00:00");
        QTest::newRow("above an hour") << 3600 + 5 * 60 + 7 << QStringLiteral("1:05:07");
    }

    void clock()
    {
        QFETCH(int, seconds);
        QTEST(TimeText::clock(std::chrono::seconds(seconds)), "text");
    }

    void day_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::addColumn<QString>("text");
        QTest::newRow("yesterday") << QDate(2026, 11, 22) << QStringLiteral("Yesterday, 19:05");
        QTest::newRow("today") << QDate(2026, 11, 23) << QStringLiteral("Today, 19:05");
        QTest::newRow("tomorrow") << QDate(2026, 11, 24) << QStringLiteral("Tomorrow, 19:05");
        QTest::newRow("this year: the day before the month") << QDate(2026, 3, 4) << QStringLiteral("Wed 4 Mar, 19:05");
        QTest::newRow("another year") << QDate(2027, 3, 4) << QStringLiteral("4 Mar 2027, 19:05");
    }

    void day()
    {
        QFETCH(QDate, date);
        const QDateTime now(QDate(2026, 11, 23), QTime(18, 0));
        QTEST(TimeText::moment(QDateTime(date, QTime(19, 5)), now, British), "text");
    }

    void aRecordIsClearInAYear()
    {
        QCOMPARE(TimeText::record(QDateTime(QDate(2026, 11, 23), QTime(19, 58)), British),
            QStringLiteral("23 November 2026, 19:58"));
    }

    void theHeadOfAPageBeginsWithACapital()
    {
        const QDateTime now(QDate(2026, 11, 23), QTime(18, 0));
        QCOMPARE(TimeText::today(now, British), QStringLiteral("Monday, 23 November 2026"));
        QCOMPARE(TimeText::today(now, QLocale(QStringLiteral("es_ES"))), QStringLiteral("Lunes, 23 de noviembre de 2026"));
    }

    void momentsOfTheAcademyAreSaidInLocalTime()
    {
        QCOMPARE(TimeText::local(QStringLiteral("2026-11-23T19:00:00.000000+02:00")).toUTC(),
            QDateTime(QDate(2026, 11, 23), QTime(17, 0), Qt::UTC));
        QCOMPARE(TimeText::local(WallTime(1'500us)).toMSecsSinceEpoch(), 1);
        QVERIFY(!TimeText::local(QStringLiteral("soon")).isValid());
    }

    void aResultIsTold_data()
    {
        QTest::addColumn<bool>("open");
        QTest::addColumn<QJsonValue>("passed");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("writing");
        QTest::addColumn<bool>("hasRemark");
        QTest::newRow("passed") << false << QJsonValue(true) << QStringLiteral("Passed") << QStringLiteral("5 of 8") << false;
        QTest::newRow("not passed") << false << QJsonValue(false) << QStringLiteral("Not passed") << QStringLiteral("5 of 8") << false;
        QTest::newRow("no rule") << false << QJsonValue(QJsonValue::Null) << QString() << QStringLiteral("5 of 8") << false;
        QTest::newRow("half marked") << true << QJsonValue(QJsonValue::Null) << QString() << QStringLiteral("being marked") << true;
    }

    void aResultIsTold()
    {
        QFETCH(bool, open);
        QFETCH(QJsonValue, passed);
        SittingRow row;
        ResultWords::tell(row,
            {{QStringLiteral("score"), 16.5}, {QStringLiteral("max_score"), 24}, {QStringLiteral("needs_marking"), open},
                {QStringLiteral("passed"), passed},
                {QStringLiteral("per_section"),
                    QJsonArray {QJsonObject {{QStringLiteral("title"), QStringLiteral("Writing")}, {QStringLiteral("score"), 5},
                        {QStringLiteral("max"), 8}, {QStringLiteral("needs_marking"), open}}}}},
            QLocale(QLocale::English));
        QCOMPARE(row.points, QStringLiteral("16.5 of 24 points"));
        QCOMPARE(row.parts, QStringList {QStringLiteral("Writing")});
        QTEST(row.partPoints.value(0), "writing");
        QTEST(row.verdict, "verdict");
        QTEST(!row.remark.isEmpty(), "hasRemark");
    }

    void noResultSaysNothing()
    {
        SittingRow row;
        ResultWords::tell(row, {}, QLocale(QLocale::English));
        QCOMPARE(row, SittingRow());
    }

private:
    const QLocale British {QLocale::English, QLocale::UnitedKingdom};
};

QTEST_GUILESS_MAIN(TestTimeText)
#include "tst_timetext.moc"

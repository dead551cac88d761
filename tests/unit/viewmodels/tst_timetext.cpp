// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ConnectionQuality.h"
#include "viewmodels/ResultWords.h"
#include "viewmodels/TimeText.h"

#include <QJsonArray>
#include <QTest>

using namespace std::chrono_literals;

/// Moments, lengths, results and connections as the pages write them.
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
            QLocale(QLocale::English), QStringLiteral("en"));
        QCOMPARE(row.points, QStringLiteral("16.5 of 24 points"));
        QCOMPARE(row.parts, QStringList {QStringLiteral("Writing")});
        QTEST(row.partPoints.value(0), "writing");
        QTEST(row.verdict, "verdict");
        QTEST(!row.remark.isEmpty(), "hasRemark");
    }

    void aResultBringsTheTeachersWords()
    {
        SittingRow row;
        const auto said = [](int band, const char* words) {
            return QJsonObject {{QStringLiteral("band"), band}, {QStringLiteral("words"), QString::fromLatin1(words)}};
        };
        ResultWords::tell(row,
            {{QStringLiteral("score"), 12}, {QStringLiteral("max_score"), 24},
                {QStringLiteral("marks"),
                    QJsonArray {QJsonObject {{QStringLiteral("prompt"), QJsonObject {{QStringLiteral("en"), QStringLiteral("Write!")}}},
                        {QStringLiteral("points"), 12}, {QStringLiteral("max"), 20}, {QStringLiteral("words"), QStringLiteral("Well argued. ")},
                        {QStringLiteral("criteria"),
                            QJsonObject {{QStringLiteral("accuracy"), said(2, "")}, {QStringLiteral("task"), said(4, "All points.")}}}}}}},
            QLocale(QLocale::English), QStringLiteral("en"));
        QCOMPARE(row.words.lineCount(), 3);
        QCOMPARE(row.words.line(0).title, QStringLiteral("Write!"));
        QCOMPARE(row.words.line(0).label, QStringLiteral("12 of 20 points"));
        QCOMPARE(row.words.line(0).text, QStringLiteral("Well argued."));
        QCOMPARE(row.words.line(1).label, QStringLiteral("4 of 5"));
        QCOMPARE(row.words.line(1).text, QStringLiteral("All points."));
        QCOMPARE(row.words.line(2).label, QStringLiteral("2 of 5"));
    }

    void aConnectionIsSaidInWords_data()
    {
        using Grade = ConnectionQuality::Grade;
        QTest::addColumn<ConnectionFacts>("facts");
        QTest::addColumn<Grade>("grade");
        QTest::addColumn<QString>("words");
        const QString good = QStringLiteral("Good");
        const QString slow = QStringLiteral("Slow");
        const QString unsteady = QStringLiteral("Unsteady");
        const QString none = QStringLiteral("No connection");
        QTest::newRow("quick") << ConnectionFacts {true, 34ms, 3s, 0} << Grade::Good << good;
        QTest::newRow("just quick enough") << ConnectionFacts {true, 400ms, 30s, 1} << Grade::Good << good;
        QTest::newRow("slow") << ConnectionFacts {true, 401ms, 3s, 0} << Grade::Slow << slow;
        QTest::newRow("broke once") << ConnectionFacts {true, 34ms, 3s, 1} << Grade::Good << good;
        QTest::newRow("broke twice") << ConnectionFacts {true, 34ms, 3s, 2} << Grade::Unsteady << unsteady;
        QTest::newRow("slow and broken") << ConnectionFacts {true, 900ms, 3s, 4} << Grade::Unsteady << unsteady;
        QTest::newRow("silent") << ConnectionFacts {true, 34ms, 30'001ms, 0} << Grade::Unsteady << unsteady;
        QTest::newRow("not measured yet") << ConnectionFacts {true, {}, 1s, 0} << Grade::Unknown << QString();
        QTest::newRow("nothing heard yet") << ConnectionFacts {true, {}, {}, 0} << Grade::Unknown << QString();
        QTest::newRow("away") << ConnectionFacts {false, 34ms, 3s, 0} << Grade::None << none;
    }
    void aConnectionIsSaidInWords()
    {
        QFETCH(ConnectionFacts, facts);
        QFETCH(ConnectionQuality::Grade, grade);
        QCOMPARE(ConnectionQuality::of(facts), grade);
        QTEST(ConnectionQuality::words(grade), "words");
        QCOMPARE(ConnectionQuality::meaning(grade).isEmpty(), grade == ConnectionQuality::Grade::Unknown);
    }

    void noResultSaysNothing()
    {
        SittingRow row;
        ResultWords::tell(row, {}, QLocale(QLocale::English), QStringLiteral("en"));
        QCOMPARE(row, SittingRow());
    }

private:
    const QLocale British {QLocale::English, QLocale::UnitedKingdom};
};

QTEST_GUILESS_MAIN(TestTimeText)
#include "tst_timetext.moc"

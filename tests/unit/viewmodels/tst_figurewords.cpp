// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/FigureWords.h"

#include <QTest>

/// Figures read as words with units; no name of the program's own reaches a person.
class TestFigureWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("a count") << QStringLiteral("messages_in") << QJsonValue(1204) << QStringLiteral("1,204");
        QTest::newRow("a short time") << QStringLiteral("p50_ms") << QJsonValue(1.314) << QStringLiteral("1.31 ms");
        QTest::newRow("a longer time") << QStringLiteral("first_token_p95_ms") << QJsonValue(842) << QStringLiteral("842 ms");
        QTest::newRow("a wait") << QStringLiteral("queue_oldest_ms") << QJsonValue(125'000) << QStringLiteral("2 min");
        QTest::newRow("nothing measured") << QStringLiteral("first_token_p50_ms") << QJsonValue() << QStringLiteral("–");
        QTest::newRow("bytes") << QStringLiteral("rest_bytes_in") << QJsonValue(482'113) << QStringLiteral("482.1 kB");
        QTest::newRow("memory") << QStringLiteral("memory_usage") << QJsonValue(118'000'000) << QStringLiteral("118.0 MB");
        QTest::newRow("a running time") << QStringLiteral("uptime_s") << QJsonValue(5460) << QStringLiteral("1 h 31 min");
        QTest::newRow("a state") << QStringLiteral("socket") << QJsonValue(QStringLiteral("probing")) << QStringLiteral("being tested");
    }

    void values()
    {
        QFETCH(QString, name);
        QFETCH(QJsonValue, value);
        QTEST(FigureWords::value(name, value, QLocale(QLocale::English, QLocale::UnitedKingdom)), "text");
    }

    void everyFigureHasWords_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"subscriptions", "feeds", "cached_rows", "changes_received", "updates_delivered",
                 "updates_coalesced", "catch_ups", "student_sessions", "proctor_sessions", "user_subscriptions", "calls",
                 "topic_messages", "operations_received_by_school", "started", "done", "stopped", "interrupted", "failed",
                 "retries", "bytes_received", "input_tokens", "output_tokens", "first_token_p50_ms", "first_token_p95_ms",
                 "first_token_p99_ms", "socket", "socket_latency", "messages_in", "messages_out", "bytes_in", "bytes_out",
                 "unreadable", "reconnects", "channels", "live_channels", "rest_latency", "rest_requests", "rest_failures",
                 "rest_bytes_in", "rest_bytes_out", "queue_depth", "queue_quarantined", "queue_oldest_ms", "memory_usage",
                 "uptime_s"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }

    void everyFigureHasWords()
    {
        QFETCH(QString, name);
        const QString label = FigureWords::label(name);
        QVERIFY(!label.isEmpty());
        QVERIFY2(label != name && label != QString(name).replace(QLatin1Char('_'), QLatin1Char(' ')), qPrintable(label));
    }

    void anUnknownNameLosesItsUnderscores()
    {
        QCOMPARE(FigureWords::label(QStringLiteral("brand_new_figure")), QStringLiteral("brand new figure"));
    }
};

QTEST_GUILESS_MAIN(TestFigureWords)
#include "tst_figurewords.moc"

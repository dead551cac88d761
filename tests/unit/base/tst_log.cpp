// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Log.h"

#include <QTest>

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urlsLoseTheirSecrets()
    {
        const QUrl url(QStringLiteral("https://me:pw@x.example/realtime/v1?apikey=abc#tok"));
        QCOMPARE(loggable(url), QStringLiteral("https://x.example/realtime/v1"));
    }

    void secretsAreRemoved_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("secret");
        QTest::newRow("jwt") << QStringLiteral("got eyJhbGciOi.eyJzdWIi.c2ln ok") << QStringLiteral("eyJ");
        QTest::newRow("bearer") << QStringLiteral("Authorization: Bearer abc123") << QStringLiteral("abc123");
        QTest::newRow("json password") << QStringLiteral(R"({"password":"hunter2"})") << QStringLiteral("hunter2");
        QTest::newRow("query") << QStringLiteral("?apikey=k-99&vsn=2") << QStringLiteral("k-99");
        QTest::newRow("secret key") << QStringLiteral("sb_secret_Abc_123") << QStringLiteral("Abc_123");
        QTest::newRow("provider key") << QStringLiteral("key sk-proj-12345678 refused") << QStringLiteral("12345678");
        QTest::newRow("Google's key") << QStringLiteral("API key AIzaSyD-1234567890_abcdefghijklmnopqrstu is wrong") << QStringLiteral("1234567890");
        QTest::newRow("xAI's key") << QStringLiteral("Incorrect key: xai-Ab12Cd34Ef56.") << QStringLiteral("Ab12");
        QTest::newRow("Groq's key") << QStringLiteral("no such key gsk_Ab12Cd34Ef56") << QStringLiteral("Ab12");
        QTest::newRow("refresh token") << QStringLiteral(R"("refresh_token": "q7Zk")") << QStringLiteral("q7Zk");
    }
    void secretsAreRemoved()
    {
        QFETCH(QString, text);
        QFETCH(QString, secret);
        const QString safe = redacted(text);
        QVERIFY2(!safe.contains(secret), qPrintable(safe));
        QVERIFY(safe.contains(QStringLiteral("[removed]")));
    }

    void ordinaryTextIsLeftAlone()
    {
        const QString text = QStringLiteral("joined sitting 7 after 120 ms, attempt 3");
        QCOMPARE(redacted(text), text);
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"

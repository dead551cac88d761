// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/Project.h"

#include <QTest>

class TestProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatPeopleType_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        const auto row = [](const char* typed, const char* url) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(url);
        };
        row("academy.example", "https://academy.example");
        row(" academy.example:8443/school ", "https://academy.example:8443/school");
        row("192.168.1.20:54321", "https://192.168.1.20:54321");
        row("academy.local", "https://academy.local");
        row("localhost:54321", "http://localhost:54321");
        row("127.0.0.1:54321", "http://127.0.0.1:54321");
        row("[::1]:54321", "http://[::1]:54321");
        row("https://127.0.0.1:54321", "https://127.0.0.1:54321");
        row("http://academy.example", "http://academy.example");
        row("ftp://academy.example", "");
        row("/home/me", "");
        row("two words", "");
        row("", "");
    }
    void whatPeopleType()
    {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        QCOMPARE(Project::urlFrom(typed).toString(), url);
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("socket");
        QTest::addColumn<QString>("rest");
        QTest::addColumn<QString>("name");
        QTest::newRow("hosted")
            << QStringLiteral("https://abc.supabase.co")
            << QStringLiteral("wss://abc.supabase.co/realtime/v1/websocket?apikey=a%2Bb&vsn=2.0.0")
            << QStringLiteral("https://abc.supabase.co/rest/v1/")
            << QStringLiteral("abc.supabase.co");
        QTest::newRow("embedded")
            << QStringLiteral("http://127.0.0.1:54321/")
            << QStringLiteral("ws://127.0.0.1:54321/realtime/v1/websocket?apikey=a%2Bb&vsn=2.0.0")
            << QStringLiteral("http://127.0.0.1:54321/rest/v1/")
            << QStringLiteral("127.0.0.1:54321");
        QTest::newRow("below a path")
            << QStringLiteral("https://school.example/academy/")
            << QStringLiteral(
                   "wss://school.example/academy/realtime/v1/websocket?apikey=a%2Bb&vsn=2.0.0")
            << QStringLiteral("https://school.example/academy/rest/v1/")
            << QStringLiteral("school.example");
    }
    void addresses()
    {
        QFETCH(QString, url);
        QFETCH(QString, socket);
        QFETCH(QString, rest);
        QFETCH(QString, name);
        const Project project{QUrl(url), QStringLiteral("a+b")};
        QCOMPARE(QString::fromLatin1(project.socketUrl().toEncoded()), socket);
        QCOMPARE(project.restUrl().toString(), rest);
        QCOMPARE(project.storageName(), name);
        const QUrl token = project.authUrl(QStringLiteral("token?grant_type=password"));
        QVERIFY(token.path().endsWith(QStringLiteral("/auth/v1/token")));
        QCOMPARE(token.query(), QStringLiteral("grant_type=password"));
    }
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"

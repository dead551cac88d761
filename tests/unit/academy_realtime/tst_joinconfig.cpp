// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/JoinConfig.h"

#include <QTest>

using academy::JoinConfig;

class TestJoinConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everything()
    {
        const auto config = JoinConfig::read(R"({"config":{"broadcast":{"ack":true,"self":true,
            "replay":{"since":1763407103911,"limit":100},"replication_ready":true},
            "presence":{"key":"k","enabled":true},"private":true,
            "postgres_changes":[{"event":"INSERT","schema":"public","table":"todos","filter":"a=eq.1","select":["id"]}]},
            "access_token":"t"})",
            "room");
        QVERIFY(config.acknowledge && config.self && config.replicationReady && config.presence
            && config.isPrivate);
        QVERIFY(config.presenceKey == "k");
        QCOMPARE(config.replay->sinceMilliseconds, std::int64_t(1763407103911));
        QCOMPARE(config.replay->limit, 25);
        QVERIFY(config.accessToken == "t");
        QCOMPARE(config.bindings.size(), std::size_t(1));
        QVERIFY(config.bindings[0].event == "INSERT");
        QVERIFY(config.bindings[0].filter == "a=eq.1");
        QVERIFY(config.bindings[0].select == std::vector<std::string>{"id"});
    }
    void bindingsAreEchoedWordForWord()
    {
        const auto config = JoinConfig::read(
            R"({"config":{"postgres_changes":[{"table":"t", "event":"whatever","schema":"s","more":[1, 2],"filter":null}]}})",
            "x");
        const auto& binding = config.bindings.at(0);
        QVERIFY(binding.event == "*");
        QCOMPARE(QString::fromStdString(binding.echo),
            QStringLiteral(R"({"id":%1,"table":"t","event":"whatever","schema":"s","more":[1, 2]})")
                .arg(binding.id));
        QVERIFY(binding.id >= 0 && binding.id < (1 << 27));
    }
    void equalBindingsShareAnId()
    {
        const auto config = JoinConfig::read(R"({"config":{"postgres_changes":[
            {"event":"*","schema":"s","table":"t"},{"event":"*","schema":"s","table":"t"},
            {"event":"*","schema":"s","table":"t","filter":"a=eq.1"}]}})",
            "x");
        QCOMPARE(config.bindings[0].id, config.bindings[1].id);
        QVERIFY(config.bindings[0].id != config.bindings[2].id);
    }
    void stringBooleansCount()
    {
        const auto config = JoinConfig::read(
            R"({"config":{"broadcast":{"ack":"true","self":"True"},"presence":{"key":123},"private":"false"}})",
            "x");
        QVERIFY(config.acknowledge && config.self && !config.isPrivate);
        QVERIFY(config.presenceKey.empty());
    }
    void wrongTypesFallBackToDefaults()
    {
        const auto config = JoinConfig::read(
            R"({"config":{"broadcast":{"ack":"maybe"},"private":7,"postgres_changes":{}}})", "x");
        QVERIFY(!config.acknowledge && !config.isPrivate && config.bindings.empty());
    }
    void oldClientsNameTheTableInTheTopic()
    {
        const auto config = JoinConfig::read("{}", "public:notes:owner=eq.5");
        QCOMPARE(config.bindings.size(), std::size_t(1));
        QVERIFY(config.bindings[0].schema == "public");
        QVERIFY(config.bindings[0].table == "notes");
        QVERIFY(config.bindings[0].filter == "owner=eq.5");
    }
    void tokens_data()
    {
        QTest::addColumn<QString>("payload");
        QTest::addColumn<QString>("token");
        QTest::newRow("present") << QStringLiteral(R"({"access_token":"a.b.c"})")
                                 << QStringLiteral("a.b.c");
        QTest::newRow("legacy name")
            << QStringLiteral(R"({"user_token":"a.b.c"})") << QStringLiteral("a.b.c");
        QTest::newRow("null") << QStringLiteral(R"({"access_token":null})") << QString();
        QTest::newRow("publishable key")
            << QStringLiteral(R"({"access_token":"sb_publishable_x"})") << QString();
        QTest::newRow("absent") << QStringLiteral("{}") << QString();
        QTest::newRow("empty is a malformed token")
            << QStringLiteral(R"({"access_token":""})") << QStringLiteral("");
    }
    void tokens()
    {
        QFETCH(QString, payload);
        QFETCH(QString, token);
        const auto found = academy::accessTokenOf(payload.toStdString());
        QCOMPARE(found.has_value(), !token.isNull());
        if (found) {
            QCOMPARE(QString::fromStdString(*found), token);
        }
    }
};

QTEST_GUILESS_MAIN(TestJoinConfig)
#include "tst_joinconfig.moc"

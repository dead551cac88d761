// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/ChannelConfig.h"

#include "wire/Json.h"

#include <QTest>

class TestChannelConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theJoinPayload()
    {
        ChannelConfig config;
        config.isPrivate = true;
        config.broadcastAck = true;
        config.presenceKey = QStringLiteral("ana");
        config.changes = {{QStringLiteral("UPDATE"), QStringLiteral("public"), QStringLiteral("t"),
                              QStringLiteral("id=eq.1"), {QStringLiteral("id")}},
            {QStringLiteral("*"), QStringLiteral("public"), {}, {}, {}}};
        QCOMPARE(config.toJson(),
            parseJson(R"({"private":true,"broadcast":{"ack":true,"self":false},
            "presence":{"key":"ana","enabled":true},
            "postgres_changes":[{"event":"UPDATE","schema":"public","table":"t","filter":"id=eq.1","select":["id"]},
                                {"event":"*","schema":"public"}]})")
                ->toObject());
    }

    void mergingAddsWithoutDuplicates()
    {
        const PostgresBinding a{
            QStringLiteral("*"), QStringLiteral("public"), QStringLiteral("a"), {}, {}};
        const PostgresBinding b{
            QStringLiteral("*"), QStringLiteral("public"), QStringLiteral("b"), {}, {}};
        ChannelConfig config;
        config.changes = {a};
        ChannelConfig other;
        other.changes = {a, b};
        other.broadcastSelf = true;
        other.presenceKey = QStringLiteral("k");
        QVERIFY(config.merge(other));
        QCOMPARE(config.changes, (QList<PostgresBinding>{a, b}));
        QVERIFY(config.broadcastSelf);
        QCOMPARE(config.presenceKey, QStringLiteral("k"));
        const ChannelConfig before = config;
        QVERIFY(config.merge(ChannelConfig()));
        QCOMPARE(config, before);
    }

    void whatCannotBeSharedIsRefused()
    {
        ChannelConfig open;
        ChannelConfig closed;
        closed.isPrivate = true;
        closed.broadcastSelf = true;
        const ChannelConfig before = open;
        QVERIFY(!open.merge(closed));
        QCOMPARE(open, before);
        ChannelConfig ana, ben;
        ana.presenceKey = QStringLiteral("ana");
        ben.presenceKey = QStringLiteral("ben");
        QVERIFY(!ana.merge(ben));
    }
};

QTEST_GUILESS_MAIN(TestChannelConfig)
#include "tst_channelconfig.moc"

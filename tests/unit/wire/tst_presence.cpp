// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Presence.h"

#include "wire/Json.h"

#include <QTest>

namespace {

QJsonObject json(const char* text)
{
    return parseJson(text).value().toObject();
}

QStringList list(std::initializer_list<const char*> names)
{
    QStringList all;
    for (const char* name : names) {
        all.append(QLatin1String(name));
    }
    return all;
}

} // namespace

class TestPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStateReplacesWhatWasThere()
    {
        Presence presence;
        const auto first = presence.applyState(json(
            R"({"ana":{"metas":[{"phx_ref":"1","at":"q1"}]},"ben":{"metas":[{"phx_ref":"2"}]}})"));
        QCOMPARE(first.joined, list({"ana", "ben"}));
        const auto second = presence.applyState(json(
            R"({"ana":{"metas":[{"phx_ref":"3","at":"q2"}]},"eva":{"metas":[{"phx_ref":"4"}]}})"));
        QCOMPARE(second.joined, list({"eva"}));
        QCOMPARE(second.left, list({"ben"}));
        QCOMPARE(second.updated, list({"ana"}));
        QCOMPARE(
            presence.metas(QStringLiteral("ana")).first().value(QStringLiteral("at")).toString(),
            QStringLiteral("q2"));
    }

    void whoLeavesMayLinger()
    {
        Presence presence(Presence::Leaving::Lingers);
        presence.applyState(json(
            R"({"ana":{"metas":[{"phx_ref":"1"}]},"ben":{"metas":[{"phx_ref":"2"}]}})"));
        const QJsonObject leaves = json(R"({"joins":{},"leaves":{"ben":{"metas":[{"phx_ref":"2"}]}}})");
        QVERIFY(presence.applyDiff(leaves).isEmpty());
        QCOMPARE(presence.keys(), list({"ana", "ben"}));
        QCOMPARE(presence.lingering(), list({"ben"}));
        QCOMPARE(presence.metas(QStringLiteral("ben")).size(), 1);
        const auto back = presence.applyDiff(json(R"({"joins":{"ben":{"metas":[{"phx_ref":"3"}]}},"leaves":{}})"));
        QCOMPARE(back.updated, list({"ben"}));
        QVERIFY(back.joined.isEmpty() && back.left.isEmpty());
        QVERIFY(presence.settle(list({"ben"})).isEmpty()); // is back
        QCOMPARE(presence.metas(QStringLiteral("ben")).first().value(QStringLiteral("phx_ref")).toString(),
            QStringLiteral("3"));
        presence.applyState(json(R"({"ana":{"metas":[{"phx_ref":"1"}]}})"));
        QCOMPARE(presence.settle(list({"ben"})).left, list({"ben"}));
        QCOMPARE(presence.keys(), list({"ana"}));
        presence.applyState(json("{}"));
        QVERIFY(!presence.isEmpty());
        QCOMPARE(presence.clear().left, list({"ana"}));
        QVERIFY(presence.isEmpty());
    }

    void theSameStateChangesNothing()
    {
        Presence presence;
        const auto state = json(R"({"ana":{"metas":[{"phx_ref":"1"}]}})");
        presence.applyState(state);
        QVERIFY(presence.applyState(state).isEmpty());
    }

    void aReplacedMetaIsAnUpdate()
    {
        Presence presence;
        presence.applyState(json(R"({"ana":{"metas":[{"phx_ref":"1","at":"q1"}]}})"));
        const auto change = presence.applyDiff(
            json(R"({"joins":{"ana":{"metas":[{"phx_ref":"2","phx_ref_prev":"1","at":"q2"}]}},
            "leaves":{"ana":{"metas":[{"phx_ref":"1","at":"q1"}]}}})"));
        QCOMPARE(change, (Presence::Change{{}, {}, list({"ana"})}));
        QCOMPARE(presence.metas(QStringLiteral("ana")).size(), 1);
    }

    void onePersonOnTwoSocketsLeavesWithTheSecond()
    {
        Presence presence;
        presence.applyState({});
        presence.applyDiff(json(R"({"joins":{"ana":{"metas":[{"phx_ref":"1"}]}}})"));
        QCOMPARE(
            presence.applyDiff(json(R"({"joins":{"ana":{"metas":[{"phx_ref":"2"}]}}})")).updated,
            list({"ana"}));
        QCOMPARE(presence.metas(QStringLiteral("ana")).size(), 2);
        QCOMPARE(
            presence.applyDiff(json(R"({"leaves":{"ana":{"metas":[{"phx_ref":"1"}]}}})")).updated,
            list({"ana"}));
        QCOMPARE(presence.applyDiff(json(R"({"leaves":{"ana":{"metas":[{"phx_ref":"2"}]}}})")).left,
            list({"ana"}));
        QVERIFY(presence.isEmpty());
    }

    void diffsBeforeTheStateWaitForIt()
    {
        Presence presence;
        QVERIFY(
            presence
                .applyDiff(json(
                    R"({"joins":{"ben":{"metas":[{"phx_ref":"2"}]}},"leaves":{"ana":{"metas":[{"phx_ref":"1"}]}}})"))
                .isEmpty());
        QVERIFY(presence.isEmpty());
        const auto change = presence.applyState(json(R"({"ana":{"metas":[{"phx_ref":"1"}]}})"));
        QCOMPARE(change.joined, list({"ben"}));
        QCOMPARE(presence.keys(), list({"ben"}));
    }

    void aRejoinForgetsEarlierDiffs()
    {
        Presence presence;
        presence.applyState(json(R"({"ana":{"metas":[{"phx_ref":"1"}]}})"));
        presence.expectState();
        presence.applyDiff(json(R"({"joins":{"old":{"metas":[{"phx_ref":"9"}]}}})"));
        presence.expectState();
        presence.applyState(json(R"({"ana":{"metas":[{"phx_ref":"5"}]}})"));
        QCOMPARE(presence.keys(), list({"ana"}));
    }

    void leavingNobodyAndNonsenseChangeNothing()
    {
        Presence presence;
        presence.applyState({});
        QVERIFY(presence.applyDiff(json(R"({"leaves":{"ghost":{"metas":[{"phx_ref":"1"}]}}})"))
                    .isEmpty());
        QVERIFY(presence.applyDiff(json(R"({"joins":5,"leaves":[1]})")).isEmpty());
        QVERIFY(presence.applyDiff(json(R"({"joins":{"x":{"metas":"no"}}})")).isEmpty());
        QCOMPARE(presence.clear(), Presence::Change());
    }

    void clearingLetsEverybodyLeave()
    {
        Presence presence;
        presence.applyState(json(R"({"ana":{"metas":[{"phx_ref":"1"}]}})"));
        QCOMPARE(presence.clear().left, list({"ana"}));
    }
};

QTEST_GUILESS_MAIN(TestPresence)
#include "tst_presence.moc"

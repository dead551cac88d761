// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/PresenceRoom.h"

#include <QTest>

using academy::PresenceRoom;

class TestPresenceRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trackJoins()
    {
        PresenceRoom room;
        QVERIFY(room.track(1, "alice", R"({"name":"Alice","n":1})", "r1")
            == R"({"joins":{"alice":{"metas":[{"phx_ref":"r1","name":"Alice","n":1}]}},"leaves":{}})");
        QVERIFY(room.state() == R"({"alice":{"metas":[{"phx_ref":"r1","name":"Alice","n":1}]}})");
    }
    void trackAgainUpdatesInOneDiff()
    {
        PresenceRoom room;
        QVERIFY(room.track(1, "bob", R"({"name":"Bob"})", "r1"));
        QVERIFY(room.track(1, "bob", R"({"name":"Bobby"})", "r2")
            == R"({"joins":{"bob":{"metas":[{"phx_ref":"r2","phx_ref_prev":"r1","name":"Bobby"}]}},)"
               R"("leaves":{"bob":{"metas":[{"phx_ref":"r1","name":"Bob"}]}}})");
    }
    void theSamePayloadIsNoChange()
    {
        PresenceRoom room;
        QVERIFY(room.track(1, "bob", R"({"a":1})", "r1"));
        QVERIFY(!room.track(1, "bob", R"({"a":1})", "r2"));
        QVERIFY(room.state() == R"({"bob":{"metas":[{"phx_ref":"r1","a":1}]}})");
    }
    void oneKeyMayHaveSeveralMetas()
    {
        PresenceRoom room;
        QVERIFY(room.track(1, "bob", "{}", "r1"));
        QVERIFY(room.track(2, "bob", "{}", "r2"));
        QVERIFY(room.state() == R"({"bob":{"metas":[{"phx_ref":"r1"},{"phx_ref":"r2"}]}})");
        QVERIFY(room.untrack(1) == R"({"joins":{},"leaves":{"bob":{"metas":[{"phx_ref":"r1"}]}}})");
        QVERIFY(room.state() == R"({"bob":{"metas":[{"phx_ref":"r2"}]}})");
    }
    void untrackOfNobodyIsNoChange()
    {
        PresenceRoom room;
        QVERIFY(!room.untrack(1));
        QVERIFY(room.state() == "{}");
        QVERIFY(room.isEmpty());
    }
    void clientsCannotForgeReferences()
    {
        PresenceRoom room;
        QVERIFY(room.track(1, "k-1", R"({"phx_ref":"x","phx_ref_prev":"y","a":1})", "r1")
            == R"({"joins":{"k-1":{"metas":[{"phx_ref":"r1","a":1}]}},"leaves":{}})");
    }
};

QTEST_GUILESS_MAIN(TestPresenceRoom)
#include "tst_presenceroom.moc"

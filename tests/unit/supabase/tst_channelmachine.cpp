// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/ChannelMachine.h"

#include <QMap>
#include <QStringList>
#include <QTest>

using namespace ChannelMachine;

namespace {

Error error(const char* code)
{
    return {ErrorKind::Server, QLatin1String(code), {}, {}};
}

JoinFailure failure(JoinPolicy policy)
{
    return {policy, error("why")};
}

struct Named
{
    const char* name;
    Event event;
};

const std::vector<Named>& allEvents()
{
    static const std::vector<Named> events{{"SocketUp", SocketUp{}}, {"SocketDown", SocketDown{}},
        {"TokenMissing", TokenMissing{error("out")}}, {"TokenDelayed", TokenDelayed{error("off")}},
        {"TokenChanged", TokenChanged{}}, {"Identity", IdentityChanged{}}, {"JoinSent", JoinSent{}}, {"JoinOk", JoinOk{}},
        {"Refresh", JoinFailed{failure(JoinPolicy::RefreshToken)}},
        {"AwaitToken", JoinFailed{failure(JoinPolicy::AwaitToken)}},
        {"AwaitRights", JoinFailed{failure(JoinPolicy::AwaitRights)}},
        {"Never", JoinFailed{failure(JoinPolicy::Never)}},
        {"Slow", JoinFailed{failure(JoinPolicy::Slow)}},
        {"Soon", JoinFailed{failure(JoinPolicy::Soon)}}, {"JoinLate", JoinLate{}},
        {"DatabaseOk", DatabaseOk{}}, {"DatabaseFailed", DatabaseFailed{error("db")}},
        {"DatabaseLate", DatabaseLate{}},
        {"ClosedExpired", ServerClosed{failure(JoinPolicy::RefreshToken)}},
        {"ClosedSlow", ServerClosed{failure(JoinPolicy::Slow)}},
        {"ClosedRights", ServerClosed{failure(JoinPolicy::AwaitRights)}},
        {"Closed", ServerClosed{failure(JoinPolicy::Soon)}}, {"Crashed", Crashed{}},
        {"RetryDue", RetryDue{}}, {"Stable", Stable{}}, {"Rebound", ConfigChanged{true}},
        {"Unbound", ConfigChanged{false}}, {"Leave", Leave{}}};
    return events;
}

QString timerName(Timer timer)
{
    constexpr const char* Names[] = {"join", "database", "retry", "stability"};
    return QLatin1String(Names[int(timer)]);
}

QString describe(const Effect& effect)
{
    struct Visitor
    {
        QString operator()(const RequestJoin& e) const
        {
            return e.refreshFirst ? QStringLiteral("refresh+join") : QStringLiteral("join");
        }
        QString operator()(const CancelJoin&) const { return QStringLiteral("cancel"); }
        QString operator()(const SendLeave&) const { return QStringLiteral("leave"); }
        QString operator()(const PushToken&) const { return QStringLiteral("token"); }
        QString operator()(const StartTimer& e) const
        {
            return QStringLiteral("%1=%2").arg(timerName(e.timer)).arg(e.delay.count());
        }
        QString operator()(const StartRetry& e) const
        {
            return QStringLiteral("retry#%1>%2").arg(e.attempt).arg(e.floor.count());
        }
        QString operator()(const StopTimer& e) const
        {
            return QLatin1Char('-') + timerName(e.timer);
        }
        QString operator()(const AnnounceLive&) const { return QStringLiteral("LIVE"); }
        QString operator()(const AnnounceLoss&) const { return QStringLiteral("LOSS"); }
        QString operator()(const AnnounceError& e) const { return QLatin1Char('!') + e.error.code; }
        QString operator()(const AnnounceRefused& e) const
        {
            return QStringLiteral("REFUSED:") + e.error.code;
        }
        QString operator()(const ReassertPresence&) const { return QStringLiteral("presence"); }
        QString operator()(const FlushBroadcasts&) const { return QStringLiteral("flush"); }
    };
    return std::visit(Visitor(), effect);
}

QString describe(const State& state)
{
    constexpr const char* Names[]
        = {"Idle", "Joining", "Pending", "Live", "Degraded", "Refused", "SignIn", "Closed"};
    QString text = QLatin1String(Names[int(state.phase)]);
    text += state.socketUp ? QStringLiteral("/up") : QStringLiteral("/down");
    text += state.hasBindings ? QStringLiteral("+db") : QString();
    text += state.joined ? QStringLiteral("+in") : QString();
    text += state.waiting ? QStringLiteral("+wait") : QString();
    text += state.refreshNext ? QStringLiteral("+refresh") : QString();
    return text + QStringLiteral("/%1").arg(state.attempt);
}

QString describe(const Step& step)
{
    QStringList words{describe(step.state)};
    for (const Effect& effect : step.effects) {
        words.append(describe(effect));
    }
    return words.join(QLatin1Char(' '));
}

/// What each event does in each state; an event that is not named changes nothing.
using Table = QMap<QByteArray, const char*>;

struct Case
{
    State from;
    Table table;
};

const std::vector<Case>& cases()
{
    static const std::vector<Case> all{
        {{Phase::Idle, false, false, false, false, false, 1},
            {{"SocketUp", "Joining/up/1 join"}, {"Rebound", "Idle/down+db/1"},
                {"Leave", "Closed/down/0"}}},

        {{Phase::Joining, true, false, false, false, false, 0},
            {{"Identity", "Joining/up/0 leave cancel -join join"},
                {"SocketDown", "Idle/down/0 cancel -join"},
                {"TokenMissing", "SignIn/up/0 leave cancel -join !out"},
                {"TokenDelayed", "Joining/up+wait/1 !off retry#0>0"},
                {"JoinSent", "Joining/up/0 join=10000"},
                {"JoinOk", "Live/up+in/0 -join token presence flush stability=30000 LIVE"},
                {"Refresh", "Joining/up/1 cancel -join !why refresh+join"},
                {"AwaitToken", "Refused/up/0 cancel -join REFUSED:why"},
                {"AwaitRights", "Refused/up/1 cancel -join retry#0>60000 REFUSED:why"},
                {"Never", "Refused/up/0 cancel -join REFUSED:why"},
                {"Slow", "Joining/up+wait/1 cancel -join !why retry#0>30000"},
                {"Soon", "Joining/up+wait/1 cancel -join !why retry#0>0"},
                {"JoinLate", "Joining/up+wait/1 !join_unanswered retry#0>0"},
                {"ClosedExpired", "Joining/up/1 cancel -join !why refresh+join"},
                {"ClosedSlow", "Joining/up+wait/1 cancel -join !why retry#0>30000"},
                {"ClosedRights", "Refused/up/1 cancel -join retry#0>60000 REFUSED:why"},
                {"Closed", "Joining/up+wait/1 cancel -join !why retry#0>0"},
                {"Crashed", "Joining/up+wait/1 cancel -join !channel_crashed retry#0>0"},
                {"Rebound", "Joining/up+db/0 cancel -join join"},
                {"Unbound", "Joining/up/0 cancel -join join"},
                {"Leave", "Closed/up/0 leave cancel -join"}}},

        {{Phase::Joining, true, true, false, true, true, 2},
            {{"Identity", "Joining/up+db/2 leave -retry refresh+join"},
                {"SocketDown", "Idle/down+db+refresh/2 -retry"},
                {"TokenMissing", "SignIn/up+db+refresh/2 leave -retry !out"},
                {"TokenDelayed", "Joining/up+db+wait+refresh/3 !off retry#2>0"},
                {"TokenChanged", "Joining/up+db/2 -retry refresh+join"},
                {"JoinOk", "Pending/up+db+in+refresh/2 -retry token presence flush database=20000"},
                {"Refresh", "Joining/up+db+wait+refresh/3 -retry !why retry#2>0"},
                {"AwaitToken", "Refused/up+db+refresh/2 -retry REFUSED:why"},
                {"AwaitRights", "Refused/up+db+refresh/3 -retry retry#2>60000 REFUSED:why"},
                {"Never", "Refused/up+db+refresh/2 -retry REFUSED:why"},
                {"Slow", "Joining/up+db+wait+refresh/3 -retry !why retry#2>30000"},
                {"Soon", "Joining/up+db+wait+refresh/3 -retry !why retry#2>0"},
                {"ClosedExpired", "Joining/up+db+wait+refresh/3 -retry !why retry#2>0"},
                {"ClosedSlow", "Joining/up+db+wait+refresh/3 -retry !why retry#2>30000"},
                {"ClosedRights", "Refused/up+db+refresh/3 -retry retry#2>60000 REFUSED:why"},
                {"Closed", "Joining/up+db+wait+refresh/3 -retry !why retry#2>0"},
                {"Crashed", "Joining/up+db+wait+refresh/3 -retry !channel_crashed retry#2>0"},
                {"RetryDue", "Joining/up+db/2 -retry refresh+join"},
                {"Unbound", "Joining/up+wait+refresh/2"},
                {"Leave", "Closed/up+db/0 leave -retry"}}},

        {{Phase::DatabasePending, true, true, true, false, false, 1},
            {{"Identity", "Joining/up+db/1 leave -database join"},
                {"SocketDown", "Idle/down+db/1 -database"},
                {"TokenMissing", "SignIn/up+db/1 leave -database !out"},
                {"TokenChanged", "Pending/up+db+in/1 token"},
                {"DatabaseOk", "Live/up+db+in/1 -database stability=30000 LIVE"},
                {"DatabaseFailed", "Degraded/up+db+in/2 -database !db retry#1>5000"},
                {"DatabaseLate", "Degraded/up+db+in/2 -database !database_not_ready retry#1>5000"},
                {"ClosedExpired", "Joining/up+db+wait+refresh/2 -database !why retry#1>0"},
                {"ClosedSlow", "Joining/up+db+wait/2 -database !why retry#1>30000"},
                {"ClosedRights", "Refused/up+db/2 -database retry#1>60000 REFUSED:why"},
                {"Closed", "Joining/up+db+wait/2 -database !why retry#1>0"},
                {"Crashed", "Joining/up+db+wait/2 -database !channel_crashed retry#1>0"},
                {"Rebound", "Joining/up+db+in/1 -database join"},
                {"Unbound", "Joining/up+in/1 -database join"},
                {"Leave", "Closed/up+db/0 leave -database"}}},

        {{Phase::Live, true, true, true, false, false, 0},
            {{"Identity", "Joining/up+db/0 leave -stability LOSS join"},
                {"SocketDown", "Idle/down+db/0 -stability LOSS"},
                {"TokenMissing", "SignIn/up+db/0 leave -stability LOSS !out"},
                {"TokenChanged", "Live/up+db+in/0 token"}, {"DatabaseOk", "Live/up+db+in/0 stability=30000 LIVE"},
                {"DatabaseFailed", "Degraded/up+db+in/1 -stability LOSS !db retry#0>5000"},
                {"ClosedExpired", "Joining/up+db/1 -stability LOSS !why refresh+join"},
                {"ClosedSlow", "Joining/up+db+wait/1 -stability LOSS !why retry#0>30000"},
                {"ClosedRights", "Refused/up+db/1 -stability LOSS retry#0>60000 REFUSED:why"},
                {"Closed", "Joining/up+db+wait/1 -stability LOSS !why retry#0>0"},
                {"Crashed", "Joining/up+db+wait/1 -stability LOSS !channel_crashed retry#0>0"},
                {"Rebound", "Joining/up+db+in/0 -stability LOSS join"},
                {"Unbound", "Joining/up+in/0 -stability LOSS join"}, {"Leave", "Closed/up+db/0 leave -stability LOSS"}}},

        {{Phase::Live, true, false, true, false, false, 0},
            {{"Identity", "Joining/up/0 leave -stability LOSS join"},
                {"SocketDown", "Idle/down/0 -stability LOSS"}, {"TokenMissing", "SignIn/up/0 leave -stability LOSS !out"},
                {"TokenChanged", "Live/up+in/0 token"},
                {"ClosedExpired", "Joining/up/1 -stability LOSS !why refresh+join"},
                {"ClosedSlow", "Joining/up+wait/1 -stability LOSS !why retry#0>30000"},
                {"ClosedRights", "Refused/up/1 -stability LOSS retry#0>60000 REFUSED:why"},
                {"Closed", "Joining/up+wait/1 -stability LOSS !why retry#0>0"},
                {"Crashed", "Joining/up+wait/1 -stability LOSS !channel_crashed retry#0>0"},
                {"Rebound", "Joining/up+db+in/0 -stability LOSS join"},
                {"Unbound", "Joining/up+in/0 -stability LOSS join"}, {"Leave", "Closed/up/0 leave -stability LOSS"}}},

        {{Phase::Degraded, true, true, true, false, false, 2},
            {{"Identity", "Joining/up+db/2 leave -retry join"},
                {"SocketDown", "Idle/down+db/2 -retry"},
                {"TokenMissing", "SignIn/up+db/2 leave -retry !out"},
                {"TokenChanged", "Degraded/up+db+in/2 token"},
                {"DatabaseOk", "Live/up+db+in/2 -retry stability=30000 LIVE"},
                {"DatabaseFailed", "Degraded/up+db+in/2 !db"},
                {"ClosedExpired", "Joining/up+db+wait+refresh/3 -retry !why retry#2>0"},
                {"ClosedSlow", "Joining/up+db+wait/3 -retry !why retry#2>30000"},
                {"ClosedRights", "Refused/up+db/3 -retry retry#2>60000 REFUSED:why"},
                {"Closed", "Joining/up+db+wait/3 -retry !why retry#2>0"},
                {"Crashed", "Joining/up+db+wait/3 -retry !channel_crashed retry#2>0"},
                {"RetryDue", "Joining/up+db+in/2 join"},
                {"Rebound", "Joining/up+db+in/2 -retry join"},
                {"Unbound", "Joining/up+in/2 -retry join"},
                {"Leave", "Closed/up+db/0 leave -retry"}}},

        {{Phase::Refused, true, false, false, false, false, 1},
            {{"SocketDown", "Refused/down/1 -retry"}, {"SocketUp", "Refused/up/1 retry#1>60000"},
                {"TokenMissing", "SignIn/up/1 -retry !out"},
                {"TokenChanged", "Joining/up/1 -retry join"},
                {"Identity", "Joining/up/1 -retry join"}, {"RetryDue", "Joining/up/1 join"},
                {"Rebound", "Joining/up+db/1 -retry join"}, {"Unbound", "Joining/up/1 -retry join"},
                {"Leave", "Closed/up/0 -retry"}}},

        {{Phase::Live, true, true, true, false, false, 3},
            {{"SocketDown", "Idle/down+db/3 -stability LOSS"},
                {"TokenMissing", "SignIn/up+db/3 leave -stability LOSS !out"},
                {"TokenChanged", "Live/up+db+in/3 token"},
                {"Identity", "Joining/up+db/3 leave -stability LOSS join"},
                {"DatabaseOk", "Live/up+db+in/3 stability=30000 LIVE"},
                {"Stable", "Live/up+db+in/0"},
                {"DatabaseFailed", "Degraded/up+db+in/4 -stability LOSS !db retry#3>5000"},
                {"ClosedExpired", "Joining/up+db+wait+refresh/4 -stability LOSS !why retry#3>0"},
                {"ClosedSlow", "Joining/up+db+wait/4 -stability LOSS !why retry#3>30000"},
                {"ClosedRights", "Refused/up+db/4 -stability LOSS retry#3>60000 REFUSED:why"},
                {"Closed", "Joining/up+db+wait/4 -stability LOSS !why retry#3>0"},
                {"Crashed", "Joining/up+db+wait/4 -stability LOSS !channel_crashed retry#3>0"},
                {"Rebound", "Joining/up+db+in/3 -stability LOSS join"},
                {"Unbound", "Joining/up+in/3 -stability LOSS join"},
                {"Leave", "Closed/up+db/0 leave -stability LOSS"}}},

        {{Phase::Refused, false, false, false, false, false, 1},
            {{"SocketDown", "Refused/down/1 -retry"}, {"SocketUp", "Refused/up/1 retry#1>60000"},
                {"TokenMissing", "SignIn/down/1 -retry !out"}, {"TokenChanged", "Idle/down/1 -retry"},
                {"Identity", "Idle/down/1 -retry"}, {"RetryDue", "Idle/down/1"}, {"Rebound", "Idle/down+db/1 -retry"},
                {"Unbound", "Idle/down/1 -retry"}, {"Leave", "Closed/down/0 -retry"}}},

        {{Phase::WaitingForSignIn, true, false, false, false, false, 0},
            {{"SocketDown", "Idle/down/0"}, {"TokenMissing", "SignIn/up/0 !out"},
                {"TokenChanged", "Joining/up/0 join"}, {"Identity", "Joining/up/0 join"},
                {"Rebound", "SignIn/up+db/0"},
                {"Leave", "Closed/up/0"}}},

        {{Phase::Closed, true, false, false, false, false, 0}, {}},
    };
    return all;
}

} // namespace

class TestChannelMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateMeetsEveryEvent_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("event");
        QTest::addColumn<QString>("expected");
        for (size_t s = 0; s < cases().size(); ++s) {
            const Case& one = cases()[s];
            for (size_t e = 0; e < allEvents().size(); ++e) {
                const char* listed = one.table.value(allEvents()[e].name);
                QTest::addRow("%s in %s", allEvents()[e].name, qPrintable(describe(one.from)))
                    << int(s) << int(e)
                    << (listed ? QString::fromLatin1(listed) : describe(one.from));
            }
        }
    }
    void everyStateMeetsEveryEvent()
    {
        QFETCH(int, state);
        QFETCH(int, event);
        QFETCH(QString, expected);
        QCOMPARE(describe(step(cases()[size_t(state)].from, allEvents()[size_t(event)].event)),
            expected);
    }

    void everyPhaseHasACase()
    {
        for (int phase = 0; phase <= int(Phase::Closed); ++phase) {
            QVERIFY(std::any_of(cases().begin(), cases().end(),
                [&](const Case& c) { return int(c.from.phase) == phase; }));
        }
    }

    void aStormOfExpiredTokensSlowsDown()
    {
        State state = step({}, SocketUp{}).state;
        int waits = 0;
        for (int i = 0; i < 5; ++i) {
            const Step failed = step(state, JoinFailed{failure(JoinPolicy::RefreshToken)});
            waits += std::any_of(failed.effects.begin(), failed.effects.end(),
                         [](const Effect& e) { return std::holds_alternative<StartRetry>(e); })
                ? 1
                : 0;
            state = failed.state.waiting ? step(failed.state, RetryDue{}).state : failed.state;
        }
        QCOMPARE(waits, 4);
    }
};

QTEST_GUILESS_MAIN(TestChannelMachine)
#include "tst_channelmachine.moc"

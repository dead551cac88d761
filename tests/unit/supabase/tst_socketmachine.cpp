// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/SocketMachine.h"

#include <QMap>
#include <QStringList>
#include <QTest>

using namespace SocketMachine;

namespace {

const Error Gone{ErrorKind::Offline, QStringLiteral("gone"), {}, {}};

struct Named
{
    const char* name;
    Event event;
};

const std::vector<Named>& allEvents()
{
    static const std::vector<Named> events{{"Start", Start{}}, {"Stop", Stop{}},
        {"Opened", Opened{}}, {"Lost", Lost{Gone}}, {"Inbound", Inbound{}},
        {"HeartbeatDue", HeartbeatDue{}}, {"HeartbeatLate", HeartbeatLate{}},
        {"ProbeLate", ProbeLate{}}, {"RetryDue", RetryDue{}}, {"Stable", Stable{}},
        {"NetworkUp", NetworkUp{}}, {"Woke", Woke{}}};
    return events;
}

QString timerName(Timer timer)
{
    constexpr const char* Names[] = {"heartbeat", "reply", "probe", "retry", "stability"};
    return QLatin1String(Names[int(timer)]);
}

QString describe(const Effect& effect)
{
    struct Visitor
    {
        QString operator()(const OpenSocket&) const { return QStringLiteral("open"); }
        QString operator()(const DropSocket&) const { return QStringLiteral("drop"); }
        QString operator()(const SendHeartbeat&) const { return QStringLiteral("beat"); }
        QString operator()(const StartTimer& e) const
        {
            return QStringLiteral("%1=%2").arg(timerName(e.timer)).arg(e.delay.count());
        }
        QString operator()(const StartRetry& e) const
        {
            return QStringLiteral("retry#%1").arg(e.attempt);
        }
        QString operator()(const StopTimer& e) const
        {
            return QLatin1Char('-') + timerName(e.timer);
        }
        QString operator()(const AnnounceOpen&) const { return QStringLiteral("OPEN"); }
        QString operator()(const AnnounceLost&) const { return QStringLiteral("LOST"); }
    };
    return std::visit(Visitor(), effect);
}

QString describe(const State& state)
{
    constexpr const char* Names[] = {"Stopped", "Connecting", "Open", "Probing", "Waiting"};
    return QStringLiteral("%1/%2%3")
        .arg(QLatin1String(Names[int(state.phase)]))
        .arg(state.attempt)
        .arg(state.awaitingReply ? QStringLiteral("?") : QString());
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

const char* const End = "drop -heartbeat -reply -probe -stability LOST";

} // namespace

class TestSocketMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateMeetsEveryEvent_data()
    {
        QTest::addColumn<int>("phase");
        QTest::addColumn<int>("attempt");
        QTest::addColumn<bool>("awaiting");
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QString>("expected");

        const auto state = [](Phase phase, int attempt, bool awaiting, const Table& table) {
            const State from{phase, attempt, awaiting};
            for (const Named& named : allEvents()) {
                const char* listed = table.value(named.name);
                const QString expected = listed
                    ? QString::fromLatin1(listed).replace(QStringLiteral("END"), QLatin1String(End))
                    : describe(from);
                QTest::addRow("%s in %s", named.name, qPrintable(describe(from)))
                    << int(phase) << attempt << awaiting << QByteArray(named.name) << expected;
            }
        };
        state(Phase::Stopped, 0, false, {{"Start", "Connecting/0 open"}});
        state(Phase::Connecting, 2, false,
            {{"Stop", "Stopped/0 drop"},
                {"Opened", "Open/2? beat heartbeat=20000 reply=10000 stability=30000 OPEN"},
                {"Lost", "Waiting/3 drop retry#2"}, {"NetworkUp", "Connecting/0 drop open"},
                {"Woke", "Connecting/0 drop open"}});
        state(Phase::Open, 2, false,
            {{"Stop", "Stopped/0 END"}, {"Lost", "Waiting/3 END retry#2"}, {"Inbound", "Open/2"},
                {"HeartbeatDue", "Open/2? beat heartbeat=20000 reply=10000"}, {"Stable", "Open/0"},
                {"NetworkUp", "Probing/2? beat heartbeat=20000 reply=10000 probe=3000"},
                {"Woke", "Probing/2? beat heartbeat=20000 reply=10000 probe=3000"}});
        state(Phase::Open, 0, true,
            {{"Stop", "Stopped/0 END"}, {"Lost", "Waiting/1 END retry#0"},
                {"Inbound", "Open/0 -reply"}, {"HeartbeatDue", "Open/0? beat heartbeat=20000"},
                {"HeartbeatLate", "Waiting/1 END retry#0"},
                {"NetworkUp", "Probing/0? beat heartbeat=20000 probe=3000"},
                {"Woke", "Probing/0? beat heartbeat=20000 probe=3000"}});
        state(Phase::Probing, 4, true,
            {{"Stop", "Stopped/0 END"}, {"Lost", "Connecting/0 END open"},
                {"Inbound", "Open/4 -probe -reply"},
                {"HeartbeatDue", "Probing/4? beat heartbeat=20000"},
                {"HeartbeatLate", "Connecting/0 END open"}, {"ProbeLate", "Connecting/0 END open"},
                {"Stable", "Probing/0?"}});
        state(Phase::Waiting, 5, false,
            {{"Stop", "Stopped/0 -retry"}, {"RetryDue", "Connecting/5 open"},
                {"NetworkUp", "Connecting/0 -retry open"}, {"Woke", "Connecting/0 -retry open"}});
    }
    void everyStateMeetsEveryEvent()
    {
        QFETCH(int, phase);
        QFETCH(int, attempt);
        QFETCH(bool, awaiting);
        QFETCH(QByteArray, event);
        QFETCH(QString, expected);
        const auto named = std::find_if(allEvents().begin(), allEvents().end(),
            [&](const Named& n) { return n.name == event; });
        QCOMPARE(describe(step({Phase(phase), attempt, awaiting}, named->event)), expected);
    }

    void aRefusedJoinMayBlockTheSocketWithoutKillingIt()
    {
        constexpr std::chrono::milliseconds ServerBlocksFor{5'000};
        QVERIFY(ReplyDeadline > ServerBlocksFor);
        QVERIFY(HeartbeatInterval < std::chrono::seconds(25));
    }
};

QTEST_GUILESS_MAIN(TestSocketMachine)
#include "tst_socketmachine.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/SocketMachine.h"

#include <QMap>
#include <QStringList>
#include <QTest>

using namespace SocketMachine;

namespace {

const Error Gone{ErrorKind::Offline, QStringLiteral("gone"), {}, {}};
const Error Refusal{ErrorKind::Unauthorized, QStringLiteral("socket_refused"), {}, {}};
const Error Limited{
    ErrorKind::RateLimited, QStringLiteral("socket_refused"), {}, std::chrono::seconds(90)};

struct Named
{
    const char* name;
    Event event;
};

const std::vector<Named>& allEvents()
{
    static const std::vector<Named> events{{"Start", Start{}}, {"Stop", Stop{}},
        {"Opened", Opened{}}, {"Lost", Lost{Gone}}, {"Refused", Lost{Refusal}}, {"Limited", Lost{Limited}}, {"Inbound", Inbound{}},
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
            const QString text = QStringLiteral("retry#%1").arg(e.attempt);
            return e.floor.count() > 0 ? text + QStringLiteral(">%1").arg(e.floor.count()) : text;
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
        .arg(QString(state.awaitingReply ? QStringLiteral("?") : QString())
            + (state.steady ? QStringLiteral("=") : QString()));
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
    void withoutDoubtASignOfLifeChangesNothing()
    {
        for (const Phase phase : {Phase::Stopped, Phase::Connecting, Phase::Open, Phase::Probing, Phase::Waiting}) {
            for (const bool awaiting : {false, true}) {
                for (const bool steady : {false, true}) {
                    const State state{phase, 2, awaiting, steady};
                    const Step step = SocketMachine::step(state, Inbound{});
                    QVERIFY(isInDoubt(state) || (step.state == state && step.effects.empty()));
                }
            }
        }
    }

    void everyStateMeetsEveryEvent_data()
    {
        QTest::addColumn<int>("phase");
        QTest::addColumn<int>("attempt");
        QTest::addColumn<bool>("awaiting");
        QTest::addColumn<bool>("steady");
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QString>("expected");

        const auto state = [](const State& from, const Table& table) {
            for (const Named& named : allEvents()) {
                const char* listed = table.value(named.name);
                const QString expected = listed
                    ? QString::fromLatin1(listed).replace(QStringLiteral("END"), QLatin1String(End))
                    : describe(from);
                QTest::addRow("%s in %s", named.name, qPrintable(describe(from)))
                    << int(from.phase) << from.attempt << from.awaitingReply << from.steady
                    << QByteArray(named.name) << expected;
            }
        };
        state({Phase::Stopped, 0, false, false}, {{"Start", "Connecting/0 open"}});
        state({Phase::Connecting, 2, false, false},
            {{"Stop", "Stopped/0 drop"},
                {"Opened", "Open/2? beat heartbeat=10000 reply=10000 stability=30000 OPEN"},
                {"Lost", "Waiting/3 drop retry#2"}, {"Refused", "Waiting/3 drop retry#2>30000"},
                {"Limited", "Waiting/3 drop retry#2>90000"},
                {"NetworkUp", "Connecting/2 drop open"}, {"Woke", "Connecting/2 drop open"}});
        state({Phase::Open, 2, false, false},
            {{"Stop", "Stopped/0 END"}, {"Lost", "Waiting/3 END retry#2"},
                {"Refused", "Waiting/3 END retry#2>30000"},
                {"Limited", "Waiting/3 END retry#2>90000"}, {"Inbound", "Open/2"},
                {"HeartbeatDue", "Open/2? beat heartbeat=10000 reply=10000"},
                {"Stable", "Open/0="},
                {"NetworkUp",
                    "Probing/2? beat heartbeat=10000 reply=10000 probe=3000 stability=30000"},
                {"Woke",
                    "Probing/2? beat heartbeat=10000 reply=10000 probe=3000 stability=30000"}});
        state({Phase::Open, 0, true, true},
            {{"Stop", "Stopped/0 END"}, {"Lost", "Waiting/1 END retry#0"},
                {"Refused", "Waiting/1 END retry#0>30000"},
                {"Limited", "Waiting/1 END retry#0>90000"}, {"Inbound", "Open/0= -reply"},
                {"HeartbeatDue", "Open/0?= beat heartbeat=20000"},
                {"HeartbeatLate", "Waiting/1 END retry#0"},
                {"NetworkUp", "Probing/0? beat heartbeat=10000 probe=3000 stability=30000"},
                {"Woke", "Probing/0? beat heartbeat=10000 probe=3000 stability=30000"}});
        state({Phase::Open, 0, false, true},
            {{"Stop", "Stopped/0 END"}, {"Lost", "Waiting/1 END retry#0"},
                {"Refused", "Waiting/1 END retry#0>30000"},
                {"Limited", "Waiting/1 END retry#0>90000"},
                {"HeartbeatDue", "Open/0?= beat heartbeat=20000 reply=10000"},
                {"NetworkUp",
                    "Probing/0? beat heartbeat=10000 reply=10000 probe=3000 stability=30000"},
                {"Woke",
                    "Probing/0? beat heartbeat=10000 reply=10000 probe=3000 stability=30000"}});
        state({Phase::Probing, 4, true, false},
            {{"Stop", "Stopped/0 END"}, {"Lost", "Connecting/4 END open"},
                {"Refused", "Connecting/4 END open"}, {"Limited", "Connecting/4 END open"},
                {"Inbound", "Open/4 -probe -reply"},
                {"HeartbeatDue", "Probing/4? beat heartbeat=10000"},
                {"HeartbeatLate", "Connecting/4 END open"}, {"ProbeLate", "Connecting/4 END open"},
                {"Stable", "Probing/0?="}});
        state({Phase::Waiting, 5, false, false},
            {{"Stop", "Stopped/0 -retry"}, {"RetryDue", "Connecting/5 open"},
                {"NetworkUp", "Connecting/5 -retry open"}, {"Woke", "Connecting/5 -retry open"}});
    }
    void everyStateMeetsEveryEvent()
    {
        QFETCH(int, phase);
        QFETCH(int, attempt);
        QFETCH(bool, awaiting);
        QFETCH(bool, steady);
        QFETCH(QByteArray, event);
        QFETCH(QString, expected);
        const auto named = std::find_if(allEvents().begin(), allEvents().end(),
            [&](const Named& n) { return n.name == event; });
        QCOMPARE(describe(step({Phase(phase), attempt, awaiting, steady}, named->event)), expected);
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

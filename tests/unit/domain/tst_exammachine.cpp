// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ExamMachine.h"

#include <QTest>

#include <array>
#include <map>
#include <set>

using namespace ExamMachine;

namespace {

struct NamedEvent
{
    const char* name;
    Event event;
};

const std::array events{
    NamedEvent{"start", Start{}},
    NamedEvent{"found", FoundLocally{Running{}}},
    NamedEvent{"opened", Opened{}},
    NamedEvent{"failed", StartFailed{QStringLiteral("ACADEMY_NOT_OPEN")}},
    NamedEvent{"refused", LeaseRefused{}},
    NamedEvent{"granted", LeaseGranted{}},
    NamedEvent{"pause", Pause{}},
    NamedEvent{"resume", Resume{}},
    NamedEvent{"lock", Lock{}},
    NamedEvent{"unlock", Unlock{}},
    NamedEvent{"collect", Collect{}},
    NamedEvent{"time up", TimeUp{}},
    NamedEvent{"more time", MoreTime{}},
    NamedEvent{"submit", SubmitAsked{}},
    NamedEvent{"receipt", ReceiptIssued{}},
    NamedEvent{"closed", ClosedByServer{}},
    NamedEvent{"lease lost", LeaseLost{}},
    NamedEvent{"voided", VoidedByServer{}},
};

const std::array<State, 15> states{NotStarted{}, Opening{}, Refused{}, LeaseTaken{}, Running{},
    Paused{}, Locked{}, Locked{true}, Submitting{HandIn::ByStudent}, Submitting{HandIn::TimeUp},
    Submitting{HandIn::Collected}, Submitted{}, Expired{}, Fenced{}, Voided{}};

using Row = std::map<QString, QString>;

/// Where every event leads from every state; an event that is not named changes nothing.
const std::map<QString, Row>& table()
{
    static const auto s = [](const char* text) { return QString::fromLatin1(text); };
    static const Row endings{{s("receipt"), s("submitted")}, {s("closed"), s("expired")},
        {s("lease lost"), s("fenced")}, {s("voided"), s("voided")}};
    const auto with = [](Row row, const Row& more) {
        row.insert(more.begin(), more.end());
        return row;
    };
    static const Row early{
        {s("receipt"), s("submitted")}, {s("closed"), s("expired")}, {s("voided"), s("voided")}};
    static const Row handedIn{
        {s("receipt"), s("submitted")}, {s("lease lost"), s("fenced")}, {s("voided"), s("voided")}};
    static const std::map<QString, Row> rows{
        {s("not_started"), {{s("start"), s("opening")}, {s("found"), s("running")}}},
        {s("opening"),
            with({{s("opened"), s("running")}, {s("found"), s("running")},
                     {s("failed"), s("refused")}, {s("refused"), s("lease_taken")}},
                early)},
        {s("refused"), {{s("start"), s("opening")}}},
        {s("lease_taken"), with({{s("start"), s("opening")}, {s("granted"), s("opening")}}, early)},
        {s("running"),
            with({{s("pause"), s("paused")}, {s("lock"), s("locked")},
                     {s("collect"), s("submitting_collected")},
                     {s("time up"), s("submitting_time_up")}, {s("submit"), s("submitting")}},
                endings)},
        {s("paused"),
            with({{s("resume"), s("running")}, {s("lock"), s("locked_paused")},
                     {s("collect"), s("submitting_collected")}, {s("submit"), s("submitting")}},
                endings)},
        {s("locked"),
            with({{s("unlock"), s("running")}, {s("pause"), s("locked_paused")},
                     {s("collect"), s("submitting_collected")},
                     {s("time up"), s("submitting_time_up")}},
                endings)},
        {s("locked_paused"),
            with({{s("unlock"), s("paused")}, {s("resume"), s("locked")},
                     {s("collect"), s("submitting_collected")}},
                endings)},
        {s("submitting"), handedIn},
        {s("submitting_time_up"), with({{s("more time"), s("running")}}, handedIn)},
        {s("submitting_collected"), handedIn},
        {s("submitted"), {}},
        {s("expired"), {{s("receipt"), s("submitted")}, {s("voided"), s("voided")}}},
        {s("fenced"), {{s("start"), s("opening")}, {s("voided"), s("voided")}}},
        {s("voided"), {}},
    };
    return rows;
}

} // namespace

class TestExamMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateMeetsEveryEvent()
    {
        static_assert(events.size() == std::variant_size_v<Event>);
        std::set<size_t> kinds;
        for (const State& state : states) {
            kinds.insert(state.index());
            const QString name = stateName(state);
            QVERIFY2(table().contains(name), qPrintable(name));
            const Row& row = table().at(name);
            for (const NamedEvent& event : events) {
                const Step next = step(state, event.event);
                const auto expected = row.find(QString::fromLatin1(event.name));
                const QString wanted = expected == row.end() ? name : expected->second;
                QVERIFY2(stateName(next.state) == wanted,
                    qPrintable(QStringLiteral("%1 + %2 led to %3, not %4")
                                   .arg(name, QString::fromLatin1(event.name),
                                       stateName(next.state), wanted)));
                if (expected == row.end()) {
                    QVERIFY2(next.effects.isEmpty(),
                        qPrintable(name + QStringLiteral(" + ") + QString::fromLatin1(event.name)));
                }
            }
        }
        QCOMPARE(kinds.size(), std::variant_size_v<State>);
    }

    void leavingTheWritingCommitsWhatWasTyped()
    {
        for (const NamedEvent& event : events) {
            const Step next = step(Running{}, event.event);
            if (!canEdit(next.state)) {
                QVERIFY2(next.effects.contains(Effect::FlushEdits), event.name);
                QVERIFY2(next.effects.contains(Effect::RememberState), event.name);
                QVERIFY(next.effects.indexOf(Effect::FlushEdits)
                    < next.effects.indexOf(Effect::RememberState));
            }
        }
    }

    void handingInIsQueuedAfterTheEdits()
    {
        for (const State& state : {State(Running{}), State(Paused{}), State(Locked{})}) {
            for (const Event& event : {Event(Collect{}), Event(TimeUp{}), Event(SubmitAsked{})}) {
                const Step next = step(state, event);
                if (std::holds_alternative<Submitting>(next.state)) {
                    QVERIFY(next.effects.indexOf(Effect::FlushEdits) >= 0);
                    QVERIFY(next.effects.indexOf(Effect::QueueHandIn)
                        > next.effects.indexOf(Effect::FlushEdits));
                }
            }
        }
    }

    void onlyWritingEdits()
    {
        for (const State& state : states) {
            QCOMPARE(canEdit(state), std::holds_alternative<Running>(state));
        }
    }

    void namesComeBack()
    {
        for (const State& state : states) {
            const auto back = stateFromName(stateName(state));
            QVERIFY(back.has_value());
            if (isLive(state) || isFinal(state)) {
                QVERIFY(*back == state);
            }
        }
        QVERIFY(stateFromName(QStringLiteral("in_progress")) == State(Running{}));
        QVERIFY(!stateFromName(QStringLiteral("dreaming")));
    }

    void openingTellsPausedAndLocked()
    {
        QVERIFY(step(Opening{}, Opened{true, false}).state == State(Paused{}));
        QVERIFY(step(Opening{}, Opened{false, true}).state == State(Locked{false}));
        QVERIFY(step(Opening{}, Opened{true, true}).state == State(Locked{true}));
    }

    void beatsBeginAndEndWithTheAttempt()
    {
        QVERIFY(step(Opening{}, Opened{}).effects.contains(Effect::BeginBeats));
        QVERIFY(
            step(NotStarted{}, FoundLocally{Submitting{}}).effects.contains(Effect::BeginBeats));
        QVERIFY(step(NotStarted{}, FoundLocally{Submitted{}}).effects.isEmpty());
        for (const Event& event : {Event(ReceiptIssued{}), Event(ClosedByServer{}),
                 Event(LeaseLost{}), Event(VoidedByServer{})}) {
            QVERIFY(step(Running{}, event).effects.contains(Effect::EndBeats));
        }
    }

    void aFencedStudentAsksForTheLease()
    {
        const Step next = step(Fenced{}, Start{});
        QVERIFY(next.state == State(Opening{true}));
        QVERIFY(next.effects.contains(Effect::CallStart));
    }
};

QTEST_GUILESS_MAIN(TestExamMachine)
#include "tst_exammachine.moc"

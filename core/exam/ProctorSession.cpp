// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/ProctorSession.h"

#include "base/Backoff.h"
#include "base/Clock.h"
#include "base/Log.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QSet>

#include <map>

using namespace std::chrono_literals;

namespace {

constexpr auto tickEvery = 1s;
constexpr auto trailingLook = 1100ms;
constexpr auto longestSilence = 10s;
/// A look every ten seconds, and a little for the way: beyond that the page says how old it is.
constexpr auto freshFor = 13s;
constexpr auto typingShownFor = 4s;
/// The academy names what only time changed for a minute; whoever was away longer asks for all.
constexpr auto longestBlindness = 50s;
/// Twice the time a call may take.
constexpr auto longestOvertaking = 30s;
constexpr int commandTries = 6;

template <typename T> Async<void> withoutValue(const Async<T>& future, QObject* context)
{
    AsyncPromise<void> promise;
    whenDone(future, context, [promise](const Result<T>& result) {
        promise.resolve(result ? Result<void>() : Result<void>(result.error()));
    });
    return promise.future();
}

} // namespace

class ProctorSession::Private
{
public:
    Private(ProctorSession* session, SittingId id, ExamBackend& academy, Clock& time,
        Scheduler& timers, RandomSource& source)
        : q(session), sitting(std::move(id)), backend(academy), clock(time), scheduler(timers),
          random(source), backoff(random, 500ms, 5s)
    {
        snapshot.sitting = sitting;
    }

    void start();
    void look(bool everything);
    void callForCommand(const QJsonObject& arguments, const AsyncPromise<CommandOutcome>& promise,
        std::shared_ptr<Backoff> retries);
    void retryCommand(const QString& op);
    void retryCommands();
    QJsonObject commandArguments(const ExamCommand& command, bool dryRun) const;
    Async<void> act(const QString& function);

    ProctorSession* q;
    SittingId sitting;
    ExamBackend& backend;
    Clock& clock;
    Scheduler& scheduler;
    RandomSource& random;
    MonitorSnapshot snapshot;
    MonitorSnapshot announced;
    QHash<UserId, MonitorRow> rows;
    std::unique_ptr<ExamTopic> room;

private:
    void answered(const QJsonObject& answer, bool everything, std::chrono::microseconds roundTrip);
    void delta(const QJsonObject& payload);
    void apply(
        const QJsonArray& rows, WallTime asOf, bool everything, QList<UserId>* touched);
    void stated(WallTime asOf, std::chrono::microseconds roundTrip);
    void lookLater(std::chrono::milliseconds delay);
    WallTime ageingMoment() const;
    void tick();
    void typed(const QJsonObject& payload);
    void presenceChanged();
    void refreshHead();
    void announce(const QList<UserId>& students);

    Backoff backoff;
    std::unique_ptr<ExamTopic> monitor;
    std::optional<MonotonicTime> asOfAt;
    std::optional<MonotonicTime> lastFacts;
    QHash<UserId, MonotonicTime> typingUntil;
    QSet<UserId> presentStudents;
    struct WaitingCommand
    {
        QJsonObject arguments;
        AsyncPromise<CommandOutcome> promise;
        std::shared_ptr<Backoff> retries;
        ScheduledTask due;
    };
    std::map<QString, WaitingCommand> waitingCommands;
    ScheduledTask lookTask;
    ScheduledTask tickTask;
    bool lookArmed = false;
    bool looking = false;
    bool lookAgain = false;
    bool everythingAgain = false;
};

void ProctorSession::Private::start()
{
    if (monitor) {
        return;
    }
    monitor = backend.open(QStringLiteral("sitting:%1:monitor").arg(sitting.toString()));
    QObject::connect(monitor.get(), &ExamTopic::received, q,
        [this](const QString& event, const QJsonObject& payload) {
            if (event == QLatin1String("delta")) {
                delta(payload);
            }
        });
    QObject::connect(monitor.get(), &ExamTopic::gap, q, [this] { look(snapshot.version < 0); });
    QObject::connect(monitor.get(), &ExamTopic::liveChanged, q, [this] { refreshHead(); });
    room = backend.open(QStringLiteral("sitting:%1:room").arg(sitting.toString()),
        QStringLiteral("teacher:") + random.uuid());
    QObject::connect(room.get(), &ExamTopic::received, q,
        [this](const QString& event, const QJsonObject& payload) {
            if (event == QLatin1String("typing")) {
                typed(payload);
            }
        });
    QObject::connect(room.get(), &ExamTopic::presenceChanged, q, [this] { presenceChanged(); });
    tickTask = scheduler.every(tickEvery, [this] { tick(); });
    look(true);
}

void ProctorSession::Private::look(bool everything)
{
    if (looking) {
        lookAgain = true;
        everythingAgain = everythingAgain || everything;
        return;
    }
    looking = true;
    lookArmed = false;
    lookTask.cancel();
    const MonotonicTime asked = clock.monotonic();
    everything = everything || snapshot.version < 0 || !lastFacts
        || asked - *lastFacts > longestBlindness;
    QJsonObject arguments{{QStringLiteral("p_sitting"), sitting.toString()}};
    if (!everything) {
        arguments.insert(QStringLiteral("p_since"), snapshot.version);
    }
    whenDone(backend.call(everything ? QStringLiteral("monitor_snapshot")
                                     : QStringLiteral("monitor_changes"),
                 arguments),
        q, [this, everything, asked](const Result<QJsonValue>& answer) {
            looking = false;
            if (answer && answer->isObject()) {
                backoff.reset();
                snapshot.problem.reset();
                answered(answer->toObject(), everything, clock.monotonic() - asked);
            } else {
                snapshot.problem = answer
                    ? Error{ErrorKind::Protocol, QStringLiteral("monitor_shape"), {}, {}}
                    : answer.error();
                everythingAgain = everythingAgain || everything;
                lookLater(std::max<std::chrono::milliseconds>(backoff.next(), 250ms));
            }
            refreshHead();
            if (std::exchange(lookAgain, false) && answer) {
                look(std::exchange(everythingAgain, false));
            }
        });
}

void ProctorSession::Private::lookLater(std::chrono::milliseconds delay)
{
    if (std::exchange(lookArmed, true)) {
        return;
    }
    lookTask = scheduler.after(delay, [this] {
        lookArmed = false;
        look(std::exchange(everythingAgain, false));
    });
}

void ProctorSession::Private::answered(
    const QJsonObject& answer, bool everything, std::chrono::microseconds roundTrip)
{
    JsonReader in(answer, "monitor");
    const QJsonObject head = in.object("sitting");
    const qint64 version = in.integer("version");
    const WallTime asOf = in.timestamp("as_of");
    const QJsonArray list = in.array("rows");
    if (!in.ok()) {
        snapshot.problem = in.error();
        lookLater(longestSilence);
        return;
    }
    JsonReader sittingHead(head, "sitting");
    snapshot.title = sittingHead.string("title");
    snapshot.state = sittingHead.string("state");
    snapshot.opensAt = sittingHead.optionalTimestamp("opens_at");
    snapshot.closesAt = sittingHead.optionalTimestamp("closes_at");
    snapshot.version = everything ? version : std::max(snapshot.version, version);
    stated(asOf, roundTrip);
    QList<UserId> touched;
    apply(list, asOf, everything, &touched);
    if (everything) {
        Q_EMIT q->reset();
    } else {
        announce(touched);
    }
}

void ProctorSession::Private::delta(const QJsonObject& payload)
{
    JsonReader in(payload, "delta");
    const qint64 version = in.integer("version");
    const WallTime asOf = in.timestamp("as_of");
    const QJsonArray list = in.array("rows");
    const qint64 since = in.optionalInteger("since").value_or(version - 1);
    const bool refetch = in.optionalBoolean("refetch").value_or(false);
    if (!in.ok()) {
        qCWarning(lcExam) << "a delta of sitting" << sitting.toString() << "was unreadable";
        look(false);
        return;
    }
    if (snapshot.version < 0) {
        return;
    }
    if (refetch || since > snapshot.version) {
        // Something in between did not arrive.
        look(true);
        return;
    }
    stated(asOf, 0us);
    snapshot.version = std::max(snapshot.version, version);
    QList<UserId> touched;
    apply(list, asOf, false, &touched);
    announce(touched);
    refreshHead();
    // Changes within the second after a delta are held back by the academy: fetch them.
    lookLater(trailingLook);
}

void ProctorSession::Private::stated(WallTime asOf, std::chrono::microseconds roundTrip)
{
    lastFacts = clock.monotonic();
    // Facts may overtake each other, but not by more than a call takes: then a clock was set back.
    if (!snapshot.asOf || asOf >= *snapshot.asOf || *snapshot.asOf - asOf > longestOvertaking) {
        snapshot.asOf = asOf;
        asOfAt = clock.monotonic() - roundTrip / 2;
    }
}

void ProctorSession::Private::apply(
    const QJsonArray& list, WallTime asOf, bool everything, QList<UserId>* touched)
{
    QHash<UserId, MonitorRow> fresh;
    for (const QJsonValue& value : list) {
        Result<MonitorRow> row = MonitorRow::fromJson(value.toObject());
        if (!row) {
            qCWarning(lcExam) << "a monitor row was unreadable:" << row.error().detail;
            continue;
        }
        const auto known = rows.constFind(row->student);
        if (!everything && known != rows.constEnd() && known->version > row->version) {
            continue;
        }
        MonitorRow next = std::move(row).value();
        next.present = presentStudents.contains(next.student);
        next.typing = typingUntil.contains(next.student);
        if (next.paused) {
            next.pausedAsOf = asOf;
        }
        next.judge(ageingMoment());
        if (everything) {
            fresh.insert(next.student, next);
        } else if (known == rows.constEnd() || *known != next) {
            touched->append(next.student);
            rows.insert(next.student, next);
        }
    }
    if (everything) {
        rows = std::move(fresh);
    }
}

/// The server's time now, but never further from the last facts than a look is: when the academy is
/// out of reach it is the monitor that knows nothing, not the students who are gone.
WallTime ProctorSession::Private::ageingMoment() const
{
    if (!snapshot.asOf || !asOfAt) {
        return {};
    }
    const auto elapsed = clock.monotonic() - *asOfAt;
    return *snapshot.asOf + std::min<std::chrono::microseconds>(elapsed, freshFor);
}

void ProctorSession::Private::tick()
{
    const MonotonicTime now = clock.monotonic();
    if (!lastFacts || now - *lastFacts >= longestSilence) {
        look(snapshot.version < 0);
    }
    QList<UserId> touched;
    for (auto row = rows.begin(); row != rows.end(); ++row) {
        const auto until = typingUntil.constFind(row->student);
        const bool typing = until != typingUntil.constEnd() && *until > now;
        const bool judgedAnew = row->judge(ageingMoment());
        if (judgedAnew || std::exchange(row->typing, typing) != typing) {
            row->typing = typing;
            touched.append(row->student);
        }
    }
    announce(touched);
    refreshHead();
}

void ProctorSession::Private::typed(const QJsonObject& payload)
{
    const UserId student(payload.value(QLatin1String("student_id")).toString());
    const auto row = rows.find(student);
    if (row == rows.end()) {
        return;
    }
    typingUntil.insert(student, clock.monotonic() + typingShownFor);
    if (!row->typing) {
        row->typing = true;
        announce({student});
    }
}

void ProctorSession::Private::presenceChanged()
{
    QSet<UserId> present;
    const QStringList keys = room->presence().keys();
    for (const QString& key : keys) {
        present.insert(UserId(key));
    }
    presentStudents = present;
    QList<UserId> touched;
    for (auto row = rows.begin(); row != rows.end(); ++row) {
        const bool here = presentStudents.contains(row->student);
        if (here != row->present) {
            row->present = here;
            touched.append(row->student);
        }
    }
    announce(touched);
}

void ProctorSession::Private::announce(const QList<UserId>& students)
{
    if (students.isEmpty()) {
        return;
    }
    QList<MonitorRow> changed;
    changed.reserve(students.size());
    for (const UserId& student : students) {
        changed.append(rows.value(student));
    }
    Q_EMIT q->rowsChanged(changed);
}

void ProctorSession::Private::refreshHead()
{
    MonitorSnapshot next = snapshot;
    next.live = monitor && monitor->isLive();
    next.students = int(rows.size());
    next.counts.clear();
    for (const MonitorRow& row : std::as_const(rows)) {
        ++next.counts[int(row.status)];
    }
    if (asOfAt) {
        const auto age = clock.monotonic() - *asOfAt;
        next.age = std::chrono::floor<std::chrono::seconds>(age);
        next.stale = age > freshFor;
    }
    snapshot = next;
    if (next != announced) {
        announced = next;
        Q_EMIT q->snapshotChanged();
    }
}

QJsonObject ProctorSession::Private::commandArguments(const ExamCommand& command, bool dryRun) const
{
    QJsonValue targets;
    if (!command.targets.isEmpty()) {
        QJsonArray ids;
        for (const AttemptId& id : command.targets) {
            ids.append(id.toString());
        }
        targets = ids;
    }
    return {{QStringLiteral("p_sitting"), sitting.toString()},
        {QStringLiteral("p_op_id"), random.uuid()},
        {QStringLiteral("p_kind"), examCommandName(command.kind)},
        {QStringLiteral("p_targets"), targets}, {QStringLiteral("p_payload"), command.payload()},
        {QStringLiteral("p_reason"), command.reason}, {QStringLiteral("p_dry_run"), dryRun}};
}

void ProctorSession::Private::callForCommand(const QJsonObject& arguments,
    const AsyncPromise<CommandOutcome>& promise, std::shared_ptr<Backoff> retries)
{
    whenDone(backend.call(QStringLiteral("issue_command"), arguments), q,
        [this, arguments, promise, retries](const Result<QJsonValue>& answer) {
            if (!answer && answer.error().isTransient() && retries->attempt() < commandTries) {
                const QString op = arguments.value(QLatin1String("p_op_id")).toString();
                const auto delay = std::max<std::chrono::milliseconds>(retries->next(), 100ms);
                waitingCommands.insert_or_assign(op,
                    WaitingCommand{arguments, promise, retries,
                        scheduler.after(delay, [this, op] { retryCommand(op); })});
                return;
            }
            promise.resolve(answer ? CommandOutcome::fromJson(*answer)
                                   : Result<CommandOutcome>(answer.error()));
            if (answer) {
                look(false);
            }
        });
}

void ProctorSession::Private::retryCommand(const QString& op)
{
    const auto found = waitingCommands.extract(op);
    if (found) {
        const WaitingCommand& command = found.mapped();
        callForCommand(command.arguments, command.promise, command.retries);
    }
}

void ProctorSession::Private::retryCommands()
{
    while (!waitingCommands.empty()) {
        retryCommand(QString(waitingCommands.begin()->first));
    }
}

Async<void> ProctorSession::Private::act(const QString& function)
{
    const auto call = backend.call(function, {{QStringLiteral("p_sitting"), sitting.toString()}});
    whenDone(call, q, [this](const Result<QJsonValue>& answer) {
        if (answer) {
            look(false);
        }
    });
    return withoutValue(call, q);
}

ProctorSession::ProctorSession(SittingId sitting, ExamBackend& backend, Clock& clock,
    Scheduler& scheduler, RandomSource& random, QObject* parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, std::move(sitting), backend, clock, scheduler, random))
{
}

ProctorSession::~ProctorSession() = default;

const SittingId& ProctorSession::sitting() const
{
    return d->sitting;
}

const MonitorSnapshot& ProctorSession::snapshot() const
{
    return d->snapshot;
}

QList<MonitorRow> ProctorSession::rows() const
{
    return d->rows.values();
}

std::optional<MonitorRow> ProctorSession::row(const UserId& student) const
{
    const auto found = d->rows.constFind(student);
    return found == d->rows.constEnd() ? std::nullopt : std::optional(*found);
}

QJsonObject ProctorSession::presence() const
{
    return d->room ? d->room->presence() : QJsonObject();
}

void ProctorSession::start()
{
    d->start();
}

void ProctorSession::networkUp()
{
    if (d->room) {
        d->look(false);
    }
    d->retryCommands();
}

void ProctorSession::refresh()
{
    d->look(true);
}

Async<void> ProctorSession::openSitting()
{
    return d->act(QStringLiteral("open_sitting"));
}

Async<void> ProctorSession::closeSitting()
{
    return d->act(QStringLiteral("close_sitting"));
}

Async<void> ProctorSession::releaseResults()
{
    return d->act(QStringLiteral("release_results"));
}

Async<CommandOutcome> ProctorSession::previewCommand(const ExamCommand& command)
{
    AsyncPromise<CommandOutcome> promise;
    whenDone(d->backend.call(QStringLiteral("issue_command"), d->commandArguments(command, true)),
        this, [promise](const Result<QJsonValue>& answer) {
            promise.resolve(answer ? CommandOutcome::fromJson(*answer)
                                   : Result<CommandOutcome>(answer.error()));
        });
    return promise.future();
}

Async<CommandOutcome> ProctorSession::issueCommand(const ExamCommand& command)
{
    AsyncPromise<CommandOutcome> promise;
    d->callForCommand(d->commandArguments(command, false), promise,
        std::make_shared<Backoff>(d->random, 500ms, 5s));
    return promise.future();
}

Async<void> ProctorSession::undo(qint64 command)
{
    const auto call
        = d->backend.call(QStringLiteral("undo_command"), {{QStringLiteral("p_command"), command}});
    whenDone(call, this, [this](const Result<QJsonValue>& answer) {
        if (answer) {
            d->look(false);
        }
    });
    return withoutValue(call, this);
}

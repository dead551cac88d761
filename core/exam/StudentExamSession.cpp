// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/StudentExamSession.h"

#include "base/Backoff.h"
#include "base/Log.h"
#include "domain/ExamTiming.h"
#include "exam/AnswerSheet.h"
#include "exam/ExamUploader.h"
#include "exam/HandInCourier.h"
#include "store/AttemptStore.h"
#include "store/Database.h"
#include "wire/Json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

using namespace std::chrono_literals;
using namespace ExamMachine;

namespace {

constexpr auto typingDelay = 250ms;
/// A choice goes out at once; typing goes out together, well within the two seconds promised.
constexpr auto uploadDelay = 50ms;
constexpr auto typingUploadDelay = 1s;
constexpr auto retryStorage = 1s;
constexpr auto tickEvery = 500ms;
constexpr auto askAgain = 5s;
constexpr auto notOpenYet = 10s;
constexpr auto typingSignalEvery = 3s;
constexpr auto caretDelay = 1s;
constexpr auto toleratedClockJump = 2s;
/// What is left within a round trip or two is no extra time.
constexpr auto uncertaintyOfTheEnd = 2s;
/// Twice the time a call may take.
constexpr auto longestOvertaking = 30s;
/// Beyond this many people everybody's presence would cost more than it tells.
constexpr int largestRoom = 60;

bool isTyped(const ExamItem& item)
{
    switch (item.type) {
    case ItemType::Cloze:
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Essay:
    case ItemType::Dictation:
        return true;
    default:
        return false;
    }
}

/// A long text that grew on two computers goes on with both, one below the other, for the student to
/// strike out what is too much. Other answers have no room for two.
QByteArray bothVersions(
    const ExamPaper& paper, const ItemId& item, const QByteArray& theirs, const QByteArray& ours)
{
    const auto textOf = [](const QByteArray& answer) {
        const auto json = parseJson(answer);
        return json ? json->toObject().value(QLatin1String("text")).toString() : QString();
    };
    const ExamItem* const asked = paper.find(item);
    const QString there = textOf(theirs);
    const QString here = textOf(ours);
    if (!asked || asked->type != ItemType::Essay || here.trimmed().isEmpty()) {
        return {};
    }
    if (there.contains(here) || here.contains(there)) {
        return there.size() < here.size() ? ours : theirs;
    }
    const auto both = parseAnswer(
        *asked, QJsonObject{{QStringLiteral("text"), there + QStringLiteral("\n\n") + here}});
    return both ? toJson(*both) : QByteArray();
}

} // namespace

class StudentExamSession::Private
{
public:
    Private(StudentExamSession* session, SittingId id, ExamServices parts);

    void start();
    void close();
    bool mayEdit() const { return canEdit(machine) && !closed; }
    void handle(const Event& event);
    void flush();
    void commitAnswer(const ItemId& item);
    void record(const ItemId& item, const QString& kind, const QJsonObject& body);
    void post(const NewAttemptOp& op);
    void networkUp();
    void watchCounts();
    void beatNow();
    void addIncident(const QString& kind, QJsonObject details);
    void tellScreens();
    void signalTyping(const ItemId& item);
    void retryFailedOps();
    void handInAtLast();
    void publish();
    LocalMoment now() const
    {
        return {services.clock.monotonic(), services.clock.wall(), services.boot};
    }

    StudentExamSession* q;
    SittingId sitting;
    ExamServices services;
    AttemptId attempt;
    AnswerSheet sheet;
    State machine = NotStarted{};
    ExamSnapshot snapshot;
    ExamTiming timing;
    ItemId currentItem;
    int caret = 0;
    QHash<ItemId, QJsonObject> asides;
    bool focused = true;
    std::optional<MonotonicTime> focusLostAt;
    int screens = 1;
    int screensTold = 1;
    ScheduledTask typingTask;
    ScheduledTask caretTask;
    QList<ItemId> beingTyped;
    bool looking = false;
    bool closed = false;

private:
    void perform(Effect effect);
    void recheckStore();
    void bringBack();
    void keepAgain();
    AttemptStart begunBy(const StartReply& reply, const LocalMoment& at, std::chrono::microseconds roundTrip) const;
    void takeUp(const StoredAttempt& stored);
    void adopt(const StoredAttempt& stored, const QList<StoredAnswer>& answers,
        const QList<CommittedOp>& ops);
    void holdReserve(const StoredAttempt& stored);
    void callStart(bool takeover);
    void startFailed(const Error& error);
    void started(
        const StartReply& reply, const LocalMoment& received, std::chrono::microseconds roundTrip);
    void opened(const StartReply& reply);
    void beginBeats();
    void endBeats();
    void scheduleBeat(std::chrono::milliseconds base);
    void beatAnswered(const BeatReply& reply, const QList<qint64>& acks, MonotonicTime asked);
    void beatFailed(const Error& error);
    void applyCommands(const QList<IssuedCommand>& commands);
    void applyWord(const ServerWord& word, std::chrono::microseconds roundTrip);
    void takeWord(const ServerWord& word, std::chrono::microseconds roundTrip);
    void settle(const ServerWord& word);
    void pushed(const PushReply& reply, std::chrono::microseconds roundTrip);
    void reached();
    void notReached(const Error& error);
    void remember();
    void handInWhenAllIsKept();
    Async<void> rememberHandIn();
    void sendIncidents();
    void pokeWithin(std::chrono::milliseconds delay);
    void tick();
    void openTopics();
    ServerTimePair timePair() const;

    qint64 lease = 0;
    qint64 kept = 0;
    qint64 received = 0;
    qint64 quarantined = 0;
    QByteArray chainHead;
    qint64 cursor = 0;
    bool replayMessages = false;
    QList<qint64> unacked;
    QList<ExamMessage> messages;
    std::optional<ExamReceipt> receipt;
    std::optional<Error> problem;
    QList<NewAttemptOp> failedOps;
    int opsUnderWay = 0; ///< handed to the store, not yet answered
    bool handInKept = false; ///< what the courier acts on may be on the disk
    QString keptState; ///< name of the state on the disk
    bool storageFailed = false;
    bool asksForLease = false;
    bool startUnderWay = false;
    bool bringingBack = false;
    bool storeDoubtful = false;
    bool beatUnderWay = false;
    bool beatAgain = false;
    bool beating = false;
    bool catchingUp = false;
    bool incidentsUnderWay = false;
    bool incidentsWaiting = true;
    bool handling = false;
    std::optional<MonotonicTime> pokeDue;
    QList<Event> waitingEvents;
    ExamSnapshot::Connection connection = ExamSnapshot::Connection::Unknown;
    std::optional<std::chrono::microseconds> lastRoundTrip;
    std::optional<WallTime> lastWord;
    std::optional<LocalMoment> lastTick;
    std::optional<MonotonicTime> lastTypingSignal;
    Backoff startBackoff;
    ScheduledTask startTask;
    ScheduledTask beatTask;
    ScheduledTask tickTask;
    ScheduledTask pokeTask;
    ScheduledTask storageTask;
    ScheduledTask handInTask;
    std::unique_ptr<ExamTopic> commandTopic;
    std::unique_ptr<ExamTopic> room;
};

StudentExamSession::Private::Private(StudentExamSession* session, SittingId id, ExamServices parts)
    : q(session), sitting(std::move(id)), services(std::move(parts)),
      startBackoff(services.random, 1s, 5s)
{
    QObject::connect(&services.uploader, &ExamUploader::pushed, q,
        [this](const AttemptId& of, const PushReply& reply, std::chrono::microseconds roundTrip) {
            if (of == attempt && !attempt.isEmpty()) {
                pushed(reply, roundTrip);
            }
        });
    QObject::connect(&services.uploader, &ExamUploader::failed, q,
        [this](const AttemptId& of, const Error& error) {
            if (of == attempt && !attempt.isEmpty()) {
                notReached(error);
            }
        });
    QObject::connect(&services.store.database(), &Database::damageRepaired, q, [this] {
        storeDoubtful = true;
        recheckStore();
    });
    QObject::connect(&services.courier, &HandInCourier::handedIn, q,
        [this](const AttemptId& of, const ExamReceipt& issued) {
            if (of == attempt) {
                receipt = issued;
                services.store.dropReserve();
                reached();
                handle(ReceiptIssued{});
            }
        });
    QObject::connect(&services.courier, &HandInCourier::notDue, q,
        [this](const AttemptId& of, const BeatReply& reply) {
            if (of == attempt) {
                reached();
                takeWord(reply.word, 0us);
                beatNow();
            }
        });
    QObject::connect(&services.courier, &HandInCourier::failed, q,
        [this](const AttemptId& of, const Error& error) {
            if (of == attempt) {
                notReached(error);
            }
        });
}

void StudentExamSession::Private::start()
{
    if (!std::holds_alternative<NotStarted>(machine)) {
        handle(Start{});
        return;
    }
    if (std::exchange(looking, true)) {
        return;
    }
    publish();
    whenDone(services.store.findBySitting(services.user, sitting), q,
        [this](const Result<std::optional<StoredAttempt>>& found) {
            looking = false;
            if (found && *found && (*found)->device == services.device) {
                takeUp(**found);
            } else {
                handle(Start{});
            }
        });
}

void StudentExamSession::Private::close()
{
    flush();
    retryFailedOps();
    closed = true;
    endBeats();
    publish();
}

void StudentExamSession::Private::handle(const Event& event)
{
    waitingEvents.append(event);
    if (std::exchange(handling, true)) {
        return;
    }
    while (!waitingEvents.isEmpty()) {
        const Step next = step(machine, waitingEvents.takeFirst());
        if (!(next.state == machine)) {
            qCInfo(lcExam) << "attempt" << attempt.toString() << stateName(machine) << "->"
                           << stateName(next.state);
        }
        machine = next.state;
        handInKept = handInKept && std::holds_alternative<Submitting>(machine);
        for (const Effect effect : next.effects) {
            perform(effect);
        }
    }
    handling = false;
    publish();
}

void StudentExamSession::Private::perform(Effect effect)
{
    switch (effect) {
    case Effect::CallStart:
        callStart(std::get<Opening>(machine).takeover);
        break;
    case Effect::CallStartLater:
        asksForLease = true;
        startTask = services.scheduler.after(askAgain, [this] { handle(LeaseGranted{}); });
        break;
    case Effect::FlushEdits:
        flush();
        break;
    case Effect::BeginBeats:
        beginBeats();
        break;
    case Effect::EndBeats:
        endBeats();
        break;
    case Effect::QueueHandIn:
        services.backend.pokeUploads();
        handInWhenAllIsKept();
        break;
    case Effect::WithdrawHandIn:
        // RememberState, which follows, replaces the state the courier acts on.
        break;
    case Effect::RememberState:
        remember();
        break;
    }
}

// Taking up and opening

void StudentExamSession::Private::takeUp(const StoredAttempt& stored)
{
    looking = true;
    whenDone(services.store.answers(stored.id), q,
        [this, stored](const Result<QList<StoredAnswer>>& answers) {
            whenDone(services.store.ops(stored.id), q,
                [this, stored, answers](const Result<QList<CommittedOp>>& ops) {
                    looking = false;
                    if (answers && ops) {
                        adopt(stored, *answers, *ops);
                    }
                    if (sheet.isEmpty()) {
                        handle(Start{});
                        return;
                    }
                    replayMessages = true;
                    if (!stored.receipt.isEmpty()) {
                        const auto at = parseTimestamp(stored.submittedAt);
                        receipt = ExamReceipt{stored.receipt, at ? *at : WallTime{}, true};
                        handle(FoundLocally{Submitted{}});
                        return;
                    }
                    State state = stateFromName(stored.state).value_or(State(Running{}));
                    if (std::holds_alternative<NotStarted>(state)) {
                        state = Running{};
                    }
                    if (stored.submitRequested && !isFinal(state)
                        && !std::holds_alternative<Submitting>(state)) {
                        state = Submitting{HandIn::ByStudent};
                    }
                    handle(FoundLocally{state});
                    if (std::holds_alternative<Submitting>(machine)) {
                        handInKept = true;
                        services.courier.wake(attempt);
                    }
                    services.backend.pokeUploads();
                });
        });
}

void StudentExamSession::Private::adopt(
    const StoredAttempt& stored, const QList<StoredAnswer>& answers, const QList<CommittedOp>& ops)
{
    const auto json = parseJson(stored.paper);
    auto paper = json ? parsePaper(json->toObject()) : Result<ExamPaper>(json.error());
    if (!paper) {
        qCWarning(lcExam) << "unreadable paper of attempt" << stored.id.toString()
                          << paper.error().detail;
        problem = paper.error();
        return;
    }
    attempt = stored.id;
    lease = stored.lease;
    keptState = stored.state;
    kept = stored.lastSeq;
    received = std::min(stored.ackedSeq, stored.lastSeq);
    catchingUp = received < kept;
    chainHead = stored.chainHead;
    cursor = std::max(cursor, stored.commandCursor);
    sheet = AnswerSheet(std::move(*paper));
    for (const StoredAnswer& answer : answers) {
        sheet.restore(answer);
    }
    for (const CommittedOp& op : ops) {
        if (op.kind == QLatin1String("play")) {
            sheet.setPlays(op.item, sheet.playsUsed(op.item) + 1);
        }
    }
    for (auto aside = stored.asides.cbegin(); aside != stored.asides.cend(); ++aside) {
        const auto written = parseJson(*aside);
        asides.insert(aside.key(), written ? written->toObject() : QJsonObject());
    }
    currentItem = stored.resume.item;
    caret = stored.resume.caret;
    if (stored.serverTime && stored.effectiveEnd) {
        const bool paused = stored.state == QLatin1String("paused")
            || stored.state == QLatin1String("locked_paused");
        timing = ExamTiming({stored.serverTime->server, *stored.effectiveEnd, paused,
            {stored.serverTime->steady, stored.serverTime->wall,
                stored.serverTime->bootId.toLatin1()},
            ExamTiming::Span::max(), stored.clockUncertain});
    }
    whenDone(services.store.unackedCommands(attempt), q, [this](const Result<QList<qint64>>& ids) {
        if (ids) {
            unacked = *ids;
        }
    });
    watchCounts();
    holdReserve(stored);
}

/// From the first minute on: a disk that is full at the start says so while there is time to act.
void StudentExamSession::Private::holdReserve(const StoredAttempt& stored)
{
    if (!stored.receipt.isEmpty()) {
        return;
    }
    whenDone(services.store.holdReserve(), q, [](const Result<void>& held) {
        if (!held) {
            qCWarning(lcExam) << "no reserve for this exam:" << held.error().code;
        }
    });
}

void StudentExamSession::Private::callStart(bool takeover)
{
    startTask.cancel();
    startUnderWay = true;
    const MonotonicTime asked = services.clock.monotonic();
    whenDone(services.backend.call(QStringLiteral("start_attempt"),
                 {{QStringLiteral("p_sitting"), sitting.toString()},
                     {QStringLiteral("p_device"), services.device.toString()},
                     {QStringLiteral("p_takeover"), takeover}}),
        q, [this, asked](const Result<QJsonValue>& answer) {
            startUnderWay = false;
            const auto reply
                = answer ? parseStartReply(*answer) : Result<StartReply>(answer.error());
            if (reply) {
                started(*reply, now(), services.clock.monotonic() - asked);
            } else {
                startFailed(reply.error());
            }
        });
}

void StudentExamSession::Private::startFailed(const Error& error)
{
    if (error.code == QLatin1String("ACADEMY_LEASE_TAKEN")) {
        reached();
        handle(LeaseRefused{});
        return;
    }
    if (error.isTransient() || error.kind == ErrorKind::Unauthorized) {
        notReached(error);
        startTask = services.scheduler.after(startBackoff.next() + 250ms, [this] {
            if (const auto* opening = std::get_if<Opening>(&machine)) {
                callStart(opening->takeover);
            }
        });
        return;
    }
    problem = error;
    asksForLease = false;
    handle(StartFailed{error.code});
    if (error.code == QLatin1String("ACADEMY_NOT_OPEN")) {
        const auto jitter = std::chrono::milliseconds(services.random.below(4000));
        startTask = services.scheduler.after(notOpenYet - 2s + jitter, [this] { handle(Start{}); });
    }
}

void StudentExamSession::Private::networkUp()
{
    if (closed) {
        return;
    }
    startBackoff.reset();
    const auto* opening = std::get_if<Opening>(&machine);
    if (opening && !startUnderWay && startTask.isScheduled()) {
        callStart(opening->takeover);
    }
    if (storeDoubtful) {
        recheckStore();
    }
    beatNow();
}

/// The file was damaged and rebuilt from what could be read. What the window still knows is put
/// back, because it was promised to be kept.
void StudentExamSession::Private::recheckStore()
{
    if (closed || attempt.isEmpty() || !isLive(machine)) {
        return;
    }
    whenDone(services.store.find(attempt), q, [this](const Result<std::optional<StoredAttempt>>& found) {
        if (found && *found) {
            keepAgain();
        } else if (found) {
            bringBack();
        }
    });
}

/// Even the attempt's own row was lost: the academy has the paper and the numbering.
void StudentExamSession::Private::bringBack()
{
    if (std::exchange(bringingBack, true)) {
        return;
    }
    const MonotonicTime asked = services.clock.monotonic();
    whenDone(services.backend.call(QStringLiteral("start_attempt"),
                 {{QStringLiteral("p_sitting"), sitting.toString()},
                     {QStringLiteral("p_device"), services.device.toString()},
                     {QStringLiteral("p_takeover"), false}}),
        q, [this, asked](const Result<QJsonValue>& answer) {
            const auto reply
                = answer ? parseStartReply(*answer) : Result<StartReply>(answer.error());
            if (!reply) {
                bringingBack = false;
                notReached(reply.error());
                return;
            }
            const auto begun = begunBy(*reply, now(), services.clock.monotonic() - asked);
            whenDone(services.store.begin(begun), q, [this](const Result<StoredAttempt>& stored) {
                bringingBack = false;
                if (stored) {
                    lease = stored->lease;
                    kept = stored->lastSeq;
                    received = std::min(stored->ackedSeq, kept);
                    chainHead = stored->chainHead;
                    keepAgain();
                }
            });
        });
}

void StudentExamSession::Private::keepAgain()
{
    whenDone(services.store.answers(attempt), q, [this](const Result<QList<StoredAnswer>>& stored) {
        if (!stored) {
            return;
        }
        storeDoubtful = false;
        AnswerSheet onDisk(sheet.paper());
        for (const StoredAnswer& answer : *stored) {
            onDisk.restore(answer);
        }
        int again = 0;
        for (const ExamItemState& state : sheet.items()) {
            if (onDisk.answer(state.item) != sheet.answer(state.item)) {
                commitAnswer(state.item);
                ++again;
            }
            if (onDisk.isFlagged(state.item) != state.flagged) {
                record(state.item, state.flagged ? QStringLiteral("flag") : QStringLiteral("unflag"), {});
                ++again;
            }
        }
        qCWarning(lcExam) << "the store was repaired;" << again << "changes were kept again";
        retryFailedOps();
    });
}

void StudentExamSession::Private::started(
    const StartReply& reply, const LocalMoment& at, std::chrono::microseconds roundTrip)
{
    reached();
    startBackoff.reset();
    asksForLease = false;
    whenDone(services.store.begin(begunBy(reply, at, roundTrip)), q,
        [this, reply, at, roundTrip](const Result<StoredAttempt>& stored) {
            if (!stored) {
                storageFailed = true;
                startFailed(stored.error());
                return;
            }
            whenDone(services.store.answers(stored->id), q,
                [this, reply, at, roundTrip, stored = *stored](
                    const Result<QList<StoredAnswer>>& answers) {
                    whenDone(services.store.ops(stored.id), q,
                        [this, reply, at, roundTrip, stored, answers](
                            const Result<QList<CommittedOp>>& ops) {
                            if (!answers || !ops) {
                                startFailed(answers ? ops.error() : answers.error());
                                return;
                            }
                            cursor = reply.commandCursor;
                            adopt(stored, *answers, *ops);
                            if (sheet.isEmpty()) {
                                handle(StartFailed{QStringLiteral("paper_malformed")});
                                return;
                            }
                            problem.reset();
                            for (const ItemId& item : reply.flagged) {
                                sheet.setFlagged(item, true);
                            }
                            timing.observe(reply.word.serverTime, reply.word.effectiveEnd,
                                reply.word.paused, at, roundTrip);
                            lastWord = reply.word.serverTime;
                            opened(reply);
                        });
                });
        });
}

AttemptStart StudentExamSession::Private::begunBy(
    const StartReply& reply, const LocalMoment& at, std::chrono::microseconds roundTrip) const
{
    const ServerTimePair pair{
        reply.word.serverTime + roundTrip / 2, at.monotonic, at.wall, QString::fromLatin1(at.boot)};
    AttemptStart begun{reply.attempt, sitting, services.user, services.device, reply.lease,
        reply.word.state, toJson(reply.paper), reply.startedAt, reply.baseSeconds,
        reply.word.effectiveEnd, pair, reply.word.ackedSeq, reply.chainHead, {}, {}};
    for (auto it = reply.answers.begin(); it != reply.answers.end(); ++it) {
        begun.answers.insert(ItemId(it.key()), toJson(it.value()));
    }
    if (const auto paper = parsePaper(reply.paper)) {
        begun.joiner = [paper = *paper](const ItemId& item, const QByteArray& theirs,
                           const QByteArray& ours) { return bothVersions(paper, item, theirs, ours); };
    }
    return begun;
}

void StudentExamSession::Private::opened(const StartReply& reply)
{
    const QString& state = reply.word.state;
    if (state == QLatin1String("voided")) {
        handle(VoidedByServer{});
    } else if (state == QLatin1String("submitted") && reply.receipt) {
        receipt = reply.receipt;
        services.store.saveReceipt(
            attempt, receipt->code, toIsoString(receipt->submittedAt), state);
        handle(ReceiptIssued{});
    } else {
        handle(Opened{reply.word.paused, state == QLatin1String("locked")});
        settle(reply.word);
    }
    Q_EMIT q->paperGiven();
}

// Edits

void StudentExamSession::Private::flush()
{
    typingTask.cancel();
    const QList<ItemId> items = std::exchange(beingTyped, {});
    for (const ItemId& item : items) {
        commitAnswer(item);
    }
    if (caretTask.isScheduled()) {
        caretTask.cancel();
        services.store.saveResumePoint(attempt, {currentItem, caret});
    }
}

void StudentExamSession::Private::commitAnswer(const ItemId& item)
{
    record(item, QStringLiteral("answer"), sheet.answer(item));
}

void StudentExamSession::Private::record(
    const ItemId& item, const QString& kind, const QJsonObject& body)
{
    const ExamItemState* place = nullptr;
    for (const ExamItemState& state : sheet.items()) {
        if (state.item == item) {
            place = &state;
        }
    }
    NewAttemptOp op;
    op.opId = OpId(services.random.uuid());
    op.item = item;
    op.kind = kind;
    op.body = toJson(body);
    op.label = place ? kind + QLatin1Char(' ') + QString::number(place->number) : kind;
    op.steady = services.clock.monotonic();
    op.wall = services.clock.wall();
    post(op);
}

void StudentExamSession::Private::post(const NewAttemptOp& op)
{
    const ExamItem* const about = sheet.item(op.item);
    const bool typed = about && isTyped(*about) && op.kind == QLatin1String("answer");
    ++opsUnderWay;
    whenDone(services.store.record(attempt, op), q,
        [this, op, typed](const Result<CommittedOp>& committed) {
            --opsUnderWay;
            if (committed) {
                kept = std::max(kept, committed->seq);
                chainHead = committed->seq == kept ? committed->hash : chainHead;
                if (failedOps.isEmpty() && std::exchange(storageFailed, false)) {
                    problem.reset();
                }
                pokeWithin(typed ? typingUploadDelay : uploadDelay);
            } else {
                qCWarning(lcExam) << "an operation could not be kept:" << committed.error().code;
                failedOps.append(op);
                storageFailed = true;
                problem = committed.error();
                storageTask = services.scheduler.after(retryStorage, [this] {
                    if (storeDoubtful) {
                        recheckStore();
                    } else {
                        retryFailedOps();
                    }
                });
                if (committed.error().code == QLatin1String("store_no_attempt")) {
                    storeDoubtful = true;
                }
            }
            handInWhenAllIsKept();
            publish();
        });
}

void StudentExamSession::Private::retryFailedOps()
{
    const QList<NewAttemptOp> ops = std::exchange(failedOps, {});
    QSet<ItemId> answers;
    QSet<ItemId> flags;
    for (NewAttemptOp op : ops) {
        // What is on the sheet now is what has to be kept, once: a later change may be kept already.
        const bool isAnswer = op.kind == QLatin1String("answer");
        const bool isFlag = op.kind == QLatin1String("flag") || op.kind == QLatin1String("unflag");
        if (isAnswer || isFlag) {
            QSet<ItemId>& again = isAnswer ? answers : flags;
            if (again.contains(op.item)) {
                continue;
            }
            again.insert(op.item);
        }
        const NewAttemptOp before = op;
        if (isAnswer) {
            op.body = toJson(sheet.answer(op.item));
        } else if (isFlag) {
            op.kind = sheet.isFlagged(op.item) ? QStringLiteral("flag") : QStringLiteral("unflag");
        }
        if (op.body != before.body || op.kind != before.kind) {
            // Another fact needs another name: the first may have been kept in spite of the error.
            op.opId = OpId(services.random.uuid());
        }
        post(op);
    }
}

void StudentExamSession::Private::pokeWithin(std::chrono::milliseconds delay)
{
    const MonotonicTime due = services.clock.monotonic() + delay;
    if (pokeDue && *pokeDue <= due) {
        return;
    }
    pokeDue = due;
    pokeTask = services.scheduler.after(delay, [this] {
        pokeDue.reset();
        services.backend.pokeUploads();
    });
}

// Beats, commands and the server's word

void StudentExamSession::Private::beginBeats()
{
    if (closed || std::exchange(beating, true)) {
        return;
    }
    lastTick = now();
    tickTask = services.scheduler.every(tickEvery, [this] { tick(); });
    openTopics();
    beatNow();
}

void StudentExamSession::Private::endBeats()
{
    beating = false;
    beatTask.cancel();
    tickTask.cancel();
    startTask.cancel();
    commandTopic.reset();
    room.reset();
    services.backend.pokeUploads();
}

void StudentExamSession::Private::openTopics()
{
    commandTopic = services.backend.open(QStringLiteral("attempt:") + attempt.toString());
    if (commandTopic) {
        QObject::connect(commandTopic.get(), &ExamTopic::received, q, [this](const QString& event) {
            if (event == QLatin1String("command")) {
                beatNow();
            }
        });
        QObject::connect(commandTopic.get(), &ExamTopic::gap, q, [this] { beatNow(); });
    }
    room = services.backend.open(
        QStringLiteral("sitting:%1:room").arg(sitting.toString()), services.user.toString());
    if (room) {
        QObject::connect(room.get(), &ExamTopic::presenceChanged, q, [this] {
            if (room && room->presence().size() > largestRoom) {
                room.release()->deleteLater();
            }
        });
        room->track({{QStringLiteral("role"), QStringLiteral("student")}});
    }
}

void StudentExamSession::Private::scheduleBeat(std::chrono::milliseconds base)
{
    // 20 % to either side, so that a room full of students does not beat as one.
    const auto jittered = base * (800 + qint64(services.random.below(401))) / 1000;
    beatTask = services.scheduler.after(jittered, [this] { beatNow(); });
}

void StudentExamSession::Private::beatNow()
{
    if (!beating) {
        return;
    }
    if (beatUnderWay) {
        beatAgain = true;
        return;
    }
    beatUnderWay = true;
    beatTask.cancel();
    QJsonArray acks;
    for (const qint64 id : std::as_const(unacked)) {
        acks.append(id);
    }
    QJsonObject beat{{QStringLiteral("last_seq"), kept},
        {QStringLiteral("chain_head"), QString::fromLatin1(chainHead)},
        {QStringLiteral("unsynced"), std::max<qint64>(0, kept - received)},
        {QStringLiteral("focus"), focused}, {QStringLiteral("item_id"), currentItem.toString()},
        {QStringLiteral("answered"), sheet.answered()},
        {QStringLiteral("flagged"), sheet.flagged()}, {QStringLiteral("total"), sheet.total()},
        {QStringLiteral("cmd_cursor"), replayMessages ? 0 : cursor}, {QStringLiteral("acks"), acks},
        {QStringLiteral("app_state"), stateName(machine)}};
    if (lastRoundTrip) {
        beat.insert(QStringLiteral("rtt_ms"), qint64(lastRoundTrip->count() / 1000));
    }
    const MonotonicTime asked = services.clock.monotonic();
    whenDone(services.backend.call(QStringLiteral("beat"),
                 {{QStringLiteral("p_attempt"), attempt.toString()},
                     {QStringLiteral("p_lease"), lease}, {QStringLiteral("p_beat"), beat}}),
        q, [this, asked, sent = unacked](const Result<QJsonValue>& answer) {
            beatUnderWay = false;
            const auto reply = answer ? parseBeatReply(*answer) : Result<BeatReply>(answer.error());
            if (reply) {
                beatAnswered(*reply, sent, asked);
            } else {
                beatFailed(reply.error());
            }
            if (beating && std::exchange(beatAgain, false)) {
                beatNow();
            }
        });
}

void StudentExamSession::Private::beatAnswered(
    const BeatReply& reply, const QList<qint64>& acks, MonotonicTime asked)
{
    lastRoundTrip = services.clock.monotonic() - asked;
    reached();
    if (!acks.isEmpty()) {
        services.store.commandsAcked(attempt, acks);
        unacked.removeIf([&acks](qint64 id) { return acks.contains(id); });
    }
    applyCommands(reply.commands);
    applyWord(reply.word, *lastRoundTrip);
    sendIncidents();
    if (beating) {
        scheduleBeat(unacked.isEmpty() ? reply.nextBeat : 500ms);
    }
}

void StudentExamSession::Private::beatFailed(const Error& error)
{
    if (error.code == QLatin1String("ACADEMY_FENCED")) {
        reached();
        handle(LeaseLost{});
        return;
    }
    notReached(error);
    timing.carryOn(now());
    remember();
    if (beating) {
        scheduleBeat(std::max<std::chrono::milliseconds>(
            focusLostAt || error.isTransient() ? 5s : 10s, error.retryAfter.value_or(0ms)));
    }
}

void StudentExamSession::Private::applyCommands(const QList<IssuedCommand>& commands)
{
    QList<qint64> fresh;
    for (const IssuedCommand& command : commands) {
        const bool isNew = command.id > cursor;
        if (command.kind == QLatin1String("message")) {
            const ExamMessage message{command.id,
                command.payload.value(QLatin1String("text")).toString(), command.issuedAt};
            const bool known = std::ranges::any_of(
                messages, [&](const ExamMessage& m) { return m.command == message.command; });
            if (!known) {
                messages.append(message);
            }
            if (isNew) {
                Q_EMIT q->messageReceived(message);
            }
        }
        if (!isNew) {
            continue;
        }
        fresh.append(command.id);
        if (command.kind == QLatin1String("pause")) {
            handle(Pause{});
        } else if (command.kind == QLatin1String("resume")) {
            handle(Resume{});
        } else if (command.kind == QLatin1String("lock")) {
            handle(Lock{});
        } else if (command.kind == QLatin1String("unlock")) {
            handle(Unlock{});
        } else if (command.kind == QLatin1String("collect")) {
            handle(Collect{});
        }
    }
    replayMessages = false;
    if (!fresh.isEmpty()) {
        cursor = fresh.last();
        unacked.append(fresh);
        services.store.commandsApplied(attempt, cursor, fresh);
    }
}

void StudentExamSession::Private::applyWord(
    const ServerWord& word, std::chrono::microseconds roundTrip)
{
    received = std::min(kept, std::max(received, word.ackedSeq));
    if (received == kept) {
        catchingUp = false;
    }
    // Answers may overtake each other; an older one must not undo a newer. No answer is under way for
    // that long, though: then the academy's clock was set back.
    if (lastWord && word.serverTime < *lastWord && *lastWord - word.serverTime <= longestOvertaking) {
        publish();
        return;
    }
    takeWord(word, roundTrip);
}

void StudentExamSession::Private::takeWord(
    const ServerWord& word, std::chrono::microseconds roundTrip)
{
    lastWord = word.serverTime;
    timing.observe(word.serverTime, word.effectiveEnd, word.paused, now(), roundTrip);
    settle(word);
    remember();
    publish();
}

void StudentExamSession::Private::settle(const ServerWord& word)
{
    const QString& state = word.state;
    if (state == QLatin1String("voided")) {
        handle(VoidedByServer{});
        return;
    }
    if (state == QLatin1String("submitted") || state == QLatin1String("collected")) {
        // Whoever ended it: handing in again is harmless and brings the receipt.
        handle(Collect{});
        return;
    }
    const bool over = state == QLatin1String("ended");
    if (!over && word.effectiveEnd - word.serverTime > uncertaintyOfTheEnd) {
        handle(MoreTime{});
    }
    handle(state == QLatin1String("locked") ? Event(Lock{}) : Event(Unlock{}));
    handle(word.paused ? Event(Pause{}) : Event(Resume{}));
    if (over) {
        handle(TimeUp{});
    }
}

void StudentExamSession::Private::pushed(
    const PushReply& reply, std::chrono::microseconds roundTrip)
{
    reached();
    if (reply.lease > lease) {
        handle(LeaseLost{});
        return;
    }
    applyWord(reply.word, roundTrip);
}

void StudentExamSession::Private::reached()
{
    connection = ExamSnapshot::Connection::Live;
    if (!storageFailed && problem && problem->kind != ErrorKind::Storage) {
        problem.reset();
    }
    publish();
}

void StudentExamSession::Private::notReached(const Error& error)
{
    if (error.kind == ErrorKind::Cancelled) {
        return;
    }
    catchingUp = true;
    if (error.kind == ErrorKind::Unauthorized) {
        connection = ExamSnapshot::Connection::NeedsSignIn;
    } else if (error.isTransient()) {
        connection = ExamSnapshot::Connection::Offline;
    }
    if (!storageFailed) {
        problem = error;
    }
    publish();
}

ServerTimePair StudentExamSession::Private::timePair() const
{
    const ExamTiming::Anchor& anchor = *timing.anchor();
    return {anchor.serverTime, anchor.at.monotonic, anchor.at.wall,
        QString::fromLatin1(anchor.at.boot)};
}

void StudentExamSession::Private::remember()
{
    if (attempt.isEmpty()) {
        return;
    }
    // The courier hands in what the disk calls handed in, and may look at any time.
    if (handInKept || !std::holds_alternative<Submitting>(machine)) {
        keptState = stateName(machine);
    }
    if (!timing.isKnown()) {
        services.store.saveServerState(attempt, keptState, {}, {}, received);
        return;
    }
    services.store.saveServerState(
        attempt, keptState, timing.effectiveEnd(), timePair(), received);
    if (timing.anchor()->uncertain) {
        services.store.setClockUncertain(attempt, true);
    }
}

/// A hand-in never overtakes the last words: it is written down once they are, however often the
/// disk refuses.
void StudentExamSession::Private::handInWhenAllIsKept()
{
    if (!std::holds_alternative<Submitting>(machine) || handInKept || opsUnderWay > 0
        || !failedOps.isEmpty()) {
        return;
    }
    handInKept = true;
    whenDone(rememberHandIn(), q, [this](const Result<void>& remembered) {
        if (remembered) {
            if (failedOps.isEmpty() && std::exchange(storageFailed, false)) {
                problem.reset();
            }
            services.courier.wake(attempt);
            publish();
            return;
        }
        qCWarning(lcExam) << "the hand-in could not be kept:" << remembered.error().code;
        handInKept = false;
        storageFailed = true;
        problem = remembered.error();
        if (problem->code == QLatin1String("store_no_attempt")) {
            storeDoubtful = true;
            recheckStore();
        }
        handInTask = services.scheduler.after(retryStorage, [this] { handInWhenAllIsKept(); });
        publish();
    });
}

Async<void> StudentExamSession::Private::rememberHandIn()
{
    keptState = stateName(machine);
    const auto saved = services.store.saveServerState(attempt, keptState, {}, {}, received);
    if (std::get<Submitting>(machine).why == HandIn::TimeUp) {
        return saved;
    }
    const auto marked = services.store.markSubmitRequested(attempt);
    AsyncPromise<void> both;
    whenDone(saved, q, [this, both, marked](const Result<void>& first) {
        whenDone(marked, q, [both, first](const Result<void>& second) {
            both.resolve(first ? second : first);
        });
    });
    return both.future();
}

/// The room is left before the disk has answered: what was handed in stays handed in, behind the
/// last words.
void StudentExamSession::Private::handInAtLast()
{
    if (std::holds_alternative<Submitting>(machine) && !handInKept) {
        rememberHandIn();
        services.courier.wake(attempt);
    }
}

void StudentExamSession::Private::watchCounts()
{
    whenDone(services.store.counts(attempt), q, [this](const Result<LaneCounts>& counts) {
        if (counts && counts->quarantined != quarantined) {
            quarantined = counts->quarantined;
            publish();
        }
    });
}

// Facts about the room

void StudentExamSession::Private::addIncident(const QString& kind, QJsonObject details)
{
    if (attempt.isEmpty() || !isLive(machine)) {
        return;
    }
    details.insert(QStringLiteral("client_id"), services.random.uuid());
    StoredIncident incident;
    incident.kind = kind;
    incident.payload = toJson(details);
    incident.wall = services.clock.wall();
    incident.steady = services.clock.monotonic();
    whenDone(services.store.addIncident(attempt, incident), q, [this](const Result<void>&) {
        incidentsWaiting = true;
        sendIncidents();
    });
}

void StudentExamSession::Private::tellScreens()
{
    if (screens == screensTold || attempt.isEmpty() || !isLive(machine)) {
        return;
    }
    if (screens > screensTold) {
        addIncident(QStringLiteral("second_screen"), {{QStringLiteral("screens"), screens}});
    }
    screensTold = screens;
}

void StudentExamSession::Private::sendIncidents()
{
    if (!incidentsWaiting || std::exchange(incidentsUnderWay, true)) {
        return;
    }
    whenDone(services.store.incidents(attempt), q,
        [this](const Result<QList<StoredIncident>>& incidents) {
            constexpr qsizetype largestReport = 100;
            incidentsWaiting = !incidents || incidents->size() > largestReport;
            if (!incidents || incidents->isEmpty()) {
                incidentsUnderWay = false;
                return;
            }
            QJsonArray reports;
            QList<qint64> ids;
            for (const StoredIncident& incident :
                incidents->first(std::min(largestReport, incidents->size()))) {
                const auto details = parseJson(incident.payload);
                const QJsonObject object = details ? details->toObject() : QJsonObject();
                reports.append(QJsonObject{
                    {QStringLiteral("id"), object.value(QLatin1String("client_id"))},
                    {QStringLiteral("kind"), incident.kind}, {QStringLiteral("details"), object},
                    {QStringLiteral("at"), toIsoString(incident.wall)}});
                ids.append(incident.id);
            }
            whenDone(services.backend.call(QStringLiteral("report_incident"),
                         {{QStringLiteral("p_attempt"), attempt.toString()},
                             {QStringLiteral("p_incidents"), reports}}),
                q, [this, ids](const Result<QJsonValue>& answer) {
                    incidentsUnderWay = false;
                    incidentsWaiting = incidentsWaiting || !answer.ok();
                    if (answer) {
                        services.store.incidentsSent(ids);
                    }
                });
        });
}

void StudentExamSession::Private::signalTyping(const ItemId& item)
{
    const MonotonicTime at = services.clock.monotonic();
    if (!room || !room->isLive()
        || (lastTypingSignal && at - *lastTypingSignal < typingSignalEvery)) {
        return;
    }
    lastTypingSignal = at;
    room->broadcast(QStringLiteral("typing"),
        {{QStringLiteral("student_id"), services.user.toString()},
            {QStringLiteral("item_id"), item.toString()}});
}

void StudentExamSession::Private::tick()
{
    const LocalMoment at = now();
    if (lastTick) {
        const auto jump = clockJump(*lastTick, at);
        if (std::chrono::abs(jump) > toleratedClockJump) {
            addIncident(QStringLiteral("clock_jump"),
                {{QStringLiteral("by_ms"), qint64(jump.count() / 1000)}});
        }
    }
    lastTick = at;
    tellScreens();
    const auto reading = timing.read(at);
    // What a restart made uncertain only the academy may turn into the end.
    if (reading && reading->remaining == 0us && !reading->uncertain) {
        handle(TimeUp{});
    }
    publish();
}

void StudentExamSession::Private::publish()
{
    ExamSnapshot next;
    const bool opening = std::holds_alternative<Opening>(machine);
    next.phase = looking          ? ExamSnapshot::Phase::Opening
        : opening && asksForLease ? ExamSnapshot::Phase::LeaseTaken
                                  : phaseOf(machine);
    if (const auto* refused = std::get_if<Refused>(&machine)) {
        next.refusal = refused->code;
    }
    if (const auto* submitting = std::get_if<Submitting>(&machine)) {
        next.handIn = submitting->why;
    }
    next.connection = connection == ExamSnapshot::Connection::Live && catchingUp && received < kept
        ? ExamSnapshot::Connection::CatchingUp
        : connection;
    next.title = sheet.paper().title;
    next.items = sheet.items();
    next.currentItem = currentItem;
    next.caret = caret;
    next.answered = sheet.answered();
    next.flagged = sheet.flagged();
    next.total = sheet.total();
    next.kept = kept;
    next.received = received;
    next.quarantined = quarantined;
    next.editable = mayEdit();
    const auto* locked = std::get_if<Locked>(&machine);
    next.locked = locked != nullptr;
    next.paused = std::holds_alternative<Paused>(machine) || (locked && locked->paused);
    if (const auto reading = timing.read(now())) {
        // Rounded up: the last second is shown until it is over.
        next.remaining = std::chrono::ceil<std::chrono::seconds>(reading->remaining);
        next.clockUncertain = reading->uncertain;
        next.effectiveEnd = timing.effectiveEnd();
    }
    next.messages = messages;
    next.receipt = receipt;
    next.asides = asides;
    next.problem = problem;
    next.storageFailed = storageFailed;

    const bool timeDiffers = next.remaining != snapshot.remaining;
    // A paused clock pushes its end ahead with every word; that alone is nothing new on screen.
    const bool onlyTime = [&] {
        ExamSnapshot same = next;
        same.remaining = snapshot.remaining;
        if (next.paused && snapshot.paused) {
            same.effectiveEnd = snapshot.effectiveEnd;
        }
        return same == snapshot;
    }();
    snapshot = next;
    if (!onlyTime) {
        Q_EMIT q->snapshotChanged();
    }
    if (timeDiffers) {
        Q_EMIT q->remainingChanged();
    }
}

// The session itself

StudentExamSession::StudentExamSession(SittingId sitting, ExamServices services, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(sitting), std::move(services)))
{
    if (QCoreApplication* const app = QCoreApplication::instance()) {
        connect(app, &QCoreApplication::aboutToQuit, this, &StudentExamSession::flush);
    }
}

StudentExamSession::~StudentExamSession()
{
    d->flush();
    d->retryFailedOps();
    d->handInAtLast();
}

const SittingId& StudentExamSession::sitting() const
{
    return d->sitting;
}

AttemptId StudentExamSession::attempt() const
{
    return d->attempt;
}

const ExamSnapshot& StudentExamSession::snapshot() const
{
    return d->snapshot;
}

const ExamPaper& StudentExamSession::paper() const
{
    return d->sheet.paper();
}

QJsonObject StudentExamSession::answer(const ItemId& item) const
{
    return d->sheet.answer(item);
}

void StudentExamSession::start()
{
    d->start();
}

bool StudentExamSession::setAnswer(const ItemId& item, const QJsonValue& payload, Edit edit)
{
    const ExamItem* const asked = d->sheet.item(item);
    if (!d->mayEdit() || !asked) {
        return false;
    }
    const auto answer = parseAnswer(*asked, payload);
    if (!answer) {
        return false;
    }
    const bool pending = d->beingTyped.contains(item);
    if (*answer == d->sheet.answer(item)) {
        if (pending && edit == Edit::Complete) {
            d->flush();
        }
        return true;
    }
    d->sheet.setAnswer(item, *answer);
    d->asides.remove(item);
    if (edit == Edit::Complete || !isTyped(*asked)) {
        d->beingTyped.removeAll(item);
        d->flush();
        d->commitAnswer(item);
    } else {
        if (!pending) {
            d->beingTyped.append(item);
        }
        if (d->beingTyped.size() == 1 && !pending) {
            d->typingTask = d->services.scheduler.after(typingDelay, [this] { d->flush(); });
        }
        d->signalTyping(item);
    }
    d->publish();
    return true;
}

bool StudentExamSession::setFlagged(const ItemId& item, bool flagged)
{
    if (!d->mayEdit() || !d->sheet.item(item)) {
        return false;
    }
    if (d->sheet.isFlagged(item) != flagged) {
        d->sheet.setFlagged(item, flagged);
        d->record(item, flagged ? QStringLiteral("flag") : QStringLiteral("unflag"), {});
        d->publish();
    }
    return true;
}

void StudentExamSession::visit(const ItemId& item)
{
    if (item == d->currentItem || !d->sheet.item(item)) {
        return;
    }
    d->flush();
    d->currentItem = item;
    d->caret = 0;
    if (d->mayEdit()) {
        d->sheet.setSeen(item);
        d->record(item, QStringLiteral("visit"), {});
    }
    d->publish();
}

void StudentExamSession::setCaret(const ItemId& item, int position)
{
    if (item != d->currentItem || position == d->caret || d->attempt.isEmpty()) {
        return;
    }
    d->caret = position;
    if (!d->caretTask.isScheduled()) {
        d->caretTask = d->services.scheduler.after(caretDelay, [this] { d->flush(); });
    }
}

int StudentExamSession::playsUsed(const ItemId& item) const
{
    return d->sheet.playsUsed(item);
}

bool StudentExamSession::recordPlay(const ItemId& item)
{
    const ExamItem* const asked = d->sheet.item(item);
    if (!d->mayEdit() || !asked || !asked->stimulus) {
        return false;
    }
    const int used = d->sheet.playsUsed(item);
    if (asked->stimulus->maxPlays && used >= *asked->stimulus->maxPlays) {
        return false;
    }
    d->sheet.setPlays(item, used + 1);
    d->record(item, QStringLiteral("play"), {{QStringLiteral("n"), used + 1}});
    return true;
}

void StudentExamSession::flush()
{
    d->flush();
}

void StudentExamSession::close()
{
    d->close();
}

void StudentExamSession::networkUp()
{
    d->networkUp();
}

void StudentExamSession::laneAdvanced()
{
    d->watchCounts();
}

void StudentExamSession::submit()
{
    d->handle(SubmitAsked{});
}

void StudentExamSession::reportFocus(bool focused)
{
    if (focused == d->focused) {
        return;
    }
    d->focused = focused;
    const MonotonicTime at = d->services.clock.monotonic();
    if (!focused) {
        d->flush();
        d->focusLostAt = at;
    } else if (const auto lost = std::exchange(d->focusLostAt, std::nullopt)) {
        d->addIncident(QStringLiteral("focus_loss"),
            {{QStringLiteral("duration_ms"), qint64((at - *lost).count() / 1000)}});
    }
    d->beatNow();
}

void StudentExamSession::reportScreens(int count)
{
    d->screens = count;
    d->tellScreens();
}

void StudentExamSession::reportPaste(const ItemId& item, int characters)
{
    d->addIncident(QStringLiteral("paste"),
        {{QStringLiteral("item_id"), item.toString()}, {QStringLiteral("characters"), characters}});
}

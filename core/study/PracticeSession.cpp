// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PracticeSession.h"

#include "base/Log.h"
#include "store/Database.h"
#include "study/PracticeJudge.h"
#include "study/StudyOps.h"

#include <algorithm>
#include <deque>

using std::chrono::milliseconds;

namespace {

constexpr auto saveEvery = milliseconds(5'000);

struct Given
{
    QJsonObject answer;
    std::optional<PracticeVerdict> verdict; ///< when judged
};

using Step = std::function<Result<void>(Connection&)>;

Result<void> keepEvent(Connection& connection, const StudyEvent& event, const UserId& owner, const QString& label)
{
    const auto inserted = PracticeStore::insertEvent(connection, event, owner);
    if (!inserted) {
        return inserted.error();
    }
    const auto queued = Outbox::append(connection, studyOp(event, owner, label));
    return queued ? Result<void>() : Result<void>(queued.error());
}

} // namespace

struct PracticeSession::Private
{
    Private(PracticeSession* session, Database& store, Clock& time, RandomSource& source, Learner who,
        std::shared_ptr<const Pack> content)
        : q(session), database(store), clock(time), random(source), learner(std::move(who)),
          pack(std::move(content))
    {
    }

    void load();
    void begin();
    void restore(const StoredPractice& stored);
    void show();
    void judgeCurrent(const QJsonObject& answer, const QString& kind, bool solved);
    void keepAnswer(const QJsonObject& answer);
    void finishPractice();
    void finishMock();
    void save(Step step, std::function<void()> then);
    /// While something is being written, what is asked for waits its turn. True when it waits.
    bool waits(std::function<void()> call);
    void settle();
    StudyEvent eventFor(const PackItem& item, const QJsonObject& answer, const PracticeVerdict& verdict, const QString& kind);
    milliseconds spent() const;
    std::optional<std::chrono::seconds> remaining() const;
    void refreshTotals();
    const PackItem& current() const { return *items[index]; }

    PracticeSession* q;
    Database& database;
    Clock& clock;
    RandomSource& random;
    Learner learner;
    std::shared_ptr<const Pack> pack;
    UnitId unit;
    const MockExam* mock = nullptr;
    QList<const PackItem*> items;
    QHash<ItemId, Given> given;
    PracticeId id;
    int index = 0;
    bool busy = false;
    std::deque<std::function<void()>> waiting;
    milliseconds spentBefore {0};
    MonotonicTime runningSince {0};
    milliseconds savedSpent {0};
    PracticeSnapshot snapshot;
};

PracticeSession::PracticeSession(Database& database, Clock& clock, RandomSource& random,
    const Learner& learner, std::shared_ptr<const Pack> pack, UnitId unit, MockExamId exam, QObject* parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, database, clock, random, learner, std::move(pack)))
{
    d->unit = std::move(unit);
    d->mock = exam.isEmpty() ? nullptr : d->pack->exam(exam);
    if (!d->mock) {
        d->items = d->pack->itemsFor(ItemUse::Exercise, d->unit);
        return;
    }
    for (const MockSection& section : d->mock->sections) {
        for (const ItemId& item : section.items) {
            if (d->pack->item(item)->item.isAnswerable()) {
                d->items.append(d->pack->item(item));
            }
        }
    }
}

PracticeSession::~PracticeSession() = default;

const PracticeSnapshot& PracticeSession::snapshot() const
{
    return d->snapshot;
}

void PracticeSession::start()
{
    if (!d->busy) {
        d->load();
    }
}

void PracticeSession::answer(const QJsonObject& answer)
{
    if (d->waits([this, answer] { this->answer(answer); })
        || d->snapshot.phase != PracticePhase::Answering) {
        return;
    }
    const Result<QJsonObject> parsed = parseAnswer(d->current().item, answer);
    if (!parsed) {
        d->snapshot.error = parsed.error();
        Q_EMIT changed();
    } else if (d->mock) {
        d->keepAnswer(*parsed);
    } else {
        d->judgeCurrent(*parsed, QStringLiteral("practice"), false);
    }
}

void PracticeSession::showSolution()
{
    if (!d->waits([this] { showSolution(); }) && !d->mock && d->snapshot.phase == PracticePhase::Answering) {
        d->judgeCurrent({}, QStringLiteral("solution"), true);
    }
}

void PracticeSession::next()
{
    if (d->waits([this] { next(); })) {
        return;
    }
    const bool isLast = d->index + 1 >= d->items.size();
    if (!isLast) {
        goTo(d->index + 1);
    } else if (!d->mock) {
        finish();
    }
}

void PracticeSession::goTo(int index)
{
    if (d->waits([this, index] { goTo(index); })) {
        return;
    }
    const bool open = d->snapshot.phase == PracticePhase::Answering || d->snapshot.phase == PracticePhase::Judged;
    if (!open || index < 0 || index >= d->items.size() || index == d->index) {
        return;
    }
    d->index = index;
    d->save([id = d->id, index, spent = d->spent()](Connection& connection) {
        return PracticeStore::savePlace(connection, id, index, spent);
    }, [this] { d->show(); });
}

void PracticeSession::tryAgain()
{
    if (d->waits([this] { tryAgain(); }) || d->snapshot.phase != PracticePhase::Judged) {
        return;
    }
    d->save([id = d->id, item = d->current().id()](Connection& connection) {
        return PracticeStore::removeAnswer(connection, id, item);
    }, [this] {
        d->given.remove(d->current().id());
        d->show();
    });
}

void PracticeSession::finish()
{
    if (d->waits([this] { finish(); })) {
        return;
    }
    const bool open = d->snapshot.phase == PracticePhase::Answering || d->snapshot.phase == PracticePhase::Judged;
    if (!open) {
        return;
    }
    if (d->mock) {
        d->finishMock();
    } else {
        d->finishPractice();
    }
}

void PracticeSession::tick()
{
    const bool open = d->snapshot.phase == PracticePhase::Answering || d->snapshot.phase == PracticePhase::Judged;
    if (d->busy || !open) {
        return;
    }
    const auto left = d->remaining();
    if (left && *left <= std::chrono::seconds(0)) {
        finish();
        return;
    }
    if (left != d->snapshot.remaining) {
        d->snapshot.remaining = left;
        Q_EMIT changed();
    }
    if (const milliseconds spent = d->spent(); spent - d->savedSpent >= saveEvery) {
        d->savedSpent = spent;
        d->save([id = d->id, index = d->index, spent](Connection& connection) {
            return PracticeStore::savePlace(connection, id, index, spent);
        }, [] { });
    }
}

void PracticeSession::Private::save(Step step, std::function<void()> then)
{
    busy = true;
    whenDone(database.run<void>(std::move(step)), q, [this, then = std::move(then)](const Result<void>& saved) {
        busy = false;
        if (!saved) {
            qCWarning(lcStudy) << "practice not kept:" << saved.error().code;
            snapshot.error = saved.error();
            Q_EMIT q->changed();
        } else {
            then();
        }
        settle();
    });
}

bool PracticeSession::Private::waits(std::function<void()> call)
{
    if (busy) {
        waiting.push_back(std::move(call));
    }
    return busy;
}

void PracticeSession::Private::settle()
{
    while (!busy && !waiting.empty()) {
        const auto call = std::move(waiting.front());
        waiting.pop_front();
        call();
    }
}

void PracticeSession::Private::load()
{
    busy = true;
    const QString exam = mock ? mock->id.toString() : QString();
    const auto work = [pack = pack->id, unit = unit.toString(), exam](Connection& connection) {
        return PracticeStore::unfinished(connection, pack, unit, exam);
    };
    whenDone(database.read<std::optional<StoredPractice>>(work), q,
        [this](const Result<std::optional<StoredPractice>>& stored) {
            busy = false;
            if (!stored) {
                snapshot.phase = PracticePhase::Failed;
                snapshot.error = stored.error();
                Q_EMIT q->changed();
            } else if (*stored) {
                restore(**stored);
            } else {
                begin();
            }
        });
}

void PracticeSession::Private::begin()
{
    StoredPractice fresh;
    fresh.id = PracticeId(random.uuid());
    fresh.pack = pack->id;
    fresh.unit = unit.toString();
    fresh.exam = mock ? mock->id.toString() : QString();
    fresh.startedAt = clock.wall();
    save([fresh](Connection& connection) { return PracticeStore::begin(connection, fresh); },
        [this, fresh] { restore(fresh); });
}

void PracticeSession::Private::restore(const StoredPractice& stored)
{
    id = stored.id;
    index = std::clamp(stored.position, 0, std::max(0, int(items.size()) - 1));
    spentBefore = stored.spent;
    savedSpent = stored.spent;
    runningSince = clock.monotonic();
    for (const PackItem* item : std::as_const(items)) {
        const auto kept = stored.answers.find(item->id());
        if (kept == stored.answers.end()) {
            continue;
        }
        Given entry {kept->answer, std::nullopt};
        if (kept->judged) {
            entry.verdict = judgeAnswer(*item, kept->answer);
        }
        given.insert(item->id(), entry);
    }
    show();
}

milliseconds PracticeSession::Private::spent() const
{
    return spentBefore + std::chrono::duration_cast<milliseconds>(clock.monotonic() - runningSince);
}

std::optional<std::chrono::seconds> PracticeSession::Private::remaining() const
{
    const auto length = mock ? mock->length() : std::nullopt;
    if (!length) {
        return std::nullopt;
    }
    return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(*length - spent()));
}

void PracticeSession::Private::refreshTotals()
{
    snapshot.total = int(items.size());
    snapshot.index = index;
    snapshot.isMock = mock != nullptr;
    snapshot.remaining = remaining();
    snapshot.marks.clear();
    snapshot.earned = Rational();
    snapshot.maximum = Rational();
    for (const PackItem* item : std::as_const(items)) {
        const auto entry = given.find(item->id());
        if (entry == given.end()) {
            snapshot.marks.append(-1);
        } else if (!entry->verdict || entry->verdict->needsPerson) {
            snapshot.marks.append(2);
        } else {
            snapshot.marks.append(entry->verdict->correct ? 1 : 0);
            snapshot.earned = snapshot.earned + entry->verdict->earned;
            snapshot.maximum = snapshot.maximum + entry->verdict->maximum;
        }
    }
}

void PracticeSession::Private::show()
{
    snapshot.error.reset();
    refreshTotals();
    if (items.isEmpty()) {
        snapshot.phase = PracticePhase::Finished;
        Q_EMIT q->changed();
        return;
    }
    const auto entry = given.find(current().id());
    snapshot.item = current();
    snapshot.answer = entry == given.end() ? QJsonObject() : entry->answer;
    snapshot.verdict = entry == given.end() ? std::nullopt : entry->verdict;
    snapshot.phase = snapshot.verdict ? PracticePhase::Judged : PracticePhase::Answering;
    Q_EMIT q->changed();
}

StudyEvent PracticeSession::Private::eventFor(
    const PackItem& item, const QJsonObject& answer, const PracticeVerdict& verdict, const QString& kind)
{
    StudyEvent event;
    event.id = StudyEventId(random.uuid());
    event.pack = pack->id;
    event.item = item.id();
    event.kind = kind;
    event.skill = item.item.skill;
    if (!verdict.needsPerson) {
        event.correct = verdict.correct;
    }
    event.happenedAt = clock.wall();
    event.utcOffset = learner.moment(event.happenedAt).utcOffset;
    event.device = learner.device;
    event.payload = {{QStringLiteral("practice"), id.toString()}, {QStringLiteral("answer"), answer},
        {QStringLiteral("earned"), verdict.earned.toString()},
        {QStringLiteral("maximum"), verdict.maximum.toString()}};
    return event;
}

void PracticeSession::Private::judgeCurrent(const QJsonObject& answer, const QString& kind, bool solved)
{
    const PackItem& item = current();
    PracticeVerdict verdict = judgeAnswer(item, answer);
    if (solved) {
        verdict.wrongParts.clear();
    }
    const StudyEvent event = eventFor(item, answer, verdict, kind);
    save([id = id, event, owner = learner.owner, label = item.item.prompt.in({}), answer, index = index,
             spent = spent()](Connection& connection) -> Result<void> {
        if (Result<void> kept = PracticeStore::saveAnswer(connection, id, event.item, {answer, true}); !kept) {
            return kept;
        }
        if (Result<void> placed = PracticeStore::savePlace(connection, id, index, spent); !placed) {
            return placed;
        }
        return keepEvent(connection, event, owner, label);
    }, [this, itemId = item.id(), answer, verdict] {
        given.insert(itemId, {answer, verdict});
        Q_EMIT q->kept();
        show();
    });
}

void PracticeSession::Private::keepAnswer(const QJsonObject& answer)
{
    const ItemId item = current().id();
    const bool blank = !isAnswered(current().item, answer);
    save([id = id, item, answer, blank, index = index, spent = spent()](Connection& connection) -> Result<void> {
        const Result<void> kept = blank ? PracticeStore::removeAnswer(connection, id, item)
                                        : PracticeStore::saveAnswer(connection, id, item, {answer, false});
        return kept ? PracticeStore::savePlace(connection, id, index, spent) : kept;
    }, [this, item, answer, blank] {
        if (blank) {
            given.remove(item);
        } else {
            given.insert(item, {answer, std::nullopt});
        }
        show();
    });
}

void PracticeSession::Private::finishPractice()
{
    save([id = id, at = clock.wall()](Connection& connection) {
        return PracticeStore::finish(connection, id, at);
    }, [this] {
        refreshTotals();
        snapshot.phase = PracticePhase::Finished;
        snapshot.verdict.reset();
        Q_EMIT q->changed();
    });
}

void PracticeSession::Private::finishMock()
{
    QHash<ItemId, QJsonObject> answers;
    QList<QPair<StudyEvent, QString>> events;
    QHash<ItemId, Given> judged;
    for (const PackItem* item : std::as_const(items)) {
        const QJsonObject answer = given.value(item->id()).answer;
        const PracticeVerdict verdict = judgeAnswer(*item, answer);
        answers.insert(item->id(), answer);
        judged.insert(item->id(), {answer, verdict});
        events.append({eventFor(*item, answer, verdict, QStringLiteral("mock")), item->item.prompt.in({})});
    }
    const MockResult result = judgeMock(*pack, *mock, answers);
    save([id = id, events, owner = learner.owner, at = clock.wall()](Connection& connection) -> Result<void> {
        for (const auto& [event, label] : events) {
            if (Result<void> kept = keepEvent(connection, event, owner, label); !kept) {
                return kept;
            }
        }
        return PracticeStore::finish(connection, id, at);
    }, [this, result, judged] {
        given = judged;
        refreshTotals();
        snapshot.result = result;
        snapshot.phase = PracticePhase::Finished;
        Q_EMIT q->kept();
        Q_EMIT q->changed();
    });
}

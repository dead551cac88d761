// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/ReviewSession.h"

#include "base/Log.h"
#include "store/Database.h"
#include "store/ReviewStore.h"
#include "study/StudyOps.h"

#include <algorithm>

namespace {

/// A learning card this close to its time is shown when nothing else is left, so that nobody has
/// to wait in front of an empty table.
constexpr auto learnAhead = std::chrono::minutes(20);

struct Entry
{
    const PackItem* item = nullptr;
    CardId card;
    std::shared_ptr<const FsrsScheduler> scheduler;
    CardState state;

    bool isInSteps() const
    {
        return state.phase == CardPhase::Learning || state.phase == CardPhase::Relearning;
    }
};

struct Loaded
{
    QHash<CardId, CardState> states;
    int newToday = 0;
};

} // namespace

struct ReviewSession::Private
{
    Private(ReviewSession* session, Database& store, Clock& time, RandomSource& source, Learner who,
        std::shared_ptr<const Pack> content)
        : q(session), database(store), clock(time), random(source), learner(std::move(who)),
          pack(std::move(content))
    {
    }

    void load();
    void publish(ReviewPhase phase, std::optional<Error> error = {});
    Entry* next();
    void show();
    void keep(Rating rating);
    void count();

    ReviewSession* q;
    Database& database;
    Clock& clock;
    RandomSource& random;
    Learner learner;
    std::shared_ptr<const Pack> pack;
    std::vector<Entry> entries;
    Entry* current = nullptr;
    int newAllowed = 0;
    bool busy = false;
    MonotonicTime shownAt {0};
    ReviewSnapshot snapshot;
};

ReviewSession::ReviewSession(Database& database, Clock& clock, RandomSource& random,
    const Learner& learner, std::shared_ptr<const Pack> pack, UnitId unit, QObject* parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, database, clock, random, learner, std::move(pack)))
{
    const auto items = d->pack->itemsFor(ItemUse::Card, unit);
    for (const PackItem* item : items) {
        d->entries.push_back({item, d->pack->cardOf(item->id()),
            std::make_shared<FsrsScheduler>(d->pack->schedulingOf(item->id())), {}});
    }
}

ReviewSession::~ReviewSession() = default;

const ReviewSnapshot& ReviewSession::snapshot() const
{
    return d->snapshot;
}

void ReviewSession::start()
{
    if (!d->busy) {
        d->load();
    }
}

void ReviewSession::resume()
{
    if (!d->busy && d->snapshot.phase == ReviewPhase::Finished) {
        d->show();
    }
}

void ReviewSession::reveal()
{
    if (d->snapshot.phase == ReviewPhase::Asking) {
        d->publish(ReviewPhase::Revealed);
    }
}

void ReviewSession::rate(Rating rating)
{
    if (d->snapshot.phase == ReviewPhase::Revealed && !d->busy) {
        d->keep(rating);
    }
}

void ReviewSession::Private::load()
{
    busy = true;
    const auto work = [id = pack->id, today = learner.dayStart(clock.wall())](
                          Connection& connection) -> Result<Loaded> {
        auto states = ReviewStore::cards(connection, id);
        const auto newToday = ReviewStore::newCardsSince(connection, today);
        if (!states || !newToday) {
            return states ? newToday.error() : states.error();
        }
        return Loaded {std::move(states).value(), *newToday};
    };
    whenDone(database.read<Loaded>(work), q, [this](Result<Loaded> loaded) {
        busy = false;
        if (!loaded) {
            publish(ReviewPhase::Failed, loaded.error());
            return;
        }
        for (Entry& entry : entries) {
            entry.state = loaded->states.value(entry.card);
        }
        newAllowed = std::max(0, learner.newCardsPerDay - loaded->newToday);
        show();
    });
}

Entry* ReviewSession::Private::next()
{
    const WallTime now = clock.wall();
    const auto earliest = [this](auto&& wanted) {
        Entry* best = nullptr;
        for (Entry& entry : entries) {
            if (wanted(entry) && (!best || entry.state.due < best->state.due)) {
                best = &entry;
            }
        }
        return best;
    };
    if (Entry* entry = earliest([&](const Entry& e) { return e.isInSteps() && e.state.due <= now; })) {
        return entry;
    }
    if (Entry* entry = earliest(
            [&](const Entry& e) { return e.state.phase == CardPhase::Review && e.state.due <= now; })) {
        return entry;
    }
    if (newAllowed > 0) {
        const auto fresh = std::ranges::find(entries, CardPhase::New, [](const Entry& e) { return e.state.phase; });
        if (fresh != entries.end()) {
            return &*fresh;
        }
    }
    return earliest([&](const Entry& e) { return e.isInSteps() && e.state.due <= now + learnAhead; });
}

void ReviewSession::Private::count()
{
    const WallTime now = clock.wall();
    snapshot.newLeft = 0;
    snapshot.learningLeft = 0;
    snapshot.dueLeft = 0;
    snapshot.nextDue.reset();
    for (const Entry& entry : entries) {
        if (entry.state.phase == CardPhase::New) {
            ++snapshot.newLeft;
        } else if (entry.isInSteps()) {
            ++snapshot.learningLeft;
        } else if (entry.state.due <= now) {
            ++snapshot.dueLeft;
        }
        if (entry.state.phase != CardPhase::New && entry.state.due > now
            && (!snapshot.nextDue || entry.state.due < *snapshot.nextDue)) {
            snapshot.nextDue = entry.state.due;
        }
    }
    snapshot.newLeft = std::min(snapshot.newLeft, newAllowed);
}

void ReviewSession::Private::publish(ReviewPhase phase, std::optional<Error> error)
{
    snapshot.phase = phase;
    snapshot.error = std::move(error);
    count();
    Q_EMIT q->changed();
}

void ReviewSession::Private::show()
{
    current = next();
    if (!current) {
        snapshot.card.reset();
        publish(ReviewPhase::Finished);
        return;
    }
    const WallTime now = clock.wall();
    ReviewCard card;
    card.card = current->card;
    card.item = current->item->id();
    card.front = current->item->front;
    card.back = current->item->back;
    card.example = current->item->example;
    card.exampleGloss = current->item->exampleGloss;
    card.hint = current->item->hint;
    card.mistake = current->item->mistake;
    card.rule = current->item->rule;
    card.phase = current->state.phase;
    const auto preview = current->scheduler->preview(current->state, current->card, now);
    for (std::size_t i = 0; i < preview.size(); ++i) {
        card.nextIn[i] = std::chrono::duration_cast<std::chrono::seconds>(preview[i].due - now);
    }
    snapshot.card = card;
    shownAt = clock.monotonic();
    publish(ReviewPhase::Asking);
}

void ReviewSession::Private::keep(Rating rating)
{
    busy = true;
    ReviewLog log;
    log.id = ReviewId(random.uuid());
    log.card = current->card;
    log.pack = pack->id;
    log.rating = rating;
    log.reviewedAt = clock.wall();
    log.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(clock.monotonic() - shownAt);
    log.device = learner.device;
    log.utcOffset = learner.moment(log.reviewedAt).utcOffset;

    const auto work = [log, owner = learner.owner, label = current->item->front.in({}),
                          scheduler = current->scheduler](Connection& connection) -> Result<CardState> {
        ReviewLog numbered = log;
        const auto seq = ReviewStore::nextSeq(connection, log.device);
        if (!seq) {
            return seq.error();
        }
        numbered.seq = *seq;
        const auto inserted = ReviewStore::insert(connection, numbered, owner);
        if (!inserted) {
            return inserted.error();
        }
        const auto queued = Outbox::append(connection, reviewOp(numbered, owner, label));
        if (!queued) {
            return queued.error();
        }
        return ReviewStore::fold(connection, log.card, *scheduler);
    };
    whenDone(database.run<CardState>(work), q, [this](const Result<CardState>& state) {
        busy = false;
        if (!state) {
            qCWarning(lcStudy) << "review not kept:" << state.error().code;
            publish(ReviewPhase::Revealed, state.error());
            return;
        }
        if (current->state.phase == CardPhase::New) {
            --newAllowed;
        }
        current->state = *state;
        ++snapshot.done;
        Q_EMIT q->kept();
        show();
    });
}

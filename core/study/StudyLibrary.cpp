// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/StudyLibrary.h"

#include "base/Log.h"
#include "store/Database.h"
#include "store/PracticeStore.h"
#include "store/ReviewStore.h"
#include "study/MistakePack.h"
#include "study/PackReader.h"
#include "study/PackTexts.h"
#include "study/PracticeSession.h"
#include "study/ReviewSession.h"
#include "study/StudyOps.h"

#include <QDir>
#include <QVersionNumber>
#include <QtConcurrentRun>

#include <algorithm>

namespace {

constexpr int forecastDays = 14;

using PackPtr = std::shared_ptr<const Pack>;

struct NewPack
{
    PackPtr pack;
    QByteArray archive;
};

/// What stands on the shelf, and what is to be put there.
struct Shelf
{
    QList<PackPtr> packs;
    QList<NewPack> fresh;
};

struct Counts
{
    QHash<PackId, QList<UnitSummary>> units;
    StudyOverview overview;
};

bool isNewer(const QString& version, const QString& than)
{
    return QVersionNumber::fromString(version) > QVersionNumber::fromString(than);
}

void putInPlace(QList<PackPtr>& packs, const PackPtr& pack)
{
    const auto old = std::ranges::find(packs, pack->id, [](const PackPtr& entry) { return entry->id; });
    if (old == packs.end()) {
        packs.append(pack);
    } else {
        *old = pack;
    }
}

/// Worker thread: reads installed manifests and the archives that ship with the program.
Result<Shelf> readShelf(const QList<StoredPack>& stored)
{
    Shelf shelf;
    const PackReader reader;
    for (const StoredPack& entry : stored) {
        const auto pack = reader.readManifest(entry.manifest);
        if (pack) {
            shelf.packs.append(*pack);
        } else {
            qCWarning(lcStudy) << "an installed pack cannot be read:" << pack.error().code;
        }
    }
    const QDir shipped(QStringLiteral(":/packs"));
    const QStringList names = shipped.entryList({QStringLiteral("*.apack")});
    for (const QString& name : names) {
        QFile file(shipped.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        const QByteArray archive = file.readAll();
        const auto pack = reader.read(archive);
        if (!pack) {
            return pack.error();
        }
        const auto known = std::ranges::find((stored), (*pack)->id, &StoredPack::id);
        if (known == stored.end() || isNewer((*pack)->version, known->version)) {
            shelf.fresh.append({*pack, archive});
            putInPlace(shelf.packs, *pack);
        }
    }
    return shelf;
}

Result<void> keepPack(Connection& connection, const NewPack& fresh, WallTime now)
{
    const Pack& pack = *fresh.pack;
    return PackStore::install(connection, {pack.id, pack.version, pack.manifest, pack.signedBy},
        fresh.archive, packTexts(pack), now);
}

UnitSummary summaryOf(const Pack& pack, const PackUnit& unit, const QHash<CardId, CardState>& cards,
    const QSet<ItemId>& solved, WallTime now)
{
    UnitSummary summary;
    summary.pack = pack.id;
    summary.unit = unit.id;
    summary.title = unit.title;
    for (const ItemId& id : unit.items) {
        const PackItem* item = pack.item(id);
        if (item->use == ItemUse::Note) {
            ++summary.notes;
        } else if (item->use == ItemUse::Exercise) {
            ++summary.exercises;
            summary.exercisesDone += solved.contains(id) ? 1 : 0;
        } else {
            ++summary.cards;
            const CardState state = cards.value(pack.cardOf(id));
            if (state.phase == CardPhase::New) {
                ++summary.newCards;
            } else if (state.due <= now) {
                ++(state.phase == CardPhase::Review ? summary.due : summary.learning);
            }
        }
    }
    return summary;
}

/// Database thread: what waits in every unit, and everything the home page shows.
Result<Counts> countAll(Connection& connection, const QList<PackPtr>& packs, const Learner& learner, WallTime now)
{
    Counts counts;
    std::vector<WallTime> due;
    int fresh = 0;
    for (const PackPtr& pack : packs) {
        const auto cards = ReviewStore::cards(connection, pack->id);
        const auto solved = PracticeStore::solved(connection, pack->id);
        if (!cards || !solved) {
            return cards ? solved.error() : cards.error();
        }
        QList<UnitSummary>& units = counts.units[pack->id];
        for (const PackUnit& unit : pack->units) {
            units.append(summaryOf(*pack, unit, *cards, *solved, now));
        }
        for (const PackItem* item : pack->itemsFor(ItemUse::Card, {})) {
            const CardState state = cards->value(pack->cardOf(item->id()));
            if (state.phase == CardPhase::New) {
                ++fresh;
            } else {
                due.push_back(state.due);
            }
        }
    }

    const WallTime today = learner.dayStart(now);
    const auto reviewed = ReviewStore::reviewsSince(connection, today);
    const auto begun = ReviewStore::newCardsSince(connection, today);
    const auto days = ReviewStore::studyDays(connection);
    const auto studied = ReviewStore::lastStudied(connection);
    if (!reviewed || !begun || !days || !studied) {
        return !reviewed ? reviewed.error() : !begun ? begun.error() : !days ? days.error() : studied.error();
    }
    StudyOverview& overview = counts.overview;
    overview.reviewedToday = *reviewed;
    overview.studied = *studied;
    overview.newAvailable = std::min(fresh, std::max(0, learner.newCardsPerDay - *begun));
    overview.streak = streakOf(*days, learner.moment(now));
    overview.forecast = dueForecast(due, learner.moment(now), forecastDays);
    for (const WallTime at : due) {
        if (at <= now) {
            ++overview.dueNow;
        } else if (!overview.nextDue || at < *overview.nextDue) {
            overview.nextDue = at;
        }
    }
    return counts;
}

SchedulingOf schedulingOf(const QList<PackPtr>& packs)
{
    return [packs](const CardId& card) {
        for (const PackPtr& pack : packs) {
            if (const ItemId item = pack->itemOf(card); !item.isEmpty()) {
                return FsrsScheduler(pack->schedulingOf(item));
            }
        }
        return FsrsScheduler();
    };
}

} // namespace

struct StudyLibrary::Private
{
    Private(StudyLibrary* library, Database& store, Clock& time, RandomSource& source, Learner who)
        : q(library), database(store), clock(time), random(source), learner(std::move(who))
    {
    }

    void keepShelf(const Shelf& shelf, const AsyncPromise<void>& promise);
    void count(const AsyncPromise<void>& promise);
    void keep(const NewPack& fresh, const AsyncPromise<PackId>& promise);
    void refreshSoon();
    void shelveMistakes(const PackPtr& mistakes);

    StudyLibrary* q;
    Database& database;
    Clock& clock;
    RandomSource& random;
    Learner learner;
    QList<PackPtr> packs;
    Counts counts;
    bool open = false;
    bool counting = false;
    bool stale = false;
};

StudyLibrary::StudyLibrary(
    Database& database, Clock& clock, RandomSource& random, Learner learner, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, database, clock, random, std::move(learner)))
{
}

StudyLibrary::~StudyLibrary() = default;

Async<void> StudyLibrary::open()
{
    const AsyncPromise<void> promise;
    whenDone(d->database.read<QList<StoredPack>>(&PackStore::installed), this,
        [this, promise](const Result<QList<StoredPack>>& stored) {
            if (!stored) {
                promise.resolve(stored.error());
                return;
            }
            const Async<Shelf> read = QtConcurrent::run(&readShelf, *stored);
            whenDone(read, this, [this, promise](const Result<Shelf>& shelf) {
                if (!shelf) {
                    promise.resolve(shelf.error());
                    return;
                }
                d->keepShelf(*shelf, promise);
            });
        });
    return promise.future();
}

void StudyLibrary::Private::keepShelf(const Shelf& shelf, const AsyncPromise<void>& promise)
{
    const auto work = [shelf, now = clock.wall()](Connection& connection) -> Result<QList<LearnerError>> {
        for (const NewPack& fresh : shelf.fresh) {
            if (Result<void> kept = keepPack(connection, fresh, now); !kept) {
                return kept.error();
            }
        }
        const auto folded = ReviewStore::foldStale(connection, schedulingOf(shelf.packs));
        if (!folded) {
            return folded.error();
        }
        return LearnerErrorStore::all(connection);
    };
    whenDone(database.run<QList<LearnerError>>(work), q, [this, shelf, promise](const Result<QList<LearnerError>>& errors) {
        if (!errors) {
            promise.resolve(errors.error());
            return;
        }
        packs = shelf.packs;
        shelveMistakes(mistakePack(*errors));
        open = true;
        count(promise);
    });
}

void StudyLibrary::Private::count(const AsyncPromise<void>& promise)
{
    counting = true;
    const auto work = [packs = packs, learner = learner, now = clock.wall()](Connection& connection) {
        return countAll(connection, packs, learner, now);
    };
    whenDone(database.read<Counts>(work), q, [this, promise](const Result<Counts>& counted) {
        counting = false;
        if (!counted) {
            promise.resolve(counted.error());
            return;
        }
        counts = *counted;
        promise.resolve(Result<void>());
        Q_EMIT q->changed();
        Q_EMIT q->overviewChanged();
        if (std::exchange(stale, false)) {
            refreshSoon();
        }
    });
}

void StudyLibrary::Private::refreshSoon()
{
    if (counting) {
        stale = true;
        return;
    }
    count({});
}

void StudyLibrary::Private::shelveMistakes(const PackPtr& mistakes)
{
    if (mistakes) {
        putInPlace(packs, mistakes);
    } else {
        packs.removeIf([](const PackPtr& pack) { return pack->id == LearnerErrorStore::pack(); });
    }
}

Async<void> StudyLibrary::refreshMistakes()
{
    const AsyncPromise<void> promise;
    whenDone(d->database.read<QList<LearnerError>>(&LearnerErrorStore::all), this,
        [this, promise](const Result<QList<LearnerError>>& errors) {
            if (!errors) {
                promise.resolve(errors.error());
                return;
            }
            if (!d->open) {
                promise.resolve(Result<void>()); // open() reads them
                return;
            }
            d->shelveMistakes(mistakePack(*errors));
            d->count(promise);
        });
    return promise.future();
}

Async<void> StudyLibrary::keepEvent(StudyEvent event)
{
    event.device = d->learner.device;
    event.utcOffset = d->learner.moment(event.happenedAt).utcOffset;
    const AsyncPromise<void> promise;
    const auto work = [event, owner = d->learner.owner](Connection& connection) -> Result<void> {
        const auto kept = PracticeStore::insertEvent(connection, event, owner);
        if (!kept || !*kept) {
            return kept ? Result<void>() : Result<void>(kept.error());
        }
        const auto queued = Outbox::append(connection, studyOp(event, owner, event.kind));
        return queued ? Result<void>() : Result<void>(queued.error());
    };
    whenDone(d->database.run<void>(work), this, [this, promise](const Result<void>& kept) {
        promise.resolve(kept);
        if (kept) {
            Q_EMIT workKept();
        }
    });
    return promise.future();
}

Async<void> StudyLibrary::refresh()
{
    const AsyncPromise<void> promise;
    d->count(promise);
    return promise.future();
}

Async<PackId> StudyLibrary::install(QByteArray archive)
{
    const AsyncPromise<PackId> promise;
    const Async<PackPtr> read
        = QtConcurrent::run([archive] { return PackReader().read(archive); });
    whenDone(read, this, [this, promise, archive](const Result<PackPtr>& pack) {
        if (!pack) {
            promise.resolve(pack.error());
            return;
        }
        const PackPtr installed = this->pack((*pack)->id);
        if (installed && !isNewer((*pack)->version, installed->version)) {
            promise.resolve(Error {ErrorKind::Conflict, QStringLiteral("pack_older"), installed->version, {}});
            return;
        }
        d->keep({*pack, archive}, promise);
    });
    return promise.future();
}

void StudyLibrary::Private::keep(const NewPack& fresh, const AsyncPromise<PackId>& promise)
{
    const auto work = [fresh, now = clock.wall()](Connection& connection) {
        return keepPack(connection, fresh, now);
    };
    whenDone(database.run<void>(work), q, [this, fresh, promise](const Result<void>& kept) {
        if (!kept) {
            promise.resolve(kept.error());
            return;
        }
        putInPlace(packs, fresh.pack);
        promise.resolve(fresh.pack->id);
        refreshSoon();
    });
}

bool StudyLibrary::isOpen() const
{
    return d->open;
}

QList<PackSummary> StudyLibrary::packs() const
{
    QList<PackSummary> summaries;
    for (const PackPtr& pack : std::as_const(d->packs)) {
        PackSummary summary {pack->id, pack->title, pack->targetLanguage, pack->cefr, pack->version};
        summary.cards = int(std::ranges::count(pack->items, ItemUse::Card, &PackItem::use));
        summary.notes = int(std::ranges::count(pack->items, ItemUse::Note, &PackItem::use));
        summary.exercises = int(std::ranges::count(pack->items, ItemUse::Exercise, &PackItem::use));
        summary.exams = int(pack->exams.size());
        summaries.append(summary);
    }
    return summaries;
}

QList<UnitSummary> StudyLibrary::units(const PackId& pack) const
{
    return d->counts.units.value(pack);
}

std::shared_ptr<const Pack> StudyLibrary::pack(const PackId& id) const
{
    const auto found = std::ranges::find(
        std::as_const(d->packs), id, [](const PackPtr& entry) { return entry->id; });
    return found == d->packs.cend() ? nullptr : *found;
}

StudyOverview StudyLibrary::overview() const
{
    return d->counts.overview;
}

const Learner& StudyLibrary::learner() const
{
    return d->learner;
}

ReviewSession* StudyLibrary::review(const PackId& packId, const UnitId& unit, QObject* parent)
{
    const PackPtr content = pack(packId);
    if (!content) {
        return nullptr;
    }
    auto* session
        = new ReviewSession(d->database, d->clock, d->random, d->learner, content, unit, parent);
    connect(session, &ReviewSession::kept, this, [this] {
        Q_EMIT workKept();
        d->refreshSoon();
    });
    return session;
}

PracticeSession* StudyLibrary::practice(const PackId& packId, const UnitId& unit, QObject* parent)
{
    const PackPtr content = pack(packId);
    if (!content) {
        return nullptr;
    }
    auto* session
        = new PracticeSession(d->database, d->clock, d->random, d->learner, content, unit, {}, parent);
    connect(session, &PracticeSession::kept, this, [this] {
        Q_EMIT workKept();
        d->refreshSoon();
    });
    return session;
}

PracticeSession* StudyLibrary::mockExam(const PackId& packId, const MockExamId& exam, QObject* parent)
{
    const PackPtr content = pack(packId);
    if (!content || !content->exam(exam)) {
        return nullptr;
    }
    auto* session
        = new PracticeSession(d->database, d->clock, d->random, d->learner, content, {}, exam, parent);
    connect(session, &PracticeSession::kept, this, [this] {
        Q_EMIT workKept();
        d->refreshSoon();
    });
    return session;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/GuestWork.h"

#include "store/Database.h"
#include "store/ReviewStore.h"
#include "study/StudyOps.h"

namespace {

struct Work
{
    std::vector<ReviewLog> logs;
    QList<StudyEvent> events;
};

Result<Work> readWork(Connection& connection)
{
    auto logs = ReviewStore::unowned(connection);
    auto events = PracticeStore::unowned(connection);
    if (!logs || !events) {
        return logs ? events.error() : logs.error();
    }
    return Work {std::move(logs).value(), std::move(events).value()};
}

Result<int> copyWork(Connection& connection, const Work& work, const UserId& owner)
{
    int copied = 0;
    const auto queue = [&](const Result<bool>& isNew, const NewOp& op) -> std::optional<Error> {
        if (!isNew) {
            return isNew.error();
        }
        if (*isNew) {
            ++copied;
            const auto queued = Outbox::append(connection, op);
            return queued ? std::nullopt : std::optional(queued.error());
        }
        return std::nullopt;
    };
    for (const ReviewLog& log : work.logs) {
        if (const auto error = queue(ReviewStore::insert(connection, log, owner),
                reviewOp(log, owner, log.card.toString()))) {
            return *error;
        }
    }
    for (const StudyEvent& event : work.events) {
        if (const auto error = queue(PracticeStore::insertEvent(connection, event, owner),
                studyOp(event, owner, event.item.toString()))) {
            return *error;
        }
    }
    return copied;
}

Result<void> handOver(Connection& connection, const Work& work, const UserId& owner)
{
    QList<OpId> reviews;
    for (const ReviewLog& log : work.logs) {
        reviews.append(OpId(log.id.toString()));
        if (Result<void> marked = ReviewStore::setOwner(connection, log.id, owner); !marked) {
            return marked;
        }
    }
    QList<OpId> events;
    for (const StudyEvent& event : work.events) {
        events.append(OpId(event.id.toString()));
        if (Result<void> marked = PracticeStore::setOwner(connection, event.id, owner); !marked) {
            return marked;
        }
    }
    const UserId guest(QStringLiteral("guest"));
    for (const auto& [lane, ops] : {std::pair(reviewLane(guest), reviews), std::pair(studyLane(guest), events)}) {
        if (const auto removed = Outbox::acknowledge(connection, lane, ops); !removed) {
            return removed.error();
        }
    }
    return {};
}

} // namespace

Async<int> adoptGuestWork(Database& guest, Database& own, const UserId& owner, QObject* context)
{
    const AsyncPromise<int> promise;
    whenDone(guest.read<Work>(&readWork), context, [&guest, &own, owner, context, promise](const Result<Work>& work) {
        if (!work || (work->logs.empty() && work->events.isEmpty())) {
            promise.resolve(work ? Result<int>(0) : Result<int>(work.error()));
            return;
        }
        const auto copy = [work = *work, owner](Connection& connection) {
            return copyWork(connection, work, owner);
        };
        whenDone(own.run<int>(copy), context, [&guest, owner, context, promise, work = *work](const Result<int>& copied) {
            if (!copied) {
                promise.resolve(copied.error());
                return;
            }
            const auto mark = [work, owner](Connection& connection) {
                return handOver(connection, work, owner);
            };
            whenDone(guest.run<void>(mark), context, [promise, count = *copied](const Result<void>& marked) {
                promise.resolve(marked ? Result<int>(count) : Result<int>(marked.error()));
            });
        });
    });
    return promise.future();
}

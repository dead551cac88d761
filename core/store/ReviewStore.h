// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/FsrsScheduler.h"
#include "domain/StudyPlan.h"

#include <QHash>

#include <functional>

class Connection;

/// How a card is scheduled; asked on the database's thread.
using SchedulingOf = std::function<FsrsScheduler(const CardId&)>;

/// Review logs (facts, append-only) and card states (their fold). Every function works inside the
/// caller's transaction, on the database's thread.
class ReviewStore
{
public:
    /// Keeps a log; one that is already there changes nothing. Answers whether it was new.
    static Result<bool> insert(Connection& connection, const ReviewLog& log, const UserId& owner);
    /// Folds all logs of the card again, saves and answers its state.
    static Result<CardState> fold(Connection& connection, const CardId& card, const FsrsScheduler& scheduler);
    /// Folds the cards whose state does not count all their logs: after logs were merged in.
    static Result<int> foldStale(Connection& connection, const SchedulingOf& schedulingOf);

    static Result<std::vector<ReviewLog>> logsOf(Connection& connection, const CardId& card);
    /// Logs of a guest that no account has adopted, by time.
    static Result<std::vector<ReviewLog>> unowned(Connection& connection);
    static Result<void> setOwner(Connection& connection, const ReviewId& log, const UserId& owner);
    /// Cards that were reviewed at least once.
    static Result<QHash<CardId, CardState>> cards(Connection& connection, const PackId& pack);

    /// The number of this device's next log, from 1.
    static Result<qint64> nextSeq(Connection& connection, const DeviceId& device);
    static Result<int> reviewsSince(Connection& connection, WallTime from);
    /// Cards whose first review came at `from` or later.
    static Result<int> newCardsSince(Connection& connection, WallTime from);
    /// One moment per day on which something was reviewed or practised.
    static Result<std::vector<StudyMoment>> studyDays(Connection& connection);
    /// The pack of the newest review, answer or practice; empty before the first.
    static Result<PackId> lastStudied(Connection& connection);
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <optional>

class Connection;

using PracticeId = Id<struct PracticeTag>;
using StudyEventId = Id<struct StudyEventTag>;

/// A judged exercise: written once, never changed. `correct` is empty when only people can judge.
struct StudyEvent
{
    StudyEventId id;
    PackId pack;
    ItemId item;
    QString kind; ///< practice, solution or mock
    QString skill;
    std::optional<bool> correct;
    WallTime happenedAt;
    std::chrono::seconds utcOffset {0};
    QJsonObject payload;
    DeviceId device;
};

/// A practice or mock exam under way. `unit` and `exam` name what is practised; either may be empty.
struct StoredPractice
{
    struct Answer
    {
        QJsonObject answer;
        bool judged = false;
    };

    PracticeId id;
    PackId pack;
    QString unit;
    QString exam;
    int position = 0;
    std::chrono::milliseconds spent {0}; ///< time on screen, which is what a mock exam counts
    WallTime startedAt;
    QHash<ItemId, Answer> answers;
};

/// Study events and practices. Every function works inside the caller's transaction, on the
/// database's thread.
class PracticeStore
{
public:
    /// The newest practice of this unit or exam that was not finished.
    static Result<std::optional<StoredPractice>> unfinished(
        Connection& connection, const PackId& pack, const QString& unit, const QString& exam);
    static Result<void> begin(Connection& connection, const StoredPractice& practice);
    static Result<void> saveAnswer(Connection& connection, const PracticeId& practice, const ItemId& item,
        const StoredPractice::Answer& answer);
    static Result<void> removeAnswer(
        Connection& connection, const PracticeId& practice, const ItemId& item);
    static Result<void> savePlace(Connection& connection, const PracticeId& practice, int position,
        std::chrono::milliseconds spent);
    static Result<void> finish(Connection& connection, const PracticeId& practice, WallTime at);

    /// Keeps an event; one that is already there changes nothing. Answers whether it was new.
    static Result<bool> insertEvent(Connection& connection, const StudyEvent& event, const UserId& owner);
    /// Events of a guest that no account has adopted, by time.
    static Result<QList<StudyEvent>> unowned(Connection& connection);
    static Result<void> setOwner(
        Connection& connection, const StudyEventId& event, const UserId& owner);
    /// Items of the pack that were answered correctly at least once.
    static Result<QSet<ItemId>> solved(Connection& connection, const PackId& pack);
};

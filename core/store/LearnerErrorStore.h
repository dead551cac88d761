// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"

#include <QList>
#include <QString>

class Connection;

/// A mistake a learner made, or a word they saved, with the sentence it stood in. It is reviewed as a
/// card of the pack of mistakes, under `id`.
struct LearnerError
{
    ItemId id; ///< the same for the same mistake, on every machine
    QString language; ///< BCP 47, of the sentence
    QString original; ///< for a saved word: the word
    QString suggestion; ///< for a saved word: what it means, may be empty
    QString type; ///< grammar, vocab, …; "word" for a saved word
    QString rule;
    QString explanation;
    QString sentence;
    int start = 0; ///< of `original` in `sentence`, in UTF-16 units; -1 when it is not there
    int severity = 2; ///< 1 to 3
    int seen = 1; ///< in how many messages
    WallTime firstAt;
    WallTime lastAt;

    bool isWord() const { return type == QLatin1String("word"); }
    bool operator==(const LearnerError&) const = default;
};

/// What a learner gets wrong, remembered between sessions. Every function works inside the caller's
/// transaction, on the database's thread.
class LearnerErrorStore
{
public:
    /// The pack whose cards these are. No archive has this id.
    static PackId pack();

    /// Keeps a mistake made in `message`. One that is known counts once more and takes the newest
    /// sentence; telling the same message again changes nothing. Answers whether anything changed.
    static Result<bool> keep(
        Connection& connection, const LearnerError& error, const MessageId& message, WallTime now);
    /// Newest first.
    static Result<QList<LearnerError>> all(Connection& connection);
    /// What to practise first in a talk: due cards, then mistakes never reviewed, the graver and the
    /// more frequent first. Saved words are left to the cards.
    static Result<QList<LearnerError>> due(
        Connection& connection, const QString& language, WallTime now, int limit);
    /// The messages it was made in.
    static Result<QList<MessageId>> places(Connection& connection, const ItemId& error);
    /// Not made in this message after all; what was made nowhere else is forgotten. Answers whether
    /// anything changed.
    static Result<bool> removePlace(Connection& connection, const ItemId& error, const MessageId& message);
    /// The learner does not want it any more. Its reviews stay.
    static Result<void> forget(Connection& connection, const ItemId& error);
};

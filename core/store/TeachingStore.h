// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QStringList>

class Connection;

using LessonNoteId = Id<struct LessonNoteTag>;

/// Something to keep of a talk: a recap. `body` is in the Markdown subset.
struct LessonNote
{
    LessonNoteId id;
    ConversationId conversation;
    QString title;
    QString body;
    WallTime createdAt;
    bool operator==(const LessonNote&) const = default;
};

/// What was taught: what a reply said of the learner's words, and the notes of past talks. Every
/// function works inside the caller's transaction, on the database's thread.
class TeachingStore
{
public:
    /// Keeps what `reply` taught; replaces what was kept of it. NotFound `unknown_message` when the
    /// reply is not in the file.
    static Result<void> keep(Connection& connection, const MessageId& reply, const QJsonObject& taught);
    /// What the replies of a conversation taught, by reply.
    static Result<QHash<MessageId, QJsonObject>> of(Connection& connection, const ConversationId& conversation);

    /// Keeps a note; one of the same id is replaced.
    static Result<void> keepNote(Connection& connection, const LessonNote& note);
    /// Newest first.
    static Result<QList<LessonNote>> notes(Connection& connection, int limit);
    /// Notes that hold any of `words`, best first. Words are taken as they are, never as syntax.
    static Result<QList<LessonNote>> searchNotes(Connection& connection, const QStringList& words, int limit);
    static Result<void> removeNote(Connection& connection, const LessonNoteId& note);
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"
#include "domain/ExamItem.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

class Connection;

/// A pack as it is kept: the archive whole, its manifest beside it for a quick start.
struct StoredPack
{
    PackId id;
    QString version;
    QByteArray manifest;
    QString signedBy;
};

enum class PackTextKind { Note, Card, Exercise };

/// What one item of a pack says. `title` is the note's title, the card's word or the exercise's
/// prompt; `body` is the explanation or the translation, by language.
struct PackText
{
    PackId pack;
    ItemId item;
    PackTextKind kind = PackTextKind::Note;
    LocalizedText title;
    LocalizedText body;
    QString example;
    LocalizedText exampleGloss;
    QStringList tags;
};

/// Installed packs and the search over their texts (SQLite FTS5, accents and case aside). Every
/// function works inside the caller's transaction, on the database's thread.
class PackStore
{
public:
    static Result<QList<StoredPack>> installed(Connection& connection);
    /// Replaces the pack of the same id with its texts; reviews of its cards are not touched.
    static Result<void> install(Connection& connection, const StoredPack& pack, const QByteArray& archive,
        const QList<PackText>& texts, WallTime now);
    static Result<QByteArray> archive(Connection& connection, const PackId& pack);

    /// Texts that hold any of `words`, best first; rare words and titles weigh more. Words are
    /// taken as they are, never as search syntax.
    static Result<QList<PackText>> search(Connection& connection, const QStringList& words, int limit);
    /// Exercises whose tags hold any of `tags`.
    static Result<QList<PackText>> exercisesTagged(
        Connection& connection, const QStringList& tags, int limit);
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamItem.h"
#include "domain/FsrsScheduler.h"
#include "domain/PassRules.h"

using UnitId = Id<struct UnitTag>;
using MockExamId = Id<struct MockExamTag>;

/// What an item of a pack is for.
enum class ItemUse {
    Note,    ///< an explanation to read (`info`)
    Card,    ///< a flashcard to review
    Exercise ///< something to answer
};

/// One item of a pack. `item` is decoded by the same rules as exam items, so the same controls
/// show it and the same scoring marks it; a flashcard has ItemType::Unknown there.
struct PackItem
{
    ExamItem item;
    ItemUse use = ItemUse::Exercise;
    QStringList tags;
    LocalizedText content; ///< notes: the explanation, in a small Markdown subset
    LocalizedText front;   ///< cards
    LocalizedText back;    ///< cards
    QString example;       ///< cards: a sentence in the target language, may be empty
    LocalizedText exampleGloss;
    QString hint;          ///< cards: word class or pronunciation, may be empty
    QString mistake;       ///< cards of the learner's own mistakes: the kind, as in LearnerError
    QString rule;          ///< with `mistake`: as the tutor named it, may be empty
    LocalizedText feedbackCorrect;
    LocalizedText feedbackIncorrect;
    LocalizedText explanation;

    const ItemId& id() const { return item.id; }
};

/// A unit of study (a deck of the pack format): notes to read, cards to review and exercises to
/// do, in the pack's order.
struct PackUnit
{
    UnitId id;
    LocalizedText title;
    QList<ItemId> items;
    FsrsOptions scheduling;
};

struct MockSection
{
    QString id;
    LocalizedText title;
    QString skill;
    std::optional<std::chrono::seconds> length;
    bool forwardOnly = false;
    QList<ItemId> items;
    int choose = 0; ///< how many of the items count, the best ones; 0: all
};

struct MockExam
{
    MockExamId id;
    LocalizedText title;
    QList<MockSection> sections;
    PassScheme scheme;

    /// The sum of the sections' lengths; empty when no section has one.
    std::optional<std::chrono::seconds> length() const;
};

struct PackAsset
{
    QString sha256;
    QString path;
    QString mime;
    qint64 bytes = 0;
    QString license;
    QString credit;
};

/// A content pack that passed every check. Immutable after reading; share it between threads as
/// std::shared_ptr<const Pack>.
struct Pack
{
    PackId id;
    QString version;
    LocalizedText title;
    QString targetLanguage;
    QStringList glossLanguages;
    QString cefr;
    QString license;
    QList<PackAsset> assets;
    QList<PackItem> items;
    QList<PackUnit> units;
    QList<MockExam> exams;
    QString signedBy; ///< key id of a verified signature; empty when unsigned
    QByteArray manifest; ///< as read

    /// Null when there is none; valid as long as the pack lives.
    const PackItem* item(const ItemId& id) const;
    const PackUnit* unit(const UnitId& id) const;
    const MockExam* exam(const MockExamId& id) const;
    /// The review card an item stands for; the same on every device.
    CardId cardOf(const ItemId& item) const;
    /// The item a card of this pack stands for; empty for cards of other packs.
    ItemId itemOf(const CardId& card) const;
    /// How a card is scheduled, whatever unit it is reviewed in: as its first unit says.
    FsrsOptions schedulingOf(const ItemId& item) const;
    /// The items of one use, of one unit or (empty unit) of the whole pack, each once.
    QList<const PackItem*> itemsFor(ItemUse use, const UnitId& unit) const;
};

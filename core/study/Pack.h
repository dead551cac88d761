// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"
#include "domain/FsrsScheduler.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QStringList>

using UnitId = Id<struct UnitTag>;
using MockExamId = Id<struct MockExamTag>;

/// A text in several languages, by BCP 47 tag.
class LocalText
{
public:
    LocalText() = default;
    explicit LocalText(QHash<QString, QString> texts) : m_texts(std::move(texts)) { }

    /// The text in the first of `languages` that exists; English, then any, when none does.
    QString in(const QStringList& languages) const;
    const QHash<QString, QString>& all() const { return m_texts; }
    bool isEmpty() const { return m_texts.isEmpty(); }

private:
    QHash<QString, QString> m_texts;
};

enum class ItemKind {
    Choice, Multi, TrueFalse, Cloze, Match, Order, GappedText, Short, Transform, Essay, Dictation,
    Record, Flashcard, Info
};

/// One item of a pack. `body` is the item exactly as the pack holds it, for the fields of its kind.
struct PackItem
{
    ItemId id;
    ItemKind kind = ItemKind::Info;
    QString skill;
    QString stimulus;
    LocalText prompt;
    double points = 0;
    QStringList tags;
    LocalText feedbackCorrect;
    LocalText feedbackIncorrect;
    LocalText explanation;
    QJsonObject body;

    bool isExercise() const { return kind != ItemKind::Flashcard && kind != ItemKind::Info; }
};

/// A unit of study: notes to read, cards to review and exercises to do, in this order of the pack.
struct PackUnit
{
    UnitId id;
    LocalText title;
    QList<ItemId> items;
    FsrsOptions scheduling;
};

struct PackStimulus
{
    QString id;
    QString text;
    QString asset; ///< SHA-256 of a media file, or empty
    int maxPlays = 0; ///< 0: as often as wanted
};

struct MockSection
{
    QString id;
    QString skill;
    double minutes = 0;
    double weight = 1;
    bool forwardOnly = false;
    QList<ItemId> items;
    int choose = 0; ///< 0: all items
};

struct PassRule
{
    enum class Metric { Total, Section, EachSection, Group, EachGroup };
    Metric metric = Metric::Total;
    QString of;
    double minimumPercent = 0;
};

struct MockExam
{
    MockExamId id;
    LocalText title;
    QList<MockSection> sections;
    QHash<QString, QStringList> groups;
    QList<PassRule> pass;
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

/// A content pack that passed every check. Immutable after reading; share it as
/// std::shared_ptr<const Pack> between threads.
struct Pack
{
    PackId id;
    QString version;
    LocalText title;
    QString targetLanguage;
    QStringList glossLanguages;
    QString cefr;
    QString license;
    QList<PackAsset> assets;
    QList<PackStimulus> stimuli;
    QList<PackItem> items;
    QList<PackUnit> units;
    QList<MockExam> exams;
    QString signedBy; ///< key id of a verified signature; empty when unsigned

    const PackItem* item(const ItemId& id) const;
    const PackUnit* unit(const UnitId& id) const;
    const MockExam* exam(const MockExamId& id) const;
    const PackStimulus* stimulus(const QString& id) const;
    /// The review card an item stands for; the same on every device.
    CardId cardOf(const ItemId& item) const;
};

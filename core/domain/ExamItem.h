// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"
#include "base/Result.h"
#include "domain/Rational.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QStringList>

#include <chrono>
#include <optional>

/// What a student does with an item. The names on the wire are those of the pack format.
enum class ItemType {
    Choice, ///< one of several options            {"choice": id}
    Multi, ///< any of several options            {"choices": [id, …]}
    TrueFalse, ///< {"value": bool}
    Cloze, ///< gaps in a text, typed or chosen   {"gaps": {gap: text}}
    Match, ///< left parts to right parts         {"pairs": {left: right}}
    Order, ///< options in the right order        {"order": [id, …]}
    GappedText, ///< paragraphs back into their places {"pairs": {left: right}}
    Short, ///< a short text                      {"text": …}
    Transform, ///< key word transformation           {"text": …}
    Essay, ///< a long text with word limits      {"text": …}
    Dictation, ///< what was heard                    {"text": …}
    Record, ///< a spoken answer                   {"text": reference to the recording}
    Info, ///< nothing to answer
    Unknown ///< a type of a newer academy: shown as such, never answered
};

ItemType itemTypeFromName(QStringView name);
QString itemTypeName(ItemType type);

/// One text in several languages, or in none in particular (key "").
struct LocalizedText
{
    QMap<QString, QString> byLanguage;

    /// The text in `language` ("es" also serves "es-ES"), else the neutral one, else English, else
    /// whichever there is.
    QString in(const QString& language) const;
    bool isEmpty() const { return byLanguage.isEmpty(); }
    bool operator==(const LocalizedText&) const = default;
};

struct ItemOption
{
    QString id;
    QString text;
    QString asset; ///< SHA-256 of a picture or sound, or empty
    bool operator==(const ItemOption&) const = default;
};

struct ItemGap
{
    QString id;
    QString stem; ///< the word to be changed, for word formation
    QStringList options; ///< empty: the gap is typed
    bool operator==(const ItemGap&) const = default;
};

/// What is read or heard before answering; shared by the items that name it.
struct Stimulus
{
    QString id;
    QString title;
    QString text;
    QString asset;
    std::optional<int> maxPlays;
    std::chrono::milliseconds gapBetweenPlays{0};
    bool operator==(const Stimulus&) const = default;
};

/// One item of a paper, decoded completely: what the type needs is present, or decoding failed.
/// Holds no key. Pure value.
struct ExamItem
{
    ItemId id;
    ItemType type = ItemType::Unknown;
    QString skill;
    LocalizedText prompt;
    Rational points;
    std::optional<Stimulus> stimulus;
    QString text; ///< cloze and gapped text: "{{g1}}" marks a gap
    QList<ItemOption> options; ///< choice, multi, order
    QList<ItemOption> left; ///< match, gapped text
    QList<ItemOption> right;
    QList<ItemGap> gaps;
    QStringList wordBank;
    QString keyWord;
    bool shuffle = false;
    std::optional<int> minWords;
    std::optional<int> maxWords;
    std::optional<std::chrono::seconds> preparation;
    std::optional<std::chrono::seconds> maxLength;
    QJsonObject raw; ///< as received

    /// True when keys alone decide the mark.
    bool isClosed() const;
    /// True when there is something to answer.
    bool isAnswerable() const { return type != ItemType::Info && type != ItemType::Unknown; }
    bool operator==(const ExamItem&) const = default;
};

struct ExamSection
{
    QString id;
    QString title;
    QString skill;
    std::optional<std::chrono::minutes> length;
    bool forwardOnly = false;
    QList<ExamItem> items;
    bool operator==(const ExamSection&) const = default;
};

/// The paper of a sitting as start_attempt hands it out: sections of items, no keys.
struct ExamPaper
{
    ExamId id;
    QString title;
    QList<ExamSection> sections;

    /// All items in reading order, with those that ask nothing.
    QList<ExamItem> items() const;
    /// The item with this id, or null; valid as long as the paper lives unchanged.
    const ExamItem* find(const ItemId& id) const;
    /// How many items have something to answer.
    int answerableCount() const;
    bool operator==(const ExamPaper&) const = default;
};

/// Decodes an item. Unknown fields are ignored, an unknown type becomes ItemType::Unknown, a field
/// the type needs and does not find is ErrorKind::Protocol (code "item_malformed").
Result<ExamItem> parseItem(const QJsonObject& json);
/// Decodes a paper (code "paper_malformed"); an id used twice is an error as well.
Result<ExamPaper> parsePaper(const QJsonObject& json);

/// Decodes an answer for this item: known shape, known ids, texts of at most 64 KiB. The result is
/// the payload with unknown fields dropped; an empty object or null means "answer removed". Code
/// "answer_malformed".
Result<QJsonObject> parseAnswer(const ExamItem& item, const QJsonValue& payload);
/// True when the payload holds something: a blank text or no chosen option is no answer.
bool isAnswered(const ExamItem& item, const QJsonObject& payload);

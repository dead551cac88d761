// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamItem.h"

#include <QHash>
#include <QSet>

/// One accepted text and what it is worth.
struct AcceptedText
{
    enum class Match {
        Exact, ///< the same characters, outer and repeated spaces aside
        Fold, ///< letter case and typographic quotes aside (the default)
        FoldAccents, ///< accents aside as well
        Regex ///< the whole answer matches, case aside
    };

    QString text;
    Rational credit{1};
    Match match = Match::Fold;
    bool operator==(const AcceptedText&) const = default;
};

/// The key of one closed item. Only practice with shipped keys uses it on the student's side: the
/// keys of a sitting never leave the database.
struct ItemKey
{
    QHash<QString, Rational> credits; ///< choice, multi: option → share
    std::optional<bool> truth; ///< true/false
    QHash<QString, QList<AcceptedText>> gaps; ///< cloze
    QHash<QString, QString> pairs; ///< match, gapped text
    QStringList order; ///< order
    QList<AcceptedText> accepted; ///< short, transform, dictation
    bool operator==(const ItemKey&) const = default;
};

/// What one answer earned.
struct ItemScore
{
    Rational earned;
    Rational maximum;
    bool isFull() const { return earned == maximum; }
    bool operator==(const ItemScore&) const = default;
};

/// The key of a pack item, from its own fields: a "key" object shaped like the answer, or option
/// credits, "accept" lists, "pairs", "order", "answer". Code "key_missing" when there is none.
Result<ItemKey> parseItemKey(const ExamItem& item, const QJsonObject& json);

/// Marks a closed item. Gaps, pairs and options earn in equal parts; a wrong option of a multiple
/// answer takes its part back, never below nothing. An order earns by pairs of neighbours kept.
/// An unanswered item earns nothing. Essays and recordings return nothing: people mark them.
std::optional<ItemScore> scoreItem(
    const ExamItem& item, const ItemKey& key, const QJsonObject& answer);

/// The text as the comparison sees it: NFC, trimmed, single spaces, straight quotes.
QString normalizedForComparison(const QString& text, AcceptedText::Match match);

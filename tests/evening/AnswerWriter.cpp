// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/AnswerWriter.h"

#include <QJsonArray>

#include <algorithm>

namespace {

/// Letters with accents, an astral character and punctuation: what travels must survive all of them.
QString sentence(RandomSource& random, int words)
{
    static const QStringList vocabulary = QStringLiteral(
        "although the journey was longer than expected we arrived before sunset and everybody “agreed” that "
        "travelling by train is café señor niño València naïve façade 😀 worth it, isn't it?")
                                              .split(QLatin1Char(' '));
    QStringList chosen;
    for (int i = 0; i < words; ++i) {
        chosen.append(vocabulary.at(qsizetype(random.below(quint64(vocabulary.size())))));
    }
    return chosen.join(QLatin1Char(' '));
}

/// Every state of a text field while `text` is typed, with some slips corrected by backspace.
QStringList keystrokes(const QString& text, RandomSource& random)
{
    QStringList states;
    QString typed;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i).isHighSurrogate()) {
            typed += text.at(i++);
        } else if (random.below(25) == 0) {
            states.append(typed + QLatin1Char('x'));
            states.append(typed);
        }
        typed += text.at(i);
        states.append(typed);
    }
    return states;
}

QString pick(const QStringList& from, RandomSource& random)
{
    return from.at(qsizetype(random.below(quint64(from.size()))));
}

QStringList ids(const QList<ItemOption>& options)
{
    QStringList list;
    for (const ItemOption& option : options) {
        list.append(option.id);
    }
    return list;
}

QStringList shuffled(QStringList list, RandomSource& random)
{
    for (qsizetype i = list.size(); i > 1; --i) {
        list.swapItemsAt(i - 1, qsizetype(random.below(quint64(i))));
    }
    return list;
}

} // namespace

QList<QJsonObject> editsFor(const ExamItem& item, RandomSource& random)
{
    QList<QJsonObject> edits;
    switch (item.type) {
    case ItemType::Choice:
        for (quint64 i = 0; i <= random.below(2); ++i) {
            edits.append({{QStringLiteral("choice"), pick(ids(item.options), random)}});
        }
        break;
    case ItemType::Multi: {
        QStringList chosen;
        for (const QString& option : ids(item.options)) {
            if (random.below(2) == 0 || chosen.isEmpty()) {
                chosen.append(option);
                edits.append({{QStringLiteral("choices"), QJsonArray::fromStringList(chosen)}});
            }
        }
        break;
    }
    case ItemType::TrueFalse:
        edits.append({{QStringLiteral("value"), random.below(2) == 0}});
        break;
    case ItemType::Cloze: {
        QJsonObject gaps;
        for (const ItemGap& gap : item.gaps) {
            if (!gap.options.isEmpty()) {
                gaps.insert(gap.id, pick(gap.options, random));
                edits.append({{QStringLiteral("gaps"), gaps}});
                continue;
            }
            for (const QString& state : keystrokes(sentence(random, 1), random)) {
                gaps.insert(gap.id, state);
                edits.append({{QStringLiteral("gaps"), gaps}});
            }
        }
        break;
    }
    case ItemType::Match:
    case ItemType::GappedText: {
        QJsonObject pairs;
        const QStringList right = shuffled(ids(item.right), random);
        const QStringList left = ids(item.left);
        for (qsizetype i = 0; i < std::min(left.size(), right.size()); ++i) {
            pairs.insert(left.at(i), right.at(i));
            edits.append({{QStringLiteral("pairs"), pairs}});
        }
        break;
    }
    case ItemType::Order:
        edits.append({{QStringLiteral("order"), QJsonArray::fromStringList(shuffled(ids(item.options), random))}});
        break;
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Dictation:
        for (const QString& state : keystrokes(sentence(random, 4), random)) {
            edits.append({{QStringLiteral("text"), state}});
        }
        break;
    case ItemType::Essay:
        for (const QString& state : keystrokes(sentence(random, 45), random)) {
            edits.append({{QStringLiteral("text"), state}});
        }
        break;
    case ItemType::Record:
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
    return edits;
}

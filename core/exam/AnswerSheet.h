// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamItem.h"
#include "exam/ExamSnapshot.h"

#include <QHash>

struct StoredAnswer;

/// The paper of an attempt with what has been put down on it: answers, flags, what was seen, plays
/// used. A plain value without opinions about saving or sending.
class AnswerSheet
{
public:
    AnswerSheet() = default;
    explicit AnswerSheet(ExamPaper paper);

    const ExamPaper& paper() const { return m_paper; }
    const QList<ExamItemState>& items() const { return m_items; }
    bool isEmpty() const { return m_items.isEmpty(); }
    const ExamItem* item(const ItemId& id) const;
    QJsonObject answer(const ItemId& id) const { return m_answers.value(id); }
    bool isFlagged(const ItemId& id) const;
    bool isSeen(const ItemId& id) const;
    int playsUsed(const ItemId& id) const { return m_plays.value(id); }

    void setAnswer(const ItemId& id, const QJsonObject& payload);
    void setFlagged(const ItemId& id, bool flagged);
    void setSeen(const ItemId& id);
    void setPlays(const ItemId& id, int plays);
    void restore(const StoredAnswer& stored);

    int answered() const { return m_answered; }
    int flagged() const { return m_flagged; }
    int total() const { return m_total; }

private:
    ExamItemState* state(const ItemId& id);

    ExamPaper m_paper;
    QList<ExamItem> m_all;
    QList<ExamItemState> m_items;
    QHash<ItemId, int> m_index;
    QHash<ItemId, QJsonObject> m_answers;
    QHash<ItemId, int> m_plays;
    int m_answered = 0;
    int m_flagged = 0;
    int m_total = 0;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/AnswerSheet.h"

#include "store/AttemptStore.h"
#include "wire/Json.h"

AnswerSheet::AnswerSheet(ExamPaper paper) : m_paper(std::move(paper)), m_all(m_paper.items())
{
    int section = 0;
    for (const ExamSection& part : m_paper.sections) {
        for (const ExamItem& item : part.items) {
            ExamItemState state;
            state.item = item.id;
            state.section = section;
            state.number = item.isAnswerable() ? ++m_total : 0;
            m_index.insert(item.id, int(m_items.size()));
            m_items.append(state);
        }
        ++section;
    }
}

const ExamItem* AnswerSheet::item(const ItemId& id) const
{
    const auto found = m_index.constFind(id);
    return found == m_index.constEnd() ? nullptr : &m_all.at(*found);
}

ExamItemState* AnswerSheet::state(const ItemId& id)
{
    const auto found = m_index.constFind(id);
    return found == m_index.constEnd() ? nullptr : &m_items[*found];
}

bool AnswerSheet::isFlagged(const ItemId& id) const
{
    const auto found = m_index.constFind(id);
    return found != m_index.constEnd() && m_items.at(*found).flagged;
}

bool AnswerSheet::isSeen(const ItemId& id) const
{
    const auto found = m_index.constFind(id);
    return found != m_index.constEnd() && m_items.at(*found).seen;
}

void AnswerSheet::setAnswer(const ItemId& id, const QJsonObject& payload)
{
    ExamItemState* const at = state(id);
    if (!at) {
        return;
    }
    m_answers.insert(id, payload);
    const bool answered = isAnswered(*item(id), payload);
    m_answered += int(answered) - int(at->answered);
    at->answered = answered;
    at->seen = true;
}

void AnswerSheet::setFlagged(const ItemId& id, bool flagged)
{
    if (ExamItemState* const at = state(id)) {
        m_flagged += int(flagged) - int(at->flagged);
        at->flagged = flagged;
    }
}

void AnswerSheet::setSeen(const ItemId& id)
{
    if (ExamItemState* const at = state(id)) {
        at->seen = true;
    }
}

void AnswerSheet::setPlays(const ItemId& id, int plays)
{
    m_plays.insert(id, plays);
}

void AnswerSheet::restore(const StoredAnswer& stored)
{
    if (!stored.payload.isEmpty()) {
        if (const auto payload = parseJson(stored.payload)) {
            setAnswer(stored.item, payload->toObject());
        }
    }
    setFlagged(stored.item, stored.flagged);
    if (stored.seen) {
        setSeen(stored.item);
    }
}

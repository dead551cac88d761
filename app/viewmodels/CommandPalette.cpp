// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/CommandPalette.h"

#include <algorithm>

namespace {

QString folded(const QString& text)
{
    QString plain;
    const QString decomposed = text.normalized(QString::NormalizationForm_D);
    for (const QChar character : decomposed) {
        if (character.category() != QChar::Mark_NonSpacing) {
            plain.append(character.toCaseFolded());
        }
    }
    return plain;
}

} // namespace

int CommandPalette::score(const QString& title, const QString& filter)
{
    const QString text = folded(title);
    const QString wanted = folded(filter.trimmed());
    if (wanted.isEmpty()) {
        return 0;
    }
    if (text.startsWith(wanted)) {
        return 1000;
    }
    const qsizetype inside = text.indexOf(wanted);
    if (inside >= 0) {
        return text.at(inside - 1).isSpace() ? 800 : 600;
    }
    int points = 400;
    qsizetype from = 0;
    for (const QChar letter : wanted) {
        const qsizetype at = text.indexOf(letter, from);
        if (at < 0) {
            return -1;
        }
        points -= static_cast<int>(at - from);
        from = at + 1;
    }
    return std::max(points, 1);
}

void CommandPalette::setFilter(const QString& filter)
{
    if (filter == m_filter) {
        return;
    }
    m_filter = filter;
    refresh();
    Q_EMIT filterChanged();
}

void CommandPalette::setSource(std::function<QList<CommandRow>()> source)
{
    m_source = std::move(source);
}

void CommandPalette::refresh()
{
    struct Ranked
    {
        int score;
        CommandRow row;
    };
    QList<Ranked> found;
    for (const CommandRow& row : m_source ? m_source() : QList<CommandRow> {}) {
        const int points = score(row.title, m_filter);
        if (points >= 0) {
            found.append({points, row});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
    QList<CommandRow> rows;
    for (const Ranked& entry : std::as_const(found)) {
        rows.append(entry.row);
    }
    m_model.setRows(rows);
}

void CommandPalette::run(const QString& command)
{
    Q_EMIT chosen(command);
}

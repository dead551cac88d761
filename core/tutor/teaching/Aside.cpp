// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Aside.h"

#include <QJsonDocument>

namespace {

const QString fence = QStringLiteral("```");
/// More than any block of notes needs; a model that goes astray fills no memory.
constexpr qsizetype mostAside = 60'000;

QString bare(const QString& line)
{
    return line.trimmed().toLower();
}

bool opens(const QString& line)
{
    const QString text = bare(line);
    return text == QLatin1String("```tutor-notes") || text == QLatin1String("``` tutor-notes")
        || text == QLatin1String("```json") || text == QLatin1String("```tutor_notes");
}

/// True while the line may still become an opening fence.
bool mayOpen(const QString& line)
{
    const QString text = bare(line);
    for (const auto* name : {"```tutor-notes", "``` tutor-notes", "```json", "```tutor_notes"}) {
        if (QLatin1String(name).startsWith(text)) {
            return true;
        }
    }
    return false;
}

} // namespace

void AsideFilter::takeLine(const QString& line, bool complete, QString& shown)
{
    if (m_inside) {
        if (bare(line).startsWith(fence)) {
            m_inside = false;
        } else if (m_aside.size() < mostAside) {
            m_aside += line + (complete ? QStringLiteral("\n") : QString());
        }
        return;
    }
    if (!m_passing && opens(line)) {
        m_inside = true;
        m_aside.clear();
        return;
    }
    for (const QChar c : complete ? line + QLatin1Char('\n') : line) {
        if (c.isSpace()) {
            m_blank += c;
        } else {
            shown += std::exchange(m_blank, {}) + c;
        }
    }
}

QString AsideFilter::feed(const QString& piece)
{
    QString shown;
    qsizetype from = 0;
    for (;;) {
        const qsizetype end = piece.indexOf(QLatin1Char('\n'), from);
        if (end < 0) {
            break;
        }
        takeLine(std::exchange(m_line, {}) + piece.mid(from, end - from), true, shown);
        m_passing = false;
        from = end + 1;
    }
    m_line += piece.mid(from);
    if (!m_inside && !m_line.isEmpty() && (m_passing || !mayOpen(m_line))) {
        m_passing = true;
        takeLine(std::exchange(m_line, {}), false, shown);
    }
    return shown;
}

QString AsideFilter::end()
{
    QString shown;
    if (!m_line.isEmpty()) {
        takeLine(std::exchange(m_line, {}), false, shown);
    }
    return shown;
}

SplitReply splitReply(const QString& reply)
{
    AsideFilter filter;
    QString shown = filter.feed(reply);
    shown += filter.end();
    return {shown, filter.aside()};
}

QJsonObject notesFrom(const QString& aside)
{
    // Some models write a comma too many or words around the object: take the outermost braces.
    const qsizetype from = aside.indexOf(QLatin1Char('{'));
    const qsizetype to = aside.lastIndexOf(QLatin1Char('}'));
    if (from < 0 || to <= from) {
        return {};
    }
    return QJsonDocument::fromJson(aside.mid(from, to - from + 1).toUtf8()).object();
}

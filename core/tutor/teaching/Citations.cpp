// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Citations.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace {

const QString opening = QStringLiteral("[LESSON/");
/// Longer than any list of marks.
constexpr qsizetype mostHeld = 300;

/// True while the text may still become marks; a space before them goes where they go.
bool mayBeMarks(const QString& text)
{
    const QString bare = text.startsWith(QLatin1Char(' ')) ? text.mid(1) : text;
    return opening.startsWith(bare) || (bare.startsWith(opening) && bare.size() < mostHeld);
}

} // namespace

QString lessonText(const QList<LessonPassage>& passages)
{
    QStringList parts;
    for (const LessonPassage& passage : passages) {
        parts.append(opening + passage.id + QStringLiteral("] ") + passage.title.simplified() + QLatin1Char('\n') + passage.body.trimmed());
    }
    return parts.join(QStringLiteral("\n\n"));
}

QList<LessonPassage> passagesOf(const QString& lesson)
{
    static const QRegularExpression mark(QStringLiteral("^\\[LESSON/([^\\]\\s]+)\\] ?(.*)$"), QRegularExpression::MultilineOption);
    QList<LessonPassage> passages;
    qsizetype from = 0;
    auto found = mark.globalMatch(lesson);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        if (!passages.isEmpty()) {
            passages.last().body = lesson.mid(from, match.capturedStart() - from).trimmed();
        }
        passages.append({match.captured(1), match.captured(2).trimmed(), {}});
        from = match.capturedEnd();
    }
    if (!passages.isEmpty()) {
        passages.last().body = lesson.mid(from).trimmed();
    }
    return passages;
}

CitationFilter::CitationFilter(const QList<LessonPassage>& given, const QStringList& cited) : m_given(given), m_cited(cited) { }

QString CitationFilter::feed(const QString& piece)
{
    if (m_given.isEmpty()) {
        return piece;
    }
    QString shown;
    for (const QChar c : piece) {
        if (c == QLatin1Char(']') && m_held.trimmed().startsWith(opening)) {
            shown += numbersOf(std::exchange(m_held, {}));
            continue;
        }
        if (!m_held.isEmpty() && (c == QLatin1Char('\n') || !mayBeMarks(m_held + c))) {
            shown += std::exchange(m_held, {});
        }
        if (!m_held.isEmpty() || c == QLatin1Char(' ') || c == QLatin1Char('[')) {
            m_held += c;
        } else {
            shown += c;
        }
    }
    return shown;
}

QString CitationFilter::end()
{
    return std::exchange(m_held, {});
}

QList<LessonPassage> CitationFilter::takeCited()
{
    return std::exchange(m_new, {});
}

/// `marks` without the closing bracket.
QString CitationFilter::numbersOf(const QString& marks)
{
    static const QRegularExpression divider(QStringLiteral("[\\s,;]+"));
    const QString blank = marks.startsWith(QLatin1Char(' ')) ? QStringLiteral(" ") : QString();
    QString numbers;
    const QStringList ids = marks.trimmed().mid(1).split(divider, Qt::SkipEmptyParts);
    for (const QString& mark : ids) {
        const QString id = mark.section(QLatin1Char('/'), 1);
        const auto note = std::ranges::find(m_given, id, &LessonPassage::id);
        if (note == m_given.end()) {
            continue;
        }
        if (!m_cited.contains(id)) {
            m_cited.append(id);
            m_new.append(*note);
        }
        numbers += QStringLiteral("[%1]").arg(m_cited.indexOf(id) + 1);
    }
    return numbers.isEmpty() ? QString() : blank + numbers;
}

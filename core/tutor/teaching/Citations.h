// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

/// A note of the course that a talk rests on.
struct LessonPassage
{
    QString id; ///< of the item in its pack
    QString title;
    QString body;
    bool operator==(const LessonPassage&) const = default;
};

/// Notes as LearnerCard::lesson: each begins with its mark, "[LESSON/id] title", in a line of its own,
/// by which a tutor cites it.
QString lessonText(const QList<LessonPassage>& passages);
/// Reads them back; words before the first mark belong to none. Total.
QList<LessonPassage> passagesOf(const QString& lesson);

/// Turns the marks that a tutor cites with into numbers, wherever a reply is cut: "[LESSON/id]" becomes
/// "[1]" for a note that the tutor was given. A note that it was not given is no source: its mark goes.
class CitationFilter
{
public:
    CitationFilter() = default;
    /// `cited` are the ids that the reply has cited so far, in the order of their numbers.
    CitationFilter(const QList<LessonPassage>& given, const QStringList& cited);

    /// What may be shown of this piece now.
    QString feed(const QString& piece);
    /// The end of the reply: what was held back and is no mark.
    QString end();
    /// Notes cited for the first time since this was asked last.
    QList<LessonPassage> takeCited();

private:
    QString numbersOf(const QString& marks);

    QList<LessonPassage> m_given;
    QStringList m_cited;
    QList<LessonPassage> m_new;
    QString m_held; ///< a space or the beginning of a mark
};

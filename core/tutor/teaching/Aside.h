// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

/// Separates what a tutor says to the learner from what it hands back to the program: one block of
/// JSON between ```tutor-notes and ```, at the end of the reply. Nothing of the block is ever shown,
/// wherever its bytes are cut; white space before it goes too. A block of ```json is taken for one,
/// because models forget the name and a language tutor has no other use for JSON.
class AsideFilter
{
public:
    /// What may be shown of this piece now.
    QString feed(const QString& piece);
    /// The end of the reply: what was held back and turned out to be text.
    QString end();
    /// What was said aside, as it came. Empty when nothing was.
    const QString& aside() const { return m_aside; }

private:
    void takeLine(const QString& line, bool complete, QString& shown);

    QString m_line; ///< the line that is not complete yet
    QString m_blank; ///< white space that is shown only when something follows it
    QString m_aside;
    bool m_inside = false;
    bool m_passing = false; ///< the current line is known to be text
};

/// The same for a whole reply.
struct SplitReply
{
    QString shown;
    QString aside;
};
SplitReply splitReply(const QString& reply);

/// Total: whatever is not one JSON object with known members is no notes.
QJsonObject notesFrom(const QString& aside);

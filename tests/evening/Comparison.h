// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

/// What one student typed, what their computer holds, and what the school holds.
struct PaperTrail
{
    QString student;
    QJsonObject typed;   ///< item → the payload the student means
    QJsonArray localOps; ///< {op_id, seq, item, kind, body} from the SQLite file
    QJsonArray schoolOps;///< {op_id, seq, item_id, kind, body, branch} from PostgreSQL
};

/// The three sides held against each other, character by character.
struct Comparison
{
    qint64 localOps = 0;
    qint64 schoolOps = 0;
    qint64 lost = 0;       ///< committed on the student's computer, not at the school
    qint64 duplicated = 0; ///< at the school twice, or never typed there
    qint64 mismatched = 0; ///< items whose final answer differs between any two sides
    qint64 charactersCompared = 0;
    QJsonArray differences;
};

/// Pure.
Comparison compare(const PaperTrail& trail);

/// The operations in a profile's SQLite file. Throws std::runtime_error when it cannot be read.
QJsonArray readLocalOps(const QString& databasePath, const QString& attempt);

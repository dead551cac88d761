// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

/// What PostgreSQL said to one statement of a test. Null and "" read alike.
struct PgAnswer
{
    QString sqlState; ///< empty: it worked
    QString message;
    int affected = 0; ///< rows returned or changed
    QList<QStringList> rows;

    bool ok() const { return sqlState.isEmpty(); }
    /// The first column of the first row.
    QString value() const { return rows.isEmpty() ? QString() : rows.first().first(); }
    QJsonObject object() const { return QJsonDocument::fromJson(value().toUtf8()).object(); }
};

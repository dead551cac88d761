// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/Phoenix.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QStringList>

/// One changed row, from a postgres_changes message. Source: supabase-protocol A7. A value type.
struct ChangeEvent
{
    enum class Type { Insert, Update, Delete, Unknown };

    /// A row's columns. JSON holds every number that fits a double or 64 bits exactly; of the others
    /// `exactNumbers` keeps the digits by column.
    struct Row
    {
        QJsonObject values;
        QHash<QString, QString> exactNumbers;

        bool contains(const QString& column) const { return values.contains(column); }
        QJsonValue value(const QString& column) const { return values.value(column); }
        /// The number as it was written, whatever its size; empty when the column holds no number.
        QString numberText(const QString& column) const;
    };
    struct Column
    {
        QString name;
        QString type; ///< pg_type.typname

        bool operator==(const Column&) const = default;
    };

    Type type = Type::Unknown;
    QString typeText;        ///< as received, also when unknown
    QString schema;
    QString table;
    QString commitTimestamp; ///< the server's text; empty when the server sent null
    Row record;              ///< empty on DELETE
    Row oldRecord;           ///< identity columns only, unless the table says otherwise; empty on INSERT
    QList<Column> columns;
    QStringList errors;      ///< such as "Error 413: Payload Too Large"
    QList<qint64> ids;       ///< the channel's bindings that matched

    /// Columns that exist but were not sent (too large, or unchanged and stored apart): fetch the row.
    QStringList missingColumns() const;
};

/// ErrorKind::Protocol, code "change_malformed". Unknown members are ignored.
Result<ChangeEvent> decodeChange(const PhoenixMessage& message);

/// The message a server sends for this change to the members of `topic`.
PhoenixMessage encodeChange(const QString& topic, const ChangeEvent& change);

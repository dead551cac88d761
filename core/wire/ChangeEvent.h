// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/JsonText.h"
#include "wire/Phoenix.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

/// One changed row, from a postgres_changes message. Source: supabase-protocol A7. A value type.
struct ChangeEvent
{
    enum class Type { Insert, Update, Delete, Unknown };

    /// A row's columns, kept as the text they came in: each is converted when it is asked for, and
    /// a number keeps all its digits whatever its size. Of two with one name the last counts.
    class Row
    {
    public:
        Row() = default;
        /// The members of `text`, a JSON object; none when it is malformed.
        explicit Row(const QByteArray& text);
        /// `members` point into `text`.
        Row(QByteArray text, QList<JsonMember> members)
            : m_text(std::move(text)), m_members(std::move(members))
        {
        }

        bool isEmpty() const { return m_members.isEmpty(); }
        bool contains(const QString& column) const { return member(column) != nullptr; }
        /// JSON holds numbers that fit a double or 64 bits; beyond a double it is null.
        QJsonValue value(const QString& column) const;
        /// The number as it was written; empty when the column holds none.
        QString numberText(const QString& column) const;
        QJsonObject values() const;

    private:
        const JsonMember* member(const QString& column) const;

        QByteArray m_text;
        QList<JsonMember> m_members;
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

/// ErrorKind::Protocol, code "change_malformed". Unknown members are ignored. Names are shared through
/// `memory` when there is one.
Result<ChangeEvent> decodeChange(const PhoenixMessage& message, TextMemory* memory = nullptr);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include <optional>

/// A PostgREST request's table, columns, filters and order, encoded for the URL ("+" too, which
/// Qt leaves alone and servers read as a space). Source: supabase-protocol B2. A value type.
///
///     PostgrestQuery(QStringLiteral("attempts")).eq(QStringLiteral("id"), id).limit(1)
class PostgrestQuery
{
public:
    explicit PostgrestQuery(QString table) : m_table(std::move(table)) { }

    /// Columns to return, PostgREST syntax; all when never called.
    PostgrestQuery& select(const QString& columns);
    PostgrestQuery& eq(const QString& column, const QString& value);
    PostgrestQuery& neq(const QString& column, const QString& value);
    PostgrestQuery& gt(const QString& column, const QString& value);
    PostgrestQuery& gte(const QString& column, const QString& value);
    PostgrestQuery& lt(const QString& column, const QString& value);
    PostgrestQuery& lte(const QString& column, const QString& value);
    PostgrestQuery& in(const QString& column, const QStringList& values);
    PostgrestQuery& isNull(const QString& column);
    PostgrestQuery& isNotNull(const QString& column);
    PostgrestQuery& isTrue(const QString& column);
    /// Any operator: `filter("tags", "cs", "{a,b}")`.
    PostgrestQuery& filter(const QString& column, const QString& op, const QString& value);
    /// A logic tree, already in PostgREST syntax: `anyOf("a.eq.1,b.is.null")`.
    PostgrestQuery& anyOf(const QString& conditions);
    PostgrestQuery& orderBy(const QString& column, bool ascending = true);
    PostgrestQuery& limit(qint64 rows);
    PostgrestQuery& offset(qint64 rows);
    /// The unique columns an upsert merges on.
    PostgrestQuery& onConflict(const QString& columns);

    const QString& table() const { return m_table; }
    bool hasFilter() const { return m_filtered; }
    /// "table?select=…&id=eq.…", ASCII, relative to the REST address.
    QByteArray pathAndQuery() const;

    /// A value for use inside `in` lists and logic trees, quoted when it must be.
    static QString quoted(const QString& value);
    /// Percent-encodes everything but RFC 3986 unreserved characters.
    static QByteArray encoded(const QString& text);

private:
    QString m_table;
    QList<QPair<QString, QString>> m_parameters;
    QStringList m_order;
    bool m_filtered = false;
};

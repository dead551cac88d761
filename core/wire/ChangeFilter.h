// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "wire/ChangeEvent.h"

#include <QList>
#include <QString>
#include <QStringList>

/// Which row changes to send: conditions that must all hold, in the grammar of postgres_changes
/// (`column=[not.]op.value`, joined by commas). Servers compare INSERT and UPDATE by the new row, so
/// a row that leaves the filter is not reported; DELETE by the identity columns only, so a condition
/// on any other column never lets a DELETE through. Servers before mid-2026 know one condition of
/// eq, neq, lt, lte, gt, gte, in. Source: supabase-protocol A8. A value type.
///
///     ChangeFilter().eq("course_id", id).notEqual("state", "draft").text()
class ChangeFilter
{
public:
    enum class Op { Eq, Neq, Lt, Lte, Gt, Gte, In, Like, ILike, Is, Match, IMatch, IsDistinct };

    struct Condition
    {
        QString column;
        Op op = Op::Eq;
        bool negated = false;
        QString value;      ///< unquoted
        QStringList values; ///< of In

        bool operator==(const Condition&) const = default;
    };

    /// The server takes at most this many values in one `in`.
    static constexpr qsizetype LargestList = 100;

    ChangeFilter& where(const QString& column, Op op, const QString& value, bool negated = false);
    ChangeFilter& eq(const QString& column, const QString& value) { return where(column, Op::Eq, value); }
    ChangeFilter& notEqual(const QString& column, const QString& value) { return where(column, Op::Neq, value); }
    ChangeFilter& in(const QString& column, const QStringList& values);

    const QList<Condition>& conditions() const { return m_conditions; }
    bool isEmpty() const { return m_conditions.isEmpty(); }
    /// True when every server understands it.
    bool isClassic() const;
    /// The first condition every server understands; empty when there is none.
    ChangeFilter classicPart() const;
    QString text() const;

    /// ErrorKind::Invalid, code "filter_invalid". An empty text is an empty filter.
    static Result<ChangeFilter> parse(const QString& text);

    /// Whether the server would send this row: every condition true, and null never is unless
    /// `is` or `isdistinct` ask for it. A column that was not sent counts as matching. Text compares
    /// by code point, which a database with another collation may not.
    bool matches(const ChangeEvent::Row& row) const;

    bool operator==(const ChangeFilter&) const = default;

private:
    QList<Condition> m_conditions;
};

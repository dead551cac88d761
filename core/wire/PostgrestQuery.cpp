// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/PostgrestQuery.h"

PostgrestQuery& PostgrestQuery::select(const QString& columns)
{
    m_parameters.append({QStringLiteral("select"), columns});
    return *this;
}

PostgrestQuery& PostgrestQuery::filter(
    const QString& column, const QString& op, const QString& value)
{
    m_parameters.append({column, op + QLatin1Char('.') + value});
    m_filtered = true;
    return *this;
}

PostgrestQuery& PostgrestQuery::eq(const QString& column, const QString& value)
{
    return filter(column, QStringLiteral("eq"), value);
}

PostgrestQuery& PostgrestQuery::neq(const QString& column, const QString& value)
{
    return filter(column, QStringLiteral("neq"), value);
}

PostgrestQuery& PostgrestQuery::gt(const QString& column, const QString& value)
{
    return filter(column, QStringLiteral("gt"), value);
}

PostgrestQuery& PostgrestQuery::gte(const QString& column, const QString& value)
{
    return filter(column, QStringLiteral("gte"), value);
}

PostgrestQuery& PostgrestQuery::lt(const QString& column, const QString& value)
{
    return filter(column, QStringLiteral("lt"), value);
}

PostgrestQuery& PostgrestQuery::lte(const QString& column, const QString& value)
{
    return filter(column, QStringLiteral("lte"), value);
}

PostgrestQuery& PostgrestQuery::in(const QString& column, const QStringList& values)
{
    QStringList items;
    for (const QString& value : values) {
        items.append(quoted(value));
    }
    return filter(column, QStringLiteral("in"),
        QLatin1Char('(') + items.join(QLatin1Char(',')) + QLatin1Char(')'));
}

PostgrestQuery& PostgrestQuery::isNull(const QString& column)
{
    return filter(column, QStringLiteral("is"), QStringLiteral("null"));
}

PostgrestQuery& PostgrestQuery::isNotNull(const QString& column)
{
    return filter(column, QStringLiteral("not.is"), QStringLiteral("null"));
}

PostgrestQuery& PostgrestQuery::isTrue(const QString& column)
{
    return filter(column, QStringLiteral("is"), QStringLiteral("true"));
}

PostgrestQuery& PostgrestQuery::anyOf(const QString& conditions)
{
    m_parameters.append({QStringLiteral("or"), QLatin1Char('(') + conditions + QLatin1Char(')')});
    m_filtered = true;
    return *this;
}

PostgrestQuery& PostgrestQuery::orderBy(const QString& column, bool ascending)
{
    m_order.append(column + (ascending ? QStringLiteral(".asc") : QStringLiteral(".desc")));
    return *this;
}

PostgrestQuery& PostgrestQuery::limit(qint64 rows)
{
    m_parameters.append({QStringLiteral("limit"), QString::number(rows)});
    return *this;
}

PostgrestQuery& PostgrestQuery::offset(qint64 rows)
{
    m_parameters.append({QStringLiteral("offset"), QString::number(rows)});
    return *this;
}

PostgrestQuery& PostgrestQuery::onConflict(const QString& columns)
{
    m_parameters.append({QStringLiteral("on_conflict"), columns});
    return *this;
}

QByteArray PostgrestQuery::pathAndQuery() const
{
    QByteArray text = encoded(m_table);
    char separator = '?';
    const auto add = [&text, &separator](const QString& name, const QString& value) {
        text.append(separator).append(encoded(name)).append('=').append(encoded(value));
        separator = '&';
    };
    for (const auto& [name, value] : m_parameters) {
        add(name, value);
    }
    if (!m_order.isEmpty()) {
        add(QStringLiteral("order"), m_order.join(QLatin1Char(',')));
    }
    return text;
}

QString PostgrestQuery::quoted(const QString& value)
{
    constexpr QLatin1String Reserved(",.:()\"\\{} ");
    bool plain = !value.isEmpty();
    QString escaped;
    for (const QChar c : value) {
        plain = plain && !Reserved.contains(c) && !c.isSpace();
        if (c == QLatin1Char('"') || c == QLatin1Char('\\')) {
            escaped.append(QLatin1Char('\\'));
        }
        escaped.append(c);
    }
    return plain ? value : QLatin1Char('"') + escaped + QLatin1Char('"');
}

QByteArray PostgrestQuery::encoded(const QString& text)
{
    return text.toUtf8().toPercentEncoding();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/ChangeFilter.h"

#include "wire/Json.h"

#include <QRegularExpression>

#include <array>

namespace {

using Op = ChangeFilter::Op;

constexpr std::array<const char*, 13> OpNames{"eq", "neq", "lt", "lte", "gt", "gte", "in", "like",
    "ilike", "is", "match", "imatch", "isdistinct"};

Error invalid(const QString& what)
{
    return {ErrorKind::Invalid, QStringLiteral("filter_invalid"), what, {}};
}

std::optional<Op> opFrom(const QString& name)
{
    for (size_t i = 0; i < OpNames.size(); ++i) {
        if (name == QLatin1String(OpNames[i])) {
            return Op(int(i));
        }
    }
    return std::nullopt;
}

/// Cuts at `separator` where it stands outside quotes and parentheses.
std::optional<QStringList> split(const QString& text, QChar separator)
{
    QStringList parts{QString()};
    int depth = 0;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted && c == QLatin1Char('\\') && i + 1 < text.size()) {
            parts.last().append(c).append(text.at(++i));
            continue;
        }
        if (c == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (!quoted) {
            depth += c == QLatin1Char('(') ? 1 : c == QLatin1Char(')') ? -1 : 0;
        }
        if (c == separator && !quoted && depth == 0) {
            parts.append(QString());
        } else {
            parts.last().append(c);
        }
    }
    return quoted || depth != 0 ? std::nullopt : std::optional(parts);
}

QString unquoted(const QString& text)
{
    if (text.size() < 2 || !text.startsWith(QLatin1Char('"')) || !text.endsWith(QLatin1Char('"'))) {
        return text;
    }
    QString plain;
    for (qsizetype i = 1; i + 1 < text.size(); ++i) {
        if (text.at(i) == QLatin1Char('\\') && i + 2 < text.size()) {
            ++i;
        }
        plain.append(text.at(i));
    }
    return plain;
}

/// Only what the grammar gives a meaning: a dot needs no quotes here, other than in PostgREST lists.
bool hasReserved(const QString& text)
{
    constexpr QLatin1String Reserved(",()\"\\");
    return std::any_of(text.begin(), text.end(), [&](QChar c) { return Reserved.contains(c); });
}

QString quotedValue(const QString& value)
{
    const bool plain = !value.isEmpty() && value.trimmed() == value && !hasReserved(value);
    if (plain) {
        return value;
    }
    QString escaped = value;
    escaped.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    escaped.replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + escaped + QLatin1Char('"');
}

/// A column's value as the text PostgreSQL would compare.
QString textOf(const ChangeEvent::Row& row, const QString& column)
{
    const QJsonValue value = row.value(column);
    if (value.isString()) {
        return value.toString();
    }
    if (value.isDouble()) {
        return row.numberText(column);
    }
    return QString::fromUtf8(toJson(value));
}

std::optional<qint64> integerFrom(const QString& text)
{
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

/// Below zero, zero, above zero; numbers by value, times by instant, everything else by code point.
int compare(bool isNumber, const QString& held, const QString& wanted)
{
    if (isNumber) {
        const auto left = integerFrom(held);
        const auto right = integerFrom(wanted);
        if (left && right) {
            return *left < *right ? -1 : *left > *right ? 1 : 0;
        }
        const double a = held.toDouble();
        const double b = wanted.toDouble();
        return a < b ? -1 : a > b ? 1 : 0;
    }
    const Result<WallTime> left = parseTimestamp(held);
    const Result<WallTime> right = parseTimestamp(wanted);
    if (left.ok() && right.ok()) {
        return *left < *right ? -1 : *left > *right ? 1 : 0;
    }
    return QString::compare(held, wanted);
}

bool sameBoolean(const QString& held, const QString& wanted)
{
    const QString lower = wanted.toLower();
    const bool isTrue = lower == QLatin1String("true") || lower == QLatin1String("t");
    const bool isFalse = lower == QLatin1String("false") || lower == QLatin1String("f");
    return (held == QLatin1String("true") && isTrue) || (held == QLatin1String("false") && isFalse);
}

bool likeMatches(const QString& held, const QString& pattern, bool anyCase)
{
    QString expression;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern.at(i);
        if (c == QLatin1Char('%')) {
            expression += QLatin1String(".*");
        } else if (c == QLatin1Char('_')) {
            expression += QLatin1Char('.');
        } else {
            const bool escape = c == QLatin1Char('\\') && i + 1 < pattern.size();
            expression += QRegularExpression::escape(QString(escape ? pattern.at(++i) : c));
        }
    }
    auto options = QRegularExpression::PatternOptions(QRegularExpression::DotMatchesEverythingOption);
    options.setFlag(QRegularExpression::CaseInsensitiveOption, anyCase);
    const QRegularExpression whole(QRegularExpression::anchoredPattern(expression), options);
    return whole.match(held).hasMatch();
}

bool regexMatches(const QString& held, const QString& pattern, bool anyCase)
{
    const QRegularExpression regex(pattern,
        anyCase ? QRegularExpression::CaseInsensitiveOption : QRegularExpression::NoPatternOption);
    return regex.isValid() && regex.match(held).hasMatch();
}

bool isMatches(const QJsonValue& held, const QString& keyword)
{
    const QString word = keyword.toLower();
    if (word == QLatin1String("true") || word == QLatin1String("false")) {
        return held.isBool() && held.toBool() == (word == QLatin1String("true"));
    }
    return (word == QLatin1String("null") || word == QLatin1String("unknown")) && held.isNull();
}

/// Nothing when the comparison is with null and so neither true nor false.
std::optional<bool> holds(const ChangeFilter::Condition& condition, const ChangeEvent::Row& row)
{
    const QJsonValue held = row.value(condition.column);
    if (condition.op == Op::Is) {
        return isMatches(held, condition.value);
    }
    if (held.isNull()) {
        return condition.op == Op::IsDistinct ? std::optional(true) : std::nullopt;
    }
    const QString text = textOf(row, condition.column);
    const auto equals = [&](const QString& wanted) {
        return held.isBool() ? sameBoolean(text, wanted)
                             : compare(held.isDouble(), text, wanted) == 0;
    };
    const int order = compare(held.isDouble(), text, condition.value);
    switch (condition.op) {
    case Op::Eq:
        return equals(condition.value);
    case Op::Neq:
    case Op::IsDistinct:
        return !equals(condition.value);
    case Op::Lt:
        return order < 0;
    case Op::Lte:
        return order <= 0;
    case Op::Gt:
        return order > 0;
    case Op::Gte:
        return order >= 0;
    case Op::In:
        return std::any_of(condition.values.begin(), condition.values.end(), equals);
    case Op::Like:
    case Op::ILike:
        return likeMatches(text, condition.value, condition.op == Op::ILike);
    case Op::Match:
    case Op::IMatch:
        return regexMatches(text, condition.value, condition.op == Op::IMatch);
    case Op::Is:
        break;
    }
    return std::nullopt;
}

bool isClassicCondition(const ChangeFilter::Condition& condition)
{
    return condition.op <= Op::In && !condition.negated;
}

} // namespace

ChangeFilter& ChangeFilter::where(const QString& column, Op op, const QString& value, bool negated)
{
    m_conditions.append({column, op, negated, value, {}});
    return *this;
}

ChangeFilter& ChangeFilter::in(const QString& column, const QStringList& values)
{
    m_conditions.append({column, Op::In, false, {}, values});
    return *this;
}

bool ChangeFilter::isClassic() const
{
    return m_conditions.isEmpty()
        || (m_conditions.size() == 1 && isClassicCondition(m_conditions.first()));
}

ChangeFilter ChangeFilter::classicPart() const
{
    ChangeFilter part;
    const auto first
        = std::find_if(m_conditions.begin(), m_conditions.end(), isClassicCondition);
    if (first != m_conditions.end()) {
        part.m_conditions.append(*first);
    }
    return part;
}

QString ChangeFilter::text() const
{
    QStringList parts;
    for (const Condition& condition : m_conditions) {
        QString value;
        if (condition.op == Op::In) {
            QStringList values;
            for (const QString& one : condition.values) {
                values.append(quotedValue(one));
            }
            value = QLatin1Char('(') + values.join(QLatin1Char(',')) + QLatin1Char(')');
        } else {
            value = quotedValue(condition.value);
        }
        parts.append(QStringLiteral("%1=%2%3.").arg(condition.column,
                         condition.negated ? QStringLiteral("not.") : QString(),
                         QLatin1String(OpNames[size_t(condition.op)]))
            + value);
    }
    return parts.join(QLatin1Char(','));
}

Result<ChangeFilter> ChangeFilter::parse(const QString& text)
{
    ChangeFilter filter;
    if (text.trimmed().isEmpty()) {
        return filter;
    }
    const auto parts = split(text, QLatin1Char(','));
    if (!parts) {
        return invalid(QStringLiteral("unbalanced quotes or parentheses"));
    }
    for (const QString& part : *parts) {
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        QString rest = part.mid(equals + 1);
        const bool negated = rest.startsWith(QLatin1String("not."));
        rest = negated ? rest.mid(4) : rest;
        const qsizetype dot = rest.indexOf(QLatin1Char('.'));
        const auto op = opFrom(rest.left(dot));
        if (equals <= 0 || dot < 0 || !op) {
            return invalid(part);
        }
        Condition condition{part.left(equals), *op, negated, {}, {}};
        if (hasReserved(condition.column)) {
            return invalid(part); // the grammar has no way to quote a name
        }
        const QString value = rest.mid(dot + 1);
        if (*op != Op::In) {
            condition.value = unquoted(value);
        } else if (value.startsWith(QLatin1Char('(')) && value.endsWith(QLatin1Char(')'))) {
            const QString inside = value.mid(1, value.size() - 2);
            const auto values = split(inside, QLatin1Char(','));
            if (!values || values->size() > LargestList) {
                return invalid(part);
            }
            for (const QString& one : inside.isEmpty() ? QStringList() : *values) {
                condition.values.append(unquoted(one));
            }
        } else {
            return invalid(part);
        }
        filter.m_conditions.append(condition);
    }
    return filter;
}

bool ChangeFilter::matches(const ChangeEvent::Row& row) const
{
    return std::all_of(m_conditions.begin(), m_conditions.end(), [&](const Condition& condition) {
        if (!row.contains(condition.column)) {
            return true;
        }
        const std::optional<bool> held = holds(condition, row);
        return held.has_value() && *held != condition.negated;
    });
}

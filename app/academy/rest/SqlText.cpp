// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/SqlText.h"

#include "academy/rest/RestError.h"

namespace academy {

SqlText SqlText::name(std::string_view name)
{
    if (name.empty() || name.find('\0') != std::string_view::npos) {
        throw RestError::unparsable("a name", "a name is empty or has a null character");
    }
    SqlText sql;
    sql.m_text = quotedIdentifier(name);
    return sql;
}

SqlText SqlText::name(std::string_view schema, std::string_view object)
{
    return name(schema) + "." + name(object);
}

SqlText SqlText::names(const std::vector<std::string>& list)
{
    std::vector<SqlText> parts;
    for (const std::string& entry : list) {
        parts.push_back(name(entry));
    }
    return joined(parts, ", ");
}

SqlText SqlText::number(std::int64_t number)
{
    SqlText sql;
    sql.m_text = std::to_string(number);
    return sql;
}

SqlText SqlText::fromCatalogue(std::string expression)
{
    SqlText sql;
    sql.m_text = std::move(expression);
    return sql;
}

SqlText SqlText::bound(PgParams& params, std::string value)
{
    SqlText sql;
    sql.m_text = params.add(std::move(value));
    return sql;
}

SqlText SqlText::joined(const std::vector<SqlText>& parts, SqlWord between)
{
    SqlText sql;
    for (const SqlText& part : parts) {
        if (!sql.isEmpty()) {
            sql += between;
        }
        sql += part;
    }
    return sql;
}

SqlText& SqlText::operator+=(const SqlText& more)
{
    m_text += more.m_text;
    return *this;
}

SqlText& SqlText::operator+=(SqlWord more)
{
    m_text += more.text;
    return *this;
}

SqlText operator+(SqlText left, const SqlText& right)
{
    left += right;
    return left;
}

SqlText operator+(SqlText left, SqlWord right)
{
    left += right;
    return left;
}

SqlText operator+(SqlWord left, const SqlText& right)
{
    SqlText sql(left);
    sql += right;
    return sql;
}

} // namespace academy

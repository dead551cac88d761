// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/CallWriter.h"

#include "academy/rest/ExpressionWriter.h"
#include "academy/rest/ReadWriter.h"

namespace academy {

namespace {

SqlWord variadic(const Schema::Argument& argument)
{
    return argument.isVariadic ? SqlWord("variadic ") : SqlWord("");
}

/// Bytes as PostgreSQL reads them in text.
std::string hex(const std::string& bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "\\x";
    for (const char c : bytes) {
        text += digits[static_cast<unsigned char>(c) >> 4];
        text += digits[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

} // namespace

/// Arguments as a query string or a form has them; a variadic one may come several times.
SqlText CallWriter::texts(const Query::Pairs& given)
{
    std::vector<SqlText> passed;
    for (const Schema::Argument& argument : m_function.arguments) {
        std::vector<std::string> values;
        for (const auto& [name, value] : given) {
            if (name == argument.name) {
                values.push_back(value);
            }
        }
        if (values.empty()) {
            continue;
        }
        passed.push_back(variadic(argument) + SqlText::name(argument.name) + " := "
            + SqlText::bound(m_params, argument.isVariadic ? arrayLiteral(values) : values.back())
            + "::" + SqlText::fromCatalogue(argument.type));
    }
    return SqlText::joined(passed, ", ");
}

/// The statement that runs the function; `arguments` is where its arguments come from, if from
/// somewhere.
SqlText CallWriter::selected(const SqlText& call, const SqlText& arguments) const
{
    const SqlText from = arguments.isEmpty() ? SqlText() : " from " + arguments;
    if (m_function.returns != Schema::Function::Returns::Composite) {
        return "select " + call + " as \"pgrst_scalar\"" + from;
    }
    SqlText columns("\"academy_result\".*");
    for (const std::string& name : computedColumns(m_plan)) {
        columns += ", \"academy_result\"." + SqlText::name(name) + " as " + SqlText::name(name);
    }
    return "select " + columns + " from "
        + (arguments.isEmpty() ? SqlText() : arguments + " cross join lateral ") + call
        + " as \"academy_result\"";
}

SqlText CallWriter::source(const CallArguments& arguments)
{
    const SqlText name = SqlText::name(m_function.name.schema, m_function.name.name);
    if (arguments.kind == CallArguments::Kind::Raw) {
        const std::string& type = m_function.arguments.front().type;
        const SqlText body
            = SqlText::bound(m_params, type == "bytea" ? hex(arguments.body) : arguments.body);
        return selected(name + "(" + body + "::" + SqlText::fromCatalogue(type) + ")", {});
    }
    if (arguments.kind == CallArguments::Kind::Texts) {
        return selected(name + "(" + texts(arguments.texts) + ")", {});
    }
    std::vector<SqlText> typed;
    std::vector<SqlText> passed;
    for (const Schema::Argument& argument : m_function.arguments) {
        if (arguments.names.contains(argument.name)) {
            const SqlText quoted = SqlText::name(argument.name);
            typed.push_back(quoted + " " + SqlText::fromCatalogue(argument.type));
            passed.push_back(variadic(argument) + quoted + " := \"academy_arguments\"." + quoted);
        }
    }
    const SqlText call = name + "(" + SqlText::joined(passed, ", ") + ")";
    if (typed.empty()) {
        return selected(call, {});
    }
    return selected(call,
        "json_to_record(" + SqlText::bound(m_params, arguments.body)
            + "::json) as \"academy_arguments\"(" + SqlText::joined(typed, ", ") + ")");
}

SqlStatement CallWriter::call(const CallArguments& arguments, Count count)
{
    const SqlText called("\"academy_called\"");
    StatementParts parts;
    parts.prelude = called + " as (" + source(arguments) + ")";
    parts.shape = m_shape;
    parts.stripsNulls = m_stripsNulls;
    ReadWriter reader(m_params, false);
    parts.rows = reader.rows(m_plan, called);
    if (count != Count::None) {
        parts.total = "(select count(*) from (" + reader.counted(m_plan, called)
            + ") as \"academy_counted\")";
    }
    return {wholeStatement(parts).text(), std::move(m_params), {}, {}};
}

} // namespace academy

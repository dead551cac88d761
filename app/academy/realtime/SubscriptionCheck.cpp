// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/SubscriptionCheck.h"

#include "academy/http/Message.h"
#include "academy/realtime/ConfinedReading.h"

#include <algorithm>

namespace academy {
namespace {

constexpr char publishedTables[]
    = "select pg_catalog.to_regclass(quote_ident(schemaname) || '.' || quote_ident(tablename))"
      "::oid::int8 from pg_catalog.pg_publication_tables where pubname = 'supabase_realtime'"
      " and ($1 = '*' or schemaname = $1) and ($2 = '*' or tablename = $2)";
constexpr char columnFacts[]
    = "select atttypid::int8, pg_catalog.format_type(atttypid, null),"
      " pg_catalog.has_column_privilege($3::name, attrelid, attnum, 'SELECT')"
      " from pg_catalog.pg_attribute where attrelid = $1::int8::oid and attname = $2"
      " and attnum > 0 and not attisdropped";

constexpr std::size_t mostListValues = 100;

/// A list of parts as the genuine server prints it: on one line when it fits, otherwise part by
/// part with lines of 80 characters at most.
std::string printed(const std::vector<Condition>& conditions, const auto& partsOf)
{
    constexpr std::size_t lineLength = 80;
    std::string whole;
    std::string broken;
    for (const auto& condition : conditions) {
        const std::vector<std::string> parts = partsOf(condition);
        std::string tuple = "  {";
        std::size_t lineStart = 0;
        std::string single;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string part = parts[i] + (i + 1 < parts.size() ? "," : "}");
            single += (single.empty() ? "{" : " ") + part;
            if (i > 0 && tuple.size() - lineStart + 1 + part.size() > lineLength) {
                tuple += '\n';
                lineStart = tuple.size();
                tuple += "   ";
            } else if (i > 0) {
                tuple += ' ';
            }
            tuple += part;
        }
        whole += (whole.empty() ? "" : ", ") + single;
        broken += (broken.empty() ? "" : ",\n") + tuple;
    }
    return whole.size() + 2 <= lineLength ? '[' + whole + ']' : "[\n" + broken + "\n]";
}

/// The binding as the server's messages show it.
std::string described(const Binding& binding, const std::vector<Condition>& conditions)
{
    const auto partsOf = [](const Condition& condition) {
        std::string value;
        for (const std::string& part : condition.values) {
            value += (value.empty() ? "" : ",") + part;
        }
        if (condition.op == Condition::Operator::In) {
            value = '{' + value + '}';
        }
        return std::vector<std::string>{jsonQuoted(condition.column),
            jsonQuoted(operatorName(condition.op)), jsonQuoted(value),
            condition.negated ? "true" : "false"};
    };
    std::string select = "nil";
    if (binding.select) {
        select = "[";
        for (const std::string& column : *binding.select) {
            select += (select.size() > 1 ? ", " : "") + jsonQuoted(column);
        }
        select += ']';
    }
    return "[event: " + binding.event + ", schema: " + binding.schema + ", table: " + binding.table
        + ", filters: " + printed(conditions, partsOf) + ", select: " + select + ']';
}

/// The state's name where a client is likely to meet it.
std::string stateName(const std::string& sqlState)
{
    if (sqlState == "22P02") {
        return " (invalid_text_representation)";
    }
    if (sqlState == "2201B") {
        return " (invalid_regular_expression)";
    }
    return sqlState == "P0001" ? " (raise_exception)" : std::string();
}

class BindingCheck
{
public:
    BindingCheck(PgConnection& connection, const Binding& binding, const IdentityPtr& identity)
        : m_connection(connection), m_values(connection), m_binding(binding), m_identity(identity)
    {
    }

    std::variant<Subscription, std::string> run()
    {
        auto parsed = parseFilter(m_binding.filter);
        if (auto* error = std::get_if<std::string>(&parsed)) {
            return std::move(*error);
        }
        m_conditions = std::move(std::get<std::vector<Condition>>(parsed));
        const PgResult tables
            = m_connection.run(publishedTables, {m_binding.schema, m_binding.table});
        if (!tables.ok()) {
            return failure("ERROR " + tables.error().sqlState + ' ' + tables.error().message);
        }
        if (tables.rows() == 0) {
            return "Unable to subscribe to changes with given parameters. Please check Realtime is"
                   " enabled for the given connect parameters: "
                + described(m_binding, m_conditions);
        }
        const bool wildcard = m_binding.schema == "*" || m_binding.table == "*";
        if (m_binding.select && wildcard) {
            return failure(raised("select is not allowed for a wildcard subscription"));
        }
        for (int row = 0; row < tables.rows(); ++row) {
            if (auto error = checkTable(std::string(tables.text(row, 0)))) {
                return failure(*error);
            }
        }
        return subscription();
    }

private:
    static std::string raised(const std::string& message)
    {
        return "ERROR P0001 (raise_exception) " + message;
    }
    std::string failure(const std::string& exception) const
    {
        return "Unable to subscribe to changes with given parameters. An exception happened so"
               " please check your connect parameters: "
            + describedAsWritten() + ". Exception: " + exception;
    }
    std::string describedAsWritten() const { return described(m_binding, asWritten()); }
    std::vector<Condition> asWritten() const
    {
        auto parsed = parseFilter(m_binding.filter);
        return std::get<std::vector<Condition>>(std::move(parsed));
    }

    std::optional<std::string> checkTable(const std::string& table)
    {
        for (Condition& condition : m_conditions) {
            if (auto error = checkCondition(table, condition)) {
                return error;
            }
        }
        for (const std::string& column : m_binding.select.value_or(std::vector<std::string>())) {
            const PgResult facts = m_connection.run(columnFacts, {table, column, m_identity->role});
            if (!facts.ok() || facts.rows() != 1 || !facts.truth(0, 2)) {
                return raised("invalid column for select " + column);
            }
        }
        return std::nullopt;
    }

    std::optional<std::string> checkCondition(const std::string& table, Condition& condition)
    {
        const PgResult facts
            = m_connection.run(columnFacts, {table, condition.column, m_identity->role});
        if (!facts.ok() || facts.rows() != 1 || !facts.truth(0, 2)) {
            return raised("invalid column for filter " + condition.column);
        }
        if (condition.values.size() > mostListValues) {
            return raised(
                "too many values for `in` filter. Maximum " + std::to_string(mostListValues));
        }
        condition.type = static_cast<pgoutput::Oid>(facts.number(0, 0));
        condition.sqlType = std::string(facts.text(0, 1));
        switch (condition.op) {
        case Condition::Operator::Is:
            return checkIs(condition);
        case Condition::Operator::Like:
        case Condition::Operator::Ilike:
            return std::nullopt;
        case Condition::Operator::Match:
        case Condition::Operator::Imatch:
            return errorOf(
                m_values.ask(m_identity->role, "select '' ~ $1", {condition.values.front()}));
        default:
            return canonize(condition);
        }
    }

    std::optional<std::string> checkIs(const Condition& condition) const
    {
        const std::string& word = condition.values.front();
        const bool isBoolean = condition.type == 16;
        if (word == "null"
            || (isBoolean && (word == "true" || word == "false" || word == "unknown"))) {
            return std::nullopt;
        }
        return raised("invalid value for is filter " + word);
    }

    std::optional<std::string> canonize(Condition& condition)
    {
        for (std::string& value : condition.values) {
            const PgResult canonical = m_values.ask(
                m_identity->role, "select ($1::text::" + condition.sqlType + ")::text", {value});
            if (auto error = errorOf(canonical)) {
                return error;
            }
            // The log spells booleans t and f.
            value = condition.type == 16 ? std::string(canonical.text(0, 0).substr(0, 1))
                                         : std::string(canonical.text(0, 0));
        }
        return std::nullopt;
    }

    static std::optional<std::string> errorOf(const PgResult& result)
    {
        if (result.ok()) {
            return std::nullopt;
        }
        return "ERROR " + result.error().sqlState + stateName(result.error().sqlState) + ' '
            + result.error().message;
    }

    Subscription subscription() const
    {
        Subscription subscription;
        subscription.binding = m_binding.id;
        subscription.event = m_binding.event;
        subscription.schema = m_binding.schema;
        subscription.table = m_binding.table;
        subscription.conditions = m_conditions;
        Audience audience{m_identity->role, m_identity->claims, m_identity->subject, std::nullopt};
        if (m_binding.select) {
            audience.select.emplace(m_binding.select->begin(), m_binding.select->end());
        }
        subscription.audience = std::make_shared<const Audience>(std::move(audience));
        return subscription;
    }

    PgConnection& m_connection;
    ConfinedReading m_values; ///< tried as who will listen
    const Binding& m_binding;
    const IdentityPtr& m_identity;
    std::vector<Condition> m_conditions;
};

} // namespace

std::variant<std::vector<Subscription>, std::string> checkBindings(
    PgConnection& connection, const std::vector<Binding>& bindings, const IdentityPtr& identity)
{
    std::vector<Subscription> subscriptions;
    for (const Binding& binding : bindings) {
        auto checked = BindingCheck(connection, binding, identity).run();
        if (auto* error = std::get_if<std::string>(&checked)) {
            return std::move(*error);
        }
        subscriptions.push_back(std::move(std::get<Subscription>(checked)));
    }
    return subscriptions;
}

} // namespace academy

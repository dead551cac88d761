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
    = "select atttypid::int8, pg_catalog.format_type(atttypid, -1),"
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
    if (sqlState == "57014") {
        return " (query_canceled)";
    }
    return sqlState == "P0001" ? " (raise_exception)" : std::string();
}

std::string exceptionText(const std::string& sqlState, const std::string& message)
{
    return "ERROR " + sqlState + stateName(sqlState) + ' ' + message;
}

std::string raised(const std::string& message)
{
    return exceptionText("P0001", message);
}

/// What a client hears that asked for something impossible.
std::string failure(const Binding& binding, const std::string& exception)
{
    auto asWritten = parseFilter(binding.filter);
    return "Unable to subscribe to changes with given parameters. An exception happened so"
           " please check your connect parameters: "
        + described(binding, std::get<std::vector<Condition>>(std::move(asWritten)))
        + ". Exception: " + exception;
}

/// One binding: first what the catalogue knows of it, then what only its values can say.
class BindingCheck
{
public:
    BindingCheck(const Binding& binding, const IdentityPtr& identity)
        : m_binding(binding), m_identity(identity)
    {
    }

    /// False when the catalogue refuses it. Why is said by test(), after what comes before it.
    bool learn(PgConnection& connection)
    {
        auto parsed = parseFilter(m_binding.filter);
        if (auto* error = std::get_if<std::string>(&parsed)) {
            m_refusal = std::move(*error);
            return false;
        }
        m_conditions = std::move(std::get<std::vector<Condition>>(parsed));
        const PgResult tables
            = connection.run(publishedTables, {m_binding.schema, m_binding.table});
        if (!tables.ok()) {
            m_refusal = failure(
                m_binding, "ERROR " + tables.error().sqlState + ' ' + tables.error().message);
        } else if (tables.rows() == 0) {
            m_refusal = "Unable to subscribe to changes with given parameters. Please check"
                        " Realtime is enabled for the given connect parameters: "
                + described(m_binding, m_conditions);
        } else if (m_binding.select && (m_binding.schema == "*" || m_binding.table == "*")) {
            m_refusal
                = failure(m_binding, raised("select is not allowed for a wildcard subscription"));
        }
        for (int row = 0; m_refusal.empty() && row < tables.rows(); ++row) {
            learnTable(connection, std::string(tables.text(row, 0)));
        }
        return m_refusal.empty();
    }

    /// Tries the values as who will listen. Why the binding is refused, or nothing.
    std::optional<std::string> test(ConfinedReading& database, ReadingTime& time)
    {
        for (const Trial& trial : m_trials) {
            Condition& condition = m_conditions[trial.condition];
            condition.type = trial.type;
            condition.sqlType = trial.sqlType;
            if (const auto error = tried(database, time, condition)) {
                return failure(m_binding, *error);
            }
        }
        return m_refusal.empty() ? std::nullopt : std::optional(m_refusal);
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

private:
    /// A condition at a column of one of the tables.
    struct Trial
    {
        std::size_t condition = 0;
        pgoutput::Oid type = 0;
        std::string sqlType;
    };

    void learnTable(PgConnection& connection, const std::string& table)
    {
        const auto refuse
            = [this](const std::string& why) { m_refusal = failure(m_binding, raised(why)); };
        const auto factsOf = [&](const std::string& column) {
            PgResult facts = connection.run(columnFacts, {table, column, m_identity->role});
            const bool isReadable = facts.ok() && facts.rows() == 1 && facts.truth(0, 2);
            return isReadable ? std::optional(std::move(facts)) : std::nullopt;
        };
        for (std::size_t i = 0; i < m_conditions.size(); ++i) {
            const Condition& condition = m_conditions[i];
            const auto facts = factsOf(condition.column);
            if (!facts) {
                return refuse("invalid column for filter " + condition.column);
            }
            if (condition.values.size() > mostListValues) {
                return refuse(
                    "too many values for `in` filter. Maximum " + std::to_string(mostListValues));
            }
            m_trials.push_back({i, static_cast<pgoutput::Oid>(facts->number(0, 0)),
                std::string(facts->text(0, 1))});
        }
        for (const std::string& column : m_binding.select.value_or(std::vector<std::string>())) {
            if (!factsOf(column)) {
                return refuse("invalid column for select " + column);
            }
        }
    }

    std::optional<std::string> tried(
        ConfinedReading& database, ReadingTime& time, Condition& condition) const
    {
        switch (condition.op) {
        case Condition::Operator::Is:
            return checkIs(condition);
        case Condition::Operator::Like:
        case Condition::Operator::Ilike:
            return std::nullopt;
        case Condition::Operator::Match:
        case Condition::Operator::Imatch:
            return errorOf(
                database.ask(time, m_identity->role, "select '' ~ $1", {condition.values.front()}));
        default:
            return canonize(database, time, condition);
        }
    }

    static std::optional<std::string> checkIs(const Condition& condition)
    {
        const std::string& word = condition.values.front();
        const bool isBoolean = condition.type == 16;
        if (word == "null"
            || (isBoolean && (word == "true" || word == "false" || word == "unknown"))) {
            return std::nullopt;
        }
        return raised("invalid value for is filter " + word);
    }

    std::optional<std::string> canonize(
        ConfinedReading& database, ReadingTime& time, Condition& condition) const
    {
        for (std::string& value : condition.values) {
            const PgResult canonical = database.ask(time, m_identity->role,
                "select ($1::text::" + condition.sqlType + ")::text", {value});
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
        return result.ok()
            ? std::nullopt
            : std::optional(exceptionText(result.error().sqlState, result.error().message));
    }

    const Binding& m_binding;
    const IdentityPtr& m_identity;
    std::vector<Condition> m_conditions;
    std::vector<Trial> m_trials;
    std::string m_refusal; ///< of the catalogue
};

} // namespace

std::variant<std::vector<Subscription>, std::string> checkBindings(
    PgConnection& connection, const std::vector<Binding>& bindings, const IdentityPtr& identity)
{
    // All that the catalogue knows is asked before a transaction becomes the reader's.
    std::vector<BindingCheck> checks;
    for (const Binding& binding : bindings) {
        if (!checks.emplace_back(binding, identity).learn(connection)) {
            break;
        }
    }
    std::vector<Subscription> subscriptions;
    ConfinedReading database(connection);
    ReadingTime time;
    for (BindingCheck& check : checks) {
        if (auto error = check.test(database, time)) {
            return std::move(*error);
        }
        subscriptions.push_back(check.subscription());
    }
    return subscriptions;
}

std::string timedOut(const Binding& binding)
{
    return failure(binding, exceptionText("57014", "canceling statement due to statement timeout"));
}

} // namespace academy

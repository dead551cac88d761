// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Visibility.h"

#include "base/Log.h"

#include <libpq-fe.h>

#include <algorithm>
#include <functional>
#include <map>
#include <span>
#include <tuple>
#include <utility>

namespace academy {
namespace {

/// Role and claims of an identity that outlives it: everybody with the same sees the same rows.
using Reader = std::pair<std::string_view, std::string_view>;

Reader readerOf(const Subscription& subscription)
{
    return {subscription.identity->role, subscription.identity->claims};
}

const pgoutput::Cell* cellOf(const Change& change, const std::string& name)
{
    const auto& columns = change.relation->columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) {
            return &change.cell(i);
        }
    }
    return nullptr;
}

bool holdsInDatabase(
    PgConnection& connection, const Condition& condition, const pgoutput::Cell& cell)
{
    PgParams params;
    params.add(cell.text);
    for (const std::string& value : condition.values) {
        params.add(value);
    }
    const PgResult result = connection.run("select " + conditionSql(condition), params);
    return result.ok() && result.rows() == 1 && result.truth(0, 0);
}

/// Settles the conditions that could not be decided without the database.
bool passesFilter(PgConnection& connection, const Subscription& subscription, const Change& change)
{
    return std::all_of(subscription.conditions.begin(), subscription.conditions.end(),
        [&](const Condition& condition) {
            const pgoutput::Cell* const cell = cellOf(change, condition.column);
            if (cell == nullptr) {
                return false;
            }
            const Verdict verdict = evaluate(condition, *cell);
            return verdict == Verdict::AskDatabase ? holdsInDatabase(connection, condition, *cell)
                                                   : verdict == Verdict::Yes;
        });
}

/// Looks for one row. The statement is prepared once per connection: planning a table's policies
/// costs more than asking them.
struct RowLook
{
    std::string prepare;
    std::string execute; ///< empty when the row cannot be named
};

RowLook rowLook(PgConnection& connection, const Change& change, const TableFacts& facts)
{
    std::string types;
    std::string values;
    std::string where;
    for (std::size_t i = 0; i < facts.primaryKey.size(); ++i) {
        const TableFacts::KeyColumn& key = facts.primaryKey[i];
        const pgoutput::Cell* const cell = cellOf(change, key.name);
        if (cell == nullptr) {
            return {};
        }
        const char* const comma = i == 0 ? "" : ", ";
        types += comma + key.sqlType;
        values += comma + connection.quotedLiteral(cell->text);
        where += (i == 0 ? "" : " and ") + quotedIdentifier(key.name) + " = $" + std::to_string(i + 1);
    }
    const std::string text = '(' + types + ") as select 1 from "
        + quotedIdentifier(change.relation->schema) + '.' + quotedIdentifier(change.relation->table)
        + " where " + where + " limit 1";
    const std::string name = "academy_look_" + std::to_string(std::hash<std::string>()(text));
    return {"prepare " + name + text, "execute " + name + '(' + values + ");"};
}

std::string becomeSql(PgConnection& connection, const Reader& reader, const std::string& subject)
{
    const auto setting = [&connection](const char* name, std::string_view value) {
        return std::string("set_config('") + name + "', " + connection.quotedLiteral(value)
            + ", true)";
    };
    return "select " + setting("role", reader.first) + ", "
        + setting("request.jwt.claims", reader.second) + ", "
        + setting("request.jwt.claim.sub", subject) + ", "
        + setting("request.jwt.claim.role", reader.first) + ';';
}

struct ReaderCheck
{
    Reader reader;
    std::string subject;
    bool sees = false;
};

/// The SQLSTATE of what went wrong, or nothing.
std::optional<std::string> tryLook(
    PgConnection& connection, const RowLook& row, std::span<ReaderCheck> checks)
{
    std::string sql = "begin read only; set local statement_timeout = '5s';";
    for (const ReaderCheck& check : checks) {
        sql += becomeSql(connection, check.reader, check.subject) + row.execute;
    }
    sql += "rollback;";
    PGconn* const pg = connection.native();
    if (pg == nullptr || PQsendQuery(pg, sql.c_str()) != 1) {
        return "08006";
    }
    std::optional<std::string> failed;
    std::size_t selects = 0;
    while (PGresult* const result = PQgetResult(pg)) {
        const ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_TUPLES_OK) {
            // Each reader answers twice: its settings, then the row.
            if (selects % 2 == 1 && selects / 2 < checks.size()) {
                checks[selects / 2].sees = PQntuples(result) > 0;
            }
            ++selects;
        } else if (status != PGRES_COMMAND_OK) {
            const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
            failed = state == nullptr ? "08006" : state;
        }
        PQclear(result);
    }
    if (failed) {
        const PgResult ended = connection.run("rollback");
        static_cast<void>(ended);
    }
    return failed;
}

/// Looks at the row as each of the readers, in one round trip; false when a policy failed.
bool look(PgConnection& connection, const RowLook& row, std::span<ReaderCheck> checks)
{
    constexpr std::string_view isUnknownStatement = "26000";
    auto failed = tryLook(connection, row, checks);
    if (failed == isUnknownStatement && connection.run(row.prepare).ok()) {
        failed = tryLook(connection, row, checks);
    }
    return !failed;
}

/// Who among the readers sees the row as it is now.
std::map<Reader, bool> readersWhoSee(PgConnection& connection, const Change& change,
    const TableFacts& facts, const std::vector<SubscriptionPtr>& subscriptions,
    RealtimeMetrics& metrics)
{
    std::map<Reader, bool> sees;
    std::vector<ReaderCheck> checks;
    for (const SubscriptionPtr& subscription : subscriptions) {
        if (sees.emplace(readerOf(*subscription), false).second) {
            checks.push_back({readerOf(*subscription), subscription->identity->subject});
        }
    }
    const RowLook row = rowLook(connection, change, facts);
    if (row.execute.empty()) {
        return sees;
    }
    metrics.visibilityQueries += checks.size();
    if (!look(connection, row, checks)) {
        // One reader's failing policy must not hide the row from the others.
        for (ReaderCheck& check : checks) {
            check.sees = false;
            if (!look(connection, row, {&check, 1})) {
                check.sees = false;
                qCDebug(lcAcademy, "A policy on %s failed for role %s",
                    change.relation->table.c_str(), std::string(check.reader.first).c_str());
            }
        }
    }
    for (const ReaderCheck& check : checks) {
        sees[check.reader] = check.sees;
    }
    return sees;
}

/// Collects the bindings of each channel that get the same data, in the order of the bindings.
/// Keeps pointers to the texts it is given.
class Envelopes
{
public:
    void add(std::uint64_t channel, const std::string& data, std::int64_t binding)
    {
        const auto [place, isNew] = m_places.emplace(std::pair(channel, &data), m_all.size());
        if (isNew) {
            m_all.push_back({channel, &data, std::to_string(binding)});
        } else {
            m_all[place->second].ids += ',' + std::to_string(binding);
        }
    }
    std::vector<ChangeDelivery> take() const
    {
        std::map<std::pair<const std::string*, std::string_view>, std::shared_ptr<const std::string>>
            payloads;
        std::vector<ChangeDelivery> deliveries;
        deliveries.reserve(m_all.size());
        for (const Entry& entry : m_all) {
            auto& payload = payloads[{entry.data, entry.ids}];
            if (!payload) {
                payload = std::make_shared<const std::string>(
                    "{\"data\":" + *entry.data + ",\"ids\":[" + entry.ids + "]}");
            }
            deliveries.push_back({entry.channel, payload});
        }
        return deliveries;
    }

private:
    struct Entry
    {
        std::uint64_t channel;
        const std::string* data;
        std::string ids;
    };
    std::vector<Entry> m_all;
    std::map<std::pair<std::uint64_t, const std::string*>, std::size_t> m_places;
};

} // namespace

std::optional<std::vector<ChangeDelivery>> visibleChanges(PgConnection& connection,
    TableCatalog& catalog, const Change& change, const std::vector<SubscriptionPtr>& candidates,
    std::size_t recordBytes, RealtimeMetrics& metrics)
{
    const auto types = catalog.types(connection, change.relation->columns);
    const auto facts = catalog.facts(connection, change.relation->oid);
    if (!connection.isOpen()) {
        return std::nullopt;
    }
    if (!types || !facts) {
        return std::vector<ChangeDelivery>();
    }
    const bool isDelete = change.kind == Change::Kind::Delete;
    Envelopes envelopes;
    // Data texts are shared by everybody who sees the same columns.
    std::map<std::tuple<std::string, bool, std::set<std::string>>, std::string> texts;
    const std::string noKey = changeRefusal(change, "Error 400: Bad Request, no primary key");
    const std::string unauthorized = changeRefusal(change, "Error 401: Unauthorized");

    if (!isDelete && facts->primaryKey.empty()) {
        for (const SubscriptionPtr& subscription : candidates) {
            envelopes.add(subscription->channel, noKey, subscription->binding);
        }
        return envelopes.take();
    }
    std::vector<SubscriptionPtr> matching;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(matching),
        [&](const SubscriptionPtr& subscription) {
            return passesFilter(connection, *subscription, change);
        });
    std::map<Reader, bool> sees;
    const bool checked = facts->rowSecurity && !isDelete;
    if (checked && !matching.empty()) {
        sees = readersWhoSee(connection, change, *facts, matching, metrics);
    }
    for (const SubscriptionPtr& subscription : matching) {
        const std::string& role = subscription->identity->role;
        const auto readable = catalog.readable(connection, change.relation->oid, role);
        if (!readable) {
            continue;
        }
        const bool keyReadable = std::all_of(facts->primaryKey.begin(), facts->primaryKey.end(),
            [&readable](const auto& key) { return readable->contains(key.name); });
        if (!isDelete && !keyReadable) {
            envelopes.add(subscription->channel, unauthorized, subscription->binding);
            continue;
        }
        if (checked && !sees[readerOf(*subscription)]) {
            continue;
        }
        const auto& select = subscription->select;
        auto& text = texts[{role, select.has_value(), select.value_or(std::set<std::string>())}];
        if (text.empty()) {
            text = changeData(
                change, {*facts, *types, *readable, select ? &*select : nullptr, recordBytes});
        }
        envelopes.add(subscription->channel, text, subscription->binding);
    }
    if (!connection.isOpen()) {
        return std::nullopt;
    }
    return envelopes.take();
}

} // namespace academy

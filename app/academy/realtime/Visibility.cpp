// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Visibility.h"

#include "academy/realtime/ConfinedReading.h"

#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace academy {
namespace {

using namespace std::chrono_literals;

/// How long rows are looked at one by one after something went wrong with all of them.
constexpr auto longestSearch = 5s;

/// Role and claims of an audience that outlives it: everybody with the same sees the same rows.
using Reader = std::pair<std::string_view, std::string_view>;

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

/// Whether a failure says nothing about the row: the database was busy, slow, away or without the
/// statement. Any other is a policy's or condition's own.
bool isNoAnswer(std::string_view sqlState)
{
    static constexpr std::string_view classes[] = {"08", "26", "40", "53", "55", "57", "58", "XX"};
    return std::find(std::begin(classes), std::end(classes), sqlState.substr(0, 2))
        != std::end(classes);
}

Verdict askDatabase(ConfinedReading& database, const std::string& role, const Condition& condition,
    const pgoutput::Cell& cell)
{
    PgParams params;
    params.add(cell.text);
    for (const std::string& value : condition.values) {
        params.add(value);
    }
    const PgResult result = database.ask(role, "select " + conditionSql(condition), params);
    if (!result.ok()) {
        return isNoAnswer(result.error().sqlState) ? Verdict::AskDatabase : Verdict::No;
    }
    return result.rows() == 1 && result.truth(0, 0) ? Verdict::Yes : Verdict::No;
}

/// Settles the conditions that could not be decided without the database; what it did not answer
/// stays to be asked.
Verdict filterVerdict(
    ConfinedReading& database, const Subscription& subscription, const Change& change)
{
    Verdict all = Verdict::Yes;
    for (const Condition& condition : subscription.conditions) {
        const pgoutput::Cell* const cell = cellOf(change, condition.column);
        if (cell == nullptr) {
            return Verdict::No;
        }
        Verdict one = evaluate(condition, *cell);
        if (one == Verdict::AskDatabase) {
            one = askDatabase(database, subscription.audience->role, condition, *cell);
        }
        if (one == Verdict::No) {
            return one;
        }
        if (one == Verdict::AskDatabase) {
            all = one;
        }
    }
    return all;
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
        where += (i == 0 ? "" : " and ") + quotedIdentifier(key.name) + " = $"
            + std::to_string(i + 1);
    }
    const std::string text = '(' + types + ") as select 1 from "
        + quotedIdentifier(change.relation->schema) + '.' + quotedIdentifier(change.relation->table)
        + " where " + where + " limit 1";
    const std::string name = "academy_look_" + std::to_string(std::hash<std::string>()(text));
    return {"prepare " + name + text, "execute " + name + '(' + values + ");"};
}

/// Makes the transaction a reader's: role, claims, subject.
constexpr std::string_view prepareBecoming
    = "prepare academy_become(text, text, text) as select set_config('role', $1, true),"
      " set_config('request.jwt.claims', $2, true), set_config('request.jwt.claim.sub', $3, true),"
      " set_config('request.jwt.claim.role', $1, true)";

std::string becomeSql(PgConnection& connection, const Reader& reader, std::string_view subject)
{
    return "execute academy_become(" + connection.quotedLiteral(reader.first) + ", "
        + connection.quotedLiteral(reader.second) + ", " + connection.quotedLiteral(subject) + ");";
}

/// Whether a reader sees a row.
struct Look
{
    const RowLook* row = nullptr;
    bool sees = false;
    bool isUnanswered = false;
};

/// All rows that are looked at as one reader.
struct ReaderLooks
{
    Reader reader;
    std::string_view subject;
    std::vector<Look> looks;
};

/// The SQLSTATE of what went wrong, or nothing.
std::optional<std::string> tryLooks(PgConnection& connection, std::span<ReaderLooks> readers)
{
    std::string sql = "begin read only; set local statement_timeout = '5s';";
    // What each result that has rows is about: nothing for the reader's settings.
    std::vector<Look*> answers;
    for (ReaderLooks& reader : readers) {
        sql += becomeSql(connection, reader.reader, reader.subject);
        answers.push_back(nullptr);
        for (Look& look : reader.looks) {
            sql += look.row->execute;
            answers.push_back(&look);
        }
    }
    sql += "rollback;";
    PGconn* const pg = connection.native();
    if (pg == nullptr || PQsendQuery(pg, sql.c_str()) != 1) {
        return "08006";
    }
    std::optional<std::string> failed;
    std::size_t answered = 0;
    while (PGresult* const result = PQgetResult(pg)) {
        const ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_TUPLES_OK) {
            if (Look* const look = answers[answered++]) {
                look->sees = PQntuples(result) > 0;
            }
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

/// Looks at every row as each of its readers, in one round trip. The SQLSTATE of what went wrong,
/// or nothing.
std::optional<std::string> lookAt(PgConnection& connection, std::span<ReaderLooks> readers)
{
    constexpr std::string_view isUnknownStatement = "26000";
    constexpr std::string_view isKnownStatement = "42P05";
    auto failed = tryLooks(connection, readers);
    if (failed == isUnknownStatement) {
        std::set<std::string_view> statements{prepareBecoming};
        for (const ReaderLooks& reader : readers) {
            for (const Look& look : reader.looks) {
                statements.insert(look.row->prepare);
            }
        }
        for (const std::string_view statement : statements) {
            const PgResult prepared = connection.run(std::string(statement));
            if (!prepared.ok() && prepared.error().sqlState != isKnownStatement) {
                return prepared.error().sqlState;
            }
        }
        failed = tryLooks(connection, readers);
    }
    return failed;
}

/// Which rows each reader sees as they are now.
void look(PgConnection& connection, std::span<ReaderLooks> readers, RealtimeMetrics& metrics)
{
    std::size_t looks = 0;
    for (const ReaderLooks& reader : readers) {
        looks += reader.looks.size();
    }
    metrics.visibilityQueries += looks;
    if (looks == 0 || !lookAt(connection, readers)) {
        return;
    }
    // A policy that fails for one reader or row must not hide others.
    const auto end = std::chrono::steady_clock::now() + longestSearch;
    for (ReaderLooks& reader : readers) {
        for (Look& look : reader.looks) {
            if (!connection.isOpen() || std::chrono::steady_clock::now() > end) {
                look.isUnanswered = true;
                continue;
            }
            ReaderLooks alone{reader.reader, reader.subject, {{look.row}}};
            const auto failed = lookAt(connection, {&alone, 1});
            look.sees = !failed && alone.looks.front().sees;
            look.isUnanswered = failed && isNoAnswer(*failed);
        }
    }
}

/// Collects the bindings of each channel that get the same data, in the order of the bindings.
/// Keeps pointers to the texts it is given.
class Envelopes
{
public:
    explicit Envelopes(std::size_t most)
    {
        m_all.reserve(most);
        m_places.reserve(most);
    }
    void add(std::uint64_t channel, const std::string& data, std::int64_t binding)
    {
        const auto [place, isNew] = m_places.try_emplace({channel, &data}, m_all.size());
        if (isNew) {
            m_all.push_back({channel, &data, std::to_string(binding)});
        } else {
            m_all[place->second].ids += ',' + std::to_string(binding);
        }
    }
    std::vector<ChangeDelivery> take() const
    {
        std::map<std::pair<const std::string*, std::string_view>,
            std::shared_ptr<const std::string>>
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
    using Place = std::pair<std::uint64_t, const std::string*>;
    struct PlaceHash
    {
        std::size_t operator()(const Place& place) const
        {
            return std::hash<std::uint64_t>()(place.first) * 31
                + std::hash<const std::string*>()(place.second);
        }
    };
    std::vector<Entry> m_all;
    std::unordered_map<Place, std::size_t, PlaceHash> m_places;
};

/// One change on its way to those who may see it. What can be said of a whole audience is said
/// once, however many are in it.
class Judgement
{
public:
    Judgement(PgConnection& connection, TableCatalog& catalog, const Question& question)
        : m_change(*question.change),
          m_types(catalog.types(connection, m_change.relation->columns)),
          m_facts(catalog.facts(connection, m_change.relation->oid))
    {
        if (!m_types || !m_facts) {
            for (const SubscriptionPtr& subscription : question.candidates) {
                m_missed.push_back({subscription->channel, nullptr});
            }
            m_isFinal = false;
            return;
        }
        if (!m_facts->exists) {
            return;
        }
        m_isDelete = m_change.kind == Change::Kind::Delete;
        m_isShown = m_isDelete || !m_facts->primaryKey.empty();
        matchFilters(connection, question.candidates);
        for (View& view : m_views) {
            view.readable
                = catalog.readable(connection, m_change.relation->oid, view.audience->role);
            view.isKeyReadable = view.readable
                && std::all_of(m_facts->primaryKey.begin(), m_facts->primaryKey.end(),
                    [&view](const auto& key) { return view.readable->contains(key.name); });
        }
        if (m_isShown && m_facts->rowSecurity && !m_isDelete) {
            m_row = rowLook(connection, m_change, *m_facts);
            m_isChecked = true;
        }
    }

    /// Adds the looks that are needed to those of others.
    void ask(std::map<Reader, std::size_t>& places, std::vector<ReaderLooks>& readers)
    {
        for (View& view : m_views) {
            if (!m_isChecked || m_row.execute.empty() || !view.isKeyReadable) {
                continue;
            }
            const Reader reader(view.audience->role, view.audience->claims);
            const auto [known, isNew] = places.try_emplace(reader, readers.size());
            if (isNew) {
                readers.push_back({reader, view.audience->subject, {}});
            }
            view.reader = known->second;
            std::vector<Look>& looks = readers[view.reader].looks;
            // An audience with another choice of columns may have asked already.
            if (looks.empty() || looks.back().row != &m_row) {
                looks.push_back({&m_row});
            }
            view.look = looks.size() - 1;
            view.isAsked = true;
        }
    }

    std::vector<ChangeDelivery> deliveries(
        const std::vector<ReaderLooks>& readers, std::size_t recordBytes)
    {
        Envelopes envelopes(m_matching.size());
        const std::string noKey = changeRefusal(m_change, "Error 400: Bad Request, no primary key");
        const std::string unauthorized = changeRefusal(m_change, "Error 401: Unauthorized");
        // Data texts are shared by everybody who sees the same columns.
        std::map<std::pair<std::string_view, const std::optional<std::set<std::string>>*>,
            std::string, ByColumns>
            texts;
        for (View& view : m_views) {
            if (!m_isShown) {
                view.data = &noKey;
            } else if (!view.readable) {
                view.isMissed = true;
            } else if (!m_isDelete && !view.isKeyReadable) {
                view.data = &unauthorized;
            } else if (m_isChecked && !view.isAsked) {
                view.data = &noKey;
            } else if (m_isChecked && readers[view.reader].looks[view.look].isUnanswered) {
                view.isMissed = true;
            } else if (!m_isChecked || readers[view.reader].looks[view.look].sees) {
                const auto& select = view.audience->select;
                std::string& text = texts[{view.audience->role, &select}];
                if (text.empty()) {
                    text = changeData(m_change,
                        {*m_facts, *m_types, *view.readable, select ? &*select : nullptr,
                            recordBytes});
                }
                view.data = &text;
            }
        }
        for (const auto& [subscription, place] : m_matching) {
            if (const std::string* const data = m_views[place].data) {
                envelopes.add(subscription->channel, *data, subscription->binding);
            } else if (m_views[place].isMissed) {
                m_missed.push_back({subscription->channel, nullptr});
                m_isFinal = false;
            }
        }
        auto deliveries = envelopes.take();
        deliveries.insert(deliveries.end(), m_missed.begin(), m_missed.end());
        return deliveries;
    }

    /// Whether asking again would not help; known after deliveries().
    bool isFinal() const { return m_isFinal; }

private:
    /// What an audience sees of the change.
    struct View
    {
        const Audience* audience;
        std::shared_ptr<const std::set<std::string>> readable;
        bool isKeyReadable = false;
        bool isAsked = false;
        bool isMissed = false; ///< nobody knows whether it is seen
        std::size_t reader = 0;
        std::size_t look = 0;
        const std::string* data = nullptr;
    };
    struct ByColumns
    {
        template <typename Key> bool operator()(const Key& left, const Key& right) const
        {
            return left.first != right.first ? left.first < right.first
                                             : *left.second < *right.second;
        }
    };

    void matchFilters(PgConnection& connection, const std::vector<SubscriptionPtr>& candidates)
    {
        ConfinedReading database(connection);
        std::uint64_t asker = 0;
        for (const SubscriptionPtr& subscription : candidates) {
            if (std::exchange(asker, subscription->channel) != subscription->channel) {
                database.beginAnother();
            }
            const Verdict verdict
                = m_isShown ? filterVerdict(database, *subscription, m_change) : Verdict::Yes;
            if (verdict == Verdict::Yes) {
                m_matching.emplace_back(subscription.get(), place(*subscription->audience));
            } else if (verdict == Verdict::AskDatabase) {
                // Another time it would take as long.
                m_missed.push_back({subscription->channel, nullptr});
            }
        }
    }

    std::size_t place(const Audience& audience)
    {
        // Those who joined one after the other are often alike.
        if (m_matching.empty() || m_views[m_matching.back().second].audience != &audience) {
            const auto [known, isNew] = m_places.try_emplace(&audience, m_views.size());
            if (isNew) {
                m_views.push_back({&audience, nullptr});
            }
            return known->second;
        }
        return m_matching.back().second;
    }

    const Change& m_change;
    std::shared_ptr<const PgTypes> m_types;
    std::shared_ptr<const TableFacts> m_facts;
    bool m_isDelete = false;
    bool m_isShown = false; ///< not only that something happened
    bool m_isChecked = false; ///< by looking at the row
    RowLook m_row;
    std::vector<std::pair<const Subscription*, std::size_t>> m_matching; ///< and whose view it has
    std::vector<ChangeDelivery> m_missed;
    bool m_isFinal = true;
    std::vector<View> m_views;
    std::unordered_map<const Audience*, std::size_t> m_places;
};

} // namespace

Judged visibleChanges(PgConnection& connection, TableCatalog& catalog,
    std::span<const Question> questions, std::size_t recordBytes, RealtimeMetrics& metrics)
{
    // Looks point into the judgements.
    std::deque<Judgement> judgements;
    std::map<Reader, std::size_t> places;
    std::vector<ReaderLooks> readers;
    for (const Question& question : questions) {
        judgements.emplace_back(connection, catalog, question).ask(places, readers);
    }
    look(connection, readers, metrics);
    Judged judged;
    for (Judgement& judgement : judgements) {
        judged.deliveries.push_back(judgement.deliveries(readers, recordBytes));
        judged.isFinal = judged.isFinal && judgement.isFinal();
    }
    return connection.isOpen() ? std::move(judged) : missedByAll(questions);
}

Judged missedByAll(std::span<const Question> questions)
{
    Judged judged;
    judged.isFinal = false;
    for (const Question& question : questions) {
        auto& missed = judged.deliveries.emplace_back();
        for (const SubscriptionPtr& subscription : question.candidates) {
            missed.push_back({subscription->channel, nullptr});
        }
    }
    return judged;
}

} // namespace academy

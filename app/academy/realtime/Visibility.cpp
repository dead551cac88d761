// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Visibility.h"

#include "base/Log.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

namespace academy {
namespace {

using namespace std::chrono_literals;
using Deadline = std::chrono::steady_clock::time_point;

/// Nothing more is asked in an attempt that took so long.
constexpr auto longestAttempt = 5s;

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

/// Conditions that only PostgreSQL can judge, asked for one subscription after the other.
class Filters
{
public:
    Filters(PgConnection& connection, std::map<std::uint64_t, ReadingTime>& times,
        std::set<const Subscription*>& tooSlow, Deadline end)
        : m_database(connection), m_times(times), m_tooSlow(tooSlow), m_end(end)
    {
    }

    /// What was not answered stays to be asked.
    Verdict verdict(const Subscription& subscription, const Change& change)
    {
        Verdict all = Verdict::Yes;
        for (const Condition& condition : subscription.conditions) {
            const pgoutput::Cell* const cell = cellOf(change, condition.column);
            if (cell == nullptr) {
                return Verdict::No;
            }
            Verdict one = evaluate(condition, *cell);
            if (one == Verdict::AskDatabase) {
                one = ask(subscription, condition, *cell);
            }
            if (one == Verdict::No || m_tooSlow.contains(&subscription)) {
                return one;
            }
            if (one == Verdict::AskDatabase) {
                all = one;
            }
        }
        return all;
    }

private:
    Verdict ask(
        const Subscription& subscription, const Condition& condition, const pgoutput::Cell& cell)
    {
        if (m_tooSlow.contains(&subscription) || std::chrono::steady_clock::now() > m_end) {
            return Verdict::AskDatabase;
        }
        PgParams params;
        params.add(cell.text);
        for (const std::string& value : condition.values) {
            params.add(value);
        }
        const PgResult result = m_database.ask(m_times[subscription.asker],
            subscription.audience->role, "select " + conditionSql(condition), params);
        if (result.ok()) {
            return result.rows() == 1 && result.truth(0, 0) ? Verdict::Yes : Verdict::No;
        }
        if (m_database.tookTooLong()) {
            m_tooSlow.insert(&subscription);
        }
        return isNoAnswer(result.error().sqlState) ? Verdict::AskDatabase : Verdict::No;
    }

    ConfinedReading m_database;
    std::map<std::uint64_t, ReadingTime>& m_times;
    std::set<const Subscription*>& m_tooSlow;
    Deadline m_end;
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
            deliveries.push_back({entry.channel, payload, nullptr});
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

} // namespace

/// One change on its way to those who may see it. What can be said of a whole audience is said
/// once, however many are in it.
class Visibility::Judgement
{
public:
    explicit Judgement(Question question)
        : m_change(std::move(question.change)), m_isDelete(m_change->kind == Change::Kind::Delete)
    {
        m_asked.reserve(question.candidates.size());
        for (SubscriptionPtr& candidate : question.candidates) {
            m_asked.push_back({std::move(candidate)});
        }
    }

    /// Asks what the catalogue knows of the table.
    void learn(PgConnection& connection, TableCatalog& catalog)
    {
        if (m_facts) {
            return;
        }
        auto types = catalog.types(connection, m_change->relation->columns);
        auto facts = catalog.facts(connection, m_change->relation->oid);
        if (!types || !facts) {
            return;
        }
        m_isShown = m_isDelete || !facts->primaryKey.empty();
        m_isChecked = m_isShown && facts->rowSecurity && !m_isDelete;
        if (m_isChecked) {
            m_row = rowLook(connection, *m_change, *facts);
        }
        m_types = std::move(types);
        m_facts = std::move(facts);
    }

    void matchFilters(Filters& filters)
    {
        if (!isKnown()) {
            return;
        }
        for (Asked& asked : m_asked) {
            if (asked.verdict == Verdict::AskDatabase) {
                asked.verdict
                    = m_isShown ? filters.verdict(*asked.subscription, *m_change) : Verdict::Yes;
                if (asked.verdict == Verdict::Yes) {
                    asked.view = place(*asked.subscription->audience);
                }
            }
        }
    }

    /// Asks which columns each role may read.
    void learnColumns(PgConnection& connection, TableCatalog& catalog)
    {
        for (View& view : m_views) {
            if (!m_isShown || view.readable) {
                continue;
            }
            view.readable
                = catalog.readable(connection, m_change->relation->oid, view.audience->role);
            view.isKeyReadable = view.readable
                && std::all_of(m_facts->primaryKey.begin(), m_facts->primaryKey.end(),
                    [&view](const auto& key) { return view.readable->contains(key.name); });
        }
    }

    /// Adds the looks that are still needed to those of others.
    void addTo(RowLooks& looks)
    {
        for (View& view : m_views) {
            if (isLookedAt(view) && view.sight == RowLooks::Sight::Unknown) {
                view.look = looks.add(
                    m_row, {view.audience->role, view.audience->claims}, view.audience->subject);
            }
        }
    }
    void takeFrom(const RowLooks& looks)
    {
        for (View& view : m_views) {
            if (view.look) {
                view.sight = looks.at(*std::exchange(view.look, std::nullopt));
            }
        }
    }

    bool isSettled(const std::set<const Subscription*>& tooSlow) const
    {
        if (!isKnown()) {
            return m_facts != nullptr;
        }
        return std::all_of(m_asked.begin(), m_asked.end(), [&](const Asked& asked) {
            return asked.verdict == Verdict::AskDatabase
                ? tooSlow.contains(asked.subscription.get())
                : asked.verdict == Verdict::No || !isMissing(m_views[asked.view]);
        });
    }

    std::vector<ChangeDelivery> deliveries(
        const std::set<const Subscription*>& tooSlow, std::size_t recordBytes) const
    {
        if (!m_facts) {
            return missedByAll();
        }
        Envelopes envelopes(m_asked.size());
        const Texts texts(*this, recordBytes);
        std::vector<ChangeDelivery> others;
        for (const Asked& asked : m_asked) {
            const std::uint64_t channel = asked.subscription->channel;
            if (!m_facts->exists || asked.verdict == Verdict::No) {
                continue;
            }
            const View* const view = asked.verdict == Verdict::Yes ? &m_views[asked.view] : nullptr;
            if (view == nullptr ? tooSlow.contains(asked.subscription.get())
                                : view->sight == RowLooks::Sight::TooSlow) {
                others.push_back({channel, nullptr, asked.subscription});
            } else if (view == nullptr || isMissing(*view)) {
                others.push_back({channel, nullptr, nullptr});
            } else if (const std::string* const data = texts.of(asked.view)) {
                envelopes.add(channel, *data, asked.subscription->binding);
            }
        }
        auto deliveries = envelopes.take();
        deliveries.insert(deliveries.end(), others.begin(), others.end());
        return deliveries;
    }

    std::vector<ChangeDelivery> missedByAll() const
    {
        std::vector<ChangeDelivery> missed;
        for (const Asked& asked : m_asked) {
            missed.push_back({asked.subscription->channel, nullptr, nullptr});
        }
        return missed;
    }

private:
    /// Somebody who wants to hear of the change, and what their filter says.
    struct Asked
    {
        SubscriptionPtr subscription;
        Verdict verdict = Verdict::AskDatabase;
        std::size_t view = 0; ///< whose matches
    };
    /// What an audience sees of the change.
    struct View
    {
        const Audience* audience = nullptr;
        std::shared_ptr<const std::set<std::string>> readable;
        bool isKeyReadable = false;
        RowLooks::Sight sight = RowLooks::Sight::Unknown;
        std::optional<RowLooks::Place> look;
    };
    /// The data of each view, shared by everybody who sees the same columns.
    class Texts
    {
    public:
        Texts(const Judgement& judgement, std::size_t recordBytes)
            : m_noKey(changeRefusal(*judgement.m_change, "Error 400: Bad Request, no primary key")),
              m_unauthorized(changeRefusal(*judgement.m_change, "Error 401: Unauthorized"))
        {
            for (const View& view : judgement.m_views) {
                m_ofViews.push_back(text(judgement, view, recordBytes));
            }
        }
        Texts(const Texts&) = delete;
        Texts& operator=(const Texts&) = delete;
        /// Nothing for those who do not see the change.
        const std::string* of(std::size_t view) const { return m_ofViews[view]; }

    private:
        struct ByColumns
        {
            template <typename Key> bool operator()(const Key& left, const Key& right) const
            {
                return left.first != right.first ? left.first < right.first
                                                 : *left.second < *right.second;
            }
        };

        const std::string* text(
            const Judgement& judgement, const View& view, std::size_t recordBytes)
        {
            if (!judgement.m_isShown) {
                return &m_noKey;
            }
            if (judgement.isMissing(view)) {
                return nullptr;
            }
            if (!judgement.m_isDelete && !view.isKeyReadable) {
                return &m_unauthorized;
            }
            if (judgement.m_isChecked && judgement.m_row.execute.empty()) {
                return &m_noKey;
            }
            if (judgement.isLookedAt(view) && view.sight != RowLooks::Sight::Seen) {
                return nullptr;
            }
            const auto& select = view.audience->select;
            std::string& text = m_shown[{view.audience->role, &select}];
            if (text.empty()) {
                text = changeData(*judgement.m_change,
                    {*judgement.m_facts, *judgement.m_types, *view.readable,
                        select ? &*select : nullptr, recordBytes});
            }
            return &text;
        }

        std::string m_noKey;
        std::string m_unauthorized;
        std::map<std::pair<std::string_view, const std::optional<std::set<std::string>>*>,
            std::string, ByColumns>
            m_shown;
        std::vector<const std::string*> m_ofViews;
    };

    bool isKnown() const { return m_facts && m_facts->exists; }
    bool isLookedAt(const View& view) const
    {
        return m_isChecked && !m_row.execute.empty() && view.isKeyReadable;
    }
    /// Nobody knows whether it is seen.
    bool isMissing(const View& view) const
    {
        return m_isShown
            && (!view.readable || (isLookedAt(view) && view.sight == RowLooks::Sight::Unknown));
    }
    std::size_t place(const Audience& audience)
    {
        // Those who joined one after the other are often alike.
        if (m_views.empty() || m_views[m_lastPlace].audience != &audience) {
            const auto [known, isNew] = m_places.try_emplace(&audience, m_views.size());
            if (isNew) {
                m_views.emplace_back().audience = &audience;
            }
            m_lastPlace = known->second;
        }
        return m_lastPlace;
    }

    ChangePtr m_change;
    std::shared_ptr<const PgTypes> m_types;
    std::shared_ptr<const TableFacts> m_facts;
    bool m_isDelete = false;
    bool m_isShown = false; ///< not only that something happened
    bool m_isChecked = false; ///< by looking at the row
    RowLook m_row;
    std::vector<Asked> m_asked;
    std::vector<View> m_views;
    std::unordered_map<const Audience*, std::size_t> m_places;
    std::size_t m_lastPlace = 0;
};

Visibility::Visibility(std::vector<Question> questions)
{
    for (Question& question : questions) {
        m_judgements.push_back(std::make_unique<Judgement>(std::move(question)));
    }
}

Visibility::~Visibility() = default;

bool Visibility::ask(PgConnection& connection, TableCatalog& catalog, RealtimeMetrics& metrics)
{
    if (!connection.isOpen()) {
        return false;
    }
    const Deadline end = std::chrono::steady_clock::now() + longestAttempt;
    // What cannot be done for one change is tried again and spoils no other.
    const auto forEach = [this](const auto& work) {
        for (const auto& judgement : m_judgements) {
            try {
                work(*judgement);
            } catch (const std::exception& thrown) {
                qCWarning(lcAcademy, "A change could not be judged: %s", thrown.what());
            }
        }
    };
    forEach([&](Judgement& judgement) { judgement.learn(connection, catalog); });
    {
        Filters filters(connection, m_times, m_tooSlow, end);
        forEach([&](Judgement& judgement) { judgement.matchFilters(filters); });
    }
    RowLooks looks;
    forEach([&](Judgement& judgement) {
        judgement.learnColumns(connection, catalog);
        judgement.addTo(looks);
    });
    metrics.visibilityQueries += looks.size();
    if (looks.size() > 0) {
        looks.look(connection, m_slow, end);
    }
    forEach([&](Judgement& judgement) { judgement.takeFrom(looks); });
    return std::all_of(m_judgements.begin(), m_judgements.end(),
        [this](const auto& judgement) { return judgement->isSettled(m_tooSlow); });
}

std::vector<std::vector<ChangeDelivery>> Visibility::deliveries(std::size_t recordBytes) const
{
    std::vector<std::vector<ChangeDelivery>> all;
    for (const auto& judgement : m_judgements) {
        try {
            all.push_back(judgement->deliveries(m_tooSlow, recordBytes));
        } catch (const std::exception& thrown) {
            qCWarning(lcAcademy, "A change could not be written: %s", thrown.what());
            all.push_back(judgement->missedByAll());
        }
    }
    return all;
}

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/SchemaReader.h"

#include "academy/rest/Relationships.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

namespace academy {

namespace {

using Name = Schema::Name;

constexpr const char* settingsSql = R"sql(
select r.rolname, split_part(s.setting, '=', 1), substr(s.setting, strpos(s.setting, '=') + 1)
from pg_db_role_setting d
join pg_roles r on r.oid = d.setrole
cross join lateral unnest(d.setconfig) as s(setting)
where d.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and (split_part(s.setting, '=', 1) in ('statement_timeout', 'lock_timeout', 'work_mem',
        'default_transaction_isolation', 'plan_filter.statement_cost_limit')
    or (r.rolname = 'authenticator' and s.setting like 'pgrst.%'))
order by d.setdatabase
)sql";

// A type that cuts what does not fit is read without its length, so that the column can refuse.
constexpr const char* columnsSql = R"sql(
select n.nspname, c.relname, c.relkind::text, pg_relation_is_updatable(c.oid, true), a.attname,
       case t.typname when 'bpchar' then 'character varying' when '_bpchar' then 'character varying[]'
            when 'bit' then 'bit varying' when '_bit' then 'bit varying[]'
            else format_type(a.atttypid, a.atttypmod) end,
       case when a.attidentity <> '' then
                 format('nextval(%L::regclass)', pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname))
            when a.attgenerated <> '' then null
            else pg_get_expr(d.adbin, d.adrelid) end,
       t.typname in ('json', 'jsonb'), t.typname = 'tsvector',
       a.attnotnull and d.adbin is null and a.attidentity = ''
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  and (n.nspname = any($1::text[])
    or exists (select from pg_proc p join pg_namespace pn on pn.oid = p.pronamespace
               where p.prorettype = c.reltype and pn.nspname = any($1::text[])))
order by n.nspname, c.relname, a.attnum
)sql";

constexpr const char* typesSql = R"sql(
select t.typname, quote_ident(n.nspname) || '.' || quote_ident(t.typname)
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
where t.typtype in ('b', 'd', 'e', 'r', 'm') and t.typcategory <> 'A'
  and (n.nspname = 'pg_catalog' or n.nspname = any($1::text[]))
order by n.nspname = 'pg_catalog'
)sql";

constexpr const char* functionsSql = R"sql(
select p.oid, n.nspname, p.proname, p.proretset, p.provolatile = 'v',
       case when p.prorettype = 'void'::regtype then 'void'
            when t.typtype = 'c' or p.prorettype = 'record'::regtype
                 or coalesce(p.proargmodes::text[] && '{t,b,o}', false) then 'composite'
            else 'scalar' end,
       rn.nspname, rc.relname, p.prorows = 1,
       (select string_agg(s.setting, e'\n') from unnest(p.proconfig) as s(setting)
        where split_part(s.setting, '=', 1) in ('statement_timeout', 'plan_filter.statement_cost_limit')),
       (select an.nspname from pg_class ac join pg_namespace an on an.oid = ac.relnamespace
        where ac.reltype = p.proargtypes[0] and p.pronargs = 1),
       (select ac.relname from pg_class ac where ac.reltype = p.proargtypes[0] and p.pronargs = 1),
       coalesce(a.name, ''),
       case a.type when 'bpchar'::regtype then 'character varying' when 'bit'::regtype then 'bit varying'
            else format_type(a.type, null) end,
       a.n > p.pronargs - p.pronargdefaults, a.mode,
       a.type in ('json'::regtype, 'jsonb'::regtype), a.type = 'tsvector'::regtype
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type t on t.oid = p.prorettype
left join pg_class rc on rc.oid = t.typrelid
left join pg_namespace rn on rn.oid = rc.relnamespace
left join lateral (
    select every.name, every.type, coalesce(every.mode, 'i') as mode, every.ord,
           count(*) filter (where coalesce(every.mode, 'i') in ('i', 'b', 'v')) over (order by every.ord) as n
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames, p.proargmodes::text[])
         with ordinality as every(type, name, mode, ord)) a on true
where n.nspname = any($1::text[]) and p.prokind = 'f'
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
order by n.nspname, p.proname, p.oid, a.ord
)sql";

constexpr const char* keysSql = R"sql(
select con.contype::text, con.conname, n.nspname, c.relname, fn.nspname, f.relname,
       (select string_agg(a.attname, e'\n' order by k.n) from unnest(con.conkey) with ordinality k(num, n)
        join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.num),
       (select string_agg(a.attname, e'\n' order by k.n) from unnest(con.confkey) with ordinality k(num, n)
        join pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.num),
       exists (select 1 from pg_index i where i.indrelid = con.conrelid and i.indisunique
               and i.indpred is null and i.indnkeyatts = cardinality(con.conkey)
               and con.conkey @> (i.indkey::int2[])[0:i.indnkeyatts - 1])
from pg_constraint con
join pg_class c on c.oid = con.conrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_class f on f.oid = con.confrelid
left join pg_namespace fn on fn.oid = f.relnamespace
where con.contype in ('p', 'f') and con.conparentid = 0
order by con.conname, n.nspname, c.relname
)sql";

// Where a view's column comes from is written in its stored rule only.
constexpr const char* viewsSql = R"sql(
select n.nspname, c.relname, a.attname, sn.nspname, s.relname, sa.attname
from pg_rewrite r
join pg_class c on c.oid = r.ev_class and c.relkind in ('v', 'm')
join pg_namespace n on n.oid = c.relnamespace and n.nspname = any($1::text[])
cross join lateral regexp_matches(r.ev_action::text,
    ':resno (\d+) :resname ((?:\\.|\S)+) :ressortgroupref \d+ :resorigtbl ([1-9]\d*) :resorigcol (\d+)', 'g') as m(found)
join pg_attribute a on a.attrelid = c.oid and a.attnum = m.found[1]::int
     and replace(a.attname, '\', '') = replace(m.found[2], '\', '')
join pg_class s on s.oid = m.found[3]::oid
join pg_namespace sn on sn.oid = s.relnamespace
join pg_attribute sa on sa.attrelid = s.oid and sa.attnum = m.found[4]::int
where r.rulename = '_RETURN'
order by 1, 2, a.attnum
)sql";

/// The entries of a list such as "public, api".
std::vector<std::string> parts(std::string_view text)
{
    std::vector<std::string> list;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (part.starts_with(' ')) {
            part.remove_prefix(1);
        }
        while (part.ends_with(' ')) {
            part.remove_suffix(1);
        }
        if (!part.empty()) {
            list.emplace_back(part);
        }
    }
    return list;
}

std::vector<std::string> lines(std::string_view text)
{
    std::vector<std::string> list;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        list.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list;
}

std::string text(const PgResult& rows, int row, int column)
{
    return std::string(rows.text(row, column));
}

Name nameAt(const PgResult& rows, int row, int column)
{
    return {text(rows, row, column), text(rows, row, column + 1)};
}

void applySetting(Schema::Settings& settings, const std::string& name, const std::string& value)
{
    const bool on = value == "true" || value == "on";
    if (name == "db_schemas" || name == "db_schema") {
        if (auto schemas = parts(value); !schemas.empty()) {
            settings.schemas = std::move(schemas);
        }
    } else if (name == "db_extra_search_path") {
        settings.extraSearchPath = parts(value);
    } else if (name == "db_max_rows") {
        std::int64_t most = 0;
        const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), most);
        if (failed == std::errc() && most >= 0) {
            settings.maxRows = most;
        }
    } else if (name == "db_aggregates_enabled") {
        settings.allowsAggregates = on;
    } else if (name == "db_tx_end") {
        settings.rollsBack = value.starts_with("rollback");
        settings.allowsTxOverride = value.ends_with("-allow-override");
    } else if (name == "openapi_mode") {
        settings.hidesRoot = value == "disabled";
    } else if (name == "db_pre_request" && !value.empty()) {
        const std::size_t dot = value.find('.');
        settings.preRequest = dot == std::string::npos
            ? Name{"public", value}
            : Name{value.substr(0, dot), value.substr(dot + 1)};
    }
}

Schema::Function functionAt(const PgResult& rows, int row)
{
    using Returns = Schema::Function::Returns;
    const std::string_view kind = rows.text(row, 5);
    Schema::Function function;
    function.name = nameAt(rows, row, 1);
    function.isSet = rows.truth(row, 3);
    function.isVolatile = rows.truth(row, 4);
    function.returns = kind == "void" ? Returns::Void
        : kind == "composite"         ? Returns::Composite
                                      : Returns::Scalar;
    for (const std::string& setting : lines(rows.text(row, 9))) {
        const std::size_t equals = setting.find('=');
        function.settings.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
    }
    return function;
}

} // namespace

PgResult SchemaReader::ask(const char* sql, const PgParams& params)
{
    return m_connection.run(sql, params);
}

std::string SchemaReader::schemaList() const
{
    std::string literal = "{";
    for (const std::string& schema : m_schema->settings.schemas) {
        literal += literal.size() > 1 ? ",\"" : "\"";
        for (const char c : schema) {
            literal += c == '"' || c == '\\' ? "\\" : "";
            literal += c;
        }
        literal += '"';
    }
    return literal + "}";
}

std::shared_ptr<const Schema> SchemaReader::read()
{
    m_schema = std::make_shared<Schema>();
    m_rowTypes.clear();
    const bool done
        = readSettings() && readColumns() && readTypes() && readRelationships() && readFunctions();
    return done ? m_schema : nullptr;
}

bool SchemaReader::readSettings()
{
    const PgResult rows = m_connection.run(settingsSql);
    if (!rows.ok()) {
        return false;
    }
    constexpr std::string_view own = "pgrst.";
    for (int row = 0; row < rows.rows(); ++row) {
        const std::string name = text(rows, row, 1);
        if (name.starts_with(own)) {
            applySetting(m_schema->settings, name.substr(own.size()), text(rows, row, 2));
        } else {
            m_schema->roleSettings[text(rows, row, 0)].emplace_back(name, text(rows, row, 2));
        }
    }
    return true;
}

bool SchemaReader::readColumns()
{
    constexpr std::int64_t updates = 1 << 2;
    constexpr std::int64_t inserts = 1 << 3;
    constexpr std::int64_t deletes = 1 << 4;
    const PgResult rows = ask(columnsSql, PgParams{schemaList()});
    if (!rows.ok()) {
        return false;
    }
    for (int row = 0; row < rows.rows(); ++row) {
        const Name name = nameAt(rows, row, 0);
        const std::string_view kind = rows.text(row, 2);
        Schema::Column column{text(rows, row, 4), text(rows, row, 5), text(rows, row, 6),
            rows.truth(row, 7), rows.truth(row, 8), rows.truth(row, 9)};
        m_rowTypes[name].push_back(column);
        if (kind == "c" || !m_schema->exposes(name.schema)) {
            continue;
        }
        Schema::Table& table = m_schema->tables[name];
        table.name = name;
        table.isView = kind == "v" || kind == "m";
        const std::int64_t can = rows.number(row, 3);
        table.canUpdate = (can & updates) != 0;
        table.canInsert = (can & inserts) != 0;
        table.canDelete = (can & deletes) != 0;
        table.columns.push_back(std::move(column));
    }
    return true;
}

bool SchemaReader::readTypes()
{
    const PgResult rows = ask(typesSql, PgParams{schemaList()});
    if (!rows.ok()) {
        return false;
    }
    for (int row = 0; row < rows.rows(); ++row) {
        m_schema->types[text(rows, row, 0)] = text(rows, row, 1);
    }
    return true;
}

bool SchemaReader::readRelationships()
{
    const PgResult keys = m_connection.run(keysSql);
    const PgResult views = ask(viewsSql, PgParams{schemaList()});
    if (!keys.ok() || !views.ok()) {
        return false;
    }
    std::vector<ForeignKey> foreign;
    for (int row = 0; row < keys.rows(); ++row) {
        const Name name = nameAt(keys, row, 2);
        if (keys.text(row, 0) == "f") {
            foreign.push_back({text(keys, row, 1), name, lines(keys.text(row, 6)),
                nameAt(keys, row, 4), lines(keys.text(row, 7)), keys.truth(row, 8)});
        } else if (const auto table = m_schema->tables.find(name);
                   table != m_schema->tables.end()) {
            table->second.primaryKey = lines(keys.text(row, 6));
        }
    }
    std::vector<ViewColumn> shown;
    for (int row = 0; row < views.rows(); ++row) {
        shown.push_back({nameAt(views, row, 0), text(views, row, 2), nameAt(views, row, 3),
            text(views, row, 5)});
    }
    addRelationships(*m_schema, foreign, shown);
    return true;
}

bool SchemaReader::readFunctions()
{
    const PgResult rows = ask(functionsSql, PgParams{schemaList()});
    if (!rows.ok()) {
        return false;
    }
    std::string_view oid;
    Schema::Function* function = nullptr;
    for (int row = 0; row < rows.rows(); ++row) {
        if (rows.text(row, 0) != oid) {
            oid = rows.text(row, 0);
            const Name name = nameAt(rows, row, 1);
            const Name result = nameAt(rows, row, 6);
            function = &m_schema->functions.emplace(name, functionAt(rows, row))->second;
            if (m_schema->table(result) != nullptr) {
                function->table = result;
            } else if (const auto type = m_rowTypes.find(result); type != m_rowTypes.end()) {
                function->columns = type->second;
            }
            const auto owner = m_schema->tables.find(nameAt(rows, row, 10));
            if (owner == m_schema->tables.end()) {
                // Not a function of one row of a table.
            } else if (m_schema->table(result) != nullptr) {
                Schema::Relationship link;
                link.kind = Schema::Relationship::Kind::Computed;
                link.from = owner->first;
                link.to = result;
                link.function = name;
                link.computedIsToOne = !function->isSet || rows.truth(row, 8);
                m_schema->relationships.emplace(link.from, link);
            } else if (!function->isSet) {
                owner->second.computed.insert(name.name);
            }
        }
        const std::string_view mode = rows.text(row, 15);
        if (mode == "i" || mode == "b" || mode == "v") {
            function->arguments.push_back(
                {text(rows, row, 12), text(rows, row, 13), rows.truth(row, 14), mode == "v"});
        }
        if (mode == "o" || mode == "b" || mode == "t") {
            function->columns.push_back({text(rows, row, 12), text(rows, row, 13), {},
                rows.truth(row, 16), rows.truth(row, 17), false});
        }
    }
    // A function some of whose arguments have no name cannot be called by names.
    std::erase_if(m_schema->functions, [](const auto& entry) {
        const Schema::Function& candidate = entry.second;
        return !candidate.hasOneUnnamedArgument()
            && std::ranges::any_of(candidate.arguments,
                [](const Schema::Argument& argument) { return argument.name.empty(); });
    });
    return true;
}

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Schema.h"

#include <algorithm>

namespace academy {

namespace {

constexpr const char* columnsSql = R"sql(
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid),
       c.relkind in ('v', 'm'), t.typname in ('json', 'jsonb'), t.typname = 'tsvector',
       a.attidentity <> '', a.attgenerated <> ''
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
order by c.relname, a.attnum
)sql";

constexpr const char* keysSql = R"sql(
select con.contype, con.conname, c.relname, f.relname,
       (select string_agg(a.attname, e'\n' order by k.n) from unnest(con.conkey) with ordinality k(num, n)
        join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.num),
       (select string_agg(a.attname, e'\n' order by k.n) from unnest(con.confkey) with ordinality k(num, n)
        join pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.num),
       exists (select 1 from pg_index i where i.indrelid = con.conrelid and i.indisunique
               and i.indpred is null and i.indnkeyatts = cardinality(con.conkey)
               and con.conkey @> (i.indkey::int2[])[0:i.indnkeyatts - 1])
from pg_constraint con
join pg_class c on c.oid = con.conrelid
left join pg_class f on f.oid = con.confrelid
where con.contype in ('p', 'f') and c.relnamespace = 'public'::regnamespace
  and (f.oid is null or f.relnamespace = 'public'::regnamespace)
order by con.conname
)sql";

constexpr const char* functionsSql = R"sql(
select p.oid, p.proname, p.proretset, p.provolatile = 'v',
       case when p.prorettype = 'void'::regtype then 'void'
            when t.typtype = 'c' or (p.prorettype = 'record'::regtype) then 'composite'
            else 'scalar' end,
       coalesce(c.relname, ''),
       coalesce(a.name, ''), coalesce(format_type(a.type, null), ''),
       a.n > cardinality(p.proargtypes) - p.pronargdefaults, a.mode = 'v'
from pg_proc p
join pg_type t on t.oid = p.prorettype
left join pg_class c on c.oid = t.typrelid and c.relnamespace = 'public'::regnamespace
     and c.relkind in ('r', 'p', 'v', 'm')
left join lateral (
    select row_number() over (order by all_args.ord) as n, all_args.name, all_args.type, all_args.mode
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames, p.proargmodes::text[])
         with ordinality as all_args(type, name, mode, ord)
    where coalesce(all_args.mode, 'i') in ('i', 'b', 'v')) a on true
where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
order by p.proname, p.oid, a.n
)sql";

constexpr const char* settingsSql = R"sql(
select r.rolname, split_part(s.setting, '=', 1), substr(s.setting, strpos(s.setting, '=') + 1)
from pg_db_role_setting d
join pg_roles r on r.oid = d.setrole
cross join lateral unnest(d.setconfig) as s(setting)
where d.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and split_part(s.setting, '=', 1) in ('statement_timeout', 'lock_timeout', 'default_transaction_isolation',
      'plan_filter.statement_cost_limit', 'work_mem')
)sql";

std::vector<std::string> lines(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

void readColumns(Schema& schema, const PgResult& rows)
{
    for (int row = 0; row < rows.rows(); ++row) {
        Schema::Table& table = schema.tables[std::string(rows.text(row, 0))];
        table.name = rows.text(row, 0);
        table.isView = rows.truth(row, 4);
        Schema::Column column{std::string(rows.text(row, 1)), std::string(rows.text(row, 2)),
            std::string(rows.text(row, 3)), rows.truth(row, 5), rows.truth(row, 6)};
        if (rows.truth(row, 7)) {
            column.defaultValue = "nextval(pg_get_serial_sequence(" + std::string("'public.")
                + quotedIdentifier(table.name) + "','" + column.name + "'))";
        } else if (rows.truth(row, 8)) {
            column.defaultValue.clear();
        }
        table.columns.push_back(std::move(column));
    }
}

void readKeys(Schema& schema, const PgResult& rows)
{
    for (int row = 0; row < rows.rows(); ++row) {
        const std::string table(rows.text(row, 2));
        if (rows.text(row, 0) == "p") {
            schema.tables[table].primaryKey = lines(rows.text(row, 4));
        } else {
            schema.foreignKeys.push_back(
                {std::string(rows.text(row, 1)), table, lines(rows.text(row, 4)),
                    std::string(rows.text(row, 3)), lines(rows.text(row, 5)), rows.truth(row, 6)});
        }
    }
}

void readFunctions(Schema& schema, const PgResult& rows)
{
    std::string_view oid;
    Schema::Function* function = nullptr;
    for (int row = 0; row < rows.rows(); ++row) {
        if (rows.text(row, 0) != oid) {
            oid = rows.text(row, 0);
            const std::string_view kind = rows.text(row, 4);
            using Returns = Schema::Function::Returns;
            const auto added = schema.functions.emplace(std::string(rows.text(row, 1)),
                Schema::Function{std::string(rows.text(row, 1)), {},
                    kind == "void"            ? Returns::Void
                        : kind == "composite" ? Returns::Composite
                                              : Returns::Scalar,
                    rows.truth(row, 2), rows.truth(row, 3), std::string(rows.text(row, 5))});
            function = &added->second;
        }
        if (!rows.text(row, 7).empty()) {
            function->arguments.push_back({std::string(rows.text(row, 6)),
                std::string(rows.text(row, 7)), rows.truth(row, 8), rows.truth(row, 9)});
        }
    }
}

} // namespace

const Schema::Column* Schema::Table::column(const std::string& wanted) const
{
    const auto found = std::ranges::find(columns, wanted, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

bool Schema::Function::takes(const std::set<std::string>& names) const
{
    std::size_t matched = 0;
    for (const Argument& argument : arguments) {
        const bool given = names.contains(argument.name);
        if (!given && !argument.hasDefault && !argument.isVariadic) {
            return false;
        }
        matched += given ? 1 : 0;
    }
    return matched == names.size();
}

std::shared_ptr<const Schema> Schema::read(PgConnection& connection)
{
    const PgResult columns = connection.run(columnsSql);
    const PgResult keys = connection.run(keysSql);
    const PgResult functions = connection.run(functionsSql);
    const PgResult settings = connection.run(settingsSql);
    if (!columns.ok() || !keys.ok() || !functions.ok() || !settings.ok()) {
        return nullptr;
    }
    auto schema = std::make_shared<Schema>();
    readColumns(*schema, columns);
    readKeys(*schema, keys);
    readFunctions(*schema, functions);
    for (int row = 0; row < settings.rows(); ++row) {
        schema->roleSettings[std::string(settings.text(row, 0))].emplace_back(
            settings.text(row, 1), settings.text(row, 2));
    }
    return schema;
}

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RootDescription.h"

#include "academy/rest/OpenApi.h"

#include <set>

namespace academy {

Response describeRoot(RestTransaction& transaction, RestTransaction::Options options,
    const Schema& known, const std::string& contentType)
{
    constexpr const char* visibleSql
        = "select c.relname from pg_class c where c.relnamespace = $1::regnamespace and c.relkind "
          "in ('r', 'p', 'v', 'm', 'f') and (has_table_privilege(c.oid, 'select, insert, update, "
          "delete') or has_any_column_privilege(c.oid, 'select, insert, update')) union all select "
          "'rpc/' || p.proname from pg_proc p where p.pronamespace = $1::regnamespace and "
          "has_function_privilege(p.oid, 'execute')";
    options.readOnly = true;
    transaction.open(options);
    const PgResult rows
        = transaction.run(visibleSql, PgParams{quotedIdentifier(options.schema)});
    std::set<std::string> visible;
    for (int row = 0; row < rows.rows(); ++row) {
        visible.insert(std::string(rows.text(row, 0)));
    }
    transaction.close(true);
    Response response{200, {}, openApi(known, options.schema, visible)};
    return response.with("Content-Type", contentType);
}

} // namespace academy

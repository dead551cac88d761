// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/TableChoice.h"

#include "academy/rest/RestError.h"
#include "academy/rest/Suggestion.h"

namespace academy {

const Schema::Table& chooseTable(const Schema& schema, const Schema::Name& name)
{
    if (const Schema::Table* known = schema.table(name)) {
        return *known;
    }
    constexpr double least = 0.75;
    std::vector<std::string> names;
    for (const auto& [other, table] : schema.tables) {
        if (other.schema == name.schema) {
            names.push_back(other.name);
        }
    }
    const std::string near = nearest(name.name, names, least);
    throw RestError{404, "PGRST205",
        "Could not find the table '" + name.schema + "." + name.name + "' in the schema cache", {},
        near.empty() ? std::string()
                     : "Perhaps you meant the table '" + name.schema + "." + near + "'",
        {}, {}};
}

} // namespace academy

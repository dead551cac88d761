// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/academy/RestSample.h"

#include "academy/rest/Relationships.h"

using namespace academy;

Schema sampleSchema()
{
    const auto column = [](const char* name, const char* type) {
        return Schema::Column{name, type, {}, std::string(type) == "jsonb", false, false};
    };
    const auto name = [](const char* table) { return Schema::Name{"public", table}; };
    Schema schema;
    const auto table = [&](const char* called, std::vector<Schema::Column> columns,
                           std::vector<std::string> key) {
        Schema::Table made;
        made.name = name(called);
        made.columns = std::move(columns);
        made.primaryKey = std::move(key);
        schema.tables[made.name] = std::move(made);
    };
    table("rooms", {column("id", "integer"), column("name", "text"), column("facts", "jsonb")},
        {"id"});
    table("guests",
        {column("id", "integer"), column("room_id", "integer"), column("odd \"name\"", "text")},
        {"id"});
    table("skills", {column("id", "integer"), column("name", "text")}, {"id"});
    table("guest_skills", {column("guest_id", "integer"), column("skill_id", "integer")},
        {"guest_id", "skill_id"});
    table("keys", {column("room_id", "integer"), column("code", "text")}, {"room_id"});
    schema.tables[name("rooms")].computed = {"title"};
    addRelationships(schema,
        {{"guests_room_id_fkey", name("guests"), {"room_id"}, name("rooms"), {"id"}, false},
            {"guests_second_fkey", name("guests"), {"id"}, name("rooms"), {"id"}, false},
            {"keys_room_id_fkey", name("keys"), {"room_id"}, name("rooms"), {"id"}, true},
            {"gs_guest_fkey", name("guest_skills"), {"guest_id"}, name("guests"), {"id"}, false},
            {"gs_skill_fkey", name("guest_skills"), {"skill_id"}, name("skills"), {"id"}, false}},
        {});
    schema.types = {{"text", "\"pg_catalog\".\"text\""}, {"int4", "\"pg_catalog\".\"int4\""}};
    Schema::Function over;
    over.name = name("rooms_over");
    over.arguments = {{"least", "integer", false, false}, {"names", "text[]", true, true}};
    over.returns = Schema::Function::Returns::Composite;
    over.isSet = true;
    over.table = name("rooms");
    schema.functions.emplace(over.name, over);
    return schema;
}

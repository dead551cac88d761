// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestTarget.h"

#include "academy/rest/FunctionChoice.h"
#include "academy/rest/RequestQuery.h"
#include "academy/rest/RestError.h"
#include "academy/rest/TableChoice.h"

namespace academy {

namespace {

RestError invalidPath()
{
    return {404, "PGRST125", "Invalid path specified in request URL", {}, {}, {}, {}};
}

std::string schemaOf(const Request& request, const Schema& schema, bool& negotiated)
{
    const std::string_view method = request.method();
    const bool writes
        = method == "POST" || method == "PATCH" || method == "PUT" || method == "DELETE";
    const std::string profile(request.header(writes ? "content-profile" : "accept-profile"));
    negotiated = !profile.empty() || schema.settings.schemas.size() > 1;
    if (profile.empty()) {
        return schema.settings.schemas.front();
    }
    if (!schema.exposes(profile)) {
        std::string exposed;
        for (const std::string& name : schema.settings.schemas) {
            exposed += (exposed.empty() ? "" : ", ") + name;
        }
        throw RestError{406, "PGRST106", "Invalid schema: " + profile, {},
            "Only the following schemas are exposed: " + exposed, {}, {}};
    }
    return profile;
}

RestAction actionOf(const Request& request)
{
    const std::string_view method = request.method();
    if (method == "POST") {
        return RestAction::Insert;
    }
    if (method == "PATCH") {
        return RestAction::Update;
    }
    if (method == "DELETE") {
        return RestAction::Delete;
    }
    if (method == "PUT") {
        return RestAction::Put;
    }
    if (method != "GET" && method != "HEAD" && method != "OPTIONS") {
        throw RestError{
            405, "PGRST117", "Unsupported HTTP method: " + std::string(method), {}, {}, {}, {}};
    }
    return RestAction::Read;
}

} // namespace

RestTarget RestTarget::of(const Request& request, const Schema& schema)
{
    const std::string_view method = request.method();
    std::string_view path = request.path;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    const bool calls = path.starts_with("rpc/");
    const std::string name = percentDecoded(calls ? path.substr(4) : path, false);
    checkText(name);
    RestTarget target;
    target.isOptions = method == "OPTIONS";
    target.readOnly = method == "GET" || method == "HEAD";
    target.isRoot = name.empty() && !calls;
    if (target.isRoot && schema.settings.hidesRoot) {
        throw RestError{404, "PGRST126", "Root endpoint metadata is disabled", {}, {}, {}, {}};
    }
    if ((name.empty() && calls) || path.substr(calls ? 4 : 0).find('/') != std::string_view::npos) {
        throw invalidPath();
    }
    target.name = {schemaOf(request, schema, target.negotiated), name};
    if (calls) {
        if (!target.readOnly && !target.isOptions && method != "POST") {
            throw RestError{405, "PGRST101",
                "Cannot use the " + std::string(method) + " method on RPC", {}, {}, {}, {}};
        }
        target.action = RestAction::Call;
        return target;
    }
    target.action = actionOf(request);
    if (target.isRoot && target.action != RestAction::Read) {
        throw RestError{
            405, "PGRST117", "Unsupported HTTP method: " + std::string(method), {}, {}, {}, {}};
    }
    return target;
}

Response allowedMethods(const RestTarget& target, const Schema& schema)
{
    if (target.isRoot) {
        return Response::empty(200).with("Allow", "OPTIONS,GET,HEAD");
    }
    if (target.action == RestAction::Call) {
        const auto found = schema.functions.find(target.name);
        if (found == schema.functions.end()) {
            chooseFunction(schema, {target.name, {}, false, {}});
        }
        return Response::empty(200).with(
            "Allow", found->second.isVolatile ? "OPTIONS,POST" : "OPTIONS,GET,HEAD,POST");
    }
    const Schema::Table& table = chooseTable(schema, target.name);
    std::string allowed = "OPTIONS,GET,HEAD";
    allowed += table.canInsert ? ",POST" : "";
    allowed += table.canInsert && table.canUpdate && !table.primaryKey.empty() ? ",PUT" : "";
    allowed += table.canUpdate ? ",PATCH" : "";
    allowed += table.canDelete ? ",DELETE" : "";
    return Response::empty(200).with("Allow", allowed);
}

} // namespace academy

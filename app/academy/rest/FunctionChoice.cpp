// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/FunctionChoice.h"

#include "academy/rest/RestError.h"
#include "academy/rest/Suggestion.h"

#include <algorithm>

namespace academy {

namespace {

template <typename List> std::string joined(const List& names)
{
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

bool takesJson(const FunctionCall& call)
{
    return call.hasBody && call.type == "application/json";
}

/// Text, XML and bytes go to one argument without a name and to nothing else.
std::string rawKind(const FunctionCall& call)
{
    if (!call.hasBody) {
        return {};
    }
    return call.type == "text/plain"              ? "text"
        : call.type == "text/xml"                 ? "xml"
        : call.type == "application/octet-stream" ? "bytea"
                                                  : "";
}

bool takesWhole(const Schema::Function& function, const FunctionCall& call)
{
    if (!function.hasOneUnnamedArgument()) {
        return false;
    }
    const std::string& type = function.arguments.front().type;
    return takesJson(call) ? type == "json" || type == "jsonb" : type == rawKind(call);
}

std::string suggestion(const Schema& schema, const FunctionCall& call)
{
    const auto [first, last] = schema.functions.equal_range(call.name);
    std::vector<std::string> names;
    if (first == last) {
        constexpr double least = 0.75;
        for (const auto& [name, function] : schema.functions) {
            if (name.schema == call.name.schema) {
                names.push_back(name.name);
            }
        }
        return nearest(call.name.name, names, least);
    }
    constexpr double least = 0.33;
    for (auto candidate = first; candidate != last; ++candidate) {
        std::set<std::string> arguments;
        for (const Schema::Argument& argument : candidate->second.arguments) {
            arguments.insert(argument.name);
        }
        names.push_back("(" + joined(arguments) + ")");
    }
    const std::string near = nearest("(" + joined(call.arguments) + ")", names, least);
    return near.empty() ? near : call.name.name + near;
}

RestError unknown(const Schema& schema, const FunctionCall& call)
{
    const std::string called = call.name.schema + "." + call.name.name;
    const std::string raw = rawKind(call);
    const bool none = call.arguments.empty();
    std::string details = none
        ? " without parameters"
        : (call.arguments.size() > 1 ? " with parameters " : " with parameter ")
            + joined(call.arguments);
    if (!raw.empty()) {
        details = " with a single unnamed " + raw + " parameter";
    } else if (takesJson(call)) {
        details += " or with a single unnamed json/jsonb parameter";
    }
    const std::string near = raw.empty() ? suggestion(schema, call) : std::string();
    return {404, "PGRST202",
        "Could not find the function " + called
            + (!raw.empty() ? std::string()
                    : none  ? std::string(" without parameters")
                            : "(" + joined(call.arguments) + ")")
            + " in the schema cache",
        "Searched for the function " + called + details
            + ", but no matches were found in the schema cache.",
        near.empty() ? std::string()
                     : "Perhaps you meant to call the function " + call.name.schema + "." + near,
        {}, {}};
}

RestError ambiguous(const std::vector<const Schema::Function*>& found)
{
    std::string list;
    for (const Schema::Function* function : found) {
        std::vector<std::string> arguments;
        for (const Schema::Argument& argument : function->arguments) {
            arguments.push_back(argument.name + " => " + argument.type);
        }
        list += (list.empty() ? "" : ", ") + function->name.schema + "." + function->name.name + "("
            + joined(arguments) + ")";
    }
    return {300, "PGRST203", "Could not choose the best candidate function between: " + list, {},
        "Try renaming the parameters or the function itself in the database so function "
        "overloading can be resolved",
        {}, {}};
}

} // namespace

const Schema::Function& chooseFunction(const Schema& schema, const FunctionCall& call)
{
    std::vector<const Schema::Function*> byNames;
    std::vector<const Schema::Function*> byBody;
    const auto [first, last] = schema.functions.equal_range(call.name);
    for (auto candidate = first; candidate != last; ++candidate) {
        if (rawKind(call).empty() && candidate->second.takes(call.arguments)) {
            byNames.push_back(&candidate->second);
        } else if (call.hasBody && takesWhole(candidate->second, call)) {
            byBody.push_back(&candidate->second);
        }
    }
    const auto& found = byNames.empty() ? byBody : byNames;
    if (found.empty()) {
        throw unknown(schema, call);
    }
    if (found.size() > 1) {
        throw ambiguous(found);
    }
    return *found.front();
}

} // namespace academy

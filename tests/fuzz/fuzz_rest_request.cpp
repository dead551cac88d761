// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/MediaType.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/QueryReader.h"
#include "academy/rest/RequestQuery.h"
#include "academy/rest/RestError.h"
#include "fuzz/FuzzTarget.h"

#include <array>

namespace {

using namespace academy;

/// Nothing nests deeper than promised, and no cast is anything but a name.
void checkNode(const QueryNode& node, int depth)
{
    mustHold(depth <= deepestNesting + 1);
    mustHold(!node.limit || *node.limit >= 0);
    for (const QueryItem& item : node.items) {
        if (item.embed) {
            checkNode(item.embed->node, depth + 1);
        }
    }
}

template <typename Work> void allowingRefusal(Work work)
{
    try {
        work();
    } catch (const RestError&) {
        // The only way to say no.
    }
}

} // namespace

/// Four lines: the query string, and the headers Accept, Prefer and Range.
FUZZ_TARGET(rest_request)
{
    std::array<std::string, 4> lines;
    std::size_t line = 0;
    for (const char c : viewOf(data, size)) {
        if (c == '\n' && line + 1 < lines.size()) {
            ++line;
        } else {
            lines[line].push_back(c);
        }
    }
    Request request;
    request.query = lines[0];
    request.raw.set("Prefer", lines[2]);
    request.raw.set("Range", lines[3]);
    for (const Query::Purpose purpose : {Query::Purpose::Table, Query::Purpose::FunctionRead}) {
        allowingRefusal([&] { checkNode(queryOf(request, purpose).root, 0); });
        allowingRefusal([&] { checkNode(rangedQueryOf(request, purpose).root, 0); });
    }
    allowingRefusal([&] {
        const Preferences wanted = Preferences::of(request);
        (void)wanted.applied({"return", "count", "tx", "timezone", "max-affected"});
    });
    for (const bool isRoot : {false, true}) {
        allowingRefusal([&] { mustHold(!MediaType::of(lines[1], isRoot).contentType().empty()); });
    }
    return 0;
}

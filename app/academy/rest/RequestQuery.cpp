// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RequestQuery.h"

#include "academy/rest/JsonOutline.h"
#include "academy/rest/RestError.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace academy {

namespace {

void applyRange(const Request& request, QueryNode& root)
{
    const std::string_view range = request.header("range");
    if (range.empty() || request.method() != "GET") {
        return;
    }
    std::int64_t first = 0;
    std::int64_t last = -1;
    const char* end = range.data() + range.size();
    const auto start = std::from_chars(range.data(), end, first);
    if (start.ec != std::errc() || start.ptr == end || *start.ptr != '-' || first < 0) {
        return;
    }
    const auto stop = std::from_chars(start.ptr + 1, end, last);
    const bool isOpen = stop.ec != std::errc();
    if (!isOpen && last < first) {
        throw RestError::invalidRange("The lower boundary must be lower than or equal to the upper "
                                      "boundary in the Range header.");
    }
    // Both ways of asking hold: what is answered lies in both ranges.
    const std::int64_t from = std::max(first, root.offset.value_or(0));
    constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
    const std::int64_t rangeEnd = isOpen || last == all ? all : last + 1;
    const std::int64_t limitEnd = root.limit && *root.limit < all - root.offset.value_or(0)
        ? root.offset.value_or(0) + *root.limit
        : all;
    const std::int64_t to = std::min(rangeEnd, limitEnd);
    root.offset = from;
    if (to != all) {
        root.limit = std::max<std::int64_t>(0, to - from);
    }
}

} // namespace

void checkText(const std::string& text)
{
    if (!isUtf8(text) || text.find('\0') != std::string::npos) {
        throw RestError{
            400, "22021", "invalid byte sequence for encoding \"UTF8\"", {}, {}, {}, {}};
    }
}

Query queryOf(const Request& request, Query::Purpose purpose)
{
    const Query::Pairs pairs = request.parameters();
    for (const auto& [name, value] : pairs) {
        checkText(name);
        checkText(value);
    }
    return Query::parse(pairs, purpose);
}

Query rangedQueryOf(const Request& request, Query::Purpose purpose)
{
    Query query = queryOf(request, purpose);
    applyRange(request, query.root);
    return query;
}

} // namespace academy

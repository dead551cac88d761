// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/CsvBody.h"
#include "academy/rest/JsonOutline.h"
#include "academy/rest/RequestBody.h"
#include "academy/rest/RestError.h"
#include "fuzz/FuzzTarget.h"
#include "wire/Json.h"

#include <array>

namespace {

using namespace academy;

/// What goes on to PostgreSQL as JSON is JSON, with as many rows as were counted.
void check(const RequestBody& body)
{
    if (body.kind != RequestBody::Kind::Json) {
        return;
    }
    const auto outline = JsonOutline::of(body.text);
    mustHold(outline.has_value());
    mustHold(outline->rows == body.rows);
}

} // namespace

/// The first byte chooses the content type, the rest is the body.
FUZZ_TARGET(rest_body)
{
    static constexpr std::array types{"application/json", "text/csv",
        "application/x-www-form-urlencoded", "application/vnd.pgrst.object+json", "text/plain"};
    if (size == 0) {
        return 0;
    }
    Request request;
    request.raw.set("Content-Type", types[data[0] % types.size()]);
    const QByteArrayView bytes = viewOf(data + 1, size - 1);
    request.raw.body().assign(bytes.data(), std::size_t(bytes.size()));
    for (const bool hasColumns : {false, true}) {
        try {
            check(RequestBody::forTable(request, hasColumns));
        } catch (const RestError&) {
            // The only way to say no.
        }
    }
    try {
        check(RequestBody::forFunction(request));
    } catch (const RestError&) {
    }
    return 0;
}

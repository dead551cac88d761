// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace academy {

/// One request as it came over the wire: complete, within the server's limits, immutable once it is
/// handed to a handler. `path` is percent-encoded as sent and has lost the prefix its handler is
/// registered for ("/rest/v1/courses?select=id" reaches the handler of "/rest/v1" as "/courses").
struct Request
{
    using Raw = boost::beast::http::request<boost::beast::http::string_body>;

    Raw raw;
    std::string prefix;
    std::string path;
    std::string query;
    std::string peer; ///< the other side's address, without the port

    std::string_view method() const;
    std::string_view body() const { return raw.body(); }
    /// The value of a header, empty when it is absent; names compare without case.
    std::string_view header(std::string_view name) const;
    /// Every value of a header that may be repeated.
    std::vector<std::string_view> headers(std::string_view name) const;
    /// The `Authorization: Bearer` value, empty when there is none.
    std::string_view bearer() const;
    /// The API key: header `apikey` (or `x-api-key`), else the query parameter `apikey`.
    std::string apiKey() const;
    /// The decoded pairs of the query, in order.
    std::vector<std::pair<std::string, std::string>> parameters() const;
    /// The first decoded value of a query parameter, empty when it is absent.
    std::string parameter(std::string_view name) const;
};

/// An answer as a finished buffer. The server adds Content-Length, CORS and connection headers, and
/// leaves the body out of answers to HEAD.
struct Response
{
    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    static Response json(unsigned status, std::string body);
    static Response empty(unsigned status);
    Response& with(std::string name, std::string value);
};

/// Sends the answer to one request; may be called from any thread, exactly once. When every copy
/// dies without a call the server answers 500 by itself.
using Respond = std::function<void(Response)>;

/// Decodes %XX; with `plusIsSpace` also "+". Broken sequences stay as they are.
std::string percentDecoded(std::string_view text, bool plusIsSpace);

/// A JSON string literal with its quotes.
std::string jsonQuoted(std::string_view text);

} // namespace academy

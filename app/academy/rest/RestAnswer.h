// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/postgres/Pg.h"
#include "academy/rest/MediaType.h"
#include "academy/rest/Preferences.h"

#include <cstdint>
#include <optional>
#include <string>

namespace academy {

enum class RestAction { Read, Insert, Update, Delete, Put, Call };

/// What a statement came to.
struct RestOutcome
{
    std::optional<std::int64_t> total; ///< when it was asked for
    std::int64_t rows = 0;
    std::string body;
    std::string headers; ///< response.headers
    std::string status; ///< response.status
    std::optional<std::int64_t> inserted;
    std::string location;

    static RestOutcome of(const PgResult& result);
};

/// What is known about a request when its statement has run.
struct RestAnswer
{
    const Request& request;
    const Preferences& wanted;
    RestAction action = RestAction::Read;
    MediaType type;
    std::string name; ///< of the table
    std::int64_t offset = 0;
    bool oneObject = false;
    bool returnsVoid = false;
    bool returnsRows = true; ///< a function's result may have several rows
    bool allowsTx = false;
    bool appliesResolution = false;
    std::string profile; ///< the schema, when it was negotiated

    /// Refuses results that break what the request demanded: PGRST103, 115, 116, 124, 128. Before
    /// the transaction is committed.
    void check(const RestOutcome& outcome) const;
    /// Throws RestError for headers or a status a function set wrongly (PGRST111, PGRST112).
    Response response(const RestOutcome& outcome) const;

private:
    bool isChange() const { return action != RestAction::Read && action != RestAction::Call; }
    bool hasBody() const;
    unsigned status(const RestOutcome& outcome) const;
    std::string contentRange(const RestOutcome& outcome) const;
    std::string applied() const;
    std::string location(const RestOutcome& outcome) const;
};

} // namespace academy

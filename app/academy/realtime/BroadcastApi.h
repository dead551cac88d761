// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/postgres/PgPool.h"
#include "academy/realtime/Hub.h"

#include <memory>

namespace academy {

/// Broadcast over HTTP: `POST /api/broadcast` with a batch of messages and
/// `POST /api/broadcast/:topic/events/:event` with one payload; also `GET /api/ping` and, for the
/// service role, `GET /api/metrics`. Thread-safe; permissions of private topics are asked on the
/// pool. Source: supabase-protocol.md A12.
class BroadcastApi
{
public:
    BroadcastApi(std::shared_ptr<Hub> hub, PgPool& pool, const TokenVerifier& verifier,
        const RealtimeMetrics& metrics, const RealtimeOptions& options);

    void handle(const std::shared_ptr<const Request>& request, Respond respond) const;

private:
    void batch(const Request& request, const IdentityPtr& identity, Respond respond) const;
    void single(const Request& request, const IdentityPtr& identity, Respond respond) const;
    IdentityPtr identityOf(const Request& request) const;

    std::shared_ptr<Hub> m_hub;
    PgPool& m_pool;
    const TokenVerifier& m_verifier;
    const RealtimeMetrics& m_metrics;
    std::size_t m_payloadBytes;
    std::size_t m_batchMessages;
};

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/RealtimeMetrics.h"

namespace academy {

std::string RealtimeMetrics::json() const
{
    std::string out = "{";
    const auto add = [&out](const char* name, const std::atomic<std::uint64_t>& counter) {
        if (out.size() > 1) {
            out += ',';
        }
        out += '"';
        out += name;
        out += "\":";
        out += std::to_string(counter.load(std::memory_order_relaxed));
    };
    add("sockets", sockets);
    add("channels", channels);
    add("bindings", bindings);
    add("audiences", audiences);
    add("frames_in", framesIn);
    add("frames_out", framesOut);
    add("bytes_out", bytesOut);
    add("broadcasts", broadcasts);
    add("changes_decoded", changesDecoded);
    add("changes_delivered", changesDelivered);
    add("changes_lost", changesLost);
    add("subscriptions_ended", subscriptionsEnded);
    add("visibility_queries", visibilityQueries);
    add("slow_clients_closed", slowClientsClosed);
    add("replication_restarts", replicationRestarts);
    add("delivery_micros_total", deliveryMicrosTotal);
    add("deliveries", deliveries);
    out += '}';
    return out;
}

} // namespace academy

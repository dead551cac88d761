// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/CommitGate.h"

#include <poll.h>

#include <charconv>

namespace academy {
namespace {

/// Looks that follow each other without a pause; one of them takes a fraction of a millisecond.
constexpr int eagerLooks = 20;
constexpr int pauseMilliseconds = 1;

std::uint64_t takeNumber(std::string_view& text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.empty()) {
        text.remove_prefix(1);
    }
    return error == std::errc() ? number : 0;
}

} // namespace

bool CommitGate::includes(std::string_view snapshot, std::uint32_t transaction)
{
    takeNumber(snapshot);
    const std::uint64_t end = takeNumber(snapshot);
    // Numbers are compared on their circle: the log knows only 32 bits of them.
    if (static_cast<std::int32_t>(transaction - static_cast<std::uint32_t>(end)) >= 0) {
        return false;
    }
    while (!snapshot.empty()) {
        if (static_cast<std::uint32_t>(takeNumber(snapshot)) == transaction) {
            return false;
        }
    }
    return true;
}

bool CommitGate::await(std::uint32_t transaction, const std::atomic<bool>& stopping)
{
    for (int looks = 0; m_snapshot.empty() || !includes(m_snapshot, transaction); ++looks) {
        if (stopping) {
            return false;
        }
        if (looks > eagerLooks) {
            poll(nullptr, 0, pauseMilliseconds);
        }
        const PgResult snapshot = m_connection.run("select pg_current_snapshot()::text");
        if (!snapshot.ok()) {
            return false;
        }
        m_snapshot = std::string(snapshot.text(0, 0));
    }
    return true;
}

} // namespace academy

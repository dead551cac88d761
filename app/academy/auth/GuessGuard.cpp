// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/GuessGuard.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace academy {

namespace {

constexpr std::size_t longestAccount = 300;
constexpr std::size_t manyKnown = 20'000;

std::string named(std::string_view account)
{
    std::string name(account.substr(0, longestAccount));
    std::ranges::transform(name, name.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name;
}

/// One computer with IPv6 has as many addresses as it likes, all of one /64.
std::string placeOf(const std::string& peer)
{
    boost::system::error_code problem;
    const auto address = boost::asio::ip::make_address(peer, problem);
    if (problem || !address.is_v6() || address.to_v6().is_v4_mapped()) {
        return peer;
    }
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return boost::asio::ip::address_v6(bytes).to_string();
}

} // namespace

GuessGuard::GuessGuard(const Clock& clock, Limits limits)
    : m_clock(clock), m_places(clock, limits.burst, limits.perSecond),
      m_strangers(clock, limits.strangers, limits.perSecond)
{
}

std::optional<GuessGuard::Guess> GuessGuard::admit(
    std::string_view kind, std::string_view account, const std::string& peer)
{
    const std::string whose = named(account);
    const std::string secret = std::string(kind) + ':' + whose;
    Guess guess{whose + '@' + placeOf(peer), secret + '@' + placeOf(peer), {}};
    if (!m_places.admit(guess.placeBucket)) {
        return std::nullopt;
    }
    if (isKnown(guess.pair)) {
        return guess;
    }
    guess.strangersBucket = secret;
    if (!m_strangers.admit(guess.strangersBucket)) {
        m_places.giveBack(guess.placeBucket);
        return std::nullopt;
    }
    return guess;
}

void GuessGuard::settle(const Guess& guess, Outcome outcome)
{
    if (outcome == Outcome::Wrong) {
        return;
    }
    m_places.giveBack(guess.placeBucket);
    if (!guess.strangersBucket.empty()) {
        m_strangers.giveBack(guess.strangersBucket);
    }
    if (outcome == Outcome::Right) {
        remember(guess.pair);
    }
}

bool GuessGuard::isKnown(const std::string& pair)
{
    const std::lock_guard lock(m_mutex);
    return m_known.contains(pair);
}

void GuessGuard::remember(const std::string& pair)
{
    const std::lock_guard lock(m_mutex);
    m_known[pair] = m_clock.monotonic();
    if (m_known.size() > manyKnown) {
        m_known.erase(
            std::ranges::min_element(m_known, {}, [](const auto& entry) { return entry.second; }));
    }
}

} // namespace academy

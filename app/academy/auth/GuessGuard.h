// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/RateLimiter.h"

#include <optional>
#include <string_view>

namespace academy {

/// How often a secret may be guessed: a password, or a code of six digits. Each place (an address,
/// of IPv6 its /64) has a share of its own for each account. Beyond it places that never proved
/// anything for an account have one share together, so that guesses from many places stay few; a
/// place that once did is not touched by it, so that nobody who guesses elsewhere can keep a person
/// out. What is known is forgotten when the program ends, and so is what was used up. Thread-safe.
class GuessGuard final
{
public:
    struct Limits
    {
        double burst; ///< wrong guesses in a row from one place
        double strangers; ///< and from all unknown places together
        double perSecond; ///< what both regain
    };
    /// A guess that was admitted. It counts until it is settled.
    struct Guess
    {
        std::string pair; ///< whose account, and from where
        std::string placeBucket;
        std::string strangersBucket; ///< empty for a place that is known
    };
    enum class Outcome { Right, Wrong, Neither };

    GuessGuard(const Clock& clock, Limits limits);

    /// Taken before the secret is looked at, so that many guesses at once are many guesses. Nothing
    /// when there were too many. `kind` tells secrets of one account apart; `account` is an address
    /// in any case, or an id.
    std::optional<Guess> admit(
        std::string_view kind, std::string_view account, const std::string& peer);
    /// Only wrong guesses are used up; a right one makes its place known.
    void settle(const Guess& guess, Outcome outcome);

private:
    bool isKnown(const std::string& pair);
    void remember(const std::string& pair);

    const Clock& m_clock;
    RateLimiter m_places;
    RateLimiter m_strangers;
    std::mutex m_mutex;
    std::unordered_map<std::string, MonotonicTime> m_known; ///< when each was last right
};

} // namespace academy

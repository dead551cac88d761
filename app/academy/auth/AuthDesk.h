// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDatabase.h"
#include "academy/auth/Caller.h"
#include "academy/auth/EmailCodes.h"
#include "academy/auth/GuessGuard.h"
#include "academy/auth/RateLimiter.h"
#include "academy/postgres/PgPool.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace academy {

/// How long tokens live and how often things may be asked for. A burst is what one address or
/// account may ask at once; it regains so many per second. Source: supabase-protocol.md C9.
struct AuthOptions
{
    std::string publicUrl; ///< "http://127.0.0.1:54321", for the iss claim and links
    bool development = false; ///< mail can be read at /mail, and browsers meet a sample provider
    bool manualLinking = false; ///< identities may be linked and unlinked
    bool securePasswordChange = false; ///< a session older than a day needs a code for it
    std::chrono::seconds tokenLifetime{3600};
    std::chrono::seconds resendFloor{60};
    double tokenBurst = 600; ///< a classroom signs in from one address
    double tokensPerSecond = 20;
    GuessGuard::Limits guesses{.burst = 20, .strangers = 100, .perSecond = 0.2};
    double codeBurst = 30; ///< requests for codes and links
    double codesPerSecond = 0.1;
    double anonymousBurst = 30;
    double anonymousPerSecond = 30.0 / 3600;
};

/// What the parts of the Auth service share: the way to the database, who asks, how a session is
/// answered, and how much is too much. Thread-safe.
class AuthDesk final
{
public:
    using Shared = std::shared_ptr<const Request>;
    using Work = std::function<Response(AuthDatabase&)>;

    AuthDesk(PgPool& pool, const Keys& keys, const Clock& clock, RandomSource& random,
        AuthOptions options);

    /// Runs `work` on the pool and answers with what it returns.
    void run(const Shared& request, const Respond& respond, Work work);
    /// The token response for a grant, or the fault's.
    Response granted(const Request& request, const AuthOutcome<AuthGrant>& outcome) const;
    /// The parts of a token response as the fragment of a link, for the implicit flow.
    std::string grantedFragment(const AuthGrant& grant) const;
    static Response userResponse(const Request& request, const AuthOutcome<AuthUser>& outcome);
    static Response jsonResponse(const Request& request, const AuthOutcome<std::string>& outcome);

    /// The user the request's token speaks for. Otherwise answers the request and returns nothing.
    struct Person
    {
        std::string userId;
        std::string sessionId;
    };
    std::optional<Person> signedIn(const Request& request, const Respond& respond) const;
    /// True when the request carries a key of the service. Otherwise answers it.
    bool isAdministrator(const Request& request, const Respond& respond) const;
    /// The body as an object. Otherwise answers the request.
    static std::optional<QJsonObject> body(const Request& request, const Respond& respond);
    /// Takes a token of the bucket; otherwise answers 429.
    static bool admitted(RateLimiter& limiter, const std::string& name, const Request& request,
        const Respond& respond);
    /// See GuessGuard::admit; otherwise answers 429.
    std::optional<GuessGuard::Guess> guess(std::string_view kind, std::string_view account,
        const Request& request, const Respond& respond);
    /// Settles a guess by what came of it; `wrongCode` is the fault's that counts.
    void settle(const GuessGuard::Guess& guess, const AuthFault* fault, std::string_view wrongCode);

    /// Where a browser may go: the request's redirect_to, checked.
    std::string redirectOf(const Request& request) const;
    EmailCodes::Policy mailPolicy() const;
    static AuthOrigin originOf(const Request& request);

    const AuthOptions& options() const { return m_options; }
    const Keys& keys() const { return m_keys; }
    const Clock& clock() const { return m_clock; }
    RateLimiter& requests() { return m_requests; }
    RateLimiter& codes() { return m_codes; }
    RateLimiter& anonymous() { return m_anonymous; }

private:
    std::string accessToken(const AuthGrant& grant, std::int64_t now) const;
    std::int64_t seconds() const;

    PgPool& m_pool;
    const Keys& m_keys;
    const Clock& m_clock;
    RandomSource& m_random;
    const AuthOptions m_options;
    RateLimiter m_requests;
    GuessGuard m_guesses;
    RateLimiter m_codes;
    RateLimiter m_anonymous;
};

/// Members of a request's body.
std::string textIn(const QJsonObject& object, QLatin1String name);
std::optional<std::string> optionalTextIn(const QJsonObject& object, QLatin1String name);
std::optional<QJsonObject> optionalObjectIn(const QJsonObject& object, QLatin1String name);

/// Names of buckets are short whatever a request says, and an address is one in any case.
std::string bucketName(std::string_view kind, std::string_view name);

} // namespace academy

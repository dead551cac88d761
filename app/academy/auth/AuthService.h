// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthFault.h"
#include "academy/auth/Caller.h"
#include "academy/auth/Keys.h"
#include "academy/auth/RateLimiter.h"
#include "academy/http/Server.h"
#include "academy/postgres/PgPool.h"
#include "base/Clock.h"
#include "base/Random.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace academy {

class Accounts;
struct AuthGrant;

/// How long tokens live and how often they may be asked for.
struct AuthOptions
{
    std::string publicUrl; ///< "http://127.0.0.1:54321", for the iss claim
    std::chrono::seconds tokenLifetime{3600};
    double tokenBurst = 600; ///< requests for tokens one address may make at once,
    double tokensPerSecond = 20; ///< and how fast it regains them
    double failureBurst = 20; ///< wrong passwords one account takes at once,
    double failuresPerSecond = 0.2; ///< and how fast it forgives them
};

/// The Auth half of the academy below /auth/v1: sign-up, password and refresh grants, user, logout,
/// administration of accounts. A thin front: every rule about accounts is in Accounts, every
/// database call runs on the pool. Source: supabase-protocol.md C.
class AuthService final
{
public:
    AuthService(PgPool& pool, const Keys& keys, const Clock& clock, RandomSource& random,
        AuthOptions options);

    /// Registers "/auth/v1"; before Server::start().
    void attach(Server& server);

private:
    using Shared = std::shared_ptr<const Request>;
    using Work = std::function<Response(Accounts&)>;

    void handle(Shared request, const Respond& respond);
    void handleAdmin(const Shared& request, const Respond& respond);
    void token(const Shared& request, const Respond& respond);
    void signUp(const Shared& request, const Respond& respond);
    void user(const Shared& request, const Respond& respond);
    void logout(const Shared& request, const Respond& respond);
    /// Runs `work` on the pool and answers with what it returns.
    void run(const Shared& request, const Respond& respond, Work work);
    Response granted(const Request& request, const AuthGrant& grant) const;
    std::string accessToken(const AuthGrant& grant, std::int64_t now) const;
    std::int64_t seconds() const;

    PgPool& m_pool;
    const Keys& m_keys;
    const Clock& m_clock;
    RandomSource& m_random;
    const AuthOptions m_options;
    RateLimiter m_requests;
    RateLimiter m_failures;
};

} // namespace academy

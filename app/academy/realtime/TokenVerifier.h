// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Keys.h"
#include "base/Clock.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace academy {

/// Who speaks on a channel: a verified token taken apart. Immutable, shared between threads.
struct Identity
{
    std::string token;
    std::string role;
    std::string subject;
    std::string claims; ///< the claims' exact JSON text, as policies see it
    std::chrono::sys_seconds expiresAt;
};
using IdentityPtr = std::shared_ptr<const Identity>;

/// Why a token is refused: the code a join error starts with, and the text clients know.
struct TokenRefusal
{
    std::string code;
    std::string text;

    std::string reason() const { return code + ": " + text; }
};

/// Verifies tokens and API keys the way Realtime does, with its wording. Thread-safe.
/// Source: supabase-protocol.md A1, A5; realtime-recordings.md "Tokens".
class TokenVerifier
{
public:
    TokenVerifier(const Keys& keys, const Clock& clock);

    std::variant<IdentityPtr, TokenRefusal> verify(std::string_view token) const;
    /// As verify(), but sb_ keys stand for the JWT they were issued for.
    std::variant<IdentityPtr, TokenRefusal> verifyApiKey(std::string_view key) const;
    std::chrono::sys_seconds now() const;
    const Clock& clock() const { return m_clock; }
    /// "Token has expired 5 seconds ago".
    std::string expiryText(const Identity& identity) const;

private:
    const Keys& m_keys;
    const Clock& m_clock;
};

} // namespace academy

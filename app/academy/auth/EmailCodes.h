// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/BrowserFlows.h"

#include <chrono>
#include <optional>

namespace academy {

/// Codes and links that prove somebody reads the mail of an address. What would be sent is kept in
/// development_mail.messages: an academy sends no mail by itself. One object per database job; each
/// public call is one transaction unless it says otherwise. Source: supabase-protocol.md C6.
class EmailCodes final
{
public:
    struct Policy
    {
        std::string site; ///< the academy's address, where links lead
        std::chrono::seconds lifetime{3600};
        std::chrono::seconds resendFloor{60};
    };
    /// What a request for a code may bring.
    struct Wish
    {
        std::string email;
        std::string type; ///< of what is sent once more: signup or email_change
        std::string redirect; ///< checked already
        std::optional<QJsonObject> data; ///< of an account made for it
        bool createUser = true;
        std::string challenge; ///< the proof key as sent, see ProofKey
        std::string challengeMethod;
    };
    /// A proven address: a session, or the code a waiting program exchanges for one. Neither when
    /// one of the two addresses of a change has been proven.
    struct Proven
    {
        std::optional<AuthGrant> grant;
        std::optional<std::string> flowCode;
    };
    /// What an administrator asked a link for.
    struct LinkWish
    {
        std::string type; ///< signup, invite, magiclink, recovery, email_change_current or _new
        std::string email;
        std::string newEmail; ///< changes only
        std::string password; ///< signup only
        std::string redirect;
        std::optional<QJsonObject> data;
    };

    EmailCodes(AuthDatabase& database, Policy policy);

    /// A code to sign in with; makes the account if that is wished and there is none.
    AuthOutcome<bool> sendSignIn(const Wish& wish);
    /// A code to set a new password with. Unknown addresses are answered alike.
    AuthOutcome<bool> sendRecovery(const Wish& wish);
    /// The last confirmation, or those of a change, once more. Addresses that are unknown or wait
    /// for nothing are answered alike.
    AuthOutcome<bool> resend(const Wish& wish);
    /// A code to confirm a sensitive change with.
    AuthOutcome<bool> sendReauthentication(const std::string& userId, const std::string& sessionId);

    /// Throws Failed unless `nonce` is the code of the last reauthentication; it works once. Inside
    /// the caller's transaction.
    void requireNonce(const std::string& userId, const std::string& nonce);
    /// Codes to both addresses of an account that wants `wish.email`; it changes when both are
    /// proven. Inside the caller's transaction.
    void sendEmailChange(const std::string& userId, const Wish& wish);

    AuthOutcome<Proven> verifyCode(const std::string& type, const std::string& email,
        const std::string& code, const AuthOrigin& origin);
    /// The hash out of a link. In a browser, a link that was asked for with a proof key gives the
    /// code that the asking program waits for.
    AuthOutcome<Proven> verifyHash(
        const std::string& type, const std::string& hash, const AuthOrigin& origin, bool inBrowser);

    AuthOutcome<AuthUser> invite(const Wish& wish);
    /// The user with `action_link`, `email_otp`, `hashed_token`, `verification_type` and
    /// `redirect_to`, as JSON. Nothing is mailed.
    AuthOutcome<std::string> link(const LinkWish& wish);

    /// Mail that was not sent, newest first, as a JSON array; `recipient` empty means everybody's.
    AuthOutcome<std::string> mail(const std::string& recipient);

private:
    struct Token
    {
        std::string code;
        std::string hash;
        std::string link;
    };
    Token issue(const std::string& userId, const std::string& email, const std::string& tokenType,
        const std::string& linkType, const std::string& redirect, bool forFlow);
    void keepMail(const std::string& recipient, const std::string& kind, const Token& token);
    void requirePause(const std::string& userId, const std::string& column);
    Token send(const std::string& userId, const std::string& method, const Wish& wish,
        const std::string& tokenType, const std::string& kind);
    Proven consume(const PgResult& found, const AuthOrigin& origin, bool inBrowser);
    /// True when the change is complete, false when the other address is still to be proven.
    bool confirmChange(const std::string& userId);
    std::string addressOf(const std::string& userId);
    std::optional<std::string> userOf(const std::string& email);

    AuthDatabase& m_database;
    Policy m_policy;
};

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"

#include <QList>
#include <QObject>
#include <QString>

class AuthSession;

/// A second step that an account has.
struct MfaFactor
{
    QString id;
    QString name;
    bool verified = false;

    bool operator==(const MfaFactor&) const = default;
};

/// A second step that is being set up: what the authenticator app needs. Secret.
struct MfaEnrolment
{
    QString factorId;
    QString secret; ///< for typing, base32
    QString uri; ///< for a QR code
};

/// Two-step verification with an authenticator app (TOTP) for the person of a session. Source:
/// supabase-protocol.md C7. GUI thread; the session outlives it.
class MfaClient final : public QObject
{
    Q_OBJECT

public:
    explicit MfaClient(AuthSession& session, QObject* parent = nullptr);

    Async<QList<MfaFactor>> factors();
    /// Begins to set one up; it counts after verify(). Errors: Invalid "mfa_factor_name_conflict",
    /// "too_many_enrolled_mfa_factors", Forbidden "insufficient_aal".
    Async<MfaEnrolment> enrol(const QString& name, const QString& issuer);
    /// Proves a code of the app: the session is at aal2 from then on. Errors: Invalid
    /// "mfa_verification_failed", "mfa_challenge_expired".
    Async<void> verify(const QString& factorId, const QString& code);
    Async<void> remove(const QString& factorId);

private:
    AuthSession& m_session;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/AuthTokenSource.h"

#include "supabase/AuthSession.h"

AuthTokenSource::AuthTokenSource(AuthSession& session, QObject* parent) :
    TokenSource(parent), m_session(session)
{
    connect(&session, &AuthSession::stateChanged, this, &TokenSource::changed);
}

UserId AuthTokenSource::user() const
{
    const bool whole = m_session.state() == AuthSession::State::SignedIn && !m_session.needsSecondStep();
    return whole ? m_session.user().id : UserId();
}

Async<void> AuthTokenSource::ready()
{
    AsyncPromise<void> promise;
    whenDone(m_session.accessToken(), this, [this, promise](const Result<QString>& token) {
        if (token && m_session.needsSecondStep()) {
            promise.resolve(Error {ErrorKind::Unauthorized, QStringLiteral("needs_second_step"), {}, {}});
        } else {
            promise.resolve(token ? Result<void>() : Result<void>(token.error()));
        }
    });
    return promise.future();
}

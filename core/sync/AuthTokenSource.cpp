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
    return m_session.state() == AuthSession::State::SignedIn ? m_session.user().id : UserId();
}

Async<void> AuthTokenSource::ready()
{
    AsyncPromise<void> promise;
    whenDone(m_session.accessToken(), this, [promise](const Result<QString>& token) {
        promise.resolve(token ? Result<void>() : Result<void>(token.error()));
    });
    return promise.future();
}

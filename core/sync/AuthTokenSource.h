// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/TokenSource.h"

class AuthSession;

/// The signed-in session as a TokenSource. A session that has not taken its second step is none: the
/// academy hides the person's own rows from it. `session` must outlive it.
class AuthTokenSource final : public TokenSource
{
    Q_OBJECT

public:
    explicit AuthTokenSource(AuthSession& session, QObject* parent = nullptr);

    UserId user() const override;
    Async<void> ready() override;

private:
    AuthSession& m_session;
};

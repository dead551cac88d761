// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Scheduler.h"
#include "supabase/LoopbackListener.h"
#include "supabase/Pkce.h"

#include <functional>
#include <memory>

class AuthSession;

/// Signs in through the system's browser: opens the academy's page for a provider there, waits on
/// 127.0.0.1 until the browser comes back with a code, and exchanges it for a session with the
/// proof only this program has. One attempt at a time; a new one ends the one before. Source:
/// supabase-protocol.md C5. GUI thread.
class BrowserSignIn final : public QObject
{
    Q_OBJECT

public:
    /// Shows an address in the person's browser; false when there is none.
    using Open = std::function<bool(const QUrl&)>;
    /// The page a person sees in the browser afterwards, complete HTML.
    struct Pages
    {
        QByteArray done;
        QByteArray failed;
    };

    /// How long a person may take in the browser.
    static constexpr std::chrono::minutes Patience{5};

    BrowserSignIn(AuthSession& session, Scheduler& scheduler, RandomSource& random, Open open,
        QObject* parent = nullptr);

    /// Errors: Offline "browser_missing", Storage "loopback_failed", Timeout "browser_timeout",
    /// Cancelled; Forbidden with the server's error_code when the provider or the person refused;
    /// and those of AuthSession.
    Async<void> start(const QString& provider, const Pages& pages);
    void cancel();
    bool isWaiting() const { return m_listener != nullptr; }
    /// For a person whose browser did not open by itself; empty while nothing waits.
    const QUrl& address() const { return m_address; }

private:
    void arrived(const QUrlQuery& query);
    void finish(const Result<void>& result);

    AuthSession& m_session;
    Scheduler& m_scheduler;
    RandomSource& m_random;
    Open m_open;
    Pkce m_proof;
    QUrl m_address;
    std::unique_ptr<LoopbackListener> m_listener;
    std::unique_ptr<AsyncPromise<void>> m_promise;
    ScheduledTask m_patience;
};

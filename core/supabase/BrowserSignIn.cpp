// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/BrowserSignIn.h"

#include "supabase/AuthSession.h"
#include "wire/PostgrestQuery.h"

namespace {

Error failure(ErrorKind kind, const char* code)
{
    return {kind, QLatin1String(code), {}, {}};
}

} // namespace

BrowserSignIn::BrowserSignIn(
    AuthSession& session, Scheduler& scheduler, RandomSource& random, Open open, QObject* parent)
    : QObject(parent), m_session(session), m_scheduler(scheduler), m_random(random),
      m_open(std::move(open))
{
}

Async<void> BrowserSignIn::start(const QString& provider, const Pages& pages)
{
    cancel();
    m_promise = std::make_unique<AsyncPromise<void>>();
    const Async<void> future = m_promise->future();
    m_listener = std::make_unique<LoopbackListener>();
    if (!m_listener->listen()) {
        finish(failure(ErrorKind::Storage, "loopback_failed"));
        return future;
    }
    m_listener->answerWith(pages.done, pages.failed);
    connect(m_listener.get(), &LoopbackListener::arrived, this, &BrowserSignIn::arrived);
    m_proof = Pkce::create(m_random);
    // The secret part of the path is the state: only the browser we opened knows it.
    const QUrl back = m_listener->address(QString::fromLatin1(Pkce::create(m_random).verifier));
    const auto encoded
        = [](const QString& text) { return QString::fromLatin1(PostgrestQuery::encoded(text)); };
    m_address = m_session.project().authUrl(QStringLiteral(
        "authorize?provider=%1&redirect_to=%2&code_challenge=%3&code_challenge_method=s256")
                                                .arg(encoded(provider), encoded(back.toString()),
                                                    QString::fromLatin1(m_proof.challenge)));
    m_patience = m_scheduler.after(
        Patience, [this] { finish(failure(ErrorKind::Timeout, "browser_timeout")); });
    if (!m_open(m_address)) {
        finish(failure(ErrorKind::Offline, "browser_missing"));
    }
    return future;
}

void BrowserSignIn::cancel()
{
    if (m_promise) {
        finish(failure(ErrorKind::Cancelled, "cancelled"));
    }
}

void BrowserSignIn::arrived(const QUrlQuery& query)
{
    const QString code = query.queryItemValue(QStringLiteral("code"), QUrl::FullyDecoded);
    if (code.isEmpty()) {
        const QString refusal
            = query.queryItemValue(QStringLiteral("error_code"), QUrl::FullyDecoded);
        finish(Error{ErrorKind::Forbidden,
            refusal.isEmpty() ? QStringLiteral("browser_refused") : refusal.left(64), {}, {}});
        return;
    }
    m_patience.cancel();
    m_listener->disconnect(this);
    whenDone(m_session.signInWithAuthCode(code, QString::fromLatin1(m_proof.verifier)),
        m_listener.get(), [this](const Result<void>& result) { finish(result); });
}

void BrowserSignIn::finish(const Result<void>& result)
{
    m_patience.cancel();
    m_address.clear();
    m_proof = {};
    if (m_listener) {
        // Its last page may still be on its way to the browser.
        m_listener.release()->deleteLater();
    }
    if (const auto promise = std::exchange(m_promise, nullptr)) {
        promise->resolve(result);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/JwksCache.h"

#include "supabase/ServerError.h"

JwksCache::JwksCache(Project project, HttpClient& http, Clock& clock, QObject* parent)
    : QObject(parent), m_project(std::move(project)), m_http(http), m_clock(clock)
{
}

Async<JwtClaims> JwksCache::verify(const QByteArray& token, WallTime now)
{
    const Result<JwtHeader> header = readJwtHeader(token);
    if (!header.ok()) {
        return readyAsync<JwtClaims>(header.error());
    }
    const MonotonicTime time = m_clock.monotonic();
    const bool fresh = m_fetched && time - *m_fetched < MaxAge;
    const bool mayAsk = !m_asked || time - *m_asked >= LeastPause;
    if ((fresh && m_keys.contains(header->keyId)) || (!mayAsk && !m_fetching)) {
        return readyAsync<JwtClaims>(m_keys.verify(token, now));
    }
    Waiting waiting{token, now, {}};
    m_waiting.append(waiting);
    fetch();
    return waiting.promise.future();
}

void JwksCache::fetch()
{
    if (std::exchange(m_fetching, true)) {
        return;
    }
    m_asked = m_clock.monotonic();
    const HttpRequest request{"GET", m_project.authUrl(QStringLiteral(".well-known/jwks.json")),
        {{"apikey", m_project.anonKey.toLatin1()}, {"X-Client-Info", clientName()}}, {},
        std::chrono::seconds(10)};
    whenDone(m_http.send(request), this,
        [this](const Result<HttpResponse>& answer) { fetched(answer); });
}

void JwksCache::fetched(const Result<HttpResponse>& answer)
{
    m_fetching = false;
    std::optional<Error> error;
    if (!answer.ok()) {
        error = answer.error();
    } else if (!answer->isSuccess()) {
        error = serverError(*answer, {}, {});
    } else if (answer->body.size() > LargestAnswer) {
        error = Error{ErrorKind::Protocol, QStringLiteral("jwks_malformed"), {}, {}};
    } else if (const Result<JwkSet> keys = JwkSet::parse(answer->body); keys.ok()) {
        m_keys = *keys;
        m_fetched = m_clock.monotonic();
    } else {
        error = keys.error();
    }
    for (const Waiting& waiting : std::exchange(m_waiting, {})) {
        // Keys that could not be renewed still verify what they signed.
        const Result<JwtClaims> claims = m_keys.verify(waiting.token, waiting.now);
        const bool unknown
            = !claims.ok() && claims.error().code == QLatin1String("jwt_unknown_key");
        waiting.promise.resolve(unknown && error ? Result<JwtClaims>(*error) : claims);
    }
}

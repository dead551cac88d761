// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "net/HttpClient.h"
#include "supabase/Project.h"
#include "wire/Jwks.h"

#include <QObject>

#include <optional>

/// A project's public keys, fetched when they are needed and kept for MaxAge. A token that names an
/// unknown key asks for them once more, but never more often than every LeastPause: forged names
/// must not make this program ask without end. GUI thread.
class JwksCache final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::minutes MaxAge{10};
    static constexpr std::chrono::seconds LeastPause{30};
    static constexpr qsizetype LargestAnswer = 256 * 1024;

    JwksCache(Project project, HttpClient& http, Clock& clock, QObject* parent = nullptr);

    /// The claims of a token that the project signed with ES256 or RS256, judged at `now`. Errors:
    /// Unauthorized with JwkSet's codes; why the keys could not be fetched.
    Async<JwtClaims> verify(const QByteArray& token, WallTime now);

private:
    struct Waiting
    {
        QByteArray token;
        WallTime now;
        AsyncPromise<JwtClaims> promise;
    };
    void fetch();
    void fetched(const Result<HttpResponse>& answer);

    Project m_project;
    HttpClient& m_http;
    Clock& m_clock;
    JwkSet m_keys;
    std::optional<MonotonicTime> m_fetched;
    std::optional<MonotonicTime> m_asked;
    bool m_fetching = false;
    QList<Waiting> m_waiting;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "realtime/RealtimeHealth.h"

#include <QObject>

class AuthSession;
class Database;
class HttpClient;
class RealtimeClient;
class RestClient;

/// One health check: asks the store, auth, REST and realtime for a real answer each, in parallel,
/// and measures how long it takes; realtime only while somebody is signed in. Deletes itself when all
/// have answered or failed. GUI thread.
class HealthCheck : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Database& database;
        HttpClient& http;
        AuthSession& auth;
        RestClient& rest;
        RealtimeClient& realtime;
        Clock& clock;
    };

    /// A round trip longer than this makes a component degraded.
    static constexpr std::chrono::milliseconds SlowNetwork {1000};
    static constexpr std::chrono::milliseconds SlowDisk {100};

    static Async<RealtimeHealthStatus> run(Parts parts, QObject* parent);

    /// Overall is as bad as the worst component, but an academy that cannot be reached while the
    /// store works is degraded, not unhealthy: everything local goes on. Pure.
    static HealthLevel::Value overall(const QList<ComponentHealth>& components);

private:
    HealthCheck(Parts parts, QObject* parent);

    void askStore();
    void askAuth();
    void askRest();
    void askRealtime();
    template <typename T>
    void measure(const QString& name, const Async<T>& answer, std::chrono::milliseconds slow);
    void note(ComponentHealth component);

    Parts m_parts;
    AsyncPromise<RealtimeHealthStatus> m_promise;
    RealtimeHealthStatus m_status;
    int m_open = 0;
};

/// Resident memory of this process in bytes; 0 where the system does not tell.
qint64 residentMemory();

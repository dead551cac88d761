// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "realtime/RealtimeHealth.h"
#include "realtime/RealtimeOptions.h"

#include <QJsonObject>
#include <QObject>

#include <memory>

class AiTutorStreamManager;
class AuthSession;
class Database;
class HttpClient;
class NetworkWatch;
class RealtimeClient;
class RealtimeExamSessionManager;
class RealtimeProgressManager;
class RestClient;
class SyncEngine;

/// The one door through which the program uses everything live. It owns no transport: the
/// composition root builds the parts in dependency order and hands them over; this object starts and
/// stops them with the sign-in, wakes them all when the network or the academy is back, joins what
/// one part does to another (a result moves progress), measures health and answers for statistics.
/// GUI thread.
class UnifiedRealtimeManager : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool started READ isStarted NOTIFY startedChanged)

public:
    /// The parts; all must outlive the manager. `tutor` may be null in headless clients.
    struct Parts
    {
        Database& database;
        HttpClient& http;
        AuthSession& auth;
        RestClient& rest;
        RealtimeClient& realtime;
        SyncEngine& sync;
        NetworkWatch& network;
        RealtimeProgressManager& progress;
        RealtimeExamSessionManager& exams;
        AiTutorStreamManager* tutor;
        Clock& clock;
        Scheduler& scheduler;
        RandomSource& random;
    };

    UnifiedRealtimeManager(Parts parts, RealtimeOptions options, QObject* parent = nullptr);
    ~UnifiedRealtimeManager() override;

    /// Follows the sign-in from here on: connects when somebody is signed in, rests otherwise.
    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    bool isStarted() const;

    RealtimeProgressManager& progress() const;
    RealtimeExamSessionManager& exams() const;
    AiTutorStreamManager* tutor() const;

    /// Named operations. A subscription made here belongs to this object until unsubscribe(id);
    /// C++ callers that want a handle of their own use the managers directly.
    Q_INVOKABLE QString subscribeToUserProgress(const QString& user);
    Q_INVOKABLE QString subscribeToCourseProgress(const QString& course);
    Q_INVOKABLE QString subscribeToUserCourseProgress(const QString& user, const QString& course);
    Q_INVOKABLE QString subscribeToExamSession(const QString& sitting);
    Q_INVOKABLE QString subscribeToUserExamSessions(const QString& user);
    Q_INVOKABLE QString startTutorConversation(const QJsonObject& context, const QString& text);
    Q_INVOKABLE void continueTutorConversation(const QString& conversation, const QString& text);
    Q_INVOKABLE void cancelTutorStream(const QString& conversation);
    Q_INVOKABLE void unsubscribe(const QString& subscription);
    Q_INVOKABLE void unsubscribeAll();
    Q_INVOKABLE QJsonObject sessionPresence(const QString& sitting) const;
    Q_INVOKABLE QJsonObject rateLimitStatus() const;

    /// Asks auth, REST and realtime for a real answer each, now, in parallel.
    Async<RealtimeHealthStatus> performHealthCheck();
    /// Counters, latencies (p50, p95, p99), queue depth and age, caches, memory and uptime.
    /// Holds no secrets and nobody's answers: it may be exported as it is.
    Q_INVOKABLE QJsonObject comprehensiveStats() const;

    void setOptions(const RealtimeOptions& options);

Q_SIGNALS:
    void startedChanged();
    void progressUpdated(const QString& subscription, const QJsonObject& update);
    void examSessionUpdated(const QString& subscription, const QJsonObject& update);
    void errorOccurred(const Error& error, const QString& context);
    void reconnected();
    void memoryAlert(qint64 bytes);

private:
    class Private;
    std::unique_ptr<Private> d;
};

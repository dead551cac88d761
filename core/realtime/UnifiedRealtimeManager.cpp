// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/UnifiedRealtimeManager.h"

#include "base/Log.h"
#include "exam/ProctorSession.h"
#include "exam/RealtimeExamSessionManager.h"
#include "exam/StudentExamSession.h"
#include "net/NetworkWatch.h"
#include "progress/RealtimeProgressManager.h"
#include "realtime/AcademyWatch.h"
#include "realtime/HealthCheck.h"
#include "realtime/LatencySample.h"
#include "store/Database.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"
#include "sync/SyncEngine.h"
#include "tutor/AiTutorStreamManager.h"

#include <QJsonArray>

#include <map>

namespace {

using namespace std::chrono_literals;

/// A whole room gets its network back at the same moment.
constexpr std::chrono::milliseconds LongestStagger = 300ms;

QString socketPhaseName(SocketHealth::Phase phase)
{
    switch (phase) {
    case SocketHealth::Phase::Stopped: return QStringLiteral("stopped");
    case SocketHealth::Phase::Connecting: return QStringLiteral("connecting");
    case SocketHealth::Phase::Open: return QStringLiteral("open");
    case SocketHealth::Phase::Probing: return QStringLiteral("probing");
    case SocketHealth::Phase::Waiting: return QStringLiteral("waiting");
    }
    Q_UNREACHABLE();
}

QJsonValue milliseconds(const std::optional<std::chrono::milliseconds>& value)
{
    return value ? QJsonValue(qint64(value->count())) : QJsonValue();
}

} // namespace

class UnifiedRealtimeManager::Private
{
public:
    Private(UnifiedRealtimeManager& owner, Parts parts, RealtimeOptions options) :
        q(owner),
        m(parts),
        m_options(options),
        m_created(parts.clock.monotonic()),
        m_watch(parts.auth.project(), parts.http, parts.clock, parts.scheduler, parts.random,
            [this] { return m.exams.isSomebodyWaiting(); })
    {
    }

    void follow();
    void connectParts();
    bool isFollowing() const { return m_started && m.auth.state() == AuthSession::State::SignedIn; }
    void suspect();
    void tryAgainSoon();
    void tryAgain();
    void armCleanup();
    void cleanUp();
    QString keep(std::unique_ptr<QObject> subscription);
    QString keepProgress(std::unique_ptr<ProgressSubscription> subscription);
    void report(const Error& error, const QString& context) { Q_EMIT q.errorOccurred(error, context); }
    QJsonObject progressStats() const;
    QJsonObject examStats() const;
    QJsonObject tutorStats() const;
    QJsonObject unifiedStats() const;

    UnifiedRealtimeManager& q;
    Parts m;
    RealtimeOptions m_options;
    MonotonicTime m_created;
    bool m_started = false;
    AcademyWatch m_watch;
    ScheduledTask m_tryAgain;
    ScheduledTask m_cleanup;
    LatencySample m_socketLatency;
    std::map<QString, std::unique_ptr<QObject>> m_subscriptions;
    quint64 m_lastSubscription = 0;
    bool m_memoryAlerted = false;
};

UnifiedRealtimeManager::UnifiedRealtimeManager(Parts parts, RealtimeOptions options, QObject* parent) :
    QObject(parent),
    d(std::make_unique<Private>(*this, parts, options))
{
    d->connectParts();
    d->m.progress.setOptions(options.progress);
    d->armCleanup();
}

UnifiedRealtimeManager::~UnifiedRealtimeManager() = default;

void UnifiedRealtimeManager::Private::connectParts()
{
    connect(&m.auth, &AuthSession::stateChanged, &q, [this] { follow(); });
    connect(&m.network, &NetworkWatch::networkUp, &q, [this] { tryAgainSoon(); });
    connect(&m.network, &NetworkWatch::woke, &q, [this](std::chrono::milliseconds slept) {
        m.realtime.woke(slept);
        tryAgainSoon();
    });
    connect(&m.realtime, &RealtimeClient::reconnected, &q, [this] {
        m.sync.networkUp();
        m.exams.networkUp();
        m_watch.askNow();
        Q_EMIT q.reconnected();
    });
    connect(&m.rest, &RestClient::unreachable, &q, [this] { suspect(); });
    connect(&m.rest, &RestClient::answered, &q, [this] { m_watch.askNow(); });
    connect(&m_watch, &AcademyWatch::back, &q, [this] { tryAgainSoon(); });
    connect(&m.realtime, &RealtimeClient::healthChanged, &q, [this] {
        if (m.realtime.health().phase == SocketHealth::Phase::Waiting) {
            suspect();
        }
        if (const auto rtt = m.realtime.health().rtt; rtt && m_options.enablePerformanceMonitoring) {
            m_socketLatency.add(*rtt);
        }
    });
    connect(&m.exams, &RealtimeExamSessionManager::handedIn, &q, [this] {
        // Grading moved this student's progress; the change event says so too, this makes it certain.
        if (m_options.enableCrossComponentSync) {
            m.progress.refresh();
        }
    });
    connect(&m.exams, &RealtimeExamSessionManager::errorOccurred, &q, &UnifiedRealtimeManager::errorOccurred);
    connect(&m.sync, &SyncEngine::operationQuarantined, &q,
        [this](const QString& lane, const OpId&, const Error& error) {
            report(error, QStringLiteral("sync:") + lane.section(QLatin1Char(':'), 0, 0));
        });
    if (m.tutor) {
        connect(m.tutor, &AiTutorStreamManager::errorOccurred, &q,
            [this](const ConversationId&, const Error& error) { report(error, QStringLiteral("tutor")); });
    }
}

void UnifiedRealtimeManager::Private::follow()
{
    if (isFollowing()) {
        m.realtime.start();
        m.sync.poke();
    } else {
        m.realtime.stop();
        m_watch.rest();
        m_tryAgain.cancel();
    }
}

void UnifiedRealtimeManager::Private::suspect()
{
    if (isFollowing()) {
        m_watch.suspect();
    }
}

void UnifiedRealtimeManager::Private::tryAgainSoon()
{
    const std::chrono::milliseconds stagger(m.random.below(quint64(LongestStagger.count()) + 1));
    m_tryAgain = m.scheduler.after(stagger, [this] { tryAgain(); });
}

void UnifiedRealtimeManager::Private::tryAgain()
{
    if (isFollowing()) {
        m.realtime.networkUp();
        m.sync.networkUp();
        m.exams.networkUp();
    }
}

void UnifiedRealtimeManager::start()
{
    if (!std::exchange(d->m_started, true)) {
        d->follow();
        Q_EMIT startedChanged();
    }
}

void UnifiedRealtimeManager::stop()
{
    if (std::exchange(d->m_started, false)) {
        d->follow();
        Q_EMIT startedChanged();
    }
}

bool UnifiedRealtimeManager::isStarted() const
{
    return d->m_started;
}

RealtimeProgressManager& UnifiedRealtimeManager::progress() const
{
    return d->m.progress;
}

RealtimeExamSessionManager& UnifiedRealtimeManager::exams() const
{
    return d->m.exams;
}

AiTutorStreamManager* UnifiedRealtimeManager::tutor() const
{
    return d->m.tutor;
}

QString UnifiedRealtimeManager::Private::keep(std::unique_ptr<QObject> subscription)
{
    const QString id = QStringLiteral("sub-%1").arg(++m_lastSubscription);
    m_subscriptions.emplace(id, std::move(subscription));
    return id;
}

QString UnifiedRealtimeManager::Private::keepProgress(std::unique_ptr<ProgressSubscription> subscription)
{
    ProgressSubscription* live = subscription.get();
    const QString id = keep(std::move(subscription));
    connect(live, &ProgressSubscription::updated, &q, [this, id](const ProgressUpdate& update) {
        Q_EMIT q.progressUpdated(id, update.toRow());
    });
    connect(live, &ProgressSubscription::failed, &q,
        [this](const Error& error) { report(error, QStringLiteral("progress")); });
    return id;
}

QString UnifiedRealtimeManager::subscribeToUserProgress(const QString& user)
{
    return d->keepProgress(d->m.progress.subscribeToUserProgress(UserId(user)));
}

QString UnifiedRealtimeManager::subscribeToCourseProgress(const QString& course)
{
    return d->keepProgress(d->m.progress.subscribeToCourseProgress(CourseId(course)));
}

QString UnifiedRealtimeManager::subscribeToUserCourseProgress(const QString& user, const QString& course)
{
    return d->keepProgress(d->m.progress.subscribeToUserCourseProgress(UserId(user), CourseId(course)));
}

QString UnifiedRealtimeManager::subscribeToExamSession(const QString& sitting)
{
    auto session = d->m.exams.subscribeToExamSession(SittingId(sitting));
    if (!session) {
        d->report({ErrorKind::RateLimited, QStringLiteral("too_many_sessions"), {}, {}},
            QStringLiteral("exam"));
        return {};
    }
    ProctorSession* live = session.get();
    const QString id = d->keep(std::move(session));
    connect(live, &ProctorSession::snapshotChanged, this, [this, live, id] {
        const MonitorSnapshot& now = live->snapshot();
        Q_EMIT examSessionUpdated(id,
            {{QStringLiteral("sitting"), now.sitting.toString()}, {QStringLiteral("state"), now.state},
                {QStringLiteral("version"), now.version}, {QStringLiteral("students"), now.students},
                {QStringLiteral("stale"), now.stale}});
    });
    live->start();
    return id;
}

QString UnifiedRealtimeManager::subscribeToUserExamSessions(const QString& user)
{
    auto subscription = d->m.exams.subscribeToUserExamSessions(UserId(user));
    if (!subscription) {
        d->report({ErrorKind::RateLimited, QStringLiteral("too_many_sessions"), {}, {}},
            QStringLiteral("exam"));
        return {};
    }
    UserExamSubscription* live = subscription.get();
    const QString id = d->keep(std::move(subscription));
    connect(live, &UserExamSubscription::updated, this, [this, live, id] {
        Q_EMIT examSessionUpdated(id, {{QStringLiteral("sittings"), live->sittings()}});
    });
    connect(live, &UserExamSubscription::failed, this,
        [this](const Error& error) { d->report(error, QStringLiteral("exam")); });
    return id;
}

QString UnifiedRealtimeManager::startTutorConversation(const QJsonObject& context, const QString& text)
{
    if (!d->m.tutor) {
        return {};
    }
    LearnerCard learner;
    const auto take = [&context](QLatin1String name, QString& into) {
        if (const QString value = context.value(name).toString(); !value.isEmpty()) {
            into = value;
        }
    };
    take(QLatin1String("level"), learner.level);
    take(QLatin1String("target_language"), learner.targetLanguage);
    take(QLatin1String("help_language"), learner.helpLanguage);
    take(QLatin1String("lesson"), learner.lesson);
    for (const QJsonValue& goal : context.value(QLatin1String("goals")).toArray()) {
        learner.goals.append(goal.toString());
    }
    return d->m.tutor->startTutorConversation(learner, text).toString();
}

void UnifiedRealtimeManager::continueTutorConversation(const QString& conversation, const QString& text)
{
    if (d->m.tutor) {
        d->m.tutor->continueTutorConversation(ConversationId(conversation), text);
    }
}

void UnifiedRealtimeManager::cancelTutorStream(const QString& conversation)
{
    if (d->m.tutor) {
        d->m.tutor->cancelTutorStream(ConversationId(conversation));
    }
}

void UnifiedRealtimeManager::unsubscribe(const QString& subscription)
{
    const auto it = d->m_subscriptions.find(subscription);
    if (it == d->m_subscriptions.end()) {
        return;
    }
    it->second.release()->deleteLater(); // this may be called from its own signal
    d->m_subscriptions.erase(it);
}

void UnifiedRealtimeManager::unsubscribeAll()
{
    while (!d->m_subscriptions.empty()) {
        unsubscribe(QString(d->m_subscriptions.begin()->first));
    }
}

QJsonObject UnifiedRealtimeManager::sessionPresence(const QString& sitting) const
{
    return d->m.exams.sessionPresence(SittingId(sitting));
}

QJsonObject UnifiedRealtimeManager::rateLimitStatus() const
{
    if (!d->m.tutor) {
        return {};
    }
    const TutorRateLimitStatus status = d->m.tutor->rateLimitStatus();
    return {
        {QStringLiteral("requests_per_minute"), status.requestsPerMinute},
        {QStringLiteral("used_in_last_minute"), status.usedInLastMinute},
        {QStringLiteral("active"), status.active},
        {QStringLiteral("queued"), status.queued},
        {QStringLiteral("next_slot_in_ms"), milliseconds(status.nextSlotIn)},
    };
}

Async<RealtimeHealthStatus> UnifiedRealtimeManager::performHealthCheck()
{
    return HealthCheck::run(
        {d->m.database, d->m.http, d->m.auth, d->m.rest, d->m.realtime, d->m.clock}, this);
}

QJsonObject UnifiedRealtimeManager::Private::progressStats() const
{
    const ProgressStats stats = m.progress.stats();
    return {
        {QStringLiteral("subscriptions"), stats.subscriptions},
        {QStringLiteral("feeds"), stats.feeds},
        {QStringLiteral("cached_rows"), stats.cachedRows},
        {QStringLiteral("changes_received"), stats.changesReceived},
        {QStringLiteral("updates_delivered"), stats.updatesDelivered},
        {QStringLiteral("updates_coalesced"), stats.updatesCoalesced},
        {QStringLiteral("catch_ups"), stats.catchUps},
    };
}

QJsonObject UnifiedRealtimeManager::Private::examStats() const
{
    const ExamManagerStats stats = m.exams.stats();
    return {
        {QStringLiteral("student_sessions"), stats.studentSessions},
        {QStringLiteral("proctor_sessions"), stats.proctorSessions},
        {QStringLiteral("user_subscriptions"), stats.userSubscriptions},
        {QStringLiteral("calls"), stats.calls},
        {QStringLiteral("topic_messages"), stats.topicMessages},
        {QStringLiteral("operations_received_by_school"), stats.opsReceipted},
    };
}

QJsonObject UnifiedRealtimeManager::Private::tutorStats() const
{
    if (!m.tutor) {
        return {};
    }
    const TutorStats stats = m.tutor->stats();
    return {
        {QStringLiteral("started"), stats.started},
        {QStringLiteral("done"), stats.done},
        {QStringLiteral("stopped"), stats.stopped},
        {QStringLiteral("interrupted"), stats.interrupted},
        {QStringLiteral("failed"), stats.failed},
        {QStringLiteral("retries"), stats.retries},
        {QStringLiteral("bytes_received"), stats.bytesReceived},
        {QStringLiteral("input_tokens"), stats.inputTokens},
        {QStringLiteral("output_tokens"), stats.outputTokens},
        {QStringLiteral("first_token_p50_ms"), milliseconds(stats.firstTokenP50)},
        {QStringLiteral("first_token_p95_ms"), milliseconds(stats.firstTokenP95)},
        {QStringLiteral("first_token_p99_ms"), milliseconds(stats.firstTokenP99)},
    };
}

QJsonObject UnifiedRealtimeManager::Private::unifiedStats() const
{
    const SocketHealth socket = m.realtime.health();
    const SyncStatus& queue = m.sync.status();
    LatencySample rest;
    for (const auto latency : m.rest.latencies()) {
        rest.add(latency);
    }
    return {
        {QStringLiteral("socket"), socketPhaseName(socket.phase)},
        {QStringLiteral("socket_latency"), m_socketLatency.toJson()},
        {QStringLiteral("messages_in"), socket.messagesIn},
        {QStringLiteral("messages_out"), socket.messagesOut},
        {QStringLiteral("bytes_in"), socket.bytesIn},
        {QStringLiteral("bytes_out"), socket.bytesOut},
        {QStringLiteral("unreadable"), socket.unreadable},
        {QStringLiteral("reconnects"), socket.reconnects},
        {QStringLiteral("channels"), socket.channels},
        {QStringLiteral("live_channels"), socket.liveChannels},
        {QStringLiteral("rest_latency"), rest.toJson()},
        {QStringLiteral("rest_requests"), m.rest.requestCount()},
        {QStringLiteral("rest_failures"), m.rest.failureCount()},
        {QStringLiteral("rest_bytes_in"), m.rest.bytesIn()},
        {QStringLiteral("rest_bytes_out"), m.rest.bytesOut()},
        {QStringLiteral("queue_depth"), queue.pending},
        {QStringLiteral("queue_quarantined"), queue.quarantined},
        {QStringLiteral("queue_oldest_ms"), milliseconds(queue.oldestUnsentAge)},
        {QStringLiteral("subscriptions"), qint64(m_subscriptions.size())},
        {QStringLiteral("memory_usage"), residentMemory()},
        {QStringLiteral("uptime_s"),
            qint64(std::chrono::floor<std::chrono::seconds>(m.clock.monotonic() - m_created).count())},
    };
}

QJsonObject UnifiedRealtimeManager::comprehensiveStats() const
{
    return {
        {QStringLiteral("progress"), d->progressStats()},
        {QStringLiteral("exam_sessions"), d->examStats()},
        {QStringLiteral("tutor"), d->tutorStats()},
        {QStringLiteral("unified"), d->unifiedStats()},
    };
}

void UnifiedRealtimeManager::setOptions(const RealtimeOptions& options)
{
    d->m_options = options;
    d->m.progress.setOptions(options.progress);
    if (!options.enablePerformanceMonitoring) {
        d->m_socketLatency.clear();
    }
    d->armCleanup();
}

void UnifiedRealtimeManager::Private::armCleanup()
{
    m_cleanup = m_options.enableAutoCleanup
        ? m.scheduler.every(m_options.cleanupInterval, [this] { cleanUp(); })
        : ScheduledTask();
}

void UnifiedRealtimeManager::Private::cleanUp()
{
    const qint64 memory = residentMemory();
    const bool over = memory > m_options.memoryAlertBytes;
    if (over && !m_memoryAlerted) {
        qCWarning(lcRealtime) << "resident memory is" << memory << "bytes, above the limit of"
                              << m_options.memoryAlertBytes;
        Q_EMIT q.memoryAlert(memory);
    }
    m_memoryAlerted = over;
}

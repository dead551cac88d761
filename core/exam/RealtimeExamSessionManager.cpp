// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/RealtimeExamSessionManager.h"

#include "exam/AcademyExamBackend.h"
#include "exam/ExamUploader.h"
#include "exam/HandInCourier.h"
#include "supabase/AuthSession.h"
#include "sync/SyncEngine.h"

#include <QPointer>
#include <QSet>
#include <QSysInfo>

namespace {

/// The sessions that still live; forgets the dead on every look.
template <typename Session> class LiveList
{
public:
    QList<Session*> all()
    {
        m_sessions.removeIf([](const QPointer<Session>& session) { return session.isNull(); });
        QList<Session*> live;
        for (const QPointer<Session>& session : std::as_const(m_sessions)) {
            live.append(session.data());
        }
        return live;
    }
    bool isFull() { return all().size() >= RealtimeExamSessionManager::maxSessions; }
    void add(Session* session) { m_sessions.append(session); }

private:
    QList<QPointer<Session>> m_sessions;
};

} // namespace

class RealtimeExamSessionManager::Private
{
public:
    Private(RestClient& rest, RealtimeClient& realtime, AuthSession& session, SyncEngine& engine,
        AttemptStore& attempts, Clock& time, Scheduler& timers, RandomSource& source, DeviceId id)
        : auth(session), store(attempts), clock(time), scheduler(timers), random(source),
          device(std::move(id)), backend(rest, realtime, engine), uploader(backend, time),
          courier(backend, attempts, timers, source)
    {
        engine.registerUploader(ExamUploader::lanePrefix(), &uploader);
    }

    AuthSession& auth;
    AttemptStore& store;
    Clock& clock;
    Scheduler& scheduler;
    RandomSource& random;
    DeviceId device;
    AcademyExamBackend backend;
    ExamUploader uploader;
    HandInCourier courier;
    UserId resumedFor;
    LiveList<StudentExamSession> students;
    QSet<SittingId> written; ///< whose attempt was last seen open
    LiveList<ProctorSession> proctors;
    LiveList<UserExamSubscription> lists;
};

RealtimeExamSessionManager::RealtimeExamSessionManager(RestClient& rest, RealtimeClient& realtime,
    AuthSession& auth, SyncEngine& sync, AttemptStore& store, Clock& clock, Scheduler& scheduler,
    RandomSource& random, DeviceId device, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(rest, realtime, auth, sync, store, clock,
                           scheduler, random, std::move(device)))
{
    connect(&d->courier, &HandInCourier::handedIn, this, &RealtimeExamSessionManager::handedIn);
    connect(&d->courier, &HandInCourier::failed, this,
        [this](const AttemptId& attempt, const Error& error) {
            if (!error.isTransient() && error.kind != ErrorKind::Cancelled) {
                Q_EMIT errorOccurred(error, QStringLiteral("hand_in:") + attempt.toString());
            }
        });
    connect(&sync, &SyncEngine::laneAdvanced, this, [this](const QString& lane) {
        const AttemptId attempt = ExamUploader::attemptOf(lane);
        if (attempt.isEmpty()) {
            return;
        }
        d->courier.wake(attempt);
        for (StudentExamSession* session : d->students.all()) {
            if (session->attempt() == attempt) {
                session->laneAdvanced();
            }
        }
    });
    connect(&sync, &SyncEngine::operationQuarantined, this,
        [this](const QString& lane, const OpId&, const Error& error) {
            if (!ExamUploader::attemptOf(lane).isEmpty()) {
                Q_EMIT errorOccurred(error, lane);
            }
        });
    const auto resume = [this] {
        const UserId user = d->auth.user().id;
        if (d->auth.state() == AuthSession::State::SignedIn && user != d->resumedFor) {
            d->resumedFor = user;
            d->courier.resume(user);
        }
    };
    connect(&auth, &AuthSession::stateChanged, this, resume);
    resume();
}

RealtimeExamSessionManager::~RealtimeExamSessionManager() = default;

std::unique_ptr<ProctorSession> RealtimeExamSessionManager::subscribeToExamSession(
    const SittingId& sitting)
{
    if (d->proctors.isFull()) {
        return nullptr;
    }
    auto session
        = std::make_unique<ProctorSession>(sitting, d->backend, d->clock, d->scheduler, d->random);
    d->proctors.add(session.get());
    return session;
}

std::unique_ptr<UserExamSubscription> RealtimeExamSessionManager::subscribeToUserExamSessions(
    const UserId& user)
{
    if (d->lists.isFull()) {
        return nullptr;
    }
    auto subscription
        = std::make_unique<UserExamSubscription>(user, d->backend, d->scheduler, d->random);
    d->lists.add(subscription.get());
    return subscription;
}

std::unique_ptr<StudentExamSession> RealtimeExamSessionManager::startExamSession(
    const SittingId& sitting)
{
    const UserId user = d->auth.user().id;
    if (user.isEmpty() || d->students.isFull()) {
        return nullptr;
    }
    for (StudentExamSession* open : d->students.all()) {
        if (open->sitting() == sitting) {
            open->close();
        }
    }
    auto session = std::make_unique<StudentExamSession>(sitting,
        ExamServices{d->backend, d->store, d->uploader, d->courier, d->clock, d->scheduler,
            d->random, user, d->device, QSysInfo::bootUniqueId()});
    d->students.add(session.get());
    connect(session.get(), &StudentExamSession::snapshotChanged, this, [this, written = session.get()] {
        using Phase = ExamSnapshot::Phase;
        const Phase phase = written->snapshot().phase;
        const QSet<SittingId> before = d->written;
        if (phase == Phase::Running || phase == Phase::Paused || phase == Phase::Locked) {
            d->written.insert(written->sitting());
        } else if (phase != Phase::Opening && phase != Phase::NotStarted) {
            d->written.remove(written->sitting());
        }
        if (d->written != before) {
            Q_EMIT studentWritingChanged(isStudentWriting());
        }
    });
    // A program that was started again writes by the paper it kept; the new one may say otherwise.
    connect(session.get(), &StudentExamSession::paperGiven, this,
        [this] { Q_EMIT studentWritingChanged(isStudentWriting()); });
    return session;
}

QJsonObject RealtimeExamSessionManager::sessionPresence(const SittingId& sitting) const
{
    for (const ProctorSession* session : d->proctors.all()) {
        if (session->sitting() == sitting) {
            return session->presence();
        }
    }
    return {};
}

void RealtimeExamSessionManager::networkUp()
{
    for (StudentExamSession* session : d->students.all()) {
        session->networkUp();
    }
    for (ProctorSession* session : d->proctors.all()) {
        session->networkUp();
    }
    for (UserExamSubscription* list : d->lists.all()) {
        list->refresh();
    }
    d->courier.networkUp();
}

bool RealtimeExamSessionManager::isSomebodyWaiting() const
{
    return !d->students.all().isEmpty() || !d->proctors.all().isEmpty() || d->courier.isUnderWay();
}

bool RealtimeExamSessionManager::isStudentWriting() const
{
    return !d->written.isEmpty();
}

ExamManagerStats RealtimeExamSessionManager::stats() const
{
    return {int(d->students.all().size()), int(d->proctors.all().size()),
        int(d->lists.all().size()), d->backend.calls(), d->backend.topicMessages(),
        d->uploader.receipted()};
}

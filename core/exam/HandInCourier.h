// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Backoff.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "exam/AttemptWire.h"
#include "exam/ExamBackend.h"

#include <QObject>

#include <map>
#include <memory>

class AttemptStore;
struct StoredAttempt;

/// Carries hand-ins to the academy: waits until every operation has gone out, hands in, and keeps
/// the receipt. Driven by what the store holds, so it goes on after a restart and needs no open
/// session. An attempt whose time was up by this computer's reckoning is handed in only after the
/// academy agreed that the time is up. GUI thread.
class HandInCourier final : public QObject
{
    Q_OBJECT

public:
    HandInCourier(ExamBackend& backend, AttemptStore& store, Scheduler& scheduler,
        RandomSource& random, QObject* parent = nullptr);

    /// Takes up what was handed in here and has no receipt yet.
    void resume(const UserId& user);
    /// Something about this attempt changed: look now.
    void wake(const AttemptId& attempt);
    /// The network is back: hand-ins that wait for their next try try now.
    void networkUp();
    bool isUnderWay() const { return !m_errands.empty(); }

Q_SIGNALS:
    void handedIn(const AttemptId& attempt, const ExamReceipt& receipt);
    /// The teacher gave more time meanwhile: the attempt goes on.
    void notDue(const AttemptId& attempt, const BeatReply& reply);
    void failed(const AttemptId& attempt, const Error& error);

private:
    struct Errand
    {
        explicit Errand(RandomSource& random);
        Backoff backoff;
        ScheduledTask retry;
        bool busy = false;
        bool again = false;
    };

    void look(const AttemptId& attempt);
    void consider(const StoredAttempt& stored);
    void askWhetherDue(const StoredAttempt& stored);
    void submit(const StoredAttempt& stored);
    void received(const StoredAttempt& stored, const SubmitReply& reply);
    void handInWithout(const StoredAttempt& stored, qint64 hole);
    void rest(const AttemptId& attempt);
    void finish(const AttemptId& attempt);
    void retryAfter(const AttemptId& attempt, const Error& error);
    void retryAfter(const AttemptId& attempt, std::chrono::milliseconds delay);

    ExamBackend& m_backend;
    AttemptStore& m_store;
    Scheduler& m_scheduler;
    RandomSource& m_random;
    std::map<QString, std::unique_ptr<Errand>> m_errands;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Backoff.h"
#include "base/Id.h"
#include "base/Scheduler.h"
#include "exam/ExamBackend.h"

#include <QJsonArray>
#include <QObject>

/// The sittings of one user, live: asked for at once, after every message of the user's own topic,
/// after a gap, and now and then. Destroying it unsubscribes. GUI thread.
class UserExamSubscription final : public QObject
{
    Q_OBJECT

public:
    UserExamSubscription(const UserId& user, ExamBackend& backend, Scheduler& scheduler,
        RandomSource& random, QObject* parent = nullptr);

    const UserId& user() const { return m_user; }
    /// The rows of student_home's `sittings`, newest first; empty until the first answer.
    const QJsonArray& sittings() const { return m_sittings; }
    void refresh();

Q_SIGNALS:
    void updated();
    void failed(const Error& error);

private:
    UserId m_user;
    ExamBackend& m_backend;
    Scheduler& m_scheduler;
    RandomSource& m_random;
    Backoff m_backoff;
    std::unique_ptr<ExamTopic> m_topic;
    QJsonArray m_sittings;
    ScheduledTask m_next;
    bool m_asking = false;
    bool m_askAgain = false;
    bool m_answered = false;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "domain/ExamItem.h"
#include "exam/StudentExamSession.h"
#include "realtime/AcademyLink.h"
#include "realtime/Profile.h"
#include "store/MemorySecretStore.h"

#include <QJsonObject>
#include <QObject>

#include <deque>
#include <memory>

/// A whole student without a window: the program's own core, a person's pace, and an exact memory of
/// what was typed. Says on standard output, one JSON object a line, what it reached: signed_in,
/// running, typed (all), handed_in.
class HeadlessStudent : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        Project project;
        QString email;
        QString password;
        SittingId sitting;
        QString folder;
        quint64 seed = 1;
        std::chrono::milliseconds keyInterval {180};
    };

    explicit HeadlessStudent(Setup setup, QObject* parent = nullptr);
    ~HeadlessStudent() override;

    void start();
    /// Hands in when everything has been typed.
    void handIn();

Q_SIGNALS:
    /// With a sentence when something ended the evening for this student early.
    void finished(const QString& problem);

private:
    struct Edit
    {
        ItemId item;
        QJsonObject payload;
    };

    void signedIn();
    void openExam();
    void follow();
    void planEdits();
    void typeOne();
    void say(const QString& what, QJsonObject more = {}) const;
    QJsonObject truth() const;

    Setup m_setup;
    SystemClock m_clock;
    QtScheduler m_scheduler;
    SystemRandom m_random;
    SeededRandom m_story;
    MemorySecretStore m_secrets;
    std::unique_ptr<AcademyLink> m_link;
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<StudentExamSession> m_session;
    std::deque<Edit> m_edits;
    bool m_planned = false;
    bool m_handInAsked = false;
    bool m_handedIn = false;
    qint64 m_accepted = 0;
    QJsonObject m_truth; ///< item → the last payload the exam accepted
    ScheduledTask m_typing;
    ScheduledTask m_retry;
};

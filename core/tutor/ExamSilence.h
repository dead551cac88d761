// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"
#include "base/Scheduler.h"
#include "domain/ExamTiming.h"
#include "store/AttemptStore.h"

#include <QObject>

/// True while the student may write this attempt and its paper does not allow the tutor. What a paper
/// does not say it does not allow. Pure; `remaining`, when given, is set to the exam time that is left.
bool silencesTutor(const StoredAttempt& attempt, const LocalMoment& now, ExamTiming::Span* remaining = nullptr);

/// Whether the tutor must be silent because its person sits an exam. The attempts that this computer
/// keeps say so, from the start of the program on, with or without a network and whether or not the
/// exam's page is open. GUI thread; the store, the clock and the scheduler outlive it.
class ExamSilence : public QObject
{
    Q_OBJECT

public:
    /// Looks at once; an empty owner is a guest and sits no exams.
    ExamSilence(AttemptStore& attempts, Clock& clock, Scheduler& scheduler, const UserId& owner, QObject* parent = nullptr);

    bool isSilent() const { return m_silent; }
    /// An attempt of this program began, has a paper again, or ended. Silent at once when it began,
    /// until its paper was read.
    void writingChanged(bool writing);

Q_SIGNALS:
    void changed(bool silent);

private:
    void look();
    void judge(const QList<StoredAttempt>& attempts);
    void setSilent(bool silent);

    AttemptStore& m_attempts;
    Clock& m_clock;
    Scheduler& m_scheduler;
    UserId m_owner;
    int m_looks = 0;
    bool m_writing = false;
    bool m_silent = false;
    ScheduledTask m_again;
};

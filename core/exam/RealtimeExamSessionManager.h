// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exam/ProctorSession.h"
#include "exam/StudentExamSession.h"
#include "exam/UserExamSubscription.h"

#include <QObject>

#include <memory>

class AttemptStore;
class AuthSession;
class RealtimeClient;
class RestClient;
class SyncEngine;

struct ExamManagerStats
{
    int studentSessions = 0;
    int proctorSessions = 0;
    int userSubscriptions = 0;
    qint64 calls = 0;
    qint64 topicMessages = 0;
    qint64 opsReceipted = 0;
};

/// Every live exam of this program: sessions of a student, monitors of a teacher, and lists of
/// sittings. Registers the uploader of the attempt lanes, so that answers and hand-ins of an
/// earlier start go out even when no exam is open. Sessions belong to the caller; when one dies its
/// channels and beats end. At most `maxSessions` of each kind live at once. GUI thread.
class RealtimeExamSessionManager : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxSessions = 16;

    /// Everything outlives the manager. `device` is this installation's id.
    RealtimeExamSessionManager(RestClient& rest, RealtimeClient& realtime, AuthSession& auth,
        SyncEngine& sync, AttemptStore& store, Clock& clock, Scheduler& scheduler,
        RandomSource& random, DeviceId device, QObject* parent = nullptr);
    ~RealtimeExamSessionManager() override;

    /// The teacher's monitor of a sitting; call start() on it. Null when too many are open.
    [[nodiscard]] std::unique_ptr<ProctorSession> subscribeToExamSession(const SittingId& sitting);
    /// The sittings of the signed-in student, following every change. Null when too many are open.
    [[nodiscard]] std::unique_ptr<UserExamSubscription> subscribeToUserExamSessions(
        const UserId& user);
    /// The student's own attempt at a sitting; call start() on it. One window writes: an earlier
    /// session of the same sitting is closed. Null when too many are open or nobody is signed in.
    [[nodiscard]] std::unique_ptr<StudentExamSession> startExamSession(const SittingId& sitting);
    /// Who is in the room of a sitting that one of the live monitors watches: key → metas.
    QJsonObject sessionPresence(const SittingId& sitting) const;

    /// The network or the academy is back: whoever waits to try again tries now.
    void networkUp();
    /// True while a student or a teacher has an exam open, or a hand-in is on its way.
    bool isSomebodyWaiting() const;

    /// True while an attempt of this computer's student may still be written, also when its page was
    /// left: what helps to write is off then.
    bool isStudentWriting() const;

    ExamManagerStats stats() const;

Q_SIGNALS:
    /// An attempt began to be written here, was given a paper again, or ended; `writing` is
    /// isStudentWriting().
    void studentWritingChanged(bool writing);
    /// An attempt of this computer was handed in and receipted, with or without an open session.
    void handedIn(const AttemptId& attempt, const ExamReceipt& receipt);
    void errorOccurred(const Error& error, const QString& context);

private:
    class Private;
    std::unique_ptr<Private> d;
};

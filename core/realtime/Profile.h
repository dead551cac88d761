// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"
#include "base/Result.h"
#include "exam/RealtimeExamSessionManager.h"
#include "progress/RealtimeProgressManager.h"
#include "realtime/UnifiedRealtimeManager.h"
#include "store/AttemptStore.h"
#include "store/Database.h"
#include "store/ProgressStore.h"
#include "study/StudyLibrary.h"
#include "study/StudySync.h"
#include "sync/SyncEngine.h"
#include "tutor/AcademyCatalogue.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/ConversationSync.h"
#include "tutor/ExamSilence.h"
#include "tutor/ReplyReports.h"
#include "tutor/Teachers.h"
#include "tutor/TutorMemory.h"
#include "tutor/WritingDesk.h"

#include <QTimeZone>

struct AcademyLink;
class SecretStore;

/// Everything one person has on this computer: their file, and all that works on it. Built when
/// somebody signs in (or studies as a guest), destroyed when they leave; the file stays. Lives on
/// the GUI thread; `link` and `secrets` outlive it. The members are the interface.
struct Profile
{
    /// `folder` is created when missing; `user` is empty for a guest.
    Profile(AcademyLink& link, SecretStore& secrets, const QString& folder, const UserId& user,
        const DeviceId& device, const QTimeZone& zone, RealtimeOptions options = {});
    ~Profile();
    Q_DISABLE_COPY_MOVE(Profile)

    /// `<root>/profiles/<user or "guest">`
    static QString folderFor(const QString& root, const UserId& user);

    /// Takes over the conversations of the guest whose file this is, and what they taught. Answers how
    /// many came. The file stays open until then.
    Async<int> takeOverTalks(Database& guest);

    AcademyLink& link;
    UserId user;
    DeviceId device;
    Database database;
    AttemptStore attempts;
    ProgressStore progressStore;
    SyncEngine sync;
    StudySync studySync;
    StudyLibrary study;
    RealtimeProgressManager progress;
    RealtimeExamSessionManager exams;
    AiTutorStreamManager tutor;
    ExamSilence silence;
    TutorMemory memory;
    ConversationSync conversations;
    Teachers teachers;
    WritingDesk writings;
    ReplyReports reports;
    AcademyCatalogue catalogue;
    UnifiedRealtimeManager realtime;
};

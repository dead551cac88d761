// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "tutor/Breaker.h"
#include "tutor/DailyBudget.h"
#include "tutor/ModelCatalogue.h"
#include "tutor/NotesTutor.h"
#include "tutor/QuirkMemory.h"
#include "tutor/RequestLimiter.h"
#include "tutor/TutorArchive.h"
#include "tutor/TutorTally.h"

#include <functional>
#include <map>

class HttpStreams;
class SecretStore;

/// How long a server may make a reply wait.
namespace tutorwait {

/// One that wants more patience than this is left for another one where there is one.
constexpr std::chrono::milliseconds longestSilentWait {60'000};
/// Beyond this a countdown helps nobody: the learner decides.
constexpr std::chrono::milliseconds longestCountdown {600'000};

} // namespace tutorwait

/// What all replies of a program share. Owned by the AiTutorStreamManager; GUI thread.
struct ReplyServices
{
    HttpStreams& streams;
    SecretStore& secrets;
    Clock& clock;
    Scheduler& scheduler;
    RandomSource& random;
    TutorArchive& archive;
    NotesTutor& notes;
    QObject* context = nullptr; ///< dies with the manager
    ModelCatalogue catalogue = ModelCatalogue::shipped();
    std::function<Async<QString>(const QString& refused)> relayToken {};
    QString learnerHash {}; ///< stands for the learner in a provider's abuse reports
    QuirkMemory quirks {};
    Breakers breakers {};
    DailyBudget budget {};
    TutorTally tally {};
    std::map<QString, RequestLimiter> limiters {}; ///< by TutorSettings::limitName()

    RequestLimiter& limiterOf(const TutorSettings& tutor) { return limiters[tutor.limitName()]; }
    Breaker& breakerOf(const TutorSettings& tutor) { return breakers.of(tutor.name(), tutor.model); }
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>

/// How a tutor is spoken to. Notes needs neither network nor key; Relay speaks to the academy, which
/// holds the key; the rest are the wires of TutorProviders.h.
enum class TutorProviderKind { Notes, OpenAiChat, OpenAiResponses, Anthropic, Gemini, OpenAiCompatible, Relay };

/// Where a tutor runs, which decides how patient one must be and whether it costs anything.
enum class TutorPlace { Cloud, Local, Relay };

/// How mistakes are treated in a conversation.
enum class CorrectionMode { Fluency, Accuracy, Exam };

/// What a conversation is for; decides what the tutor is told and what it must hand back.
enum class TutorTask {
    Talk, ///< about whatever the learner asks
    Exercise, ///< helps with LearnerCard::exercise, hints before answers
    Scenario, ///< plays LearnerCard::scenario
    Writing, ///< looks at a text of the learner against a rubric
    Speaking ///< the same for the transcript of something spoken
};

/// The exercise a learner asks about. The tutor is told the solutions only when the ladder of hints
/// has come to them.
struct TutorExercise
{
    QString prompt;
    QStringList solutions;
    QString pack;
    QString item;
    QString skill;
    QString unit {}; ///< of the pack, where the exercise stands
    QStringList choices {}; ///< what is to be chosen from, where it is a choice of one
    QString reason {}; ///< why the solution is right, in the course's words
    bool solved = false; ///< the learner has seen the solution: nothing is left to hint at
    bool operator==(const TutorExercise&) const = default;
};

/// A conversation's learner: level and languages as CEFR and BCP 47, what to practise.
struct LearnerCard
{
    TutorTask task = TutorTask::Talk;
    QString scenario; ///< of the shipped scenarios, with TutorTask::Scenario
    QString brief; ///< what a written or spoken task asked for; data like the lesson
    TutorExercise exercise; ///< with TutorTask::Exercise
    QStringList taught; ///< rules already taught: the learner is asked to repair these alone
    QString level = QStringLiteral("B1");
    QString targetLanguage = QStringLiteral("en");
    QString helpLanguage = QStringLiteral("es");
    CorrectionMode correction = CorrectionMode::Fluency;
    QStringList goals;
    QStringList dueErrors; ///< patterns that came back wrong
    QString lesson; ///< notes of the current lesson, passed as data and never as instructions; see lessonText()
};

/// How long to wait for what before giving up. Zero: without a limit. Source: ai-providers A7.
struct TutorTimeouts
{
    std::chrono::milliseconds connect {10'000}; ///< until the request is on its way
    std::chrono::milliseconds headers {30'000}; ///< from there until the answer begins
    std::chrono::milliseconds firstContent {60'000}; ///< from the start until words or reasoning
    std::chrono::milliseconds gap {45'000}; ///< between pieces of content
    std::chrono::milliseconds bytes {90'000}; ///< without a single byte, pings included
    std::chrono::milliseconds total {600'000};

    static TutorTimeouts forCloud() { return {}; }
    /// Models that think before they speak.
    static TutorTimeouts forReasoning();
    /// Local servers load their model first and may think for minutes.
    static TutorTimeouts forLocal();
    /// The academy answers at once, but what it relays may queue.
    static TutorTimeouts forRelay();
};

/// One tutor: which provider, which model and how much of it. Keys are never part of it: they stay
/// in the SecretStore under `secretName`.
struct TutorSettings
{
    TutorProviderKind provider = TutorProviderKind::Notes;
    QString providerId; ///< of the catalogue: openai, anthropic, google, local, academy, …
    TutorPlace place = TutorPlace::Cloud;
    QUrl baseUrl {QStringLiteral("https://api.openai.com/v1")};
    QString model;
    QString secretName = QStringLiteral("tutor:openai");
    bool needsKey = true; ///< false for local servers
    int requestsPerMinute = 10;
    qint64 tokensPerMinute = 0; ///< 0: no limit
    int maxActive = 2; ///< streams at the same time, over all tutors; the first one's counts
    int maxTries = 3;
    int maxInputCharacters = 4'000;
    TutorTimeouts timeouts;

    /// What this tutor is called in statistics and in the catalogue: providerId, else its host.
    QString name() const;
    /// Tutors with one name share their limits per minute.
    QString limitName() const { return needsKey ? secretName : name(); }
    /// Whether its use counts against the student's budget.
    bool costs() const { return provider != TutorProviderKind::Notes && place != TutorPlace::Local; }
};

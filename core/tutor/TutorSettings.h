// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>

/// Who answers. Notes needs neither network nor key.
enum class TutorProviderKind { Notes, OpenAiChat };

/// How mistakes are treated in a conversation.
enum class CorrectionMode { Fluency, Accuracy, Exam };

/// A conversation's learner: level and languages as CEFR and BCP 47, what to practise.
struct LearnerCard
{
    QString level = QStringLiteral("B1");
    QString targetLanguage = QStringLiteral("en");
    QString helpLanguage = QStringLiteral("es");
    CorrectionMode correction = CorrectionMode::Fluency;
    QStringList goals;
    QStringList dueErrors; ///< patterns that came back wrong
    QString lesson; ///< notes of the current lesson, passed as data and never as instructions
};

/// How long to wait for what before giving up; see AiTutorStreamManager.
struct TutorTimeouts
{
    std::chrono::milliseconds firstContent {60'000};
    std::chrono::milliseconds gap {45'000};
    std::chrono::milliseconds bytes {90'000};
    std::chrono::milliseconds total {600'000};

    static TutorTimeouts forCloud() { return {}; }
    /// Local servers load their model first and may think for minutes.
    static TutorTimeouts forLocal();
};

/// Which provider, which model and how much of it. Keys are never part of it: they stay in the
/// SecretStore under `secretName`.
struct TutorSettings
{
    TutorProviderKind provider = TutorProviderKind::Notes;
    QUrl baseUrl {QStringLiteral("https://api.openai.com/v1")};
    QString model;
    QString secretName = QStringLiteral("tutor:openai");
    bool needsKey = true; ///< false for local servers
    int requestsPerMinute = 10;
    int maxActive = 2; ///< streams at the same time
    int maxTries = 3;
    int maxInputCharacters = 4'000;
    TutorTimeouts timeouts;
};

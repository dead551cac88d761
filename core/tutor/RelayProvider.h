// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// The academy's relay, the Edge Function "tutor": `settings.baseUrl` is the academy's address, the
/// key is the learner's access token, an empty model leaves the choice to the academy. The prompt's
/// system text travels as the plan of the lesson, below rules that the relay holds itself.
/// `prompt.reply` names the request: the relay bills an id once. Another try of the same question
/// keeps it; other words under the same id are error code "duplicate". The answer comes in the words of whoever gives it; x-upstream-format says which
/// decoder reads them. Source: ai-providers A6.
///
/// Error codes beside TutorFailure's: needs_sign_in, exam_running, quota_student, quota_academy,
/// duplicate, unknown_conversation, relay_missing (the academy has no tutor), relay_misconfigured,
/// ACADEMY_SECOND_STEP.
class RelayProvider final : public TutorProvider
{
public:
    /// `apiKey` is the academy's public key; functions answer without it as well.
    explicit RelayProvider(QByteArray apiKey = {}) : m_apiKey(std::move(apiKey)) { }

    HttpRequest request(const TutorPrompt& prompt, const TutorSettings& settings,
        const TutorQuirks& quirks, const QByteArray& token) const override;
    std::unique_ptr<TutorDecoder> decoder(int httpStatus, const HttpHeaders& headers) const override;
    /// The relay knows what its models reject.
    std::optional<TutorQuirks> adapted(const TutorQuirks&, const TutorFailure&) const override
    {
        return std::nullopt;
    }

private:
    QByteArray m_apiKey;
};

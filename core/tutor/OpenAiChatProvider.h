// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// OpenAI Chat Completions and every server that speaks it at another base URL (Ollama, llama.cpp,
/// LM Studio, vLLM, gateways). With TutorQuirks::resumable, llama.cpp's replay of a reply by its id.
/// Source: ai-providers A1 and A5.
class OpenAiChatProvider final : public TutorProvider
{
public:
    HttpRequest request(const TutorPrompt& prompt, const TutorSettings& settings,
        const TutorQuirks& quirks, const QByteArray& key) const override;
    std::unique_ptr<TutorDecoder> decoder(int httpStatus, const HttpHeaders& headers) const override;
    std::optional<TutorQuirks> adapted(
        const TutorQuirks& quirks, const TutorFailure& failure) const override;
    std::optional<HttpRequest> resume(const TutorResumePoint& point, const TutorPrompt& prompt,
        const TutorSettings& settings, const TutorQuirks& quirks, const QByteArray& key) const override;
    std::optional<HttpRequest> stop(const TutorPrompt& prompt, const TutorSettings& settings,
        const TutorQuirks& quirks, const QByteArray& key) const override;
};

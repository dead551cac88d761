// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// OpenAI Responses and the servers that speak it (LM Studio, Ollama, llama.cpp). Nothing is stored at
/// the provider, so nothing can be resumed there; encrypted reasoning is sent back instead. Source:
/// ai-providers A2.
class OpenAiResponsesProvider final : public TutorProvider
{
public:
    HttpRequest request(const TutorPrompt& prompt, const TutorSettings& settings,
        const TutorQuirks& quirks, const QByteArray& key) const override;
    std::unique_ptr<TutorDecoder> decoder(int httpStatus, const HttpHeaders& headers) const override;
    std::optional<TutorQuirks> adapted(
        const TutorQuirks& quirks, const TutorFailure& failure) const override;
};

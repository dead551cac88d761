// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// Anthropic Messages and the servers that speak it. Source: ai-providers A3.
class AnthropicMessagesProvider final : public TutorProvider
{
public:
    HttpRequest request(const TutorPrompt& prompt, const TutorSettings& settings,
        const TutorQuirks& quirks, const QByteArray& key) const override;
    std::unique_ptr<TutorDecoder> decoder(int httpStatus, const HttpHeaders& headers) const override;
    std::optional<TutorQuirks> adapted(
        const TutorQuirks& quirks, const TutorFailure& failure) const override;
};

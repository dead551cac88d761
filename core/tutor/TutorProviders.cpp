// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorProviders.h"

#include "tutor/AnthropicMessagesProvider.h"
#include "tutor/GeminiProvider.h"
#include "tutor/OpenAiChatProvider.h"
#include "tutor/OpenAiResponsesProvider.h"

#include <array>

namespace {

struct Wire
{
    TutorWire wire;
    const char* name;
    const char* baseUrl;
};

constexpr std::array<Wire, 5> wires {{
    {TutorWire::OpenAiChat, "openai-chat", "https://api.openai.com/v1"},
    {TutorWire::OpenAiResponses, "openai-responses", "https://api.openai.com/v1"},
    {TutorWire::Anthropic, "anthropic", "https://api.anthropic.com/v1"},
    {TutorWire::Gemini, "gemini", "https://generativelanguage.googleapis.com/v1beta"},
    {TutorWire::OpenAiCompatible, "openai-compatible", ""},
}};

const Wire& entry(TutorWire wire)
{
    return wires[std::size_t(wire)];
}

} // namespace

const TutorProvider& tutorProvider(TutorWire wire)
{
    static const OpenAiChatProvider openAiChat;
    static const OpenAiResponsesProvider openAiResponses;
    static const AnthropicMessagesProvider anthropic;
    static const GeminiProvider gemini;
    switch (wire) {
    case TutorWire::OpenAiResponses:
        return openAiResponses;
    case TutorWire::Anthropic:
        return anthropic;
    case TutorWire::Gemini:
        return gemini;
    case TutorWire::OpenAiChat:
    case TutorWire::OpenAiCompatible:
        break;
    }
    return openAiChat;
}

QString tutorWireName(TutorWire wire)
{
    return QLatin1String(entry(wire).name);
}

std::optional<TutorWire> tutorWireFromName(QStringView name)
{
    for (const Wire& wire : wires) {
        if (name == QLatin1String(wire.name)) {
            return wire.wire;
        }
    }
    return std::nullopt;
}

QUrl tutorWireBaseUrl(TutorWire wire)
{
    return QUrl(QLatin1String(entry(wire).baseUrl));
}

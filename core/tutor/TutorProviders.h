// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

#include <QUrl>

/// The wire formats that are spoken directly to a provider or a local server.
enum class TutorWire { OpenAiChat, OpenAiResponses, Anthropic, Gemini, OpenAiCompatible };

/// The strategy for a wire. Lives as long as the program, stateless, any thread.
const TutorProvider& tutorProvider(TutorWire wire);

/// "openai-chat", "openai-responses", "anthropic", "gemini", "openai-compatible": as in the
/// catalogue, on the command line and in the relay's x-upstream-format.
QString tutorWireName(TutorWire wire);
std::optional<TutorWire> tutorWireFromName(QStringView name);

/// Where the wire's inventor serves it; empty for OpenAiCompatible.
QUrl tutorWireBaseUrl(TutorWire wire);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpClient.h"
#include "tutor/TutorEvent.h"

#include <QJsonValue>

/// Makes one TutorFailure out of what providers send: an error object (OpenAI, Anthropic, Google with
/// its typed details), a text, `{detail}`, or `{code, error: text}`; codes as text or number. `status`
/// is 0 for an error inside a stream. Pure; the detail has secrets removed.
TutorFailure providerError(int status, const HttpHeaders& headers, const QJsonValue& body);

/// True when a JSON object is an error in one of these shapes, and not a chunk.
bool isProviderError(const QJsonObject& json);

/// The wait a server asks for: retry-after-ms, retry-after in seconds or as a date beside `Date`.
std::optional<std::chrono::milliseconds> retryDelay(const HttpHeaders& headers);

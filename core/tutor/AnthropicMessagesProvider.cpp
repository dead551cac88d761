// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/AnthropicMessagesProvider.h"

#include "tutor/AnthropicMessagesDecoder.h"
#include "tutor/ErrorBodyDecoder.h"
#include "tutor/RequestBody.h"
#include "wire/Json.h"

namespace {

/// Empty texts are refused, so an empty turn is left out and its neighbours become one.
QJsonArray messagesOf(const TutorPrompt& prompt)
{
    QJsonArray messages;
    for (const TutorTurn& turn : prompt.turns) {
        if (turn.text.trimmed().isEmpty()) {
            continue;
        }
        const QString role = turn.role == TutorRole::Learner ? QStringLiteral("user") : QStringLiteral("assistant");
        QJsonArray content;
        QJsonObject last = messages.isEmpty() ? QJsonObject() : messages.last().toObject();
        const bool joins = last.value(QLatin1String("role")).toString() == role;
        if (joins) {
            content = last.value(QLatin1String("content")).toArray();
        }
        for (const QByteArray& block : turn.opaque) {
            if (const auto json = parseJson(block); json && json->isObject()) {
                content.append(*json);
            }
        }
        content.append(QJsonObject {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), turn.text}});
        if (joins) {
            messages.removeLast();
        }
        messages.append(QJsonObject {{QStringLiteral("role"), role}, {QStringLiteral("content"), content}});
    }
    return messages;
}

} // namespace

HttpRequest AnthropicMessagesProvider::request(const TutorPrompt& prompt, const TutorSettings& settings,
    const TutorQuirks& quirks, const QByteArray& key) const
{
    QJsonObject body {{QStringLiteral("model"), settings.model}, {QStringLiteral("max_tokens"), prompt.maxTokens},
        {QStringLiteral("messages"), messagesOf(prompt)}, {QStringLiteral("stream"), true}};
    if (!prompt.system.isEmpty()) {
        body.insert(QStringLiteral("system"), prompt.system);
    }
    if (prompt.temperature) {
        body.insert(QStringLiteral("temperature"), *prompt.temperature);
    }
    if (!prompt.learnerHash.isEmpty()) {
        body.insert(QStringLiteral("metadata"), QJsonObject {{QStringLiteral("user_id"), prompt.learnerHash}});
    }
    HttpRequest request = requestbody::post(settings, QStringLiteral("/messages"), body, quirks);
    request.headers.emplaceBack("anthropic-version", "2023-06-01");
    if (!key.isEmpty()) {
        request.headers.emplaceBack("x-api-key", key);
    }
    return request;
}

std::unique_ptr<TutorDecoder> AnthropicMessagesProvider::decoder(int httpStatus, const HttpHeaders& headers) const
{
    return decoderOrErrorBody<AnthropicMessagesDecoder>(httpStatus, headers);
}

std::optional<TutorQuirks> AnthropicMessagesProvider::adapted(
    const TutorQuirks& quirks, const TutorFailure& failure) const
{
    return requestbody::withoutRejected(quirks, failure,
        {QStringLiteral("model"), QStringLiteral("messages"), QStringLiteral("stream"), QStringLiteral("max_tokens")});
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiResponsesProvider.h"

#include "tutor/ErrorBodyDecoder.h"
#include "tutor/OpenAiResponsesDecoder.h"
#include "tutor/RequestBody.h"
#include "wire/Json.h"

namespace {

QJsonArray inputOf(const TutorPrompt& prompt)
{
    QJsonArray input;
    for (const TutorTurn& turn : prompt.turns) {
        const bool isLearner = turn.role == TutorRole::Learner;
        for (const QByteArray& item : turn.opaque) {
            if (const auto json = parseJson(item); json && json->isObject()) {
                input.append(*json);
            }
        }
        const QJsonObject part {{QStringLiteral("type"), isLearner ? QStringLiteral("input_text") : QStringLiteral("output_text")},
            {QStringLiteral("text"), turn.text}};
        input.append(QJsonObject {{QStringLiteral("role"), isLearner ? QStringLiteral("user") : QStringLiteral("assistant")},
            {QStringLiteral("content"), QJsonArray {part}}});
    }
    return input;
}

} // namespace

HttpRequest OpenAiResponsesProvider::request(const TutorPrompt& prompt, const TutorSettings& settings,
    const TutorQuirks& quirks, const QByteArray& key) const
{
    QJsonObject body {{QStringLiteral("model"), settings.model}, {QStringLiteral("input"), inputOf(prompt)},
        {QStringLiteral("stream"), true}, {QStringLiteral("store"), false},
        {QStringLiteral("max_output_tokens"), prompt.maxTokens}};
    if (!prompt.system.isEmpty()) {
        body.insert(QStringLiteral("instructions"), prompt.system);
    }
    if (prompt.temperature) {
        body.insert(QStringLiteral("temperature"), *prompt.temperature);
    }
    if (settings.baseUrl.host() == QLatin1String("api.openai.com")) {
        body.insert(QStringLiteral("stream_options"), QJsonObject {{QStringLiteral("include_obfuscation"), false}});
        body.insert(QStringLiteral("include"), QJsonArray {QStringLiteral("reasoning.encrypted_content")});
        if (!prompt.learnerHash.isEmpty()) {
            body.insert(QStringLiteral("safety_identifier"), prompt.learnerHash);
        }
        if (!prompt.conversation.isEmpty()) {
            body.insert(QStringLiteral("prompt_cache_key"), prompt.conversation);
        }
    }
    HttpRequest request = requestbody::post(settings, QStringLiteral("/responses"), body, quirks);
    if (!key.isEmpty()) {
        request.headers.emplaceBack("Authorization", "Bearer " + key);
    }
    return request;
}

std::unique_ptr<TutorDecoder> OpenAiResponsesProvider::decoder(int httpStatus, const HttpHeaders& headers) const
{
    return decoderOrErrorBody<OpenAiResponsesDecoder>(httpStatus, headers);
}

std::optional<TutorQuirks> OpenAiResponsesProvider::adapted(
    const TutorQuirks& quirks, const TutorFailure& failure) const
{
    return requestbody::withoutRejected(
        quirks, failure, {QStringLiteral("model"), QStringLiteral("input"), QStringLiteral("stream")});
}

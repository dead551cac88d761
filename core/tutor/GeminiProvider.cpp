// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/GeminiProvider.h"

#include "tutor/ErrorBodyDecoder.h"
#include "tutor/GeminiDecoder.h"
#include "tutor/RequestBody.h"
#include "wire/Json.h"

namespace {

QJsonObject content(const char* role, const QJsonArray& parts)
{
    QJsonObject content {{QStringLiteral("parts"), parts}};
    if (*role) {
        content.insert(QStringLiteral("role"), QLatin1String(role));
    }
    return content;
}

QJsonObject part(const QString& text)
{
    return {{QStringLiteral("text"), text}};
}

/// Signatures of thoughts go back on a part of the reply they came with.
QJsonArray replyParts(const TutorTurn& turn)
{
    QJsonArray parts {part(turn.text)};
    for (const QByteArray& item : turn.opaque) {
        const auto json = parseJson(item);
        const QJsonValue signature = json ? json->toObject().value(QLatin1String("thoughtSignature")) : QJsonValue();
        if (signature.isString()) {
            QJsonObject signedPart = parts.size() == 1 && !parts[0].toObject().contains(QLatin1String("thoughtSignature"))
                ? parts.takeAt(0).toObject()
                : part(QString());
            signedPart.insert(QStringLiteral("thoughtSignature"), signature);
            parts.append(signedPart);
        }
    }
    return parts;
}

} // namespace

HttpRequest GeminiProvider::request(const TutorPrompt& prompt, const TutorSettings& settings,
    const TutorQuirks& quirks, const QByteArray& key) const
{
    const QString model = settings.model.startsWith(QLatin1String("models/")) ? settings.model.mid(7) : settings.model;
    const bool systemInTurn = quirks.systemInFirstTurn || model.startsWith(QLatin1String("gemma"));
    QJsonArray contents;
    for (const TutorTurn& turn : prompt.turns) {
        if (turn.role == TutorRole::Tutor) {
            contents.append(content("model", replyParts(turn)));
            continue;
        }
        QJsonArray parts {part(turn.text)};
        if (systemInTurn && contents.isEmpty() && !prompt.system.isEmpty()) {
            parts.prepend(part(prompt.system));
        }
        contents.append(content("user", parts));
    }
    QJsonObject generation {{QStringLiteral("maxOutputTokens"), prompt.maxTokens}};
    if (prompt.temperature) {
        generation.insert(QStringLiteral("temperature"), *prompt.temperature);
    }
    QJsonObject body {{QStringLiteral("contents"), contents}, {QStringLiteral("generationConfig"), generation}};
    if (!systemInTurn && !prompt.system.isEmpty()) {
        body.insert(QStringLiteral("systemInstruction"), content("", {part(prompt.system)}));
    }
    if (!prompt.continuation.isEmpty()) {
        body.insert(QStringLiteral("continuationToken"), QString::fromUtf8(prompt.continuation));
    }
    HttpRequest request = requestbody::post(
        settings, QStringLiteral("/models/%1:streamGenerateContent").arg(model), body, quirks);
    request.url.setQuery(QStringLiteral("alt=sse"));
    if (!key.isEmpty()) {
        request.headers.emplaceBack("x-goog-api-key", key);
    }
    return request;
}

std::unique_ptr<TutorDecoder> GeminiProvider::decoder(int httpStatus, const HttpHeaders& headers) const
{
    return decoderOrErrorBody<GeminiDecoder>(httpStatus, headers);
}

std::optional<TutorQuirks> GeminiProvider::adapted(const TutorQuirks& quirks, const TutorFailure& failure) const
{
    return requestbody::withoutRejected(quirks, failure, {QStringLiteral("contents")}, 2);
}

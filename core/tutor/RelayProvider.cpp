// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RelayProvider.h"

#include "tutor/RelayDecoder.h"
#include "tutor/TutorProviders.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUuid>

namespace {

QJsonArray messagesOf(const TutorPrompt& prompt)
{
    QJsonArray messages;
    for (const TutorTurn& turn : prompt.turns) {
        messages.append(QJsonObject {
            {QStringLiteral("role"),
                turn.role == TutorRole::Learner ? QStringLiteral("user") : QStringLiteral("assistant")},
            {QStringLiteral("content"), turn.text}});
    }
    return messages;
}

/// The relay takes ids of the academy's form only.
bool isUuid(const QString& id)
{
    return id.size() == 36 && !QUuid::fromString(id).isNull();
}

} // namespace

HttpRequest RelayProvider::request(const TutorPrompt& prompt, const TutorSettings& settings,
    const TutorQuirks&, const QByteArray& token) const
{
    QJsonObject body {{QStringLiteral("messages"), messagesOf(prompt)},
        {QStringLiteral("plan"), prompt.system}, {QStringLiteral("max_tokens"), prompt.maxTokens}};
    if (!settings.model.isEmpty()) {
        body.insert(QStringLiteral("model"), settings.model);
    }
    if (isUuid(prompt.conversation)) {
        body.insert(QStringLiteral("conversation"), prompt.conversation);
    }
    HttpRequest request;
    request.method = "POST";
    request.url = settings.baseUrl;
    QString path = request.url.path();
    while (path.endsWith(QLatin1Char('/'))) {
        path.chop(1);
    }
    request.url.setPath(path + QStringLiteral("/functions/v1/tutor"));
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "text/event-stream"},
        {"Authorization", "Bearer " + token}};
    if (!m_apiKey.isEmpty()) {
        request.headers.append({"apikey", m_apiKey});
    }
    if (isUuid(prompt.reply)) {
        request.headers.append({"x-client-request-id", prompt.reply.toLatin1()});
    }
    request.body = toJson(body);
    request.timeout = settings.timeouts.total;
    return request;
}

std::unique_ptr<TutorDecoder> RelayProvider::decoder(int httpStatus, const HttpHeaders& headers) const
{
    if (httpStatus < 200 || httpStatus >= 300) {
        return std::make_unique<RelayRefusal>(httpStatus, headers);
    }
    const auto wire = tutorWireFromName(
        QString::fromLatin1(headerValue(headers, "x-upstream-format")));
    return std::make_unique<RelayDecoder>(
        wire ? tutorProvider(*wire).decoder(httpStatus, headers) : nullptr);
}

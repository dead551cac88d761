// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TutorCheck.h"

#include "net/HttpClient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

Error refusal(ErrorKind kind, const char* code)
{
    return {kind, QString::fromLatin1(code), {}, {}};
}

} // namespace

TutorCheck::TutorCheck(HttpClient& http, QObject* parent) : QObject(parent), m_http(http) { }

Async<QStringList> TutorCheck::models(
    const TutorSettings& tutor, const QByteArray& key, std::chrono::milliseconds patience)
{
    HttpRequest request;
    request.url = QUrl(tutor.baseUrl.toString() + QStringLiteral("/models"));
    request.timeout = patience;
    if (tutor.provider == TutorProviderKind::Anthropic) {
        request.headers.append({QByteArrayLiteral("anthropic-version"), QByteArrayLiteral("2023-06-01")});
    }
    if (!key.isEmpty()) {
        if (tutor.provider == TutorProviderKind::Anthropic) {
            request.headers.append({QByteArrayLiteral("x-api-key"), key});
        } else if (tutor.provider == TutorProviderKind::Gemini) {
            request.headers.append({QByteArrayLiteral("x-goog-api-key"), key});
        } else {
            request.headers.append({QByteArrayLiteral("Authorization"), "Bearer " + key});
        }
    }
    const AsyncPromise<QStringList> promise;
    whenDone(m_http.send(request), this, [promise](const Result<HttpResponse>& response) {
        promise.resolve(response.ok() ? read(response->status, response->body) : Result<QStringList>(response.error()));
    });
    return promise.future();
}

Result<QStringList> TutorCheck::read(int status, const QByteArray& body)
{
    const QJsonObject whole = QJsonDocument::fromJson(body).object();
    if (status == 401 || (status == 400 && body.contains("API_KEY_INVALID"))) {
        return refusal(ErrorKind::Unauthorized, "key_invalid");
    }
    if (status == 403) {
        return refusal(ErrorKind::Forbidden, "no_permission");
    }
    if (status == 429) {
        return refusal(ErrorKind::RateLimited, "rate_limited");
    }
    if (status >= 500) {
        return refusal(ErrorKind::Server, "overloaded");
    }
    const QJsonValue list = whole.contains(QLatin1String("data")) ? whole.value(QLatin1String("data")) : whole.value(QLatin1String("models"));
    if (status < 200 || status > 299 || !list.isArray()) {
        return refusal(ErrorKind::Invalid, "not_sse");
    }
    QStringList names;
    for (const QJsonValue& entry : list.toArray()) {
        QString name = entry.toObject().value(QLatin1String("id")).toString();
        if (name.isEmpty()) {
            name = entry.toObject().value(QLatin1String("name")).toString();
        }
        if (name.startsWith(QLatin1String("models/"))) {
            name.remove(0, 7);
        }
        if (!name.isEmpty()) {
            names.append(name);
        }
    }
    return names;
}

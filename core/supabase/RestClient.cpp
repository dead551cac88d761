// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/RestClient.h"

#include "supabase/AuthSession.h"
#include "supabase/ServerError.h"
#include "wire/Json.h"

namespace {

constexpr size_t LatencyCount = 256;

Error invalid(const char* code)
{
    return {ErrorKind::Invalid, QLatin1String(code), {}, {}};
}

} // namespace

RestClient::RestClient(
    Project project, HttpClient& http, AuthSession& session, Clock& clock, QObject* parent)
    : QObject(parent), m_project(std::move(project)), m_http(http), m_session(session),
      m_clock(clock)
{
}

Error RestClient::errorFrom(const HttpResponse& response, bool asUser)
{
    const QJsonObject body = parseJson(response.body).valueOr({}).toObject();
    const QString message = body.value(QLatin1String("message")).toString();
    const QString details = body.value(QLatin1String("details")).toString();
    QString code = body.value(QLatin1String("code")).toString();
    if (message.startsWith(QLatin1String("ACADEMY_"))) {
        code = message.section(QLatin1Char(' '), 0, 0).section(QLatin1Char(':'), 0, 0);
    }
    Error error = serverError(
        response, code, details.isEmpty() ? message : message + QLatin1String(": ") + details);
    if (code == QLatin1String("42501")) {
        error.kind = asUser ? ErrorKind::Forbidden : ErrorKind::Unauthorized;
    }
    return error;
}

std::optional<std::chrono::microseconds> RestClient::lastLatency() const
{
    return m_latencies.empty() ? std::nullopt : std::optional(m_latencies.back());
}

QUrl RestClient::url(const QByteArray& pathAndQuery) const
{
    return QUrl::fromEncoded(m_project.restUrl().toEncoded() + pathAndQuery);
}

Async<QJsonValue> RestClient::rpc(
    const QString& function, const QJsonObject& arguments, std::chrono::milliseconds timeout)
{
    HttpRequest request = write("POST", "rpc/" + PostgrestQuery::encoded(function), arguments, {});
    request.timeout = timeout;
    return call(std::move(request));
}

Async<QJsonArray> RestClient::select(const PostgrestQuery& query)
{
    return rows({"GET", url(query.pathAndQuery()), {}, {}});
}

Async<QJsonArray> RestClient::insert(const QString& table, const QJsonArray& rowsToInsert)
{
    return rows(
        write("POST", PostgrestQuery(table).pathAndQuery(), rowsToInsert, "return=representation"));
}

Async<QJsonArray> RestClient::upsert(
    const PostgrestQuery& target, const QJsonArray& rowsToInsert, OnConflict policy)
{
    const QByteArray resolution = policy == OnConflict::Merge ? "resolution=merge-duplicates"
                                                              : "resolution=ignore-duplicates";
    return rows(
        write("POST", target.pathAndQuery(), rowsToInsert, resolution + ",return=representation"));
}

Async<QJsonArray> RestClient::update(const PostgrestQuery& query, const QJsonObject& changes)
{
    if (!query.hasFilter()) {
        return readyAsync<QJsonArray>(invalid("filter_missing"));
    }
    return rows(write("PATCH", query.pathAndQuery(), changes, "return=representation"));
}

Async<QJsonArray> RestClient::remove(const PostgrestQuery& query)
{
    if (!query.hasFilter()) {
        return readyAsync<QJsonArray>(invalid("filter_missing"));
    }
    HttpRequest request{
        "DELETE", url(query.pathAndQuery()), {{"Prefer", "return=representation"}}, {}};
    return rows(std::move(request));
}

HttpRequest RestClient::write(const QByteArray& method, const QByteArray& path,
    const QJsonValue& body, const QByteArray& prefer) const
{
    HttpRequest request{method, url(path), {{"Content-Type", "application/json"}}, toJson(body)};
    if (!prefer.isEmpty()) {
        request.headers.emplaceBack("Prefer", prefer);
    }
    return request;
}

Async<QJsonArray> RestClient::rows(HttpRequest request)
{
    const AsyncPromise<QJsonArray> promise;
    whenDone(call(std::move(request)), this, [promise](const Result<QJsonValue>& value) {
        if (!value.ok()) {
            promise.resolve(value.error());
        } else if (!value->isArray()) {
            promise.resolve(Error{ErrorKind::Protocol, QStringLiteral("rest_not_rows"), {}, {}});
        } else {
            promise.resolve(value->toArray());
        }
    });
    return promise.future();
}

Async<QJsonValue> RestClient::call(HttpRequest request)
{
    const auto call = std::make_shared<Call>();
    call->request = std::move(request);
    authorise(call);
    return call->promise.future();
}

void RestClient::authorise(const std::shared_ptr<Call>& call)
{
    if (m_session.state() == AuthSession::State::SignedOut) {
        call->token = m_project.anonKey;
        send(call);
        return;
    }
    call->asUser = true;
    whenDone(m_session.accessToken(), this, [this, call](const Result<QString>& token) {
        if (!token.ok()) {
            call->promise.resolve(token.error());
            return;
        }
        call->token = *token;
        send(call);
    });
}

void RestClient::send(const std::shared_ptr<Call>& call)
{
    HttpRequest request = call->request;
    request.headers.emplaceBack("apikey", m_project.anonKey.toLatin1());
    request.headers.emplaceBack("X-Client-Info", clientName());
    if (!call->token.startsWith(QLatin1String("sb_"))) {
        request.headers.emplaceBack("Authorization", "Bearer " + call->token.toLatin1());
    }
    ++m_requests;
    m_bytesOut += request.body.size();
    const MonotonicTime asked = m_clock.monotonic();
    whenDone(m_http.send(request), this,
        [this, call, asked](const Result<HttpResponse>& answer) { finish(call, answer, asked); });
}

void RestClient::finish(
    const std::shared_ptr<Call>& call, const Result<HttpResponse>& answer, MonotonicTime asked)
{
    if (!answer.ok()) {
        ++m_failures;
        call->promise.resolve(answer.error());
        if (answer.error().kind == ErrorKind::Offline
            || answer.error().kind == ErrorKind::Timeout) {
            Q_EMIT unreachable();
        }
        return;
    }
    m_bytesIn += answer->body.size();
    m_latencies.push_back(m_clock.monotonic() - asked);
    if (m_latencies.size() > LatencyCount) {
        m_latencies.pop_front();
    }
    if (!answer->isSuccess()) {
        const Error error = errorFrom(*answer, call->asUser);
        const bool stale = answer->status == 401 && error.kind == ErrorKind::Unauthorized;
        if (stale && call->asUser && !std::exchange(call->repeated, true)) {
            whenDone(m_session.refreshAfterRefusal(call->token), this,
                [this, call](const Result<QString>& token) {
                    if (token.ok()) {
                        call->token = *token;
                        send(call);
                    } else {
                        call->promise.resolve(token.error());
                    }
                });
            return;
        }
        ++m_failures;
        call->promise.resolve(error);
    } else if (answer->body.isEmpty()) {
        call->promise.resolve(QJsonValue());
    } else {
        call->promise.resolve(parseJson(answer->body));
    }
    Q_EMIT answered();
}

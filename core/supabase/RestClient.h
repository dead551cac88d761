// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "net/HttpClient.h"
#include "supabase/Project.h"
#include "wire/PostgrestQuery.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

#include <deque>

class AuthSession;

/// What an upsert does with a row that is there already.
enum class OnConflict { Merge, Ignore };

/// Tables and functions of the academy over PostgREST, as the person who is signed in (or as anon).
/// A refused token is refreshed once and the request repeated. Nothing else is repeated: whoever
/// knows that a request may be repeated does so. Errors carry the server's code (PGRST…, SQLSTATE,
/// ACADEMY_…), kinds by its HTTP status; a refusal for lack of rights is Forbidden. GUI thread;
/// requests under way when it dies end as Cancelled.
class RestClient final : public QObject
{
    Q_OBJECT

public:
    RestClient(Project project, HttpClient& http, AuthSession& session, Clock& clock,
        QObject* parent = nullptr);

    Async<QJsonValue> rpc(const QString& function, const QJsonObject& arguments,
        std::chrono::milliseconds timeout = std::chrono::seconds(30));
    Async<QJsonArray> select(const PostgrestQuery& query);
    /// The rows as the database stored them.
    Async<QJsonArray> insert(const QString& table, const QJsonArray& rows);
    Async<QJsonArray> upsert(const PostgrestQuery& target, const QJsonArray& rows,
        OnConflict policy = OnConflict::Merge);
    /// Changes the rows the query's filters match; a query without filter is refused (Invalid).
    Async<QJsonArray> update(const PostgrestQuery& query, const QJsonObject& changes);
    Async<QJsonArray> remove(const PostgrestQuery& query);

    /// Round trips of the last answered requests, oldest first, at most 256.
    const std::deque<std::chrono::microseconds>& latencies() const { return m_latencies; }
    std::optional<std::chrono::microseconds> lastLatency() const;
    qint64 requestCount() const { return m_requests; }
    qint64 failureCount() const { return m_failures; }
    qint64 bytesIn() const { return m_bytesIn; }
    qint64 bytesOut() const { return m_bytesOut; }

    /// The error of a PostgREST answer that is not a success. Pure.
    static Error errorFrom(const HttpResponse& response, bool asUser);

Q_SIGNALS:
    /// An answer arrived: the academy can be reached, whatever it said.
    void answered();
    /// A request failed for want of a connection.
    void unreachable();

private:
    struct Call
    {
        HttpRequest request;
        AsyncPromise<QJsonValue> promise;
        QString token;
        bool asUser = false;
        bool repeated = false;
    };

    Async<QJsonValue> call(HttpRequest request);
    Async<QJsonArray> rows(HttpRequest request);
    void authorise(const std::shared_ptr<Call>& call);
    void send(const std::shared_ptr<Call>& call);
    void finish(const std::shared_ptr<Call>& call, const Result<HttpResponse>& answer, MonotonicTime asked);
    HttpRequest write(const QByteArray& method, const QByteArray& path, const QJsonValue& body,
        const QByteArray& prefer) const;
    QUrl url(const QByteArray& pathAndQuery) const;

    Project m_project;
    HttpClient& m_http;
    AuthSession& m_session;
    Clock& m_clock;
    std::deque<std::chrono::microseconds> m_latencies;
    qint64 m_requests = 0;
    qint64 m_failures = 0;
    qint64 m_bytesIn = 0;
    qint64 m_bytesOut = 0;
};

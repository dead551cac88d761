// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpClient.h"

#include <QJsonValue>

#include <deque>
#include <functional>
#include <optional>

/// An HTTP server that knows beforehand what it will be asked. Requests must come in the order they
/// are expected, with the expected method, path, headers and body; anything else fails the test, and
/// so does an expectation nobody met when verify() is called or the fake dies.
///
///     http.expect("POST", "/auth/v1/token?grant_type=password")
///         .json(QJsonObject {{"email", …}}).reply(200, session);
class FakeHttpClient final : public HttpClient
{
public:
    class Expectation
    {
    public:
        /// The request carries this header with exactly this value.
        Expectation& header(const QByteArray& name, const QByteArray& value);
        /// The body is JSON equal to this.
        Expectation& json(const QJsonValue& body);
        /// Called with the request, for what the others cannot say.
        Expectation& check(std::function<void(const HttpRequest&)> check);
        Expectation& reply(int status, const QJsonValue& body, HttpHeaders headers = {});
        Expectation& replyText(int status, const QByteArray& body, HttpHeaders headers = {});
        Expectation& fail(const Error& error);
        /// No answer until FakeHttpClient::answerHeld().
        Expectation& hold();

    private:
        friend class FakeHttpClient;
        QByteArray m_method, m_path;
        HttpHeaders m_headers;
        std::optional<QJsonValue> m_json;
        std::function<void(const HttpRequest&)> m_check;
        std::optional<Result<HttpResponse>> m_answer;
        bool m_held = false;
    };

    FakeHttpClient() = default;
    ~FakeHttpClient() override { verify(); }
    Q_DISABLE_COPY_MOVE(FakeHttpClient)

    /// `path` is the path and query exactly as sent.
    Expectation& expect(const QByteArray& method, const QByteArray& path);
    Async<HttpResponse> send(const HttpRequest& request) override;

    /// Answers the oldest held request.
    void answerHeld(const Result<HttpResponse>& answer);
    void answerHeld(int status, const QJsonValue& body);
    qsizetype heldCount() const { return qsizetype(m_held.size()); }
    bool isSatisfied() const { return m_expected.empty(); }
    int requestCount() const { return m_requests; }
    void verify();

private:
    std::deque<std::unique_ptr<Expectation>> m_expected;
    std::deque<AsyncPromise<HttpResponse>> m_held;
    int m_requests = 0;
};

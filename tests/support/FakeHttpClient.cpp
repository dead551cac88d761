// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeHttpClient.h"

#include "wire/Json.h"

#include <QTest>

namespace {

void failTest(const QByteArray& message)
{
    QTest::qFail(message.constData(), __FILE__, __LINE__);
}

HttpResponse jsonResponse(int status, const QJsonValue& body, HttpHeaders headers)
{
    headers.emplaceBack(QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json"));
    return {status, std::move(headers), body.isUndefined() ? QByteArray() : toJson(body)};
}

} // namespace

using Expectation = FakeHttpClient::Expectation;

Expectation& Expectation::header(const QByteArray& name, const QByteArray& value)
{
    m_headers.append({name, value});
    return *this;
}

Expectation& Expectation::json(const QJsonValue& body)
{
    m_json = body;
    return *this;
}

Expectation& Expectation::check(std::function<void(const HttpRequest&)> check)
{
    m_check = std::move(check);
    return *this;
}

Expectation& Expectation::reply(int status, const QJsonValue& body, HttpHeaders headers)
{
    m_answer = jsonResponse(status, body, std::move(headers));
    return *this;
}

Expectation& Expectation::replyText(int status, const QByteArray& body, HttpHeaders headers)
{
    m_answer = HttpResponse{status, std::move(headers), body};
    return *this;
}

Expectation& Expectation::fail(const Error& error)
{
    m_answer = error;
    return *this;
}

Expectation& Expectation::hold()
{
    m_held = true;
    return *this;
}

Expectation& FakeHttpClient::expect(const QByteArray& method, const QByteArray& path)
{
    auto expectation = std::make_unique<Expectation>();
    expectation->m_method = method;
    expectation->m_path = path;
    m_expected.push_back(std::move(expectation));
    return *m_expected.back();
}

Async<HttpResponse> FakeHttpClient::send(const HttpRequest& request)
{
    ++m_requests;
    const QByteArray path = request.url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    const QByteArray asked = request.method + ' ' + path;
    if (m_expected.empty()) {
        failTest("unexpected request: " + asked);
        return readyAsync<HttpResponse>(
            Error{ErrorKind::Offline, QStringLiteral("unexpected"), {}, {}});
    }
    const std::unique_ptr<Expectation> expected = std::move(m_expected.front());
    m_expected.pop_front();
    if (asked != expected->m_method + ' ' + expected->m_path) {
        failTest(
            "expected " + expected->m_method + ' ' + expected->m_path + ", was asked " + asked);
    }
    for (const auto& [name, value] : expected->m_headers) {
        if (headerValue(request.headers, name) != value) {
            failTest(asked + ": header " + name + " is \"" + headerValue(request.headers, name)
                + "\", not \"" + value + '"');
        }
    }
    if (expected->m_json && parseJson(request.body).valueOr({}) != *expected->m_json) {
        failTest(asked + ": body is " + request.body + ", not " + toJson(*expected->m_json));
    }
    if (expected->m_check) {
        expected->m_check(request);
    }
    if (expected->m_held) {
        const AsyncPromise<HttpResponse> promise;
        m_held.push_back(promise);
        return promise.future();
    }
    if (!expected->m_answer) {
        failTest(asked + ": the test gave no answer");
        return readyAsync<HttpResponse>(
            Error{ErrorKind::Offline, QStringLiteral("unanswered"), {}, {}});
    }
    return readyAsync(*expected->m_answer);
}

void FakeHttpClient::answerHeld(const Result<HttpResponse>& answer)
{
    if (m_held.empty()) {
        failTest("nothing is waiting for an answer");
        return;
    }
    m_held.front().resolve(answer);
    m_held.pop_front();
}

void FakeHttpClient::answerHeld(int status, const QJsonValue& body)
{
    answerHeld(jsonResponse(status, body, {}));
}

void FakeHttpClient::verify()
{
    for (const auto& expected : m_expected) {
        failTest("nobody asked " + expected->m_method + ' ' + expected->m_path);
    }
    m_expected.clear();
}

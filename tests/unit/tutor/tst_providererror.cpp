// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ErrorBodyDecoder.h"
#include "tutor/ProviderError.h"
#include "tutor/RateHeaders.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using std::chrono::milliseconds;

namespace {

QJsonValue json(const QByteArray& singleQuoted)
{
    return QJsonDocument::fromJson(QByteArray(singleQuoted).replace('\'', '"')).object();
}

QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Errors of Anthropic and Google; those of OpenAI and its imitators are in tst_openaichatprovider.
class TestProviderError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void errors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QJsonValue>("body");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<QString>("parameter");
        const auto anthropic = [](int status, const char* type, bool retryable, const char* code, const QByteArray& message = "m", const QByteArray& more = {}, const char* parameter = "") {
            QTest::addRow("Anthropic %d %s %s", status, type, message.constData())
                << status << json("{'type': 'error', 'error': {'type': '" + QByteArray(type) + "', 'message': '" + message + "'" + more + "}}")
                << QString::fromLatin1(code) << retryable << QString::fromLatin1(parameter);
        };
        anthropic(400, "invalid_request_error", false, "bad_request");
        anthropic(400, "invalid_request_error", false, "context_full", "prompt is too long: 9 tokens > 5 maximum");
        anthropic(400, "invalid_request_error", false, "quota", "Your credit balance is too low");
        anthropic(400, "invalid_request_error", false, "quota", "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.");
        anthropic(400, "invalid_request_error", false, "quota", "Your workspace has reached its spend limit.");
        anthropic(429, "rate_limit_error", true, "rate_limited", "You are over the usage limit of a minute");
        anthropic(400, "invalid_request_error", false, "bad_parameter", "temperature: Extra inputs are not permitted", {}, "temperature");
        anthropic(400, "invalid_request_error", false, "bad_parameter", "`top_p` is deprecated for this model.", {}, "top_p");
        anthropic(400, "invalid_request_error", false, "bad_parameter", "`temperature` and `top_p` cannot both be specified for this model.", {}, "temperature");
        anthropic(401, "authentication_error", false, "key_invalid");
        anthropic(402, "billing_error", false, "quota");
        anthropic(403, "permission_error", false, "no_permission");
        anthropic(404, "not_found_error", false, "model_not_found");
        anthropic(409, "conflict_error", true, "server_error");
        anthropic(413, "request_too_large", false, "too_large");
        anthropic(429, "rate_limit_error", true, "rate_limited");
        anthropic(429, "rate_limit_error", true, "rate_limited", "m", ", 'details': {'error_code': 'ramp_limit_exceeded'}");
        anthropic(429, "rate_limit_error", false, "quota", "m", ", 'details': {'error_code': 'enforced_spend_limit_reached'}");
        anthropic(500, "api_error", true, "server_error");
        anthropic(504, "timeout_error", true, "server_error");
        anthropic(529, "overloaded_error", true, "overloaded");
        anthropic(0, "overloaded_error", true, "overloaded");
        anthropic(0, "api_error", true, "server_error");
        anthropic(0, "invalid_request_error", false, "bad_request");

        const auto google = [](int status, const char* name, bool retryable, const char* code, const QByteArray& message = "m", const QByteArray& details = {}, const char* parameter = "") {
            QTest::addRow("Google %d %s %s", status, name, message.constData())
                << 0 << json("{'error': {'code': " + QByteArray::number(status) + ", 'status': '" + name + "', 'message': '" + message + "', 'details': [" + details + "]}}")
                << QString::fromLatin1(code) << retryable << QString::fromLatin1(parameter);
        };
        google(400, "INVALID_ARGUMENT", false, "bad_request");
        google(400, "INVALID_ARGUMENT", false, "key_invalid", "m", "{'reason': 'API_KEY_INVALID'}");
        google(400, "INVALID_ARGUMENT", false, "context_full", "The input token count (9) exceeds the maximum number of tokens allowed (5).");
        google(400, "INVALID_ARGUMENT", false, "bad_parameter", "Thinking level is not supported for this model.", {}, "generationConfig.thinkingConfig");
        google(400, "FAILED_PRECONDITION", false, "no_permission", "User location is not supported for the API use.");
        google(403, "PERMISSION_DENIED", false, "no_permission");
        google(404, "NOT_FOUND", false, "model_not_found");
        google(429, "RESOURCE_EXHAUSTED", true, "rate_limited", "m", "{'violations': [{'quotaId': 'RequestsPerMinute'}]}");
        google(429, "RESOURCE_EXHAUSTED", false, "quota", "m", "{'violations': [{'quotaId': 'RequestsPerDayPerProject'}]}");
        google(429, "RESOURCE_EXHAUSTED", false, "quota", "Quota exceeded, limit: 0");
        google(499, "CANCELLED", true, "server_error");
        google(500, "INTERNAL", true, "server_error");
        google(503, "UNAVAILABLE", true, "overloaded");
        google(504, "DEADLINE_EXCEEDED", true, "server_error");
    }
    void errors()
    {
        QFETCH(int, status);
        QFETCH(QJsonValue, body);
        QFETCH(QString, code);
        QFETCH(bool, retryable);
        QFETCH(QString, parameter);
        const TutorFailure failure = providerError(status, {}, body);
        QCOMPARE(failure.error.code, code);
        QCOMPARE(failure.retryable, retryable);
        QCOMPARE(failure.parameter, parameter);
    }

    void googleNamesFieldsItsOwnWay()
    {
        QJsonObject error {{QStringLiteral("code"), 400},
            {QStringLiteral("message"), QStringLiteral("Invalid JSON payload received. Unknown name \"thinkingLevel\" at 'generation_config.thinking_config': Cannot find field.")}};
        const TutorFailure failure = providerError(400, {}, QJsonObject {{QStringLiteral("error"), error}});
        QCOMPARE(failure.error.code, QStringLiteral("bad_parameter"));
        QCOMPARE(failure.parameter, QStringLiteral("generationConfig.thinkingConfig.thinkingLevel"));
    }

    void theWaitMayBeInTheBody()
    {
        const QJsonValue body = json("{'error': {'code': 429, 'details': [{'retryDelay': '34.5s'}]}}");
        QCOMPARE(providerError(429, {}, body).error.retryAfter, std::optional(milliseconds(34'500)));
        QCOMPARE(providerError(429, {{"retry-after", "2"}}, body).error.retryAfter, std::optional(milliseconds(2'000)));
    }

    void rateHeaders_data()
    {
        QTest::addColumn<QByteArray>("reset");
        QTest::addColumn<qint64>("millis");
        const auto row = [](const char* text, qint64 millis) { QTest::newRow(text) << QByteArray(text) << millis; };
        row("6ms", 6);
        row("1s", 1'000);
        row("6m0s", 360'000);
        row("17.4s", 17'400);
        row("1h2m3s", 3'723'000);
        row("60", 60'000);
        row("soon", -1);
        row("1y", -1);
        row("-5s", -1);
    }
    void rateHeaders()
    {
        QFETCH(QByteArray, reset);
        QFETCH(qint64, millis);
        const RateLimits limits = rateLimits({{"X-RateLimit-Limit-Requests", "500"}, {"x-ratelimit-remaining-requests", "0"},
            {"x-ratelimit-reset-requests", reset}, {"x-ratelimit-remaining-tokens", "1200"}});
        QCOMPARE(limits.requests.limit, std::optional<qint64>(500));
        QCOMPARE(limits.requests.remaining, std::optional<qint64>(0));
        QCOMPARE(limits.requests.resetIn ? qint64(limits.requests.resetIn->count()) : -1, millis);
        QCOMPARE(limits.tokens.remaining, std::optional<qint64>(1200));
    }

    void otherHousesHeaders()
    {
        const RateLimits anthropic = rateLimits({{"date", "Wed, 19 Aug 2026 14:34:00 GMT"}, {"anthropic-ratelimit-tokens-remaining", "7"},
            {"anthropic-ratelimit-tokens-reset", "2026-08-19T14:34:12Z"}});
        QCOMPARE(anthropic.tokens.remaining, std::optional<qint64>(7));
        QCOMPARE(anthropic.tokens.resetIn, std::optional(milliseconds(12'000)));
        QCOMPARE(rateLimits({{"x-ratelimit-remaining-req-minute", "3"}}).requests.remaining, std::optional<qint64>(3));
        QCOMPARE(rateLimits({}), RateLimits {});
    }

    /// Bodies recorded from real providers lie beside the project, not in it.
    void recordedBodies_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* start, int status, const char* code) {
            QTest::newRow(start) << QString::fromLatin1(start) << status << QString::fromLatin1(code);
        };
        for (const char* file : {"e01", "e02", "e03", "e05", "e06", "e07", "e08", "e09", "e20"}) {
            row(file, 401, "key_invalid");
        }
        for (const char* file : {"e04", "e10", "f_g_unary-failure-api-key.json", "f_v_unary-failure-api-key"}) {
            row(file, 400, "key_invalid");
        }
        for (const char* file : {"e11", "e13", "e15", "e16", "e17", "e18", "e19"}) {
            row(file, 400, "context_full");
        }
        for (const char* file : {"e22", "e23", "e24", "e25", "e26", "e29", "e30", "f_g_unary-failure-unknown-model.json", "f_v_unary-failure-model-not-found"}) {
            row(file, 404, "model_not_found");
        }
        row("e21", 400, "model_not_found");
        row("e12", 429, "rate_limited");
        row("v01", 429, "rate_limited");
        row("v02", 400, "bad_parameter");
        row("v03", 400, "bad_parameter");
        row("v04", 429, "quota");
        row("e27", 400, "bad_request");
        row("e28", 400, "bad_request");
        row("e31", 400, "bad_request");
        row("e32", 400, "bad_request");
        row("f_g_unary-failure-generativelanguage", 403, "no_permission");
        row("f_v_unary-failure-iam", 403, "no_permission");
        row("f_v_unary-failure-unsupported-user-location", 400, "no_permission");
        row("f_v_unary-failure-quota-exceeded", 429, "rate_limited");
        row("f_v_unary-failure-invalid-location-url", 404, "model_not_found");
    }
    void recordedBodies()
    {
        QFETCH(QString, file);
        QFETCH(int, status);
        QFETCH(QString, code);
        const QString data = QString::fromLocal8Bit(qgetenv("NEOLINGUS_SHARED_DATA"));
        if (data.isEmpty()) {
            QSKIP("NEOLINGUS_SHARED_DATA is not set");
        }
        const QDir folder(data + QStringLiteral("/ai-streams/errors"));
        const QStringList names = folder.entryList({file + QLatin1Char('*')});
        QCOMPARE(names.size(), 1);
        ErrorBodyDecoder decoder(status, {});
        decoder.feed(fileBytes(folder.filePath(names.first())));
        const std::vector<TutorEvent> events = decoder.end();
        QCOMPARE(std::get<TutorFailure>(events.front()).error.code, code);
    }
};

QTEST_GUILESS_MAIN(TestProviderError)
#include "tst_providererror.moc"

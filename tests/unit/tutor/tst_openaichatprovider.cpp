// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiChatProvider.h"
#include "tutor/ProviderError.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace {

QJsonObject bodyOf(const HttpRequest& request)
{
    return QJsonDocument::fromJson(request.body).object();
}

QJsonValue json(const char* singleQuoted)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray(singleQuoted).replace('\'', '"'));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

TutorSettings settings(const char* url)
{
    TutorSettings settings;
    settings.provider = TutorProviderKind::OpenAiChat;
    settings.baseUrl = QUrl(QString::fromLatin1(url));
    settings.model = QStringLiteral("some-model");
    return settings;
}

const TutorPrompt prompt {QStringLiteral("Be kind."),
    {{TutorRole::Learner, QStringLiteral("Hi")}, {TutorRole::Tutor, QStringLiteral("Hello!")},
        {TutorRole::Learner, QStringLiteral("¿Qué tal?")}},
    321};

} // namespace

class TestOpenAiChatProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void theRequestToOpenAi()
    {
        const HttpRequest request = OpenAiChatProvider().request(prompt, settings("https://api.openai.com/v1"), {}, "sk-secret");
        QCOMPARE(request.method, QByteArray("POST"));
        QCOMPARE(request.url, QUrl(QStringLiteral("https://api.openai.com/v1/chat/completions")));
        QCOMPARE(headerValue(request.headers, "authorization"), QByteArray("Bearer sk-secret"));
        QCOMPARE(headerValue(request.headers, "accept"), QByteArray("text/event-stream"));
        const QJsonObject body = bodyOf(request);
        QCOMPARE(body[QStringLiteral("model")].toString(), QStringLiteral("some-model"));
        QCOMPARE(body[QStringLiteral("stream")].toBool(), true);
        QCOMPARE(body[QStringLiteral("max_completion_tokens")].toInt(), 321);
        QVERIFY(!body.contains(QStringLiteral("max_tokens")));
        QVERIFY(!body.contains(QStringLiteral("temperature")));
        QCOMPARE(body[QStringLiteral("store")], QJsonValue(false));
        QCOMPARE(body[QStringLiteral("stream_options")].toObject()[QStringLiteral("include_usage")].toBool(), true);
        const QJsonArray messages = body[QStringLiteral("messages")].toArray();
        QCOMPARE(messages.size(), 4);
        QCOMPARE(messages[0].toObject()[QStringLiteral("role")].toString(), QStringLiteral("system"));
        QCOMPARE(messages[2].toObject()[QStringLiteral("role")].toString(), QStringLiteral("assistant"));
        QCOMPARE(messages[3].toObject()[QStringLiteral("content")].toString(), QStringLiteral("¿Qué tal?"));
    }

    void otherServersKnowTheShorterName()
    {
        const HttpRequest request = OpenAiChatProvider().request(prompt, settings("http://localhost:11434/v1/"), {}, {});
        QCOMPARE(request.url, QUrl(QStringLiteral("http://localhost:11434/v1/chat/completions")));
        QVERIFY(headerValue(request.headers, "authorization").isEmpty());
        const QJsonObject body = bodyOf(request);
        QCOMPARE(body[QStringLiteral("max_tokens")].toInt(), 321);
        QVERIFY(!body.contains(QStringLiteral("store")));
        QVERIFY(!body[QStringLiteral("stream_options")].toObject().contains(QStringLiteral("include_obfuscation")));
    }

    void oneRejectedFieldIsRepaired_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<QString>("gone");
        QTest::addColumn<QString>("there");
        QTest::newRow("max_tokens") << QStringLiteral("http://h/v1") << QStringLiteral("max_tokens") << QStringLiteral("max_tokens") << QStringLiteral("max_completion_tokens");
        QTest::newRow("max_completion_tokens") << QStringLiteral("https://api.openai.com/v1") << QStringLiteral("max_completion_tokens") << QStringLiteral("max_completion_tokens") << QStringLiteral("max_tokens");
        QTest::newRow("stream_options") << QStringLiteral("http://h/v1") << QStringLiteral("stream_options") << QStringLiteral("stream_options") << QStringLiteral("stream");
        QTest::newRow("a field of stream_options") << QStringLiteral("http://h/v1") << QStringLiteral("stream_options.include_usage") << QStringLiteral("stream_options") << QStringLiteral("stream");
    }
    void oneRejectedFieldIsRepaired()
    {
        QFETCH(QString, url);
        QFETCH(QString, parameter);
        QFETCH(QString, gone);
        QFETCH(QString, there);
        const OpenAiChatProvider provider;
        TutorFailure failure;
        failure.error.code = QStringLiteral("bad_parameter");
        failure.parameter = parameter;
        const auto quirks = provider.adapted({}, failure);
        QVERIFY(quirks.has_value());
        const QJsonObject body = bodyOf(provider.request(prompt, settings(url.toLatin1().constData()), *quirks, {}));
        QVERIFY(!body.contains(gone));
        QVERIFY(body.contains(there));
        QVERIFY(!provider.adapted(*quirks, failure).has_value()); // only once
    }

    void whatCannotBeRepairedIsNot()
    {
        const OpenAiChatProvider provider;
        TutorFailure failure;
        failure.error.code = QStringLiteral("bad_parameter");
        failure.parameter = QStringLiteral("messages");
        QVERIFY(!provider.adapted({}, failure).has_value());
        failure.parameter = QStringLiteral("max_tokens");
        failure.error.code = QStringLiteral("bad_request");
        QVERIFY(!provider.adapted({}, failure).has_value());
    }

    void errors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QJsonValue>("body");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<QString>("parameter");
        const auto row = [](const char* name, int status, const QJsonValue& body, const char* code, bool retryable, const char* parameter = "") {
            QTest::newRow(name) << status << body << QString::fromLatin1(code) << retryable << QString::fromLatin1(parameter);
        };
        row("wrong key", 401, json("{'error': {'message': 'Incorrect', 'type': 'invalid_request_error', 'code': 'invalid_api_key'}}"), "key_invalid", false);
        row("no body at all", 401, QJsonValue(), "key_invalid", false);
        row("quota in words of its own", 429, json("{'error': {'type': 'insufficient_quota', 'code': 'insufficient_quota'}}"), "quota", false);
        row("a spend limit", 429, json("{'error': {'type': 'insufficient_quota', 'code': 'project_spend_limit_exceeded'}}"), "quota", false);
        row("no balance", 402, json("{'error': {'message': 'Insufficient Balance'}}"), "quota", false);
        row("too fast", 429, json("{'error': {'code': 'rate_limit_exceeded'}}"), "rate_limited", true);
        row("slow down", 503, json("{'error': {'code': 'slow_down'}}"), "overloaded", true);
        row("overloaded", 503, json("{'error': 'server busy'}"), "overloaded", true);
        row("loading", 503, json("{'error': {'code': 503, 'type': 'unavailable_error'}}"), "overloaded", true);
        row("broken", 500, json("{'error': {'message': 'oops', 'code': 500}}"), "server_error", true);
        row("a page instead", 502, QJsonValue(), "server_error", true);
        row("forbidden region", 403, json("{'error': {'message': 'Country'}}"), "no_permission", false);
        row("unknown model", 404, json("{'error': {'code': 'model_not_found'}}"), "model_not_found", false);
        row("unknown model as a bad request", 400, json("{'error': {'code': 'model_not_found'}}"), "model_not_found", false);
        row("too long a conversation", 400, json("{'error': {'code': 'context_length_exceeded', 'param': 'messages'}}"), "context_full", false, "messages");
        row("too long for a local server", 400, json("{'error': {'code': 400, 'type': 'exceed_context_size_error'}}"), "context_full", false);
        row("a rejected field", 400, json("{'error': {'code': 'unsupported_parameter', 'param': 'max_tokens'}}"), "bad_parameter", false, "max_tokens");
        row("a rejected field in words", 400, json("{'error': {'message': 'Unrecognized request argument supplied: stream_options'}}"), "bad_parameter", false, "stream_options");
        row("a detail as a list", 422, json("{'detail': [{'type': 'extra_forbidden', 'loc': ['body', 'store'], 'msg': 'Extra inputs are not permitted'}]}"), "bad_parameter", false, "store");
        row("a detail as a text", 422, json("{'detail': 'Not so'}"), "bad_request", false);
        row("code and error as texts", 400, json("{'code': 'Client specified an invalid argument', 'error': 'Model not found: x'}"), "bad_request", false);
        row("an error in a list", 400, json("[{'error': {'code': 400, 'message': 'no'}}]"), "bad_request", false);
        row("in the stream, a number for a code", 0, json("{'error': {'message': 'Rate', 'code': 429}}"), "rate_limited", true);
        row("in the stream, a server error", 0, json("{'error': {'type': 'server_error'}}"), "server_error", true);
        row("in the stream, the quota", 0, json("{'error': {'code': 'insufficient_quota'}}"), "quota", false);
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

    void headersDecideTheWait_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("millis");
        QTest::newRow("milliseconds") << QByteArray("retry-after-ms") << QByteArray("1500") << 1500;
        QTest::newRow("seconds") << QByteArray("Retry-After") << QByteArray("2") << 2000;
        QTest::newRow("parts of seconds") << QByteArray("retry-after") << QByteArray("0.5") << 500;
        QTest::newRow("a date") << QByteArray("retry-after") << QByteArray("Mon, 23 Nov 2026 08:00:30 GMT") << 30000;
        QTest::newRow("nonsense") << QByteArray("retry-after") << QByteArray("soon") << -1;
    }
    void headersDecideTheWait()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(int, millis);
        const HttpHeaders headers {{"date", "Mon, 23 Nov 2026 08:00:00 GMT"}, {name, value}};
        const auto wait = retryDelay(headers);
        QCOMPARE(wait ? int(wait->count()) : -1, millis);
    }

    void theServerMayForbidRetrying()
    {
        QVERIFY(!providerError(500, {{"X-Should-Retry", "false"}}, {}).retryable);
    }

    void noSecretsInDetails()
    {
        const TutorFailure failure
            = providerError(401, {}, json("{'error': {'message': 'Incorrect API key provided: sk-abcdefghijklmnop'}}"));
        QVERIFY(!failure.error.detail.contains(QStringLiteral("abcdefgh")));
    }
};

QTEST_GUILESS_MAIN(TestOpenAiChatProvider)
#include "tst_openaichatprovider.moc"

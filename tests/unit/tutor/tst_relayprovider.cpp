// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RelayDecoder.h"
#include "tutor/RelayProvider.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const HttpHeaders chatHeaders {{"Content-Type", "text/event-stream"}, {"X-Upstream-Format", "openai-chat"}};

QByteArray chatStream()
{
    return ": open\n\nid: 1\ndata: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"It is \"}}]}\n\n"
           ": alive\n\nid: 2\ndata: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\xC3\xA9nt.\"},\"finish_reason\":\"stop\"}]}\n\n"
           "id: 3\ndata: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}\n\n"
           "id: 4\ndata: [DONE]\n\n";
}

struct Heard
{
    QString text;
    qint64 output = -1;
    bool isFinished = false;
    bool isInterrupted = false;
    std::optional<TutorFailure> failure;

    void take(const std::vector<TutorEvent>& events)
    {
        for (const TutorEvent& event : events) {
            if (const auto* delta = std::get_if<TextDelta>(&event)) {
                text += delta->text;
            } else if (const auto* usage = std::get_if<TutorUsage>(&event)) {
                output = usage->output;
            } else if (const auto* told = std::get_if<TutorFailure>(&event)) {
                failure = *told;
            }
            isFinished |= std::holds_alternative<TutorFinished>(event);
            isInterrupted |= std::holds_alternative<TutorInterrupted>(event);
        }
    }
};

Heard heard(int status, const HttpHeaders& headers, const QByteArray& body, qsizetype piece)
{
    const auto decoder = RelayProvider().decoder(status, headers);
    Heard result;
    for (qsizetype at = 0; at < body.size(); at += piece) {
        result.take(decoder->feed(QByteArrayView(body).sliced(at, std::min(piece, body.size() - at))));
    }
    result.take(decoder->end());
    result.take(decoder->end());
    return result;
}

} // namespace

/// The relay as a provider: what is sent, and what its answers and refusals mean.
class RelayProviderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void theRequest()
    {
        TutorSettings settings;
        settings.provider = TutorProviderKind::Relay;
        settings.baseUrl = QUrl(u"https://academy.example/"_s);
        TutorPrompt prompt {u"Level B1."_s,
            {{TutorRole::Learner, u"Hi"_s}, {TutorRole::Tutor, u"Hello!"_s}, {TutorRole::Learner, u"Why?"_s}}, 321};
        prompt.conversation = u"99999999-0000-4000-8000-000000000001"_s;
        prompt.reply = u"99999999-0000-4000-8000-000000000002"_s;
        const HttpRequest request = RelayProvider("public").request(prompt, settings, {}, "token");
        QCOMPARE(request.method, "POST"_ba);
        QCOMPARE(request.url, QUrl(u"https://academy.example/functions/v1/tutor"_s));
        QCOMPARE(headerValue(request.headers, "authorization"), "Bearer token"_ba);
        QCOMPARE(headerValue(request.headers, "apikey"), "public"_ba);
        QCOMPARE(headerValue(request.headers, "x-client-request-id"), prompt.reply.toLatin1());
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        QCOMPARE(body.value("plan"_L1).toString(), u"Level B1."_s);
        QCOMPARE(body.value("max_tokens"_L1).toInt(), 321);
        QCOMPARE(body.value("conversation"_L1).toString(), prompt.conversation);
        QVERIFY(!body.contains("model"_L1));
        const QJsonArray messages = body.value("messages"_L1).toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages.at(1).toObject().value("role"_L1).toString(), u"assistant"_s);

        settings.model = u"gpt-6-luna"_s;
        prompt.conversation = u"of another kind"_s;
        prompt.reply.clear();
        const HttpRequest other = RelayProvider().request(prompt, settings, {}, "token");
        const QJsonObject otherBody = QJsonDocument::fromJson(other.body).object();
        QCOMPARE(otherBody.value("model"_L1).toString(), u"gpt-6-luna"_s);
        QVERIFY(!otherBody.contains("conversation"_L1));
        QVERIFY(headerValue(other.headers, "apikey").isEmpty());
        QVERIFY(headerValue(other.headers, "x-client-request-id").isEmpty());
    }

    void anAnswerCutAnywhere()
    {
        for (qsizetype piece = 1; piece <= chatStream().size(); ++piece) {
            const Heard result = heard(200, chatHeaders, chatStream(), piece);
            QCOMPARE(result.text, u"It is w\u00e9nt."_s);
            QCOMPARE(result.output, 3);
            QVERIFY(result.isFinished && !result.failure && !result.isInterrupted);
        }
    }

    void theFormatChoosesTheDecoder()
    {
        const QByteArray stream
            = ": open\n\nid: 1\nevent: content_block_delta\n"
              "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"went\"}}\n\n"
              "id: 2\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":4}}\n\n"
              "id: 3\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        const Heard result = heard(200, {{"x-upstream-format", "anthropic"}}, stream, 7);
        QCOMPARE(result.text, u"went"_s);
        QVERIFY(result.isFinished);
    }

    void aCommentIsASignOfLife()
    {
        const auto decoder = RelayProvider().decoder(200, chatHeaders);
        const auto events = decoder->feed(": alive\n\n");
        QCOMPARE(events.size(), 1U);
        QVERIFY(std::holds_alternative<TutorPing>(events.front()));
    }

    void anErrorEndsTheStream()
    {
        const QByteArray stream = chatStream().left(chatStream().indexOf("id: 2"))
            + "event: error\ndata: {\"class\":\"busy\",\"code\":\"upstream_overloaded\",\"message_safe\":\"The tutor is overloaded.\","
              "\"retry_after_ms\":7000,\"retryable\":true}\n\n"
            + chatStream().mid(chatStream().indexOf("id: 2"));
        for (qsizetype piece = 1; piece <= stream.size(); piece += 3) {
            const Heard result = heard(200, chatHeaders, stream, piece);
            QCOMPARE(result.text, u"It is "_s);
            QVERIFY(result.failure && !result.isFinished && !result.isInterrupted);
            QCOMPARE(result.failure->error.code, u"overloaded"_s);
            QCOMPARE(result.failure->error.retryAfter, std::chrono::milliseconds(7000));
            QCOMPARE(result.failure->providerCode, u"upstream_overloaded"_s);
            QVERIFY(result.failure->retryable);
        }
    }

    void anEndWithoutAnEndIsInterrupted()
    {
        const Heard result = heard(200, chatHeaders, chatStream().left(chatStream().indexOf("id: 2")), 9);
        QVERIFY(result.isInterrupted && !result.isFinished && !result.failure);
    }

    void aPageIsNobodysAnswer()
    {
        const Heard result = heard(200, {{"Content-Type", "text/html"}}, "<html>Sign in to the hotel</html>", 100);
        QVERIFY(result.failure);
        QCOMPARE(result.failure->error.code, u"not_sse"_s);
        QVERIFY(heard(200, {}, {}, 1).failure);
    }

    void refusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("retryable");
        const auto row = [](const char* name, int status, const QByteArray& code, ErrorKind kind, const char* ours, bool retryable) {
            const QByteArray body = code.isEmpty() ? QByteArray("<html>") : "{\"code\":\"" + code + "\",\"message\":\"x\"}";
            QTest::newRow(name) << status << body << int(kind) << QString::fromLatin1(ours) << retryable;
        };
        row("the budget of the day", 429, "quota_student", ErrorKind::Forbidden, "quota_student", false);
        row("the budget of the academy", 429, "quota_academy", ErrorKind::Forbidden, "quota_academy", false);
        row("too fast", 429, "rate_limited", ErrorKind::RateLimited, "rate_limited", true);
        row("a sitting", 403, "exam_running", ErrorKind::Forbidden, "exam_running", false);
        row("said twice", 409, "duplicate", ErrorKind::Conflict, "duplicate", false);
        row("a stranger", 401, "unauthorized", ErrorKind::Unauthorized, "needs_sign_in", false);
        row("a stranger to the platform", 401, "", ErrorKind::Unauthorized, "needs_sign_in", false);
        row("no relay", 404, "NOT_FOUND", ErrorKind::NotFound, "relay_missing", false);
        row("somebody else's conversation", 404, "conversation_not_found", ErrorKind::NotFound, "unknown_conversation", false);
        row("the function failed", 500, "WORKER_ERROR", ErrorKind::Server, "server_error", true);
        row("it did not start", 503, "BOOT_ERROR", ErrorKind::Server, "server_error", true);
        row("nothing in time", 504, "IDLE_TIMEOUT", ErrorKind::Timeout, "server_error", true);
        row("too much for it", 546, "WORKER_LIMIT", ErrorKind::Server, "overloaded", true);
        row("too much for it, without words", 546, "", ErrorKind::Server, "overloaded", true);
        row("too long", 413, "", ErrorKind::Invalid, "too_large", false);
        row("a word nobody knows", 418, "teapot", ErrorKind::Invalid, "bad_request", false);
    }

    void refusals()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const int, kind);
        QFETCH(const QString, code);
        QFETCH(const bool, retryable);
        const Heard result = heard(status, {{"Retry-After", "3"}}, body, 5);
        QVERIFY(result.failure && !result.isFinished);
        QCOMPARE(int(result.failure->error.kind), kind);
        QCOMPARE(result.failure->error.code, code);
        QCOMPARE(result.failure->httpStatus, status);
        QCOMPARE(result.failure->retryable, retryable);
        QCOMPARE(result.failure->error.retryAfter, std::chrono::milliseconds(3000));
    }
};

QTEST_GUILESS_MAIN(RelayProviderTest)
#include "tst_relayprovider.moc"

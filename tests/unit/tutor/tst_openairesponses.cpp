// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireTest.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace wiretest;

namespace {

constexpr TutorWire wire = TutorWire::OpenAiResponses;

QByteArray typed(const QByteArray& type, const QByteArray& members)
{
    return named(type, "{'type': '" + type + "', 'sequence_number': 1, " + members + '}');
}

const QByteArray created = typed("response.created", "'response': {'id': 'resp_1', 'model': 'gpt-x', 'status': 'in_progress', 'output': []}");

QByteArray said(const QByteArray& text, int item = 0, int part = 0)
{
    return typed("response.output_text.delta", "'item_id': 'm', 'output_index': " + QByteArray::number(item)
            + ", 'content_index': " + QByteArray::number(part) + ", 'delta': '" + text + "', 'logprobs': []");
}
QByteArray ended(const QByteArray& type, const QByteArray& status, const QByteArray& members = {})
{
    return typed(type, "'response': {'id': 'resp_1', 'status': '" + status + "', 'output': [], 'error': null" + members
            + ", 'usage': {'input_tokens': 9, 'input_tokens_details': {'cached_tokens': 2}, 'output_tokens': 7, 'output_tokens_details': {'reasoning_tokens': 3}}}");
}
const QByteArray completed = ended("response.completed", "completed");

TutorSettings settings()
{
    TutorSettings settings;
    settings.baseUrl = tutorWireBaseUrl(wire);
    settings.model = QStringLiteral("gpt-x");
    return settings;
}

} // namespace

class TestOpenAiResponses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void streams_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reasoning");
        QTest::addColumn<QString>("refusal");
        QTest::addColumn<QString>("ending");
        const auto row = [](const char* name, const QByteArray& body, const char* text, const char* ending, const char* reasoning = "", const char* refusal = "") {
            QTest::newRow(name) << body << QString::fromUtf8(text) << QString::fromUtf8(reasoning) << QString::fromUtf8(refusal) << QString::fromLatin1(ending);
        };
        row("an ordinary reply", created + said("¡Buenos ") + said("días!") + completed, "¡Buenos días!", "stop: completed");
        row("two messages", created + said("a", 0) + said("b", 2) + completed, "ab", "stop: completed");
        row("a summary of reasoning", created + typed("response.reasoning_summary_text.delta", "'output_index': 0, 'summary_index': 0, 'delta': 'hm'") + said("A", 1) + completed, "A", "stop: completed", "hm");
        row("raw reasoning", created + typed("response.reasoning_text.delta", "'output_index': 0, 'content_index': 0, 'delta': 'hm'") + said("A", 1) + completed, "A", "stop: completed", "hm");
        row("whole parts only", created + typed("response.reasoning_text.done", "'output_index': 0, 'content_index': 0, 'text': 'hm'") + typed("response.output_text.done", "'output_index': 1, 'content_index': 0, 'text': 'A'") + completed, "A", "stop: completed", "hm");
        row("whole parts after their deltas", created + said("A") + typed("response.output_text.done", "'output_index': 0, 'content_index': 0, 'text': 'A'")
                + typed("response.output_item.done", "'output_index': 0, 'item': {'type': 'message', 'content': [{'type': 'output_text', 'text': 'A'}]}") + completed, "A", "stop: completed");
        row("whole items only", created + typed("response.output_item.done", "'output_index': 0, 'item': {'type': 'message', 'content': [{'type': 'output_text', 'text': 'A'}]}") + completed, "A", "stop: completed");
        row("only the whole response", ended("response.completed", "completed").replace("\"output\": []", "\"output\": [{\"type\": \"message\", \"content\": [{\"type\": \"output_text\", \"text\": \"A\"}]}]"), "A", "stop: completed");
        row("another response behind", created + said("a") + completed + QByteArray(created).replace("resp_1", "resp_2") + said("b") + completed, "ab", "stop: completed");
        row("half of another response behind", created + said("a") + completed + QByteArray(created).replace("resp_1", "resp_2") + said("b"), "ab", "interrupted: ");
        row("refused", created + typed("response.refusal.delta", "'output_index': 0, 'content_index': 0, 'delta': 'No.'") + typed("response.refusal.done", "'output_index': 0, 'content_index': 0, 'refusal': 'No.'") + completed, "", "refusal: completed", "", "No.");
        row("too long", created + said("uno") + ended("response.incomplete", "incomplete", ", 'incomplete_details': {'reason': 'max_output_tokens'}"), "uno", "length: incomplete:max_output_tokens");
        row("filtered", created + said("uno") + ended("response.incomplete", "incomplete", ", 'incomplete_details': {'reason': 'content_filter'}"), "uno", "filtered: incomplete:content_filter");
        row("steered", created + said("uno") + ended("response.incomplete", "incomplete", ", 'incomplete_details': {'reason': 'steered'}"), "uno", "other: incomplete:steered");
        row("a flat error", created + said("Ho") + typed("error", "'code': 'server_error', 'message': 'boom', 'param': null"), "Ho", "error: server_error");
        row("a nested error", created + named("error", "{'type': 'error', 'error': {'type': 'insufficient_quota', 'code': 'insufficient_quota', 'message': 'm'}}") + ended("response.failed", "failed"), "", "error: quota");
        row("failed", created + typed("response.failed", "'response': {'id': 'resp_1', 'status': 'failed', 'error': {'code': 'rate_limit_exceeded', 'message': 'm'}}"), "", "error: rate_limited");
        row("events after the end", created + said("ok") + completed + typed("response.rate_limits.updated", "'rate_limits': []"), "ok", "stop: completed");
        row("[DONE] is no end", created + said("ok") + "data: [DONE]\n\n", "ok", "interrupted: ");
        row("[DONE] after the end", created + said("ok") + completed + "data: [DONE]\n\n", "ok", "stop: completed");
        row("cut", created + said("ok"), "ok", "interrupted: ");
        row("cut in the last event", created + said("ok") + completed.chopped(30), "ok", "interrupted: ");
        row("no blank line at the end", (created + said("ok") + completed).trimmed(), "ok", "stop: completed");
        row("unknown events", created + typed("response.later.delta", "'delta': 'x'") + typed("response.later", "'item': {'type': 'later'}") + typed("keepalive", "'x': 1") + said("ok") + completed, "ok", "stop: completed");
        row("broken frames are skipped", created + "data: {\"type\": \"response.output_text.delta\", \"delta\n\n" + said("ok") + completed, "ok", "stop: completed");
        row("one whole response", QByteArray("{'object': 'response', 'id': 'r', 'model': 'm', 'status': 'completed', 'error': null, 'output': [{'type': 'message', 'content': [{'type': 'output_text', 'text': 'whole'}]}]}").replace('\'', '"'), "whole", "stop: completed");
        row("one whole error", QByteArray("{'error': {'code': 'model_not_found', 'message': 'm'}}").replace('\'', '"'), "", "error: model_not_found");
    }
    void streams()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        QFETCH(QString, reasoning);
        QFETCH(QString, refusal);
        QFETCH(QString, ending);
        const WholeReply whole = replyOf(wire, body);
        QCOMPARE(whole.text, text);
        QCOMPARE(whole.reasoning, reasoning);
        QCOMPARE(whole.refusal, refusal);
        QCOMPARE(endingOf(whole), ending);
        QCOMPARE(whole.endings, 1);
        QVERIFY(isSameAtEveryCut(wire, body, whole));
    }

    void whatElseIsTold()
    {
        const WholeReply reply = replyOf(wire, created
                + typed("response.output_item.done", "'output_index': 0, 'item': {'type': 'reasoning', 'id': 'rs_1', 'encrypted_content': 'abc', 'summary': []}")
                + typed("response.output_item.added", "'output_index': 1, 'item': {'type': 'function_call', 'call_id': 'call_1', 'name': 'look', 'arguments': ''}")
                + typed("response.function_call_arguments.delta", "'output_index': 1, 'delta': '{}'")
                + typed("response.function_call_arguments.done", "'output_index': 1, 'arguments': '{}'")
                + typed("response.output_item.done", "'output_index': 1, 'item': {'type': 'function_call', 'call_id': 'call_1', 'name': 'look', 'arguments': '{}'}")
                + typed("response.output_text.annotation.added", "'annotation': {'type': 'url_citation', 'title': 'E', 'url': 'https://e.org/'}") + completed);
        QCOMPARE(reply.id, QStringLiteral("resp_1"));
        QCOMPARE(reply.model, QStringLiteral("gpt-x"));
        QCOMPARE(reply.usage, (TutorUsage {9, 7, 2, 3}));
        QCOMPARE(reply.toolCalls, QList<WholeReply::ToolCall>({{QStringLiteral("call_1"), QStringLiteral("look"), QStringLiteral("{}")}}));
        QCOMPARE(endingOf(reply), QStringLiteral("tool: completed"));
        QCOMPARE(reply.opaque.size(), 1);
        QVERIFY(reply.opaque.first().contains("rs_1"));
        QCOMPARE(reply.citations.first().url, QStringLiteral("https://e.org/"));
    }

    void theRequest()
    {
        TutorPrompt prompt {QStringLiteral("Be kind."),
            {{TutorRole::Learner, QStringLiteral("Hi")}, {TutorRole::Tutor, QStringLiteral("Hello!"), {"{\"type\":\"reasoning\",\"id\":\"rs_1\"}"}}}, 321};
        prompt.conversation = QStringLiteral("c1");
        prompt.learnerHash = QStringLiteral("h");
        const HttpRequest request = tutorProvider(wire).request(prompt, settings(), {}, "sk-secret");
        QCOMPARE(request.url, QUrl(QStringLiteral("https://api.openai.com/v1/responses")));
        QCOMPARE(headerValue(request.headers, "authorization"), QByteArray("Bearer sk-secret"));
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        QCOMPARE(body[QStringLiteral("store")], QJsonValue(false)); // the default would keep it for a month
        QCOMPARE(body[QStringLiteral("instructions")].toString(), QStringLiteral("Be kind."));
        QCOMPARE(body[QStringLiteral("max_output_tokens")].toInt(), 321);
        QCOMPARE(body[QStringLiteral("prompt_cache_key")].toString(), QStringLiteral("c1"));
        QCOMPARE(body[QStringLiteral("safety_identifier")].toString(), QStringLiteral("h"));
        const QJsonArray input = body[QStringLiteral("input")].toArray();
        QCOMPARE(input.size(), 3);
        QCOMPARE(input[1].toObject()[QStringLiteral("id")].toString(), QStringLiteral("rs_1"));
        const QJsonObject part = input[2].toObject()[QStringLiteral("content")].toArray().first().toObject();
        QCOMPARE(part[QStringLiteral("type")].toString(), QStringLiteral("output_text"));
        QVERIFY(!request.body.contains("secret"));

        TutorSettings local = settings();
        local.baseUrl = QUrl(QStringLiteral("http://localhost:1234/v1/"));
        const HttpRequest there = tutorProvider(wire).request(prompt, local, {}, {});
        QCOMPARE(there.url, QUrl(QStringLiteral("http://localhost:1234/v1/responses")));
        QVERIFY(!there.body.contains("obfuscation") && !there.body.contains("encrypted_content"));
    }

    void aRejectedFieldIsDroppedOnce()
    {
        TutorFailure failure;
        failure.error.code = QStringLiteral("bad_parameter");
        failure.parameter = QStringLiteral("include[0]");
        const auto quirks = tutorProvider(wire).adapted({}, failure);
        QVERIFY(quirks);
        QCOMPARE(quirks->dropped, QStringList {QStringLiteral("include")});
        QVERIFY(!tutorProvider(wire).adapted(*quirks, failure));
        failure.parameter = QStringLiteral("input[0].content");
        QVERIFY(!tutorProvider(wire).adapted({}, failure));
    }
};

QTEST_GUILESS_MAIN(TestOpenAiResponses)
#include "tst_openairesponses.moc"

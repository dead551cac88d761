// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireTest.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace wiretest;

namespace {

constexpr TutorWire wire = TutorWire::Anthropic;

QByteArray typed(const QByteArray& type, const QByteArray& members = {})
{
    return named(type, "{'type': '" + type + '\'' + (members.isEmpty() ? "" : ", " + members) + "}   ");
}

const QByteArray start = typed("message_start",
    "'message': {'id': 'msg_1', 'model': 'claude-x', 'content': [], 'stop_reason': null, 'usage': {'input_tokens': 12, "
    "'cache_creation_input_tokens': 3, 'cache_read_input_tokens': 5, 'output_tokens': 1}}");
const QByteArray ping = typed("ping");
const QByteArray stopped = typed("message_stop");

QByteArray opened(int index, const QByteArray& block)
{
    return typed("content_block_start", "'index': " + QByteArray::number(index) + ", 'content_block': {" + block + "}");
}
QByteArray delta(int index, const QByteArray& members)
{
    return typed("content_block_delta", "'index': " + QByteArray::number(index) + ", 'delta': {" + members + "}");
}
QByteArray closed(int index)
{
    return typed("content_block_stop", "'index': " + QByteArray::number(index));
}
QByteArray said(const QByteArray& text, int index = 0)
{
    return delta(index, "'type': 'text_delta', 'text': '" + text + '\'');
}
QByteArray ended(const QByteArray& reason)
{
    return typed("message_delta", "'delta': {'stop_reason': '" + reason + "', 'stop_sequence': null}, 'usage': {'output_tokens': 7}") + stopped;
}
QByteArray text(const QByteArray& words)
{
    return opened(0, "'type': 'text', 'text': ''") + ping + said(words) + closed(0);
}

const TutorPrompt prompt {QStringLiteral("Be kind."),
    {{TutorRole::Learner, QStringLiteral("Hi")}, {TutorRole::Tutor, QStringLiteral("Hello!"), {"{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"s\"}"}},
        {TutorRole::Learner, QStringLiteral("¿Qué tal?")}, {TutorRole::Learner, QStringLiteral(" ")}, {TutorRole::Learner, QStringLiteral("¿Y?")}},
    321};

TutorSettings settings()
{
    TutorSettings settings;
    settings.baseUrl = tutorWireBaseUrl(wire);
    settings.model = QStringLiteral("claude-x");
    return settings;
}

} // namespace

class TestAnthropicMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void streams_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("reasoning");
        QTest::addColumn<QString>("ending");
        const auto row = [](const char* name, const QByteArray& body, const char* said, const char* ending, const char* reasoning = "") {
            QTest::newRow(name) << body << QString::fromUtf8(said) << QString::fromUtf8(reasoning) << QString::fromLatin1(ending);
        };
        row("an ordinary reply", start + text("¡Buenos días! \xF0\x9F\x98\x80") + ended("end_turn"), "¡Buenos días! \xF0\x9F\x98\x80", "stop: end_turn");
        row("a stop word", start + text("a") + ended("stop_sequence"), "a", "stop: stop_sequence");
        row("too long", start + text("a") + ended("max_tokens"), "a", "length: max_tokens");
        row("refused on the way", start + text("To do") + ended("refusal"), "To do", "refusal: refusal");
        row("paused", start + text("a") + ended("pause_turn"), "a", "paused: pause_turn");
        row("the window is full", start + text("a") + ended("model_context_window_exceeded"), "a", "context_full: model_context_window_exceeded");
        row("an unknown reason is kept", start + text("a") + ended("tired"), "a", "other: tired");
        row("thinking before the answer", start + opened(0, "'type': 'thinking', 'thinking': ''") + delta(0, "'type': 'thinking_delta', 'thinking': 'hm'")
                + delta(0, "'type': 'signature_delta', 'signature': 'sig'") + closed(0) + opened(1, "'type': 'text', 'text': ''") + said("A", 1) + closed(1) + ended("end_turn"),
            "A", "stop: end_turn", "hm");
        row("no blocks at all", start + ended("end_turn"), "", "stop: end_turn");
        row("unknown events, blocks and deltas", start + typed("later") + opened(3, "'type': 'later'") + delta(3, "'type': 'later_delta', 'v': 1") + text("ok") + ended("end_turn"), "ok", "stop: end_turn");
        row("names without types", "event: message_start\ndata: {\"message\": {\"id\": \"m\", \"usage\": null}}\n\nevent: content_block_delta\ndata: {\"index\": 0, \"delta\": {\"type\": \"text_delta\", \"text\": \"a\"}}\n\n" + ended("end_turn"), "a", "stop: end_turn");
        row("another message behind", start + text("a") + ended("tool_use") + QByteArray(start).replace("msg_1", "msg_2") + text("b") + ended("end_turn"), "ab", "stop: end_turn");
        row("half of another message behind", start + text("a") + ended("tool_use") + QByteArray(start).replace("msg_1", "msg_2") + text("b"), "ab", "interrupted: ");
        row("the same start twice", start + start + text("a") + ended("end_turn"), "a", "stop: end_turn");
        row("another message inside", start + text("a") + typed("message_start", "'message': {'id': 'msg_2'}") + text("b") + ended("end_turn"), "a", "error: server_error");
        row("an error first", typed("error", "'error': {'type': 'overloaded_error', 'message': 'Overloaded'}"), "", "error: overloaded");
        row("an error after words", start + text("Hola") + typed("error", "'error': {'type': 'overloaded_error', 'message': 'Overloaded'}") + stopped, "Hola", "error: overloaded");
        row("cut between events", start + text("Hola"), "Hola", "interrupted: ");
        row("cut before the last event", start + text("Hola") + ended("end_turn").chopped(stopped.size()), "Hola", "interrupted: ");
        row("stopped without a reason", start + text("Hola") + stopped, "Hola", "interrupted: ");
        row("cut inside a frame", start + text("Hola") + "event: content_block_delta\ndata: {\"type\":\"content_bl", "Hola", "interrupted: ");
        row("only pings", start + ping + ping, "", "interrupted: ");
        row("nothing", "", "", "interrupted: ");
        row("no blank line at the end", (start + text("a") + ended("end_turn")).trimmed(), "a", "stop: end_turn");
        row("events after the end", start + text("a") + ended("end_turn") + said("b"), "a", "stop: end_turn");
        row("a broken frame is skipped", start + "data: {oops\n\n" + text("a") + ended("end_turn"), "a", "stop: end_turn");
        row("half a character in two frames", start + said("\\ud83d") + said("\\ude00") + ended("end_turn"), "\xF0\x9F\x98\x80", "stop: end_turn");
        row("half a character alone", start + said("a\\ud83d") + ended("end_turn"), "a\xEF\xBF\xBD", "stop: end_turn");
        row("a page", "<html>no</html>", "", "error: not_sse");
        row("a sentence", "upstream connect error\n", "", "error: not_sse");
        row("a bare error behind the events", start + text("a") + "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"m\"}}\n", "a", "error: server_error");
        row("one whole message", QByteArray("{'type': 'message', 'id': 'm', 'model': 'x', 'content': [{'type': 'thinking', 'thinking': 'hm', 'signature': 's'}, {'type': 'text', 'text': 'whole'}], 'stop_reason': 'end_turn', 'usage': {'input_tokens': 1}}").replace('\'', '"'), "whole", "stop: end_turn", "hm");
        row("one whole error", QByteArray("{'type': 'error', 'error': {'type': 'rate_limit_error', 'message': 'm'}}").replace('\'', '"'), "", "error: rate_limited");
    }
    void streams()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, said);
        QFETCH(QString, reasoning);
        QFETCH(QString, ending);
        const WholeReply whole = replyOf(wire, body);
        QCOMPARE(whole.text, said);
        QCOMPARE(whole.reasoning, reasoning);
        QCOMPARE(endingOf(whole), ending);
        QCOMPARE(whole.endings, 1);
        QVERIFY(isSameAtEveryCut(wire, body, whole));
    }

    void whatElseIsTold()
    {
        const WholeReply reply = replyOf(wire, start
                + opened(0, "'type': 'thinking', 'thinking': ''") + delta(0, "'type': 'thinking_delta', 'thinking': 'hm'") + delta(0, "'type': 'signature_delta', 'signature': 'sig'") + closed(0)
                + opened(1, "'type': 'redacted_thinking', 'data': 'xyz'") + closed(1)
                + opened(2, "'type': 'tool_use', 'id': 'toolu_1', 'name': 'look', 'input': {}") + delta(2, "'type': 'input_json_delta', 'partial_json': ''")
                + delta(2, "'type': 'input_json_delta', 'partial_json': '{\\\"a\\\": 1}'") + closed(2)
                + opened(3, "'type': 'tool_use', 'id': 'toolu_2', 'name': 'rest', 'input': {}") + closed(3)
                + delta(4, "'type': 'citations_delta', 'citation': {'url': 'https://e.org/', 'title': 'E'}")
                + typed("message_delta", "'delta': {'stop_reason': 'tool_use'}, 'usage': {'input_tokens': null, 'output_tokens': 9, 'output_tokens_details': {'thinking_tokens': 4}}") + stopped);
        QCOMPARE(reply.id, QStringLiteral("msg_1"));
        QCOMPARE(reply.model, QStringLiteral("claude-x"));
        QCOMPARE(reply.usage, (TutorUsage {20, 9, 5, 4, 3}));
        QCOMPARE(reply.opaque, (QList<QByteArray> {"{\"signature\":\"sig\",\"thinking\":\"hm\",\"type\":\"thinking\"}", "{\"type\": \"redacted_thinking\", \"data\": \"xyz\"}"}));
        QCOMPARE(reply.toolCalls.size(), 2);
        QCOMPARE(reply.toolCalls[0], (WholeReply::ToolCall {QStringLiteral("toolu_1"), QStringLiteral("look"), QStringLiteral("{\"a\": 1}")}));
        QCOMPARE(reply.toolCalls[1].arguments, QString()); // none were needed
        QCOMPARE(reply.citations, QList<TutorCitation>({{{}, {}, QStringLiteral("E"), QStringLiteral("https://e.org/")}}));
        QCOMPARE(endingOf(reply), QStringLiteral("tool: tool_use"));

        const WholeReply refused = replyOf(wire, start + typed("message_delta", "'delta': {'stop_reason': 'refusal', 'stop_details': {'category': 'cyber', 'explanation': 'No.'}}") + stopped);
        QCOMPARE(refused.finished->detail, QStringLiteral("cyber: No."));
    }

    void theRequest()
    {
        TutorPrompt asked = prompt;
        asked.temperature = 0.5;
        asked.learnerHash = QStringLiteral("h");
        TutorQuirks quirks;
        quirks.dropped = {QStringLiteral("temperature")};
        quirks.set = {{QStringLiteral("thinking"), QJsonObject {{QStringLiteral("type"), QStringLiteral("disabled")}}}};
        const HttpRequest request = tutorProvider(wire).request(asked, settings(), quirks, "sk-ant-secret");
        QCOMPARE(request.url, QUrl(QStringLiteral("https://api.anthropic.com/v1/messages")));
        QCOMPARE(headerValue(request.headers, "x-api-key"), QByteArray("sk-ant-secret"));
        QCOMPARE(headerValue(request.headers, "anthropic-version"), QByteArray("2023-06-01"));
        QVERIFY(headerValue(request.headers, "authorization").isEmpty());
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        QCOMPARE(body[QStringLiteral("system")].toString(), QStringLiteral("Be kind."));
        QCOMPARE(body[QStringLiteral("max_tokens")].toInt(), 321);
        QCOMPARE(body[QStringLiteral("stream")], QJsonValue(true));
        QVERIFY(!body.contains(QStringLiteral("temperature")));
        QCOMPARE(body[QStringLiteral("thinking")].toObject()[QStringLiteral("type")].toString(), QStringLiteral("disabled"));
        QCOMPARE(body[QStringLiteral("metadata")].toObject()[QStringLiteral("user_id")].toString(), QStringLiteral("h"));
        const QJsonArray messages = body[QStringLiteral("messages")].toArray();
        QCOMPARE(messages.size(), 3); // turns of one side are one, empty ones none
        const QJsonArray reply = messages[1].toObject()[QStringLiteral("content")].toArray();
        QCOMPARE(reply.size(), 2);
        QCOMPARE(reply[0].toObject()[QStringLiteral("signature")].toString(), QStringLiteral("s"));
        QCOMPARE(messages[2].toObject()[QStringLiteral("content")].toArray().size(), 2);
        QVERIFY(!request.body.contains("secret"));
    }

    void aRejectedFieldIsDroppedOnce()
    {
        const TutorProvider& provider = tutorProvider(wire);
        TutorFailure failure;
        failure.error.code = QStringLiteral("bad_parameter");
        failure.parameter = QStringLiteral("thinking.type.enabled");
        const auto quirks = provider.adapted({}, failure);
        QVERIFY(quirks && quirks->adapted);
        QCOMPARE(quirks->dropped, QStringList {QStringLiteral("thinking")});
        QVERIFY(!provider.adapted(*quirks, failure));
        failure.parameter = QStringLiteral("max_tokens");
        QVERIFY(!provider.adapted({}, failure));
    }
};

QTEST_GUILESS_MAIN(TestAnthropicMessages)
#include "tst_anthropicmessages.moc"

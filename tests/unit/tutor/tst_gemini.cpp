// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireTest.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace wiretest;

namespace {

constexpr TutorWire wire = TutorWire::Gemini;

QByteArray crlf(const QByteArray& json)
{
    return frame(json).replace("\n", "\r\n");
}
QByteArray said(const QByteArray& text)
{
    return crlf("{'candidates': [{'content': {'role': 'model', 'parts': [{'text': '" + text + "'}]}, 'index': 0}], 'modelVersion': 'gemini-x', 'responseId': 'r1'}");
}
QByteArray ended(const QByteArray& reason, const QByteArray& more = {})
{
    return crlf("{'candidates': [{'finishReason': '" + reason + "'" + more + "}], 'usageMetadata': {'promptTokenCount': 5, 'candidatesTokenCount': 2, 'thoughtsTokenCount': 7, 'cachedContentTokenCount': 1, 'totalTokenCount': 14}}");
}
QByteArray json(const QByteArray& singleQuoted)
{
    return QByteArray(singleQuoted).replace('\'', '"');
}

TutorSettings settings(const char* model)
{
    TutorSettings settings;
    settings.baseUrl = tutorWireBaseUrl(wire);
    settings.model = QString::fromLatin1(model);
    return settings;
}

const TutorPrompt prompt {QStringLiteral("Be kind."),
    {{TutorRole::Learner, QStringLiteral("Hi")}, {TutorRole::Tutor, QStringLiteral("Hello!"), {"{\"thoughtSignature\":\"QQ==\"}"}},
        {TutorRole::Learner, QStringLiteral("¿Qué tal?")}},
    321};

} // namespace

class TestGemini : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void streams_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reasoning");
        QTest::addColumn<QString>("ending");
        const auto row = [](const char* name, const QByteArray& body, const char* text, const char* ending, const char* reasoning = "") {
            QTest::newRow(name) << body << QString::fromUtf8(text) << QString::fromUtf8(reasoning) << QString::fromLatin1(ending);
        };
        const QByteArray error = "{'error': {'code': 503, 'message': 'The model is overloaded.', 'status': 'UNAVAILABLE'}}";
        row("an ordinary reply", said("¡Buenos ") + said("días!") + ended("STOP"), "¡Buenos días!", "stop: STOP");
        row("thoughts", crlf("{'candidates': [{'content': {'parts': [{'text': 'plan', 'thought': true}, {'text': 'A'}]}}]}") + ended("STOP"), "A", "stop: STOP", "plan");
        row("too long", said("a") + ended("MAX_TOKENS"), "a", "length: MAX_TOKENS");
        row("filtered", said("a") + ended("SAFETY"), "a", "filtered: SAFETY");
        row("to be continued", said("a") + ended("CONTINUATION", ", 'continuationToken': 'tok'"), "a", "continuation: CONTINUATION");
        row("a broken call", said("a") + ended("MALFORMED_FUNCTION_CALL"), "a", "error: MALFORMED_FUNCTION_CALL");
        row("an unknown reason is kept", said("a") + ended("FAKE"), "a", "other: FAKE");
        row("a blocked prompt", crlf("{'promptFeedback': {'blockReason': 'PROHIBITED_CONTENT'}, 'usageMetadata': {'promptTokenCount': 8}}"), "", "filtered: BLOCKED:PROHIBITED_CONTENT");
        row("a call", crlf("{'candidates': [{'content': {'parts': [{'functionCall': {'name': 'look', 'args': {'a': 1}}}]}, 'finishReason': 'STOP'}]}"), "", "tool: STOP");
        row("usage after the reason", said("a") + ended("STOP") + crlf("{'usageMetadata': {'promptTokenCount': 6}}"), "a", "stop: STOP");
        row("chunks without content", crlf("{'candidates': [{'content': {}, 'index': 0}]}") + crlf("{'candidates': null}") + crlf("{'candidates': [{'content': {'parts': [{'text': ''}]}}]}") + said("a") + ended("STOP"), "a", "stop: STOP");
        row("an error in the stream", said("Ho") + crlf(error), "Ho", "error: overloaded");
        row("a bare error behind it", said("Ho") + json(error), "Ho", "error: overloaded");
        row("a bare error on many lines", said("Ho") + json("{\n  'error': {\n    'code': 500,\n    'message': 'Internal',\n    'status': 'INTERNAL'\n  }\n}\n"), "Ho", "error: server_error");
        row("a whole error", json("{'error': {'code': 400, 'message': 'API key not valid.', 'status': 'INVALID_ARGUMENT', 'details': [{'reason': 'API_KEY_INVALID'}]}}"), "", "error: key_invalid");
        row("cut", said("a"), "a", "interrupted: ");
        row("cut inside a chunk", said("a") + said("b").chopped(20), "a", "interrupted: ");
        row("no blank line at the end", said("a") + ended("STOP").trimmed(), "a", "stop: STOP");
        row("a broken frame is skipped", said("a") + "data: {nope\r\n\r\n" + said("b") + ended("STOP"), "ab", "stop: STOP");
        row("foreign JSON", crlf("{'this': [{'is': 1}]}"), "", "interrupted: ");
        row("the array without alt=sse", json("[{'candidates': [{'content': {'parts': [{'text': 'a'}]}}]}\r\n,\r\n{'candidates': [{'content': {'parts': [{'text': 'b'}]}, 'finishReason': 'STOP'}]}]"), "ab", "stop: STOP");
        row("half of the array", json("[{'candidates': [{'content': {'parts': [{'text': 'a'}]}}]}\r\n,\r\n{'candidates': [{'cont"), "a", "interrupted: ");
        row("an error in an array", "[" + json(error) + "]", "", "error: overloaded");
        row("a list of nothing", "[1, 2]", "", "error: not_sse");
        row("one whole answer", json("{'candidates': [{'content': {'parts': [{'text': 'whole'}]}, 'finishReason': 'STOP'}]}"), "whole", "stop: STOP");
    }
    void streams()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        QFETCH(QString, reasoning);
        QFETCH(QString, ending);
        const WholeReply whole = replyOf(wire, body);
        QCOMPARE(whole.text, text);
        QCOMPARE(whole.reasoning, reasoning);
        QCOMPARE(endingOf(whole), ending);
        QCOMPARE(whole.endings, 1);
        QVERIFY(isSameAtEveryCut(wire, body, whole));
    }

    void whatElseIsTold()
    {
        const WholeReply reply = replyOf(wire, said("a")
                + crlf("{'candidates': [{'content': {'parts': [{'functionCall': {'id': 'f1', 'name': 'look', 'args': {'a': 1}}, 'thoughtSignature': 'QQ=='}, {'functionCall': {'name': 'rest'}}]},"
                       " 'groundingMetadata': {'groundingChunks': [{'web': {'uri': 'https://e.org/', 'title': 'E'}}]}}]}")
                + ended("CONTINUATION", ", 'continuationToken': 'tok', 'finishMessage': 'more'"));
        QCOMPARE(reply.id, QStringLiteral("r1"));
        QCOMPARE(reply.model, QStringLiteral("gemini-x"));
        QCOMPARE(reply.usage, (TutorUsage {5, 9, 1, 7}));
        QCOMPARE(reply.opaque, QList<QByteArray> {"{\"thoughtSignature\":\"QQ==\"}"});
        QCOMPARE(reply.toolCalls.size(), 2);
        QCOMPARE(reply.toolCalls[0], (WholeReply::ToolCall {QStringLiteral("f1"), QStringLiteral("look"), QStringLiteral("{\"a\": 1}")}));
        QCOMPARE(reply.toolCalls[1].arguments, QStringLiteral("{}"));
        QCOMPARE(reply.citations.first().url, QStringLiteral("https://e.org/"));
        QCOMPARE(reply.finished->continuation, QByteArray("tok"));
        QCOMPARE(reply.finished->detail, QStringLiteral("more"));
    }

    void theRequest()
    {
        const HttpRequest request = tutorProvider(wire).request(prompt, settings("models/gemini-x"), {}, "AIzaSecret");
        QCOMPARE(request.url, QUrl(QStringLiteral("https://generativelanguage.googleapis.com/v1beta/models/gemini-x:streamGenerateContent?alt=sse")));
        QCOMPARE(headerValue(request.headers, "x-goog-api-key"), QByteArray("AIzaSecret"));
        QVERIFY(!request.url.toString().contains(QStringLiteral("AIza")) && !request.body.contains("AIza"));
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        QCOMPARE(body[QStringLiteral("generationConfig")].toObject()[QStringLiteral("maxOutputTokens")].toInt(), 321);
        QVERIFY(body.contains(QStringLiteral("systemInstruction")));
        const QJsonArray contents = body[QStringLiteral("contents")].toArray();
        QCOMPARE(contents.size(), 3);
        QCOMPARE(contents[1].toObject()[QStringLiteral("role")].toString(), QStringLiteral("model"));
        const QJsonObject reply = contents[1].toObject()[QStringLiteral("parts")].toArray().first().toObject();
        QCOMPARE(reply[QStringLiteral("text")].toString(), QStringLiteral("Hello!"));
        QCOMPARE(reply[QStringLiteral("thoughtSignature")].toString(), QStringLiteral("QQ=="));

        TutorPrompt further = prompt;
        further.continuation = "tok";
        const QJsonObject gemma = QJsonDocument::fromJson(tutorProvider(wire).request(further, settings("gemma-9"), {}, {}).body).object();
        QVERIFY(!gemma.contains(QStringLiteral("systemInstruction")));
        QCOMPARE(gemma[QStringLiteral("contents")].toArray().first().toObject()[QStringLiteral("parts")].toArray().size(), 2);
        QCOMPARE(gemma[QStringLiteral("continuationToken")].toString(), QStringLiteral("tok"));
    }

    void aRejectedFieldIsDroppedOnce()
    {
        TutorFailure failure;
        failure.error.code = QStringLiteral("bad_parameter");
        failure.parameter = QStringLiteral("generationConfig.thinkingConfig.thinkingLevel");
        TutorQuirks quirks;
        quirks.set = QJsonDocument::fromJson("{\"generationConfig\": {\"thinkingConfig\": {\"thinkingLevel\": \"low\"}}}").object();
        const auto next = tutorProvider(wire).adapted(quirks, failure);
        QVERIFY(next);
        QCOMPARE(next->dropped, QStringList {QStringLiteral("generationConfig.thinkingConfig")});
        QVERIFY(tutorProvider(wire).request(prompt, settings("g"), quirks, {}).body.contains("thinkingLevel"));
        const QByteArray body = tutorProvider(wire).request(prompt, settings("g"), *next, {}).body;
        QVERIFY(!body.contains("thinking") && body.contains("maxOutputTokens"));
        QVERIFY(!tutorProvider(wire).adapted(*next, failure));
    }
};

QTEST_GUILESS_MAIN(TestGemini)
#include "tst_gemini.moc"

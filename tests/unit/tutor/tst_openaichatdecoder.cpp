// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireTest.h"
#include "tutor/ErrorBodyDecoder.h"
#include "tutor/OpenAiChatDecoder.h"

using namespace wiretest;

namespace {

constexpr TutorWire wire = TutorWire::OpenAiCompatible;

QByteArray swapped(QByteArray bytes, const char* from, const char* to)
{
    return bytes.replace(from, to);
}

QByteArray said(const char* text)
{
    return frame(QByteArray("{'id': 'x1', 'model': 'm-1', 'choices': [{'index': 0, 'delta': {'content': '") + text + "'}}]}");
}

QByteArray ended(const char* reason)
{
    return frame(QByteArray("{'id': 'x1', 'model': 'm-1', 'choices': [{'index': 0, 'delta': {}, 'finish_reason': '") + reason + "'}]}");
}

const QByteArray done = "data: [DONE]\n\n";

QString ending(FinishReason reason, const char* raw)
{
    return finishReasonName(reason) + QStringLiteral(": ") + QString::fromLatin1(raw);
}

QString failed(const char* code)
{
    return QStringLiteral("error: ") + QString::fromLatin1(code);
}

} // namespace

class TestOpenAiChatDecoder : public QObject
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
        const auto row = [](const char* name, const QByteArray& body, const char* text, const QString& ending, const char* reasoning = "") {
            QTest::newRow(name) << body << QString::fromUtf8(text) << QString::fromUtf8(reasoning) << ending;
        };
        const QString stop = ending(FinishReason::Stop, "stop");
        const QString cut = QStringLiteral("interrupted: ");

        row("an ordinary reply", said("¡Buenos ") + said("días! \xF0\x9F\x98\x80") + ended("stop") + done, "¡Buenos días! \xF0\x9F\x98\x80", stop);
        row("usage after the end", said("ab") + ended("stop") + frame("{'choices': [], 'usage': {'prompt_tokens': 12, 'completion_tokens': 5, 'prompt_tokens_details': {'cached_tokens': 4}}}") + done, "ab", stop);
        row("everything in one frame", frame("{'id': 'i', 'choices': [{'delta': {'content': 'ab'}, 'finish_reason': 'stop'}], 'usage': {'prompt_tokens': 1, 'completion_tokens': 2}}"), "ab", stop);
        row("no [DONE]", said("Salut") + ended("stop"), "Salut", stop);
        row("[DONE] without a reason", said("Salut") + done, "Salut", ending(FinishReason::Other, ""));
        row("an end without any signal", said("Salut"), "Salut", cut);
        row("cut inside a frame", said("Salut") + "data: {\"choices\": [{\"del", "Salut", cut);
        row("cut inside the first frame", "data: {\"id\": \"x", "", cut);
        row("cut inside the first frame after a comment", ": open\n\ndata: {\"id\": \"x1\"", "", cut);
        row("cut after a foreign frame", "data: what\n\ndata: ev", "", failed("not_sse"));
        row("nothing", "", "", cut);
        row("only blank lines", "\n\n\n", "", cut);
        row("only comments", ": waiting\n\n: waiting\n\n", "", cut);
        row("comments between", ": open\n\n" + said("h") + ": ping\n\n" + said("i") + ended("stop") + done, "hi", stop);
        row("CRLF", swapped(said("é") + ended("stop") + done, "\n", "\r\n"), "é", stop);
        row("CR", swapped(said("é") + ended("stop") + done, "\n", "\r"), "é", stop);
        row("a byte order mark", "\xEF\xBB\xBF" + said("x") + ended("stop") + done, "x", stop);
        row("no space after the colon", swapped(said("x") + ended("stop") + done, "data: ", "data:"), "x", stop);
        row("no blank line at the end", said("x") + ended("stop").trimmed(), "x", stop);
        row("too long", said("Uno, dos") + ended("length") + done, "Uno, dos", ending(FinishReason::Length, "length"));
        row("filtered", said("par") + ended("content_filter") + done, "par", ending(FinishReason::Filtered, "content_filter"));
        row("an unknown reason is kept", said("x") + ended("tired") + done, "x", ending(FinishReason::Other, "tired"));
        row("a broken frame is skipped", said("a") + "data: {broken\n\n" + said("b") + ended("stop") + done, "ab", stop);
        row("only broken frames", "data: what\n\ndata: ever\n\n", "", failed("not_sse"));
        row("null members", frame("{'choices': null}") + frame("{'choices': [{'delta': null, 'usage': null}]}") + frame("{'choices': [{'delta': {'content': null, 'tool_calls': null}}], 'error': null}") + said("x") + ended("stop") + done, "x", stop);
        row("other choices are left out", frame("{'choices': [{'index': 1, 'delta': {'content': 'no'}}, {'index': 0, 'delta': {'content': 'yes'}}]}") + ended("stop") + done, "yes", stop);
        row("reasoning_content", frame("{'choices': [{'delta': {'reasoning_content': 'hm'}}]}") + said("A") + ended("stop") + done, "A", stop, "hm");
        row("reasoning twice under two names", frame("{'choices': [{'delta': {'reasoning_content': 'hm', 'reasoning': 'hm'}}]}") + said("A") + ended("stop") + done, "A", stop, "hm");
        row("thinking as a typed part", frame("{'choices': [{'delta': {'content': [{'type': 'thinking', 'thinking': [{'type': 'text', 'text': 'hm'}]}]}}]}") + frame("{'choices': [{'delta': {'content': [{'type': 'text', 'text': 'A'}]}}]}") + ended("stop") + done, "A", stop, "hm");
        row("think tags over several frames", said("<thi") + said("nk>hm</th") + said("ink>\\n\\nHo") + said("la") + ended("stop") + done, "Hola", stop, "hm");
        row("a surrogate pair in two frames", said("\\ud83d") + said("\\ude00") + ended("stop") + done, "\xF0\x9F\x98\x80", stop);
        row("an error first", frame("{'error': {'message': 'm', 'type': 'insufficient_quota', 'code': 'insufficient_quota'}}"), "", failed("quota"));
        row("an error after words", said("Bon") + frame("{'error': {'message': 'm', 'type': 'server_error'}}"), "Bon", failed("server_error"));
        row("[DONE] does not heal an error", said("Bon") + frame("{'error': {'message': 'm', 'code': 429}}") + done, "Bon", failed("rate_limited"));
        row("an error as a text", frame("{'error': 'model exploded'}"), "", failed("server_error"));
        row("an error of another house", frame("{'object': 'error', 'message': 'm', 'code': 500}"), "", failed("server_error"));
        row("words after [DONE] do not count", said("a") + ended("stop") + done + said("b"), "a", stop);
        row("a page", "<!DOCTYPE html><html><body>Sign in to the network</body></html>", "", failed("not_sse"));
        row("a list", "[1, 2]", "", failed("not_sse"));
        row("an error in a list", "[{\"error\": {\"code\": 429}}]", "", failed("rate_limited"));
        row("a sentence", "no healthy upstream", "", failed("not_sse"));
        row("a number that is none", frame("{'choices': [{'delta': {'content': 'a'}}], 'x': 1e999}") + ended("stop") + done, "a", stop);
        row("Ollama's own lines", QByteArray("{'model': 'm', 'message': {'role': 'assistant', 'content': 'Ho', 'thinking': 'hm'}, 'done': false}\n{'model': 'm', 'message': {'content': 'la'}, 'done': false}\n{'model': 'm', 'message': {'content': ''}, 'done': true, 'done_reason': 'stop', 'eval_count': 5}\n").replace('\'', '"'), "Hola", stop, "hm");
        row("half of Ollama's lines", QByteArray("{'model': 'm', 'message': {'content': 'Ho'}, 'done': false}\n").replace('\'', '"'), "Ho", cut);
        row("a bare error behind the chunks", said("Bon") + "{\"error\": {\"code\": 503}}", "Bon", failed("overloaded"));
        row("one whole answer", QByteArray("{'id': 'i', 'model': 'm', 'choices': [{'message': {'role': 'assistant', 'content': 'whole'}, 'finish_reason': 'stop'}], 'usage': {'prompt_tokens': 1}}").replace('\'', '"'), "whole", stop);
        row("one whole error under 200", QByteArray("{'error': {'code': 'model_not_found'}}").replace('\'', '"'), "", failed("model_not_found"));
        row("half of a whole answer", "{\"id\": \"i\", \"choi", "", cut);
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

    void usageModelRefusalAndTools()
    {
        const WholeReply told = replyOf(wire, frame("{'id': 'i', 'model': 'm-2', 'choices': [{'delta': {'role': 'assistant', 'refusal': 'I cannot '}}]}")
            + frame("{'choices': [{'delta': {'refusal': 'help.'}}]}") + ended("stop")
            + frame("{'choices': [], 'usage': {'prompt_tokens': 9, 'completion_tokens': 7, 'prompt_tokens_details': {'cached_tokens': 2}, 'completion_tokens_details': {'reasoning_tokens': 3}}}") + done);
        QCOMPARE(told.model, QStringLiteral("m-2"));
        QCOMPARE(told.refusal, QStringLiteral("I cannot help."));
        QCOMPARE(endingOf(told), ending(FinishReason::Refusal, "stop"));
        QCOMPARE(told.usage, (TutorUsage {9, 7, 2, 3}));

        const auto usageOf = [](const char* usage) {
            return replyOf(wire, frame(QByteArray("{'choices': [], 'usage': {") + usage + ", 'completion_tokens_details': {'reasoning_tokens': 30}}}") + ended("stop") + done).usage;
        };
        QCOMPARE(usageOf("'prompt_tokens': 9, 'completion_tokens': 7, 'total_tokens': 46"), (TutorUsage {9, 37, -1, 30}));
        QCOMPARE(usageOf("'prompt_tokens': 9, 'completion_tokens': 37, 'total_tokens': 46"), (TutorUsage {9, 37, -1, 30}));

        const WholeReply tools = replyOf(wire, frame("{'choices': [{'delta': {'tool_calls': [{'index': 0, 'id': 'c', 'function': {'name': 'look', 'arguments': ''}}]}}]}")
            + frame("{'choices': [{'delta': {'tool_calls': [{'index': 0, 'function': {'arguments': '{}'}}]}}]}") + ended("tool_calls") + done);
        QCOMPARE(tools.toolCalls, QList<WholeReply::ToolCall>({{QStringLiteral("c"), QStringLiteral("look"), QStringLiteral("{}")}}));
        QCOMPARE(endingOf(tools), ending(FinishReason::Tool, "tool_calls"));

        const WholeReply groq = replyOf(wire, said("x") + frame("{'choices': [{'delta': {}, 'finish_reason': 'stop'}], 'x_groq': {'usage': {'prompt_tokens': 4, 'completion_tokens': 1}}}") + done);
        QCOMPARE(groq.usage.input, 4);
    }

    void aBodyWithoutEndIsTooLarge()
    {
        const QByteArray block(1024 * 1024, 'x');
        for (const char* start : {"data: ", "{\"a\": \""}) {
            OpenAiChatDecoder decoder;
            WholeReply reply;
            reply.add(decoder.feed(start));
            for (int i = 0; i < 10; ++i) {
                reply.add(decoder.feed(block));
            }
            QCOMPARE(endingOf(reply), failed("too_large"));
        }
    }

    void whereToResume()
    {
        OpenAiChatDecoder decoder;
        WholeReply reply;
        const QByteArray body = said("Ho\\ud83d") + said("\\ude00") + ended("stop") + done;
        reply.add(decoder.feed(body.first(30)));
        QCOMPARE(decoder.resumePoint().position, 30);
        reply.add(decoder.feed(body.sliced(decoder.resumePoint().position)));
        reply.add(decoder.end());
        QCOMPARE(reply, replyOf(wire, body));
        QCOMPARE(decoder.resumePoint().id, QStringLiteral("x1"));
    }

    void theWaitOfA200IsAboutNoError()
    {
        const auto decoder = tutorProvider(wire).decoder(200, {{"retry-after", "30"}});
        const auto events = decoder->feed(frame("{'error': {'code': 'overloaded'}}"));
        QCOMPARE(events.size(), std::size_t(1));
        QVERIFY(!std::get<TutorFailure>(events.front()).error.retryAfter);
    }

    void errorBodiesAreRead()
    {
        ErrorBodyDecoder decoder(429, {{"retry-after", "7"}});
        QVERIFY(decoder.feed("{\"error\": {\"code\": \"rate_limit").empty());
        decoder.feed("_exceeded\"}}");
        const auto events = decoder.end();
        QCOMPARE(events.size(), std::size_t(1));
        const auto failure = std::get<TutorFailure>(events.front());
        QCOMPARE(failure.error.code, QStringLiteral("rate_limited"));
        QCOMPARE(failure.httpStatus, 429);
        QCOMPARE(*failure.error.retryAfter, std::chrono::milliseconds(7000));
        QVERIFY(decoder.end().empty());
        ErrorBodyDecoder page(502, {});
        page.feed("<html>");
        QCOMPARE(std::get<TutorFailure>(page.end().front()).error.code, QStringLiteral("server_error"));
    }
};

QTEST_GUILESS_MAIN(TestOpenAiChatDecoder)
#include "tst_openaichatdecoder.moc"

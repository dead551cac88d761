// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiChatDecoder.h"

#include "base/Random.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace {

/// A reply put together again from its events.
struct Told
{
    QString model;
    QString text;
    QString reasoning;
    QString refusal;
    QString ending; ///< the finish reason's number and raw word, or the failure's code, or "interrupted"
    TutorUsage usage;
    QStringList tools;
    int terminals = 0;

    bool operator==(const Told&) const = default;
};

void add(Told& told, const std::vector<TutorEvent>& events)
{
    for (const TutorEvent& event : events) {
        if (const auto* started = std::get_if<TutorStarted>(&event)) {
            told.model = started->model;
        } else if (const auto* text = std::get_if<TextDelta>(&event)) {
            told.text += text->text;
        } else if (const auto* reasoning = std::get_if<ReasoningDelta>(&event)) {
            told.reasoning += reasoning->text;
        } else if (const auto* refusal = std::get_if<RefusalDelta>(&event)) {
            told.refusal += refusal->text;
        } else if (const auto* usage = std::get_if<TutorUsage>(&event)) {
            told.usage = *usage;
        } else if (const auto* tool = std::get_if<ToolCallDelta>(&event)) {
            while (told.tools.size() <= tool->index) {
                told.tools.append(QString());
            }
            told.tools[tool->index] += tool->name + tool->arguments;
        } else if (const auto* finished = std::get_if<TutorFinished>(&event)) {
            told.ending = QStringLiteral("%1 %2").arg(int(finished->reason)).arg(finished->raw);
            ++told.terminals;
        } else if (const auto* failure = std::get_if<TutorFailure>(&event)) {
            told.ending = failure->error.code;
            ++told.terminals;
        } else if (std::holds_alternative<TutorInterrupted>(event)) {
            told.ending = QStringLiteral("interrupted");
            ++told.terminals;
        }
    }
}

Told tell(const QByteArray& body, const QList<qsizetype>& cuts = {})
{
    OpenAiChatDecoder decoder({});
    Told told;
    qsizetype from = 0;
    for (const qsizetype cut : cuts) {
        add(told, decoder.feed(QByteArrayView(body).sliced(from, cut - from)));
        from = cut;
    }
    add(told, decoder.feed(QByteArrayView(body).sliced(from)));
    add(told, decoder.end());
    add(told, decoder.end());
    return told;
}

QByteArray frame(const QByteArray& singleQuoted)
{
    return "data: " + QByteArray(singleQuoted).replace('\'', '"') + "\n\n";
}

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
    return QStringLiteral("%1 %2").arg(int(reason)).arg(QString::fromLatin1(raw));
}

QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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
        const QString cut = QStringLiteral("interrupted");

        row("an ordinary reply", said("¡Buenos ") + said("días! \xF0\x9F\x98\x80") + ended("stop") + done, "¡Buenos días! \xF0\x9F\x98\x80", stop);
        row("usage after the end", said("ab") + ended("stop") + frame("{'choices': [], 'usage': {'prompt_tokens': 12, 'completion_tokens': 5, 'prompt_tokens_details': {'cached_tokens': 4}}}") + done, "ab", stop);
        row("everything in one frame", frame("{'id': 'i', 'choices': [{'delta': {'content': 'ab'}, 'finish_reason': 'stop'}], 'usage': {'prompt_tokens': 1, 'completion_tokens': 2}}"), "ab", stop);
        row("no [DONE]", said("Salut") + ended("stop"), "Salut", stop);
        row("[DONE] without a reason", said("Salut") + done, "Salut", ending(FinishReason::Other, ""));
        row("an end without any signal", said("Salut"), "Salut", cut);
        row("cut inside a frame", said("Salut") + "data: {\"choices\": [{\"del", "Salut", cut);
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
        row("only broken frames", "data: what\n\ndata: ever\n\n", "", QStringLiteral("not_sse"));
        row("null members", frame("{'choices': null}") + frame("{'choices': [{'delta': null, 'usage': null}]}") + frame("{'choices': [{'delta': {'content': null, 'tool_calls': null}}], 'error': null}") + said("x") + ended("stop") + done, "x", stop);
        row("other choices are left out", frame("{'choices': [{'index': 1, 'delta': {'content': 'no'}}, {'index': 0, 'delta': {'content': 'yes'}}]}") + ended("stop") + done, "yes", stop);
        row("reasoning_content", frame("{'choices': [{'delta': {'reasoning_content': 'hm'}}]}") + said("A") + ended("stop") + done, "A", stop, "hm");
        row("reasoning twice under two names", frame("{'choices': [{'delta': {'reasoning_content': 'hm', 'reasoning': 'hm'}}]}") + said("A") + ended("stop") + done, "A", stop, "hm");
        row("thinking as a typed part", frame("{'choices': [{'delta': {'content': [{'type': 'thinking', 'thinking': [{'type': 'text', 'text': 'hm'}]}]}}]}") + frame("{'choices': [{'delta': {'content': [{'type': 'text', 'text': 'A'}]}}]}") + ended("stop") + done, "A", stop, "hm");
        row("think tags over several frames", said("<thi") + said("nk>hm</th") + said("ink>\\n\\nHo") + said("la") + ended("stop") + done, "Hola", stop, "hm");
        row("a surrogate pair in two frames", said("\\ud83d") + said("\\ude00") + ended("stop") + done, "\xF0\x9F\x98\x80", stop);
        row("an error first", frame("{'error': {'message': 'm', 'type': 'insufficient_quota', 'code': 'insufficient_quota'}}"), "", QStringLiteral("quota"));
        row("an error after words", said("Bon") + frame("{'error': {'message': 'm', 'type': 'server_error'}}"), "Bon", QStringLiteral("server_error"));
        row("[DONE] does not heal an error", said("Bon") + frame("{'error': {'message': 'm', 'code': 429}}") + done, "Bon", QStringLiteral("rate_limited"));
        row("an error as a text", frame("{'error': 'model exploded'}"), "", QStringLiteral("server_error"));
        row("an error of another house", frame("{'object': 'error', 'message': 'm', 'code': 500}"), "", QStringLiteral("server_error"));
        row("words after [DONE] do not count", said("a") + ended("stop") + done + said("b"), "a", stop);
        row("a page", "<!DOCTYPE html><html><body>Sign in to the network</body></html>", "", QStringLiteral("not_sse"));
        row("a list", "[{\"error\": 1}]", "", QStringLiteral("not_sse"));
        row("one whole answer", QByteArray("{'id': 'i', 'model': 'm', 'choices': [{'message': {'role': 'assistant', 'content': 'whole'}, 'finish_reason': 'stop'}], 'usage': {'prompt_tokens': 1}}").replace('\'', '"'), "whole", stop);
        row("one whole error under 200", QByteArray("{'error': {'code': 'model_not_found'}}").replace('\'', '"'), "", QStringLiteral("model_not_found"));
        row("half of a whole answer", "{\"id\": \"i\", \"choi", "", cut);
    }
    void streams()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        QFETCH(QString, reasoning);
        QFETCH(QString, ending);
        const Told told = tell(body);
        QCOMPARE(told.text, text);
        QCOMPARE(told.reasoning, reasoning);
        QCOMPARE(told.ending, ending);
        QCOMPARE(told.terminals, 1);
        expectSameAtEveryCut(body, told);
    }

    void usageModelRefusalAndTools()
    {
        const Told told = tell(frame("{'id': 'i', 'model': 'm-2', 'choices': [{'delta': {'role': 'assistant', 'refusal': 'I cannot '}}]}")
            + frame("{'choices': [{'delta': {'refusal': 'help.'}}]}") + ended("stop")
            + frame("{'choices': [], 'usage': {'prompt_tokens': 9, 'completion_tokens': 7, 'prompt_tokens_details': {'cached_tokens': 2}, 'completion_tokens_details': {'reasoning_tokens': 3}}}") + done);
        QCOMPARE(told.model, QStringLiteral("m-2"));
        QCOMPARE(told.refusal, QStringLiteral("I cannot help."));
        QCOMPARE(told.ending, ending(FinishReason::Refusal, "stop"));
        QCOMPARE(told.usage, (TutorUsage {9, 7, 2, 3}));

        const Told tools = tell(frame("{'choices': [{'delta': {'tool_calls': [{'index': 0, 'id': 'c', 'function': {'name': 'look', 'arguments': ''}}]}}]}")
            + frame("{'choices': [{'delta': {'tool_calls': [{'index': 0, 'function': {'arguments': '{}'}}]}}]}") + ended("tool_calls") + done);
        QCOMPARE(tools.tools, QStringList {QStringLiteral("look{}")});
        QCOMPARE(tools.ending, ending(FinishReason::Tool, "tool_calls"));

        const Told groq = tell(said("x") + frame("{'choices': [{'delta': {}, 'finish_reason': 'stop'}], 'x_groq': {'usage': {'prompt_tokens': 4, 'completion_tokens': 1}}}") + done);
        QCOMPARE(groq.usage.input, 4);
    }

    void aBodyWithoutEndIsTooLarge()
    {
        OpenAiChatDecoder stream({});
        Told told;
        add(told, stream.feed("data: "));
        const QByteArray block(1024 * 1024, 'x');
        for (int i = 0; i < 10; ++i) {
            add(told, stream.feed(block));
        }
        QCOMPARE(told.ending, QStringLiteral("too_large"));
        OpenAiChatDecoder whole({});
        Told json;
        add(json, whole.feed("{\"a\": \""));
        for (int i = 0; i < 10; ++i) {
            add(json, whole.feed(block));
        }
        QCOMPARE(json.ending, QStringLiteral("too_large"));
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

    /// Streams recorded from real providers are not part of the project; where they lie beside it,
    /// NEOLINGUS_SHARED_DATA names the folder.
    void recordedStreams()
    {
        const QString data = QString::fromLocal8Bit(qgetenv("NEOLINGUS_SHARED_DATA"));
        if (data.isEmpty()) {
            QSKIP("NEOLINGUS_SHARED_DATA is not set");
        }
        int compared = 0;
        for (const QString& format : {QStringLiteral("openai-chat"), QStringLiteral("openai-compatible")}) {
            const QDir folder(data + QStringLiteral("/ai-streams/") + format);
            const QStringList names = folder.entryList({QStringLiteral("*.sse")});
            for (const QString& name : names) {
                compareRecorded(folder.filePath(name), data + QStringLiteral("/ai-streams/expected/")
                        + QString(name).replace(QStringLiteral(".sse"), QStringLiteral(".json")));
                if (QTest::currentTestFailed()) {
                    return;
                }
                ++compared;
            }
        }
        QVERIFY(compared > 100);
        qInfo() << compared << "recorded streams";
    }

private:
    static void expectSameAtEveryCut(const QByteArray& body, const Told& whole)
    {
        for (qsizetype cut = 0; cut <= body.size(); ++cut) {
            QCOMPARE(tell(body, {cut}), whole);
        }
        SeededRandom random(2026);
        for (int round = 0; round < 20; ++round) {
            QList<qsizetype> cuts;
            for (quint64 i = random.below(8); i > 0; --i) {
                cuts.append(qsizetype(random.below(quint64(body.size()) + 1)));
            }
            std::sort(cuts.begin(), cuts.end());
            QCOMPARE(tell(body, cuts), whole);
        }
    }

    static void compareRecorded(const QString& path, const QString& expectedPath)
    {
        const QByteArray body = fileBytes(path);
        const QJsonObject expected = QJsonDocument::fromJson(fileBytes(expectedPath)).object();
        QVERIFY2(!expected.isEmpty(), qPrintable(expectedPath));
        const Told told = tell(body);
        QString text = expected[QStringLiteral("text")].toString();
        QString reasoning = expected[QStringLiteral("reasoning")].toString();
        if (text.trimmed().startsWith(QStringLiteral("<think>"))) {
            ThinkTags tags;
            auto split = tags.feed(text);
            const auto rest = tags.end();
            text = split.text + rest.text;
            reasoning += split.reasoning + rest.reasoning;
        }
        const QByteArray name = path.toUtf8();
        QVERIFY2(told.text == text, name.constData());
        QVERIFY2(told.reasoning == reasoning, name.constData());
        QVERIFY2(told.refusal == expected[QStringLiteral("refusal")].toString(), name.constData());
        const QString finish = expected[QStringLiteral("finish_raw")].toString();
        if (!finish.isEmpty()) {
            QVERIFY2(told.ending.endsWith(QLatin1Char(' ') + finish) || !expected[QStringLiteral("error")].isNull(), name.constData());
        }
        const QJsonArray tools = expected[QStringLiteral("tool_calls")].toArray();
        QVERIFY2(told.tools.size() == tools.size(), name.constData());
        const QJsonObject usage = expected[QStringLiteral("usage_raw")].toObject();
        if (usage.contains(QStringLiteral("prompt_tokens"))) {
            QVERIFY2(told.usage.input == usage[QStringLiteral("prompt_tokens")].toInteger(), name.constData());
        }
        SeededRandom random(quint64(body.size()));
        for (int round = 0; round < 4; ++round) {
            QList<qsizetype> cuts;
            for (int i = 0; i < 30; ++i) {
                cuts.append(qsizetype(random.below(quint64(body.size()) + 1)));
            }
            std::sort(cuts.begin(), cuts.end());
            QVERIFY2(tell(body, cuts) == told, name.constData());
        }
        if (body.size() < 3'000) {
            for (qsizetype cut = 0; cut <= body.size(); ++cut) {
                QVERIFY2(tell(body, {cut}) == told, name.constData());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestOpenAiChatDecoder)
#include "tst_openaichatdecoder.moc"

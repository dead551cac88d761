// SPDX-License-Identifier: GPL-3.0-or-later
#include "TutorBench.h"

#include "net/HttpStream.h"
#include "store/ConversationStore.h"
#include "tutor/ModelCatalogue.h"

#include <QElapsedTimer>

namespace {

/// A way to servers that never answer.
class MuteStreams final : public HttpStreams
{
public:
    class Stream final : public HttpStream
    {
    public:
        using HttpStream::HttpStream;
        void abort() override { }
    };

    HttpStream* open(const HttpRequest&, QObject* parent) override
    {
        auto* stream = new Stream(parent);
        last = stream;
        ++opened;
        return stream;
    }

    QPointer<Stream> last;
    int opened = 0;
};

TutorSettings notesTutor()
{
    return {};
}

/// A learner of an academy.
struct AtRelay : Bench
{
    AtRelay()
    {
        settings.provider = TutorProviderKind::Relay;
        settings.place = TutorPlace::Relay;
        settings.requestsPerMinute = 100;
        manager->setSettings(settings);
        manager->setRelayToken([this](const QString& refused) {
            given.append(refused);
            return readyAsync<QString>(Result<QString>(QStringLiteral("token-%1").arg(given.size())));
        });
    }

    static SseAnswer relayed(const QByteArray& text, QList<QPair<QByteArray, QByteArray>> headers = {})
    {
        SseAnswer answer = whole(text);
        answer.headers = headers;
        answer.headers.emplaceBack("x-upstream-format", "openai-chat");
        return answer;
    }

    QStringList given;
};

/// Two servers and the notes, in the order they are asked.
struct Chain : Bench
{
    Chain()
    {
        first = tutorAt(server, QStringLiteral("first"));
        first.providerId = QStringLiteral("one");
        first.maxTries = 1;
        second = tutorAt(other, QStringLiteral("second"));
        second.providerId = QStringLiteral("two");
        manager->setProviderOrder({first, second});
    }

    ScriptedSseServer other {time};
    TutorSettings first;
    TutorSettings second;
};

} // namespace

class TestTutorFallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void anotherTutorAnswersBeforeTheFirstWordAndSaysSo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("reason");
        QTest::newRow("quota is never retried") << 429 << QByteArray("insufficient_quota") << QStringLiteral("quota");
        QTest::newRow("overload") << 503 << QByteArray("overloaded") << QStringLiteral("overloaded");
        QTest::newRow("a wrong key") << 401 << QByteArray("invalid_api_key") << QStringLiteral("key_invalid");
        QTest::newRow("no such model") << 404 << QByteArray("model_not_found") << QStringLiteral("model_not_found");
    }
    void anotherTutorAnswersBeforeTheFirstWordAndSaysSo()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(QString, reason);
        Chain chain;
        chain.server.answer(refused(status, code));
        chain.other.answer(whole("From the second."));
        const ConversationId id = chain.start();
        QTRY_COMPARE(chain.server.requests().size(), 1);
        QTRY_VERIFY(chain.reply.fallback.has_value());
        chain.time.advance(0ms);
        QTRY_COMPARE(chain.finished, 1);
        QCOMPARE(chain.reply.text, QStringLiteral("From the second."));
        QCOMPARE(chain.reply.provider, QStringLiteral("two"));
        QCOMPARE(*chain.reply.fallback, (TutorFallback {QStringLiteral("one"), QStringLiteral("first"), reason}));
        QVERIFY(!chain.reply.error.has_value());
        QCOMPARE(chain.manager->stats().fallbacks, 1);
        QCOMPARE(chain.stored(id).last().fallback->reason, reason);
    }

    void whatTheLearnerCausedFollowsNobody()
    {
        Chain chain;
        chain.server.answer(refused(400, ""));
        chain.start();
        QTRY_COMPARE(chain.finished, 1);
        QCOMPARE(chain.reply.state, State::Failed);
        QVERIFY(chain.other.requests().isEmpty());
    }

    void afterTheFirstWordNobodyElseIsAsked()
    {
        Chain chain;
        chain.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Well, ")), SseStep::cut()}});
        chain.start();
        QTRY_COMPARE(chain.finished, 1);
        QCOMPARE(chain.reply.state, State::Interrupted);
        QCOMPARE(chain.reply.text, QStringLiteral("Well,"));
        QVERIFY(chain.other.requests().isEmpty());
    }

    void theNotesAreTheLastOfAll()
    {
        Chain chain;
        chain.manager->setProviderOrder({chain.first, notesTutor()});
        chain.server.answer(refused(401, "invalid_api_key"));
        chain.start(QStringLiteral("present perfect"));
        QTRY_VERIFY(chain.reply.fallback.has_value());
        chain.time.advance(0ms);
        QTRY_COMPARE(chain.finished, 1);
        QCOMPARE(chain.reply.state, State::Done);
        QCOMPARE(chain.reply.provider, QStringLiteral("notes"));
        QCOMPARE(chain.reply.costMicros, 0);
    }

    void anOverloadedTutorIsLeftAloneForAWhile()
    {
        Chain chain;
        for (int i = 0; i < 3; ++i) {
            chain.server.answer(refused(503, "overloaded"));
            chain.other.answer(whole("Two."));
            chain.start();
            QTRY_COMPARE(chain.server.requests().size(), i + 1);
            QTRY_VERIFY(chain.reply.fallback.has_value());
            chain.time.advance(0ms);
            QTRY_COMPARE(chain.finished, i + 1);
        }
        chain.other.answer(whole("Two."));
        chain.start();
        QTRY_COMPARE(chain.finished, 4);
        QCOMPARE(chain.server.requests().size(), 3); // it was not asked
        QCOMPARE(chain.reply.fallback->reason, QStringLiteral("breaker_open"));

        chain.time.advance(30s);
        chain.server.answer(whole("One again."));
        chain.start();
        QTRY_COMPARE(chain.finished, 5);
        QCOMPARE(chain.reply.text, QStringLiteral("One again."));
        QVERIFY(!chain.reply.fallback.has_value());
    }

    void aLongWaitIsACountdownThatCanBeCutShort()
    {
        Bench bench;
        bench.server.answer(refused(429, "rate_limit_exceeded", {{"Retry-After", "120"}}));
        bench.server.answer(whole("Ok."));
        const ConversationId id = bench.start();
        QTRY_VERIFY(bench.reply.retryIn.has_value());
        QCOMPARE(*bench.reply.retryIn, 120s);
        QCOMPARE(*bench.reply.retryAt, bench.time.monotonic() + 120s);
        QVERIFY(!bench.manager->useOtherTutorNow(id));
        bench.manager->retryNow(id);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.text, QStringLiteral("Ok."));
    }

    void theLearnerMayChooseAnotherTutorInsteadOfWaiting()
    {
        Chain chain;
        chain.first.maxTries = 3;
        chain.manager->setProviderOrder({chain.first, chain.second});
        chain.server.answer(refused(429, "rate_limit_exceeded", {{"Retry-After", "50"}}));
        chain.other.answer(whole("Two."));
        const ConversationId id = chain.start();
        QTRY_VERIFY(chain.reply.retryIn.has_value());
        QVERIFY(chain.manager->useOtherTutorNow(id));
        QTRY_COMPARE(chain.finished, 1);
        QCOMPARE(chain.reply.text, QStringLiteral("Two."));
        QCOMPARE(chain.reply.fallback->reason, QStringLiteral("chosen"));
    }

    void aServerThatKeepsItsRepliesIsAskedForTheRest()
    {
        Bench bench;
        const QByteArray head = said("Half a ");
        bench.server.answer({200, "text/event-stream", {{"Server", "llama.cpp"}}, {SseStep::send(said("x") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1); // this is where it is noticed

        bench.server.answer({200, "text/event-stream", {{"Server", "llama.cpp"}}, {SseStep::send(head), SseStep::cut()}});
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("sentence.") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Half a"));
        QTRY_COMPARE(bench.manager->stats().resumed, 1);
        bench.time.advance(0ms);
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.text, QStringLiteral("Half a sentence."));
        QCOMPARE(bench.reply.state, State::Done);
        QCOMPARE(bench.server.requests().size(), 3);
        const QByteArray conversation = bench.server.requests().at(1).headers.value("x-conversation-id");
        QVERIFY(!conversation.isEmpty());
        const QByteArray line = bench.server.requests().at(2).line;
        QVERIFY2(line.startsWith("GET /v1/stream?"), line.constData());
        QVERIFY(line.contains("conv_id=" + conversation));
        QVERIFY(line.contains("from=" + QByteArray::number(head.size())));
    }

    void aPoliteEndOnTheWayIsNoEnd()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {{"Server", "llama.cpp"}}, {SseStep::send(said("x") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Half a ")), SseStep::close()}});
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("sentence.") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.manager->stats().resumed, 1);
        bench.time.advance(0ms);
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.text, QStringLiteral("Half a sentence."));
        QCOMPARE(bench.reply.state, State::Done);
    }

    void aModelThatIsLoadedAgainIsWaitedFor()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {{"Server", "llama.cpp"}}, {SseStep::send(said("x") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Half a ")), SseStep::cut()}});
        for (int i = 0; i < 5; ++i) {
            bench.server.answer({503, "application/json", {}, {SseStep::send("{}")}});
        }
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("sentence.") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.manager->stats().resumed, 1);
        bench.time.advance(0ms);
        for (int i = 0; i < 5; ++i) {
            QTRY_COMPARE(bench.server.requests().size(), 3 + i);
            QTRY_COMPARE(bench.server.openConnections(), 0); // it was read and left
            QCOMPARE(bench.reply.state, State::Writing);
            bench.time.advance(2s);
        }
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.text, QStringLiteral("Half a sentence."));
        QCOMPARE(bench.manager->stats().resumed, 1);
    }

    void aReplyWithoutAWordHasFailed_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("goesElsewhere");
        const auto row = [](const char* name, TutorProviderKind kind, const char* frame, const char* code, bool goesElsewhere) {
            QTest::newRow(name) << int(kind) << QByteArray(frame).replace('\'', '"') << QString::fromLatin1(code) << goesElsewhere;
        };
        const auto chat = TutorProviderKind::OpenAiChat;
        row("filtered", chat, "{'choices':[{'delta':{},'finish_reason':'content_filter'}]}", "filtered", false);
        row("a tool", chat, "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}", "empty_reply", true);
        row("an unknown reason", chat, "{'choices':[{'delta':{},'finish_reason':'tired'}]}", "empty_reply", true);
        row("only the end", chat, "[DONE]", "empty_reply", true);
        row("broken", chat, "{'choices':[{'delta':{},'finish_reason':'error'}]}", "server_error", true);
        row("refused", TutorProviderKind::Anthropic, "{'type':'message','id':'i','content':[],'stop_reason':'refusal','usage':{'input_tokens':9,'output_tokens':1}}", "refused", false);
        row("paused", TutorProviderKind::Anthropic, "{'type':'message','id':'i','content':[],'stop_reason':'pause_turn'}", "empty_reply", true);
        row("full", TutorProviderKind::Anthropic, "{'type':'message','id':'i','content':[],'stop_reason':'model_context_window_exceeded'}", "context_full", true);
        row("a blocked question", TutorProviderKind::Gemini, "{'promptFeedback':{'blockReason':'SAFETY'}}", "filtered", false);
        row("a broken answer", TutorProviderKind::Gemini, "{'candidates':[{'finishReason':'MALFORMED_RESPONSE'}]}", "server_error", true);
    }
    void aReplyWithoutAWordHasFailed()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, frame);
        QFETCH(QString, code);
        QFETCH(bool, goesElsewhere);
        Chain chain;
        chain.first.provider = TutorProviderKind(kind);
        chain.manager->setProviderOrder({chain.first, chain.second});
        chain.server.answer({200, "text/event-stream", {}, {SseStep::send("data: " + frame + "\n\n"), SseStep::close()}});
        chain.other.answer(whole("Words."));
        chain.start();
        QTRY_VERIFY(chain.reply.fallback.has_value() || chain.finished == 1);
        chain.time.advance(0ms);
        QTRY_COMPARE(chain.finished, 1);
        QCOMPARE(chain.server.requests().size(), 1);
        QCOMPARE(chain.other.requests().size(), goesElsewhere ? 1 : 0);
        if (goesElsewhere) {
            QCOMPARE(chain.reply.fallback->reason, code);
        } else {
            QCOMPARE(chain.reply.state, State::Failed);
            QCOMPARE(chain.reply.error->code, code);
            QCOMPARE(chain.reply.refused, code == QLatin1String("refused"));
            QVERIFY(!chain.reply.canContinue());
        }
    }

    void aConversationThatIsTooLongIsShortened()
    {
        Bench bench;
        bench.server.answer(whole("One."));
        bench.server.answer(whole("Two."));
        bench.server.answer(refused(400, "context_length_exceeded"));
        bench.server.answer(whole("Three."));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueTutorConversation(id, QStringLiteral("Second"));
        QTRY_COMPARE(bench.finished, 2);
        bench.manager->continueTutorConversation(id, QStringLiteral("Third"));
        QTRY_COMPARE(bench.server.requests().size(), 3);
        QTRY_COMPARE(bench.reply.state, State::Queued);
        bench.time.advance(0ms);
        QTRY_COMPARE(bench.finished, 3);
        QCOMPARE(bench.reply.text, QStringLiteral("Three."));
        QCOMPARE(bench.messagesSent(2).size(), 6);
        const QJsonArray shorter = bench.messagesSent(3);
        QCOMPARE(shorter.size(), 4);
        QCOMPARE(shorter[1].toObject()[QStringLiteral("content")].toString(), QStringLiteral("Second"));
    }

    void aModelsOwnLimitsAreKept()
    {
        Bench bench;
        QVERIFY(bench.manager->setAcademyCatalogue("{\"version\":1,\"providers\":[{\"id\":\"school\",\"wire\":\"openai-compatible\",\"place\":\"local\","
            "\"base_url\":\"http://10.0.0.5/v1\",\"models\":[{\"id\":\"tiny\",\"name\":\"Tiny\",\"tier\":\"small\",\"context\":100,\"output\":50}]}]}").ok());
        bench.settings.providerId = QStringLiteral("school");
        bench.settings.model = QStringLiteral("tiny");
        bench.manager->setSettings(bench.settings);
        bench.server.answer(whole("One."));
        bench.server.answer(whole("Two."));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueTutorConversation(id, QStringLiteral("Second"));
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.messagesSent(1).size(), 2); // the prompt alone is more than it holds
        const QJsonObject body = QJsonDocument::fromJson(bench.server.requests().at(1).body).object();
        QCOMPARE(body[QStringLiteral("max_tokens")].toInt(body[QStringLiteral("max_completion_tokens")].toInt()), 50);
    }

    void aReplyThatBreaksDownAfterWordsIsInterrupted()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Well") + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\ndata: [DONE]\n\n"), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Interrupted);
        QCOMPARE(bench.reply.error->code, QStringLiteral("server_error"));
    }

    void whatWasStoppedIsCountedByItsWords()
    {
        Bench bench;
        bench.settings.provider = TutorProviderKind::Anthropic;
        bench.manager->setSettings(bench.settings);
        const QByteArray words(600, 'x');
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(
            "data: {\"type\":\"message_start\",\"message\":{\"id\":\"i\",\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n"
            "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + words + "\"}}\n\n")}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.reply.text.size(), words.size());
        bench.manager->cancelTutorStream(id);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.usage.input, 9);
        QCOMPARE(bench.reply.usage.output, 200);
        QVERIFY(bench.reply.usageEstimated);
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, 209);
    }

    void whoThinksCounts_data()
    {
        QTest::addColumn<QByteArray>("told");
        QTest::addColumn<qint64>("output");
        QTest::newRow("in silence") << QByteArray(": open\n\n") << qint64(30 * 40);
        QTest::newRow("aloud") << QByteArray("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"") + QByteArray(6'000, 'h') + "\"}}]}\n\n" << qint64(2'000);
    }
    void whoThinksCounts()
    {
        QFETCH(QByteArray, told);
        QFETCH(qint64, output);
        Bench bench;
        bench.settings.providerId = QStringLiteral("openai");
        bench.settings.model = QStringLiteral("gpt-6.1-sol");
        bench.manager->setSettings(bench.settings);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(told)}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.manager->stats().bytesReceived, told.size());
        QCOMPARE(bench.reply.state, State::Thinking);
        bench.time.advance(30s);
        bench.manager->cancelTutorStream(id);
        QTRY_COMPARE(bench.finished, 1);
        QVERIFY(bench.reply.usage.input > 100);
        QCOMPARE(bench.reply.usage.output, output);
        QVERIFY(bench.reply.usageEstimated);
        QVERIFY(bench.reply.costMicros > 0);
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, bench.reply.usage.input + output);

        bench.server.answer(refused(401, "invalid_api_key"));
        bench.start();
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, bench.stored(id).last().usage.input + output);
    }

    void aTryThatCameToNothingButWasBilledIsCounted()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(": open\n\n"), SseStep::cut()}});
        bench.server.answer(whole("Here."));
        bench.start();
        QTRY_VERIFY(bench.reply.retryIn.has_value());
        const qint64 first = bench.manager->rateLimitStatus().tokensToday;
        QVERIFY(first > 100);
        bench.time.advance(*bench.reply.retryIn);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.usage.input, first + 11);
        QCOMPARE(bench.reply.usage.output, 3);
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, first + 14);
    }

    void thoughtsHaveRoomInEveryLimit()
    {
        Bench bench;
        bench.settings.providerId = QStringLiteral("openai");
        bench.settings.model = QStringLiteral("gpt-6-luna");
        bench.manager->setSettings(bench.settings);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Words"))}});
        const ConversationId plain = bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Words"));
        const qint64 reserved = bench.manager->rateLimitStatus().tokensToday;
        bench.manager->cancelTutorStream(plain);
        QTRY_COMPARE(bench.finished, 1);
        const qint64 used = bench.manager->rateLimitStatus().tokensToday;

        bench.settings.model = QStringLiteral("gpt-6.1-sol");
        bench.manager->setSettings(bench.settings);
        bench.manager->setBudget({used + reserved + 3'999, 0});
        bench.start();
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.error ? bench.reply.error->code : QString(), QStringLiteral("budget_tokens"));
        bench.manager->setBudget({used + reserved + 4'000, 0});
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Thought"))}});
        bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Thought"));
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, used + reserved + 4'000);
    }

    void whatAFailedTryLeftIsNotKept()
    {
        Bench bench;
        bench.settings.provider = TutorProviderKind::Anthropic;
        bench.manager->setSettings(bench.settings);
        const auto frame = [](QByteArray json) { return "data: " + json.replace('\'', '"') + "\n\n"; };
        const auto thought = [&frame](const QByteArray& signature) {
            return frame("{'type':'message_start','message':{'id':'" + signature + "','model':'m','usage':{'input_tokens':9,'output_tokens':1}}}")
                + frame("{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':''}}")
                + frame("{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'" + signature + "'}}")
                + frame("{'type':'content_block_delta','index':1,'delta':{'type':'citations_delta','citation':{'title':'" + signature + "'}}}")
                + frame("{'type':'content_block_stop','index':0}");
        };
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(thought("first") + frame("{'type':'error','error':{'type':'overloaded_error'}}")), SseStep::close()}});
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(thought("second")
            + frame("{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'Hi.'}}")
            + frame("{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':5}}") + frame("{'type':'message_stop'}")), SseStep::close()}});
        bench.start();
        QTRY_VERIFY(bench.reply.retryIn.has_value());
        bench.time.advance(*bench.reply.retryIn);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.text, QStringLiteral("Hi."));
        QCOMPARE(bench.reply.opaque.size(), 1);
        QVERIFY(bench.reply.opaque.first().contains("second"));
        QCOMPARE(bench.reply.citations.size(), 1);
    }

    void goingOnDropsWhatBelongedToTheFirstPart()
    {
        Bench bench;
        bench.settings.provider = TutorProviderKind::Anthropic;
        bench.manager->setSettings(bench.settings);
        const auto frame = [](QByteArray json) { return "data: " + json.replace('\'', '"') + "\n\n"; };
        const auto part = [&frame](const QByteArray& signature) {
            return frame("{'type':'message_start','message':{'id':'" + signature + "','model':'m','usage':{'input_tokens':9,'output_tokens':1}}}")
                + frame("{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':'" + signature + "'}}")
                + frame("{'type':'content_block_stop','index':0}")
                + frame("{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'" + signature + " '}}");
        };
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(part("One")), SseStep::close()}});
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(part("two")
            + frame("{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':5}}") + frame("{'type':'message_stop'}")), SseStep::close()}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.opaque.size(), 1);
        bench.manager->continueInterruptedReply(id, bench.reply.id);
        QTRY_COMPARE(bench.finished, 2);
        QVERIFY(bench.reply.text.startsWith(QStringLiteral("One")) && bench.reply.text.endsWith(QStringLiteral("two")));
        QCOMPARE(bench.reply.opaque.size(), 1);
        QVERIFY(bench.reply.opaque.first().contains("two"));
    }

    void aTokenThatTheRelayRefusesIsReplacedOnce_data()
    {
        QTest::addColumn<bool>("helps");
        QTest::newRow("it was old") << true;
        QTest::newRow("the account is gone") << false;
    }
    void aTokenThatTheRelayRefusesIsReplacedOnce()
    {
        QFETCH(bool, helps);
        AtRelay bench;
        const SseAnswer refusal {401, "application/json", {}, {SseStep::send("{\"code\":\"unauthorized\"}"), SseStep::close()}};
        bench.server.answer(refusal);
        bench.server.answer(helps ? AtRelay::relayed("Yes.") : refusal);
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.given, (QStringList {QString(), QStringLiteral("token-1")}));
        QCOMPARE(bench.server.requests().size(), 2);
        QCOMPARE(bench.server.requests().at(1).headers.value("authorization"), QByteArray("Bearer token-2"));
        QCOMPARE(bench.server.requests().at(1).headers.value("x-client-request-id"),
            bench.server.requests().at(0).headers.value("x-client-request-id"));
        QCOMPARE(bench.reply.state, helps ? State::Done : State::Failed);
        QCOMPARE(bench.reply.tries, 1);
        QCOMPARE(bench.reply.error ? bench.reply.error->code : QString(), helps ? QString() : QStringLiteral("needs_sign_in"));
    }

    void stopTellsAServerThatWouldGoOn()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {{"Server", "llama.cpp"}}, {SseStep::send(said("x") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("and on"))}});
        bench.server.answer({204, "text/plain", {}, {SseStep::close()}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("and on"));
        bench.manager->cancelTutorStream(id);
        QCOMPARE(bench.reply.state, State::Stopped);
        QTRY_COMPARE(bench.server.requests().size(), 3);
        QVERIFY(bench.server.requests().at(2).line.startsWith("DELETE /v1/stream?"));
    }

    void aRestThatIsGoneLeavesTheWords()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {{"Server", "llama.cpp"}}, {SseStep::send(said("x") + ended), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Half")), SseStep::cut()}});
        bench.server.answer({404, "application/json", {}, {SseStep::send("{}"), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.manager->stats().resumed, 1);
        bench.time.advance(0ms);
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.state, State::Interrupted);
        QCOMPARE(bench.reply.text, QStringLiteral("Half"));
    }

    void aRejectedFieldIsRemembered()
    {
        Bench bench;
        bench.server.answer({400, "application/json", {}, {SseStep::send("{\"error\":{\"code\":\"unsupported_parameter\",\"param\":\"max_tokens\"}}"), SseStep::close()}});
        bench.server.answer(whole("Fixed."));
        bench.start();
        QTRY_COMPARE(bench.server.requests().size(), 1);
        QTRY_COMPARE(bench.reply.state, State::Queued);
        bench.time.advance(0ms);
        QTRY_COMPARE(bench.finished, 1);
        bench.restart();
        const auto recovered = bench.manager->recover();
        QTRY_VERIFY(recovered.isFinished());
        bench.server.answer(whole("At once."));
        bench.start();
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.server.requests().size(), 3);
        QVERIFY(bench.server.requests().at(2).body.contains("max_completion_tokens"));
    }

    void aServerThatCannotBeReachedOrSaysNothing_data()
    {
        QTest::addColumn<bool>("sent");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("error");
        QTest::newRow("no connection") << false << 10 << QStringLiteral("connect_timeout");
        QTest::newRow("no headers") << true << 30 << QStringLiteral("headers_timeout");
    }
    void aServerThatCannotBeReachedOrSaysNothing()
    {
        QFETCH(bool, sent);
        QFETCH(int, seconds);
        QFETCH(QString, error);
        Bench bench;
        MuteStreams mute;
        AiTutorStreamManager manager(*bench.database, mute, bench.secrets, bench.time, bench.time, bench.random);
        bench.settings.maxTries = 1;
        manager.setSettings(bench.settings);
        TutorMessage reply;
        connect(&manager, &AiTutorStreamManager::messageChanged, this, [&](const TutorMessage& message) {
            reply = message.role == TutorRole::Tutor ? message : reply;
        });
        manager.startTutorConversation(LearnerCard(), QStringLiteral("Hello"));
        QTRY_COMPARE(mute.opened, 1);
        if (sent) {
            Q_EMIT mute.last->sent();
        }
        bench.time.advance(std::chrono::seconds(seconds) - 1ms);
        QCOMPARE(reply.state, State::Connecting);
        bench.time.advance(1ms);
        QCOMPARE(reply.state, State::Failed);
        QCOMPARE(reply.error->code, error);
    }

    void aLocalServerMayTakeItsTimeAndIsNotAskedTwice()
    {
        Bench bench;
        bench.settings.place = TutorPlace::Local;
        bench.settings.timeouts = TutorTimeouts::forLocal();
        bench.manager->setSettings(bench.settings);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(": loading\n\n"), SseStep::pause(500s), SseStep::send(": still\n\n")}});
        bench.start();
        QTRY_COMPARE(bench.reply.state, State::Thinking);
        const auto bytes = bench.manager->stats().bytesReceived;
        bench.time.advance(500s);
        QTRY_VERIFY(bench.manager->stats().bytesReceived > bytes);
        QCOMPARE(bench.reply.state, State::Thinking);
        bench.time.advance(100s);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.error->code, QStringLiteral("first_content_timeout"));
        QCOMPARE(bench.server.requests().size(), 1);
    }

    void theDaysBudgetHoldsOverParallelRepliesAndRestarts()
    {
        Bench bench;
        bench.settings.requestsPerMinute = 100;
        bench.settings.maxActive = 4;
        bench.manager->setSettings(bench.settings);
        bench.server.answer(whole("One."));
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, 14);
        // Room for one more estimate, not for two at once.
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Two."))}});
        bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Two."));
        const qint64 reserved = bench.manager->rateLimitStatus().tokensToday;
        QVERIFY(reserved > 400);
        bench.manager->setBudget({reserved, 0});
        bench.start();
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.state, State::Failed);
        QCOMPARE(bench.reply.error->code, QStringLiteral("budget_tokens"));
        QVERIFY(bench.reply.error->retryAfter.has_value());
        QCOMPARE(bench.server.requests().size(), 2);

        // The one that streams is lost with the program; its estimate stands.
        bench.restart();
        const auto recovered = bench.manager->recover();
        QTRY_VERIFY(recovered.isFinished());
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, reserved);
        const auto days = bench.answered(bench.manager->usageByDay(7));
        QCOMPARE(days.size(), 1);
        QCOMPARE(days.first().requests, 2);
        bench.time.jumpWall(24h);
        QCOMPARE(bench.manager->rateLimitStatus().tokensToday, 0);
    }

    void aReplyKnowsWhatItCost()
    {
        Bench bench;
        bench.settings.providerId = QStringLiteral("openai");
        bench.settings.model = QStringLiteral("gpt-6-luna");
        bench.manager->setSettings(bench.settings);
        bench.server.answer(whole("Cheap."));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        // 11 tokens in at 0.10 and 3 out at 0.50 dollars a million, rounded up.
        QCOMPARE(bench.reply.costMicros, 3);
        QVERIFY(!bench.reply.usageEstimated);
        QCOMPARE(bench.stored(id).last().costMicros, 3);
        QVERIFY(bench.server.requests().first().body.contains("\"role\":\"developer\""));

        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("A stopped one"))}});
        const ConversationId other = bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("A stopped one"));
        bench.manager->cancelTutorStream(other);
        QTRY_COMPARE(bench.finished, 2);
        QVERIFY(bench.reply.usageEstimated);
        QVERIFY(bench.reply.usage.output > 0);
        QVERIFY(bench.reply.costMicros > 0);
    }

    void anAcademysCatalogueRulesUnlessItIsBroken()
    {
        Bench bench;
        const QByteArray json = "{\"version\":1,\"providers\":[{\"id\":\"school\",\"wire\":\"openai-compatible\",\"place\":\"local\",\"base_url\":\"http://10.0.0.5/v1\"}]}";
        QVERIFY(bench.manager->setAcademyCatalogue(json).ok());
        QVERIFY(bench.manager->catalogue().provider(QStringLiteral("school")));
        QVERIFY(!bench.manager->catalogue().provider(QStringLiteral("openai")));
        const auto broken = bench.manager->setAcademyCatalogue("{\"version\":1}");
        QCOMPARE(broken.error().code, QStringLiteral("catalogue_invalid"));
        QVERIFY(bench.manager->catalogue().provider(QStringLiteral("openai")));
    }

    void duringAnExamNobodyIsAsked()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Talking"))}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Talking"));
        bench.manager->setExamRunning(true);
        QCOMPARE(bench.reply.state, State::Stopped);
        QVERIFY(bench.manager->continueTutorConversation(id, QStringLiteral("Help")).isEmpty());
        QVERIFY(bench.start().isEmpty());
        QCOMPARE(bench.errors, (QStringList {QStringLiteral("exam_running"), QStringLiteral("exam_running")}));
        bench.manager->setExamRunning(false);
        bench.server.answer(whole("Again."));
        QTRY_COMPARE(bench.finished, 1);
        QVERIFY(!bench.manager->continueTutorConversation(id, QStringLiteral("Help")).isEmpty());
        QTRY_COMPARE(bench.finished, 2);
    }

    void whatAServerSaysOfItsLimitsIsBelieved()
    {
        Bench bench;
        bench.settings.requestsPerMinute = 100;
        bench.manager->setSettings(bench.settings);
        SseAnswer answer = whole("One.");
        answer.headers = {{"x-ratelimit-remaining-requests", "0"}, {"x-ratelimit-reset-requests", "17s"}};
        bench.server.answer(answer);
        bench.server.answer(whole("Two."));
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.manager->queuePosition(id), 1);
        const QList<TutorQueueEntry> queue = bench.manager->queue();
        QCOMPARE(queue.size(), 1);
        QCOMPARE(queue.first().conversation, id);
        QCOMPARE(*queue.first().readyIn, 17s);
        bench.time.advance(17s);
        QTRY_COMPARE(bench.finished, 2);
    }

    void aServerThatWillBeEmptyForHoursIsLeft_data()
    {
        QTest::addColumn<bool>("alone");
        QTest::newRow("for another one") << false;
        QTest::newRow("with a word to the learner") << true;
    }
    void aServerThatWillBeEmptyForHoursIsLeft()
    {
        QFETCH(bool, alone);
        Chain chain;
        chain.second.needsKey = false; // limits belong to a key
        chain.manager->setProviderOrder(alone ? QList<TutorSettings> {chain.first} : QList<TutorSettings> {chain.first, chain.second});
        SseAnswer last = whole("One.");
        last.headers = {{"x-ratelimit-remaining-tokens", "3"}, {"x-ratelimit-reset-tokens", "8h0m0s"}};
        chain.server.answer(last);
        chain.other.answer(whole("Two."));
        chain.start();
        QTRY_COMPARE(chain.finished, 1);
        chain.start();
        QTRY_COMPARE(chain.finished, 2);
        QCOMPARE(chain.server.requests().size(), 1);
        if (alone) {
            QCOMPARE(chain.reply.state, State::Failed);
            QCOMPARE(chain.reply.error->code, QStringLiteral("rate_limited"));
            QCOMPARE(*chain.reply.error->retryAfter, 8h);
        } else {
            QCOMPARE(chain.reply.text, QStringLiteral("Two."));
            QCOMPARE(chain.reply.fallback->reason, QStringLiteral("rate_limited"));
        }
    }

    void theRelaysTokensOfTheDayHoldNobodyUp()
    {
        AtRelay bench;
        bench.server.answer(AtRelay::relayed("One.", {{"x-ratelimit-remaining-tokens", "100"}, {"x-ratelimit-reset-tokens", "30000s"}}));
        bench.server.answer(AtRelay::relayed("Two."));
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.start();
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.text, QStringLiteral("Two."));
    }

    void anEmptyReplyIsNotAnAnswer()
    {
        Chain chain;
        chain.server.answer({200, "text/event-stream", {}, {SseStep::send(ended), SseStep::close()}});
        chain.other.answer(whole("Words."));
        chain.start();
        QTRY_VERIFY(chain.reply.fallback.has_value());
        chain.time.advance(0ms);
        QTRY_COMPARE(chain.finished, 1);
        QCOMPARE(chain.reply.text, QStringLiteral("Words."));
        QCOMPARE(chain.reply.fallback->reason, QStringLiteral("empty_reply"));
    }
};

QTEST_GUILESS_MAIN(TestTutorFallback)
#include "tst_tutorfallback.moc"

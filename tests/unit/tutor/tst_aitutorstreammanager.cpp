// SPDX-License-Identifier: GPL-3.0-or-later
#include "TutorBench.h"

#include "study/StudyLibrary.h"

#include <QElapsedTimer>

class TestAiTutorStreamManager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void aReplyStreamsAndIsKept()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {},
            {SseStep::send(": open\n\n"), SseStep::send(said("Hola, ")), SseStep::pause(2s), SseStep::send(said("¿qué tal?") + ended), SseStep::close()}});
        QSignalSpy typing(bench.manager.get(), &AiTutorStreamManager::typingChanged);
        const ConversationId id = bench.start();
        QVERIFY(!id.isEmpty());
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Hola,"));
        QCOMPARE(bench.reply.state, State::Writing);
        QCOMPARE(bench.manager->typing(id), TutorTyping::Writing);
        bench.time.advance(2s);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Done);
        QCOMPARE(bench.reply.text, QStringLiteral("Hola, ¿qué tal?"));
        QCOMPARE(bench.reply.finish, FinishReason::Stop);
        QCOMPARE(bench.reply.model, QStringLiteral("m"));
        QCOMPARE(bench.reply.usage.input, 11);
        QCOMPARE(bench.manager->typing(id), TutorTyping::Idle);
        QList<TutorTyping> seen;
        for (const auto& call : typing) {
            seen.append(call.at(1).value<TutorTyping>());
        }
        QCOMPARE(seen, (QList<TutorTyping> {TutorTyping::Queued, TutorTyping::Connecting, TutorTyping::Thinking, TutorTyping::Writing, TutorTyping::Idle}));
        QCOMPARE(bench.server.requests().at(0).headers.value("authorization"), QByteArray("Bearer sk-test-key"));

        bench.restart();
        const auto messages = bench.stored(id);
        QCOMPARE(messages.size(), 2);
        QCOMPARE(messages[0].text, QStringLiteral("Hello"));
        QCOMPARE(messages[1].text, QStringLiteral("Hola, ¿qué tal?"));
        QCOMPARE(messages[1].state, State::Done);
        QCOMPARE(messages[1].usage.output, 3);
        const auto list = bench.manager->conversations();
        QTRY_VERIFY(list.isFinished());
        QCOMPARE(list.result().value().first().title, QStringLiteral("Hello"));
        const TutorStats stats = bench.manager->stats();
        QCOMPARE(stats.started, 0);
    }

    void theConversationGoesOnWithItsHistory()
    {
        Bench bench;
        bench.server.answer(whole("One."));
        bench.server.answer(whole("Two."));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        const MessageId second = bench.manager->continueTutorConversation(id, QStringLiteral("And then?"));
        QVERIFY(!second.isEmpty());
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.id, second);
        const QJsonArray sent = bench.messagesSent(1);
        QCOMPARE(sent.size(), 4);
        QCOMPARE(sent[2].toObject()[QStringLiteral("content")].toString(), QStringLiteral("One."));
        QCOMPARE(sent[3].toObject()[QStringLiteral("content")].toString(), QStringLiteral("And then?"));
        QCOMPARE(bench.stored(id).size(), 4);
        const TutorStats stats = bench.manager->stats();
        QCOMPARE(stats.done, 2);
        QCOMPARE(stats.inputTokens, 22);
        QVERIFY(stats.firstTokenP50.has_value());
        QVERIFY(stats.bytesReceived > 100);
    }

    void anotherReplyIsAnotherBranch()
    {
        Bench bench;
        bench.server.answer(whole("First."));
        bench.server.answer(whole("Second."));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->retryTutorReply(id);
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.messagesSent(1).size(), 2);
        const auto messages = bench.stored(id);
        QCOMPARE(messages.size(), 2);
        QCOMPARE(messages[1].text, QStringLiteral("Second."));
        const auto all = bench.database->read<qint64>([](Connection& connection) {
            return connection.integer(QStringLiteral("SELECT count(*) FROM messages"));
        });
        QTRY_VERIFY(all.isFinished());
        QCOMPARE(all.result().value(), 3);
    }

    void stopKeepsWhatWasSaidAtOnce()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Half a th"))}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Half a th"));
        QElapsedTimer timer;
        timer.start();
        bench.manager->cancelTutorStream(id);
        QCOMPARE(bench.reply.state, State::Stopped);
        QVERIFY(timer.elapsed() < 100);
        QCOMPARE(bench.manager->typing(id), TutorTyping::Idle);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.textInFile(), QStringLiteral("stopped:Half a th"));
        QTRY_COMPARE(bench.server.openConnections(), 0);
        bench.manager->cancelTutorStream(id);
        QCOMPARE(bench.finished, 1);
    }

    void stopWorksBeforeAnythingWasSent()
    {
        Bench bench;
        const ConversationId id = bench.start();
        bench.manager->cancelTutorStream(id);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Stopped);
        QVERIFY(bench.server.requests().isEmpty());
        QCOMPARE(bench.stored(id).size(), 2);
    }

    void anEndWithoutASignalIsInterrupted()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Buenos ")), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Interrupted);
        QCOMPARE(bench.reply.finish, FinishReason::Interrupted);
        QCOMPARE(bench.reply.text, QStringLiteral("Buenos"));
        QCOMPARE(bench.server.requests().size(), 1); // words were shown: no second answer
    }

    void aCutInsideACharacterLosesNothingBefore()
    {
        Bench bench;
        const QByteArray frame = said("¿Qué tal?");
        const QByteArray half = frame.left(frame.indexOf("\xC3\xA9") + 1);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Hola. ") + half), SseStep::pause(1s), SseStep::send(frame.mid(half.size())), SseStep::cut()}});
        bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Hola."));
        bench.time.advance(1s);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.text, QStringLiteral("Hola. ¿Qué tal?"));
        QCOMPARE(bench.reply.state, State::Interrupted);
    }

    void theLastWordsBeforeABreakAreKept_data()
    {
        QTest::addColumn<bool>("cut");
        QTest::newRow("a break") << true;
        QTest::newRow("silence") << false;
    }
    void theLastWordsBeforeABreakAreKept()
    {
        QFETCH(bool, cut);
        Bench bench;
        // Their blank line never comes, and what might become a tag is held back.
        const QByteArray body = said("We say: ") + said("a <thi").trimmed();
        QList<SseStep> steps {SseStep::send(body)};
        if (cut) {
            steps += {SseStep::pause(1s), SseStep::cut()};
        }
        bench.server.answer({200, "text/event-stream", {}, steps});
        bench.start();
        QTRY_COMPARE(bench.manager->stats().bytesReceived, body.size());
        bench.time.advance(cut ? 1s : 45s);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Interrupted);
        QCOMPARE(bench.reply.text, QStringLiteral("We say: a <thi"));
    }

    void aCutFirstFrameIsTriedAgain()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send("data: {\"id\":\"x"), SseStep::pause(1s), SseStep::cut()}});
        bench.server.answer(whole("Here."));
        bench.start();
        QTRY_COMPARE(bench.manager->stats().bytesReceived, 14);
        bench.time.advance(1s);
        QTRY_VERIFY(bench.reply.retryIn.has_value());
        bench.time.advance(*bench.reply.retryIn);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.text, QStringLiteral("Here."));
    }

    void aConnectionThatBreaksEarlyIsTriedAgainVisibly()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(": open\n\n"), SseStep::cut()}});
        bench.server.answer(whole("Here."));
        bench.start();
        QTRY_VERIFY(bench.reply.retryIn.has_value());
        QCOMPARE(bench.reply.state, State::Queued);
        QCOMPARE(bench.reply.tries, 2);
        bench.time.advance(*bench.reply.retryIn);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.text, QStringLiteral("Here."));
        QCOMPARE(bench.reply.tries, 2);
        QVERIFY(!bench.reply.error.has_value());
        QCOMPARE(bench.manager->stats().retries, 1);
    }

    void triesAreBounded()
    {
        Bench bench;
        for (int i = 0; i < 3; ++i) {
            bench.server.answer(refused(500, "server_error"));
        }
        bench.start();
        for (int i = 1; i <= 3; ++i) {
            QTRY_COMPARE(bench.server.requests().size(), i);
            QTRY_VERIFY(bench.reply.state == State::Queued || bench.reply.state == State::Failed);
            bench.time.advance(bench.reply.retryIn.value_or(0ms));
        }
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Failed);
        QCOMPARE(bench.reply.error->code, QStringLiteral("server_error"));
        QCOMPARE(bench.server.requests().size(), 3);
    }

    void statusesHaveTheirPolicies_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("error");
        QTest::newRow("401") << 401 << QByteArray("invalid_api_key") << QStringLiteral("key_invalid");
        QTest::newRow("429 quota") << 429 << QByteArray("insufficient_quota") << QStringLiteral("quota");
        QTest::newRow("404") << 404 << QByteArray("model_not_found") << QStringLiteral("model_not_found");
        QTest::newRow("400") << 400 << QByteArray("") << QStringLiteral("bad_request");
    }
    void statusesHaveTheirPolicies()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(QString, error);
        Bench bench;
        bench.server.answer(refused(status, code));
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Failed);
        QCOMPARE(bench.reply.error->code, error);
        QVERIFY(!bench.reply.error->detail.contains(QStringLiteral("sk-")));
        QCOMPARE(bench.server.requests().size(), 1);
    }

    void aServersWaitIsTheLeast()
    {
        Bench bench;
        bench.server.answer(refused(429, "rate_limit_exceeded", {{"Retry-After", "30"}}));
        bench.server.answer(whole("Ok."));
        bench.start();
        QTRY_VERIFY(bench.reply.retryIn.has_value());
        QCOMPARE(*bench.reply.retryIn, 30s);
        bench.time.advance(29s);
        QCOMPARE(bench.server.requests().size(), 1);
        bench.time.advance(1s);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.text, QStringLiteral("Ok."));
    }

    void aVeryLongWaitIsTheLearnersChoice()
    {
        Bench bench;
        bench.server.answer(refused(429, "rate_limit_exceeded", {{"Retry-After", "3600"}}));
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Failed);
        QCOMPARE(*bench.reply.error->retryAfter, 1h);
    }

    void oneRejectedFieldIsRepairedByItself()
    {
        Bench bench;
        bench.server.answer({400, "application/json", {}, {SseStep::send("{\"error\":{\"code\":\"unsupported_parameter\",\"param\":\"max_tokens\"}}"), SseStep::close()}});
        bench.server.answer(whole("Fixed."));
        bench.start();
        QTRY_COMPARE(bench.server.requests().size(), 1);
        QTRY_COMPARE(bench.reply.state, State::Queued);
        bench.time.advance(0ms);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.text, QStringLiteral("Fixed."));
        QCOMPARE(bench.reply.tries, 1);
        QVERIFY(bench.server.requests().at(0).body.contains("max_tokens"));
        QVERIFY(bench.server.requests().at(1).body.contains("max_completion_tokens"));
    }

    void anErrorAfterWordsKeepsThem()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Bon") + "data: {\"error\":{\"type\":\"server_error\"}}\n\n" + "data: [DONE]\n\n"), SseStep::close()}});
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Interrupted);
        QCOMPARE(bench.reply.text, QStringLiteral("Bon"));
        QCOMPARE(bench.reply.error->code, QStringLiteral("server_error"));
        QCOMPARE(bench.server.requests().size(), 1);
    }

    void watchdogs_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("error");
        QTest::addColumn<int>("state");
        QTest::newRow("no content") << QByteArray(": ping\n\n") << 60 << QStringLiteral("first_content_timeout") << int(State::Failed);
        QTest::newRow("a gap after words") << said("Well") << 45 << QStringLiteral("gap_timeout") << int(State::Interrupted);
    }
    void watchdogs()
    {
        QFETCH(QByteArray, first);
        QFETCH(int, seconds);
        QFETCH(QString, error);
        QFETCH(int, state);
        Bench bench;
        bench.settings.maxTries = 1;
        bench.manager->setSettings(bench.settings);
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(first)}});
        bench.start();
        const State before = state == int(State::Failed) ? State::Thinking : State::Writing;
        QTRY_COMPARE(bench.reply.state, before);
        bench.time.advance(std::chrono::seconds(seconds - 1));
        QCOMPARE(bench.reply.state, before);
        bench.time.advance(1s);
        QCOMPARE(int(bench.reply.state), state);
        QCOMPARE(bench.reply.error->code, error);
        QTRY_COMPARE(bench.server.openConnections(), 0);
    }

    void pingsKeepOnlyTheLineAlive()
    {
        Bench bench;
        bench.settings.maxTries = 1;
        bench.settings.timeouts = {10s, 30s, 100s, 45s, 30s, 600s};
        bench.manager->setSettings(bench.settings);
        QList<SseStep> steps {SseStep::send(": ping\n\n")};
        for (int i = 0; i < 3; ++i) {
            steps += {SseStep::pause(20s), SseStep::send(": ping\n\n")};
        }
        bench.server.answer({200, "text/event-stream", {}, steps});
        bench.start();
        QTRY_COMPARE(bench.reply.state, State::Thinking);
        for (int i = 0; i < 3; ++i) {
            const auto bytes = bench.manager->stats().bytesReceived;
            bench.time.advance(20s);
            QTRY_VERIFY(bench.manager->stats().bytesReceived > bytes);
            QCOMPARE(bench.reply.state, State::Thinking);
        }
        bench.time.advance(30s);
        QCOMPARE(bench.reply.state, State::Failed);
        QCOMPARE(bench.reply.error->code, QStringLiteral("silence_timeout"));
    }

    void aServerThatForgetsToCloseHasFinished()
    {
        Bench bench;
        const QByteArray body = said("All.") + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(body)}});
        bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("All."));
        QTRY_COMPARE(bench.manager->stats().bytesReceived, body.size());
        bench.time.advance(1999ms);
        QCOMPARE(bench.reply.state, State::Writing);
        bench.time.advance(1ms);
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Done);
        QTRY_COMPARE(bench.server.openConnections(), 0);
    }

    void aCrashKeepsWhatWasRead()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Kept ")), SseStep::pause(1s), SseStep::send(said("words"))}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("Kept"));
        bench.time.advance(250ms);
        QTRY_COMPARE(bench.textInFile(), QStringLiteral("streaming:Kept"));

        // What a second program finds after the first was killed: only the file.
        Database copy(bench.folder.filePath(QStringLiteral("academy.sqlite")));
        AiTutorStreamManager survivor(copy, bench.streams, bench.secrets, bench.time, bench.time, bench.random);
        const auto recovered = survivor.recover();
        QTRY_VERIFY(recovered.isFinished());
        const auto messages = survivor.messages(id);
        QTRY_VERIFY(messages.isFinished());
        QCOMPARE(messages.result().value().last().text, QStringLiteral("Kept"));
        QCOMPARE(messages.result().value().last().state, State::Interrupted);
    }

    void updatesAreGathered()
    {
        Bench bench;
        QList<SseStep> steps;
        for (int i = 0; i < 200; ++i) {
            steps.append(SseStep::send(said("x")));
        }
        steps += {SseStep::pause(1s), SseStep::send(ended), SseStep::close()};
        bench.server.answer({200, "text/event-stream", {}, steps});
        bench.start();
        QTRY_COMPARE(bench.reply.text, QStringLiteral("x"));
        QTRY_VERIFY(bench.manager->stats().bytesReceived > 200 * 60);
        QVERIFY(bench.updates < 8); // states and the first word: time stood still
        bench.time.advance(33ms);
        QCOMPARE(bench.reply.text.size(), 200);
        bench.time.advance(1s);
        QTRY_COMPARE(bench.finished, 1);
    }

    void parallelConversationsNeverExceedTheLimit()
    {
        Bench bench;
        bench.settings.requestsPerMinute = 3;
        bench.settings.maxActive = 2;
        bench.manager->setSettings(bench.settings);
        for (int i = 0; i < 7; ++i) {
            bench.server.answer(whole("ok"));
        }
        QList<ConversationId> ids;
        for (int i = 0; i < 7; ++i) {
            ids.append(bench.start());
        }
        QTRY_COMPARE(bench.finished, 3);
        QCOMPARE(bench.server.requests().size(), 3);
        TutorRateLimitStatus status = bench.manager->rateLimitStatus();
        QCOMPARE(status.queued, 4);
        QCOMPARE(status.usedInLastMinute, 3);
        QVERIFY(status.nextSlotIn.has_value() && *status.nextSlotIn <= 60s);
        QCOMPARE(bench.manager->queuePosition(ids[3]), 1);
        QCOMPARE(bench.manager->queuePosition(ids[6]), 4);
        QCOMPARE(bench.manager->queuePosition(ids[0]), 0);

        bench.manager->cancelTutorStream(ids[4]);
        QCOMPARE(bench.manager->queuePosition(ids[5]), 2);
        QTRY_COMPARE(bench.finished, 4);
        bench.time.advance(59s);
        QCOMPARE(bench.server.requests().size(), 3);
        bench.time.advance(1s);
        QTRY_COMPARE(bench.finished, 7);
        QCOMPARE(bench.server.requests().size(), 6);
    }

    void onlySoManyStreamsAtOnce()
    {
        Bench bench;
        bench.settings.maxActive = 2;
        bench.settings.requestsPerMinute = 100;
        bench.manager->setSettings(bench.settings);
        for (int i = 0; i < 2; ++i) {
            bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("a")), SseStep::pause(5s), SseStep::send(ended), SseStep::close()}});
        }
        bench.server.answer(whole("third"));
        for (int i = 0; i < 3; ++i) {
            bench.start();
        }
        QTRY_COMPARE(bench.server.requests().size(), 2);
        QTRY_COMPARE(bench.manager->rateLimitStatus().queued, 1);
        QCOMPARE(bench.manager->rateLimitStatus().active, 2);
        QTRY_COMPARE(bench.manager->stats().bytesReceived, 2 * said("a").size());
        bench.time.advance(5s);
        QTRY_COMPARE(bench.finished, 3);
        QCOMPARE(bench.manager->rateLimitStatus().active, 0);
    }

    void badInputIsRefused()
    {
        Bench bench;
        QVERIFY(bench.start(QStringLiteral("  ")).isEmpty());
        QVERIFY(bench.start(QString(5'000, QLatin1Char('x'))).isEmpty());
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("..."))}});
        const ConversationId id = bench.start();
        QVERIFY(bench.manager->continueTutorConversation(id, QStringLiteral("again")).isEmpty());
        bench.manager->continueTutorConversation(ConversationId(QStringLiteral("nowhere")), QStringLiteral("hi"));
        QTRY_COMPARE(bench.errors, (QStringList {QStringLiteral("empty"), QStringLiteral("too_long"), QStringLiteral("busy"), QStringLiteral("unknown_conversation")}));
    }

    void withoutKeyOrModelNothingIsSent()
    {
        Bench bench;
        bench.settings.secretName = QStringLiteral("tutor:none");
        bench.manager->setSettings(bench.settings);
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.error->code, QStringLiteral("no_key"));
        bench.settings.model.clear();
        bench.manager->setSettings(bench.settings);
        bench.start();
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.error->code, QStringLiteral("no_model"));
        QVERIFY(bench.server.requests().isEmpty());
    }

    void theNotesTutorSpeaksTheSameWay()
    {
        Bench bench;
        StudyLibrary library(*bench.database, bench.time, bench.random, Learner());
        const auto open = library.open();
        QTRY_VERIFY(open.isFinished());
        bench.settings.provider = TutorProviderKind::Notes;
        bench.settings.requestsPerMinute = 1;
        bench.manager->setSettings(bench.settings);
        const ConversationId id = bench.start(QStringLiteral("present perfect"));
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Done);
        QVERIFY(bench.reply.text.contains(QStringLiteral("From the note")));
        QVERIFY(!bench.reply.citations.isEmpty());
        QCOMPARE(bench.states.mid(0, 4), (QList<State> {State::Queued, State::Connecting, State::Thinking, State::Writing}));
        bench.manager->continueTutorConversation(id, QStringLiteral("put off"));
        QTRY_COMPARE(bench.finished, 2);
        bench.restart();
        const auto messages = bench.stored(id);
        QCOMPARE(messages.size(), 4);
        QVERIFY(!messages[1].citations.isEmpty());
        QVERIFY(bench.server.requests().isEmpty());
    }

    void aFullDiskIsReported()
    {
        Bench bench;
        bench.restart([](QStringView sql) -> std::optional<Error> {
            if (sql.startsWith(QLatin1String("INSERT INTO conversations"))) {
                return Error {ErrorKind::Storage, QStringLiteral("store_full"), {}, {}};
            }
            return std::nullopt;
        });
        bench.start();
        QTRY_COMPARE(bench.errors, QStringList {QStringLiteral("store_full")});
        QVERIFY(bench.server.requests().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAiTutorStreamManager)
#include "tst_aitutorstreammanager.moc"

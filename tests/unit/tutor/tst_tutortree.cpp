// SPDX-License-Identifier: GPL-3.0-or-later
#include "TutorBench.h"

#include "store/Outbox.h"

#include <QProcess>

#include <csignal>
#include <unistd.h>

namespace {

QStringList textsOf(const QList<TutorMessage>& messages)
{
    QStringList texts;
    for (const TutorMessage& message : messages) {
        texts.append(message.text);
    }
    return texts;
}

QStringList sentWords(const Bench& bench, int request)
{
    QStringList words;
    const QJsonArray sent = bench.messagesSent(request);
    for (qsizetype i = 1; i < sent.size(); ++i) {
        words.append(sent.at(i).toObject().value(QLatin1String("content")).toString());
    }
    return words;
}

constexpr auto pieces = 400;

QByteArray piece(int number)
{
    return QByteArray::number(number).rightJustified(5, '.') + ' ';
}

/// The learner's program, killed while a reply streams: says how much it has shown.
int streamForEver(const QString& path, const QString& url)
{
    Database database(path);
    QtHttpStreams streams;
    MemorySecretStore secrets;
    SystemClock clock;
    QtScheduler scheduler;
    SystemRandom random;
    AiTutorStreamManager manager(database, streams, secrets, clock, scheduler, random);
    TutorSettings tutor;
    tutor.provider = TutorProviderKind::OpenAiChat;
    tutor.baseUrl = QUrl(url);
    tutor.model = QStringLiteral("m");
    tutor.needsKey = false;
    manager.setSettings(tutor);
    QObject::connect(&manager, &AiTutorStreamManager::messageChanged, &manager, [&](const TutorMessage& message) {
        if (message.role == TutorRole::Tutor && !message.text.isEmpty()) {
            const QByteArray line = QByteArray::number(message.text.size()) + '\n';
            if (write(STDOUT_FILENO, line.constData(), std::size_t(line.size())) < 0) {
                std::_Exit(3);
            }
        }
    });
    manager.startTutorConversation(LearnerCard(), QStringLiteral("Count."));
    return QCoreApplication::exec();
}

} // namespace

class TestTutorTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void otherWordsMakeABranchAndTheOldOneIsKept()
    {
        Bench bench;
        for (const char* text : {"One.", "Two.", "Other."}) {
            bench.server.answer(whole(text));
        }
        const ConversationId id = bench.start(QStringLiteral("first"));
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueTutorConversation(id, QStringLiteral("second"));
        QTRY_COMPARE(bench.finished, 2);
        const QList<TutorMessage> before = bench.stored(id);
        QCOMPARE(textsOf(before), (QStringList {QStringLiteral("first"), QStringLiteral("One."), QStringLiteral("second"), QStringLiteral("Two.")}));

        QSignalSpy branches(bench.manager.get(), &AiTutorStreamManager::branchChanged);
        bench.time.advance(1s);
        QVERIFY(!bench.manager->editLearnerMessage(id, before.at(2).id, QStringLiteral("better")).isEmpty());
        QTRY_COMPARE(bench.finished, 3);
        QVERIFY(branches.size() >= 1);
        QCOMPARE(sentWords(bench, 2), (QStringList {QStringLiteral("first"), QStringLiteral("One."), QStringLiteral("better")}));
        const QList<TutorMessage> after = bench.stored(id);
        QCOMPARE(textsOf(after), (QStringList {QStringLiteral("first"), QStringLiteral("One."), QStringLiteral("better"), QStringLiteral("Other.")}));
        QCOMPARE(after.at(2).siblings, 2);
        QCOMPARE(after.at(2).siblingIndex, 1);
        QCOMPARE(after.at(2).previousSibling, before.at(2).id);
        QVERIFY(after.at(2).nextSibling.isEmpty());
        QCOMPARE(after.at(0).siblings, 1);

        const auto switched = bench.manager->switchBranch(before.at(2).id);
        QTRY_VERIFY(switched.isFinished());
        QCOMPARE(textsOf(bench.stored(id)), textsOf(before));
        QCOMPARE(bench.stored(id).at(2).nextSibling, after.at(2).id);
    }

    void theFirstWordsCanBeChangedToo()
    {
        Bench bench;
        bench.server.answer(whole("One."));
        bench.server.answer(whole("Two."));
        const ConversationId id = bench.start(QStringLiteral("first"));
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->editLearnerMessage(id, bench.stored(id).first().id, QStringLiteral("other"));
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(sentWords(bench, 1), QStringList {QStringLiteral("other")});
        QCOMPARE(textsOf(bench.stored(id)), (QStringList {QStringLiteral("other"), QStringLiteral("Two.")}));
    }

    void anotherReplyInTheMiddleLeavesWhatFollowed()
    {
        Bench bench;
        for (const char* text : {"One.", "Two.", "New one."}) {
            bench.server.answer(whole(text));
        }
        const ConversationId id = bench.start(QStringLiteral("first"));
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueTutorConversation(id, QStringLiteral("second"));
        QTRY_COMPARE(bench.finished, 2);
        const QList<TutorMessage> before = bench.stored(id);
        bench.manager->regenerateTutorReply(id, before.at(1).id);
        QTRY_COMPARE(bench.finished, 3);
        QCOMPARE(sentWords(bench, 2), QStringList {QStringLiteral("first")});
        QCOMPARE(textsOf(bench.stored(id)), (QStringList {QStringLiteral("first"), QStringLiteral("New one.")}));
        const auto switched = bench.manager->switchBranch(before.at(1).id);
        QTRY_VERIFY(switched.isFinished());
        QCOMPARE(textsOf(bench.stored(id)), textsOf(before));
    }

    void aBrokenReplyGoesOnInItsOwnPlace()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("It is rai")), SseStep::close()}});
        bench.server.answer(whole("ning."));
        const ConversationId id = bench.start(QStringLiteral("Weather?"));
        QTRY_COMPARE(bench.finished, 1);
        QCOMPARE(bench.reply.state, State::Interrupted);
        QVERIFY(bench.reply.canContinue());
        const MessageId reply = bench.reply.id;
        QCOMPARE(bench.manager->continueInterruptedReply(id, reply), reply);
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.id, reply);
        QCOMPARE(bench.reply.text, QStringLiteral("It is raining."));
        QCOMPARE(bench.reply.state, State::Done);
        QCOMPARE(bench.reply.continuations, 1);
        QVERIFY(!bench.reply.error.has_value());
        const QStringList sent = sentWords(bench, 1);
        QCOMPARE(sent.size(), 3);
        QCOMPARE(sent.at(1), QStringLiteral("It is rai"));
        QCOMPARE(bench.stored(id).size(), 2);
        QVERIFY(!bench.stored(id).at(1).canContinue());
        bench.manager->continueInterruptedReply(id, reply);
        QTRY_COMPARE(bench.errors, QStringList {QStringLiteral("nothing_to_continue")});
    }

    void goingOnThatFailsKeepsTheWords()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Half")), SseStep::close()}});
        bench.server.answer(refused(401, "invalid_api_key"));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueInterruptedReply(id, bench.reply.id);
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.state, State::Interrupted);
        QCOMPARE(bench.reply.text, QStringLiteral("Half"));
        QCOMPARE(bench.reply.error->code, QStringLiteral("key_invalid"));
        QVERIFY(bench.stored(id).at(1).canContinue());
    }

    void goingOnThatIsStoppedAtOnceKeepsTheWords()
    {
        Bench bench;
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("Half")), SseStep::close()}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueInterruptedReply(id, bench.reply.id);
        QVERIFY(bench.manager->continueTutorConversation(id, QStringLiteral("And?")).isEmpty());
        QCOMPARE(bench.errors, QStringList {QStringLiteral("busy")});
        bench.manager->cancelTutorStream(id);
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.reply.state, State::Stopped);
        QCOMPARE(bench.reply.text, QStringLiteral("Half"));
        QCOMPARE(bench.textInFile(), QStringLiteral("stopped:Half"));
        QCOMPARE(bench.server.requests().size(), 1);
    }

    void historyIsFoundByItsWords()
    {
        Bench bench;
        bench.server.answer(whole("El préstamo se devuelve."));
        bench.server.answer(whole("Nothing here."));
        const ConversationId id = bench.start(QStringLiteral("What is a préstamo?"));
        QTRY_COMPARE(bench.finished, 1);
        bench.start(QStringLiteral("Something else"));
        QTRY_COMPARE(bench.finished, 2);
        const auto hits = bench.answered(bench.manager->searchHistory(QStringLiteral("PRESTAM")));
        QCOMPARE(hits.size(), 2);
        QCOMPARE(hits.first().conversation, id);
        QCOMPARE(hits.first().title, QStringLiteral("What is a préstamo?"));
        QCOMPARE(hits.first().matches.size(), 1);
        const auto [at, length] = hits.first().matches.first();
        QCOMPARE(hits.first().excerpt.mid(at, length), QStringLiteral("préstamo"));
        QCOMPARE(bench.answered(bench.manager->searchHistory(QStringLiteral("préstamo devuelve"))).size(), 1);
        QVERIFY(bench.answered(bench.manager->searchHistory(QStringLiteral("zebra"))).isEmpty());
        QVERIFY(bench.answered(bench.manager->searchHistory(QStringLiteral("\" OR *"))).isEmpty());
        QVERIFY(bench.answered(bench.manager->searchHistory(QStringLiteral("-) (\"' NEAR("))).isEmpty());
    }

    void draftsSurviveAndSendingForgetsThem()
    {
        Bench bench;
        bench.server.answer(whole("One."));
        bench.server.answer(whole("Two."));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->keepDraft(id, QStringLiteral("half a sent"));
        bench.manager->keepDraft({}, QStringLiteral("a new one"));
        bench.time.advance(250ms);
        // Another program reads the same file: nothing was said goodbye to.
        Database copy(bench.folder.filePath(QStringLiteral("academy.sqlite")));
        AiTutorStreamManager survivor(copy, bench.streams, bench.secrets, bench.time, bench.time, bench.random);
        QTRY_COMPARE(bench.answered(survivor.draft(id)), QStringLiteral("half a sent"));
        QTRY_COMPARE(bench.answered(survivor.draft({})), QStringLiteral("a new one"));
        bench.manager->continueTutorConversation(id, QStringLiteral("half a sentence"));
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(bench.answered(bench.manager->draft(id)), QString());
        QCOMPARE(bench.answered(bench.manager->draft({})), QStringLiteral("a new one"));
    }

    void aConversationIsRenamedAndTaughtInAnotherWay()
    {
        Bench bench;
        bench.server.answer(whole("One."));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QSignalSpy changed(bench.manager.get(), &AiTutorStreamManager::conversationsChanged);
        const auto renamed = bench.manager->renameConversation(id, QStringLiteral("  The  airport "));
        QTRY_VERIFY(renamed.isFinished());
        QVERIFY(renamed.result().ok());
        QTRY_COMPARE(changed.size(), 1);
        LearnerCard card;
        card.correction = CorrectionMode::Accuracy;
        const auto taught = bench.manager->setLearner(id, card);
        QTRY_VERIFY(taught.isFinished());
        const auto all = bench.answered(bench.manager->conversations());
        QCOMPARE(all.first().title, QStringLiteral("The airport"));
        QVERIFY(all.first().learner.correction == CorrectionMode::Accuracy);
        const auto nameless = bench.manager->renameConversation(id, QStringLiteral(" "));
        QTRY_VERIFY(nameless.isFinished());
        QCOMPARE(nameless.result().error().code, QStringLiteral("empty"));
        const auto unknown = bench.manager->renameConversation(ConversationId(QStringLiteral("none")), QStringLiteral("x"));
        QTRY_VERIFY(unknown.isFinished());
        QCOMPARE(unknown.result().error().code, QStringLiteral("unknown_conversation"));
    }

    void aForgottenConversationLeavesNothing()
    {
        Bench bench;
        bench.server.answer(whole("Secret words."));
        bench.server.answer({200, "text/event-stream", {}, {SseStep::send(said("more"))}});
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueTutorConversation(id, QStringLiteral("go on"));
        QTRY_COMPARE(bench.reply.text, QStringLiteral("more"));
        const auto gone = bench.manager->deleteConversation(id);
        QTRY_VERIFY(gone.isFinished());
        QVERIFY(gone.result().ok());
        QTRY_COMPARE(bench.server.openConnections(), 0);
        QVERIFY(bench.answered(bench.manager->conversations()).isEmpty());
        QVERIFY(bench.answered(bench.manager->searchHistory(QStringLiteral("secret"))).isEmpty());
        const auto rows = bench.answered(bench.database->read<qint64>([](Connection& connection) {
            return connection.integer(QStringLiteral("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM message_search)"));
        }));
        QCOMPARE(rows, 0);
    }

    void anAccountsWorkIsQueuedForTheAcademyAndAGuestsIsNot()
    {
        Bench bench;
        bench.server.answer(whole("One."));
        bench.server.answer(whole("Two."));
        const auto queued = [&bench] {
            return bench.answered(bench.database->read<QList<OutboxRow>>([](Connection& connection) -> Result<QList<OutboxRow>> {
                QList<OutboxRow> rows;
                const auto lanes = Outbox::pendingLanes(connection);
                for (const PendingLane& lane : lanes.valueOr({})) {
                    rows.append(Outbox::nextBatch(connection, lane.lane).valueOr({}));
                }
                return rows;
            }));
        };
        bench.start();
        QTRY_COMPARE(bench.finished, 1);
        QVERIFY(queued().isEmpty());
        QSignalSpy kept(bench.manager.get(), &AiTutorStreamManager::workKept);
        bench.manager->setAccount(UserId(QStringLiteral("ana")), DeviceId(QStringLiteral("laptop")));
        const ConversationId id = bench.start();
        QTRY_COMPARE(bench.finished, 2);
        const QList<OutboxRow> rows = queued();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(kept.size(), 2);
        QCOMPARE(rows.first().lane, conversationLane(id));
        const QJsonObject last = QJsonDocument::fromJson(rows.last().payload).object();
        const QJsonObject message = last.value(QLatin1String("messages")).toArray().first().toObject();
        QCOMPARE(message.value(QLatin1String("role")).toString(), QStringLiteral("assistant"));
        QCOMPARE(message.value(QLatin1String("state")).toString(), QStringLiteral("complete"));
        QCOMPARE(message.value(QLatin1String("content")).toString(), QStringLiteral("Two."));
        QCOMPARE(last.value(QLatin1String("conversation")).toObject().value(QLatin1String("head")).toString(), bench.reply.id.toString());
    }

    /// A real process, killed in the middle of a reply: what had reached the file is there, marked
    /// as interrupted, and can be gone on with. That it reaches the file within a quarter of a second
    /// is what aCrashKeepsWhatWasRead says, where time is moved by hand.
    void killNineInTheMiddleOfAReply()
    {
        QtScheduler scheduler;
        ScriptedSseServer server(scheduler);
        QList<SseStep> steps;
        for (int i = 0; i < pieces; ++i) {
            steps += {SseStep::send(said(piece(i))), SseStep::pause(5ms)};
        }
        server.answer({200, "text/event-stream", {}, steps});
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("academy.sqlite"));
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--stream"), path, server.url().toString()});
        QTRY_VERIFY_WITH_TIMEOUT(child.bytesAvailable() > 0, 30'000);
        QByteArray seen;
        {
            Database reader(path);
            const auto inFile = [&reader] {
                const auto text = reader.read<QString>([](Connection& connection) -> Result<QString> {
                    const auto row = connection.first(QStringLiteral("SELECT text FROM messages WHERE role = 'tutor'"));
                    return row && *row ? (*row)->text(0) : QString();
                });
                [&] { QTRY_VERIFY(text.isFinished()); }();
                return text.result().value().toUtf8();
            };
            QTRY_VERIFY_WITH_TIMEOUT(inFile().size() > 100, 30'000);
            seen = inFile();
        }
        QCOMPARE(kill(pid_t(child.processId()), SIGKILL), 0);
        QTRY_COMPARE(child.state(), QProcess::NotRunning);

        FakeScheduler time;
        QtHttpStreams streams;
        MemorySecretStore secrets;
        SeededRandom random(1);
        Database database(path);
        AiTutorStreamManager survivor(database, streams, secrets, time, time, random);
        const auto recovered = survivor.recover();
        QTRY_VERIFY(recovered.isFinished());
        const auto conversations = survivor.conversations();
        QTRY_VERIFY(conversations.isFinished());
        const auto messages = survivor.messages(conversations.result().value().first().id);
        QTRY_VERIFY(messages.isFinished());
        const TutorMessage kept = messages.result().value().last();
        QCOMPARE(kept.state, State::Interrupted);
        QVERIFY(kept.canContinue());
        QVERIFY(kept.text.toUtf8().startsWith(seen));
        QByteArray whole;
        for (int i = 0; i < pieces; ++i) {
            whole += piece(i);
        }
        QVERIFY(whole.startsWith(kept.text.toUtf8()));
        const QList<QByteArray> shown = child.readAllStandardOutput().trimmed().split('\n');
        qInfo("shown %s characters, kept %d", shown.last().constData(), int(kept.text.size()));
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--stream")) {
        return streamForEver(arguments.value(2), arguments.value(3));
    }
    TestTutorTree test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_tutortree.moc"

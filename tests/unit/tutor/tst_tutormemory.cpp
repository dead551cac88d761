// SPDX-License-Identifier: GPL-3.0-or-later
#include "TutorBench.h"

#include "store/ConversationStore.h"
#include "study/ReviewSession.h"
#include "study/StudyLibrary.h"
#include "supabase/AuthSession.h"
#include "supabase/RestClient.h"
#include "support/StoreTest.h"
#include "tutor/ConversationSync.h"
#include "tutor/TutorMemory.h"
#include "tutor/teaching/AskPhrases.h"

namespace {

/// JSON inside JSON.
QByteArray escaped(const QString& text)
{
    const QByteArray array = QJsonDocument(QJsonArray {text}).toJson(QJsonDocument::Compact);
    return array.mid(2, array.size() - 4);
}

QByteArray withNotes(const QString& text, const QJsonObject& notes)
{
    const QString ticks = QStringLiteral("``") + QLatin1Char('`');
    return escaped(text + QStringLiteral("\n\n") + ticks + QStringLiteral("tutor-notes\n")
        + QString::fromUtf8(QJsonDocument(notes).toJson(QJsonDocument::Compact)) + QLatin1Char('\n') + ticks + QLatin1Char('\n'));
}

QJsonObject corrections(const QString& original, const QString& suggestion, const QString& rule)
{
    return {{QStringLiteral("corrections"),
        QJsonArray {QJsonObject {{QStringLiteral("start"), 0}, {QStringLiteral("original"), original},
            {QStringLiteral("suggestion"), suggestion}, {QStringLiteral("type"), QStringLiteral("tense")},
            {QStringLiteral("severity"), 2}, {QStringLiteral("rule_id"), rule},
            {QStringLiteral("explanation"), QStringLiteral("It is over.")}}}}};
}

void done(const Async<void>& work)
{
    [&] { QTRY_VERIFY(work.isFinished()); }();
    QVERIFY(work.result().ok());
}

/// Counts what it is asked; holds what it is given to hold.
class MoodyAcademy final : public HttpClient
{
public:
    bool down = true;
    int asked = 0;
    Error mood {ErrorKind::Server, QStringLiteral("http_503"), {}, {}};
    QByteArray conversations = "[]";
    QByteArray messages = "[]";

    Async<HttpResponse> send(const HttpRequest& request) override
    {
        ++asked;
        const QString path = request.url.path();
        return down ? readyAsync<HttpResponse>(mood)
            : readyAsync<HttpResponse>(HttpResponse {200, {},
                  path.endsWith(QLatin1String("/conversations")) ? conversations
                      : path.endsWith(QLatin1String("/messages")) ? messages
                                                                   : QByteArray("{}")});
    }
};

} // namespace

/// From the tutor's bytes to the review card: real socket, real file.
class TestTutorMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMistakeBecomesACard()
    {
        Bench bench;
        TutorMemory memory(*bench.manager, *bench.database, bench.time, bench.random);
        StudyLibrary library(*bench.database, bench.time, bench.random, Learner());
        connect(&memory, &TutorMemory::mistakesChanged, &library, [&library] { library.refreshMistakes(); });
        done(library.open());
        const auto packs = library.packs().size();
        QList<TaughtMessage> learned;
        connect(&memory, &TutorMemory::learned, this,
            [&learned](const ConversationId&, const TaughtMessage& message) { learned.append(message); });

        const QString text = QStringLiteral("Hello! Yesterday I go to school.");
        bench.server.answer(whole(withNotes(QStringLiteral("What did you do there?"), corrections(QStringLiteral("go"), QStringLiteral("went"), QStringLiteral("past-simple")))));
        const ConversationId id = bench.start(text);
        QTRY_COMPARE(learned.size(), 1);
        QCOMPARE(bench.reply.text, QStringLiteral("What did you do there?"));
        QCOMPARE(bench.stored(id)[1].text, QStringLiteral("What did you do there?"));
        QCOMPARE(learned[0].taught.annotations.size(), 1);
        QCOMPARE(text.mid(learned[0].taught.annotations[0].start, 2), QStringLiteral("go"));
        QCOMPARE(learned[0].said, bench.stored(id)[0].id);

        // The card.
        QTRY_COMPARE(library.packs().size(), packs + 1);
        QCOMPARE(library.packs().last().cards, 1);
        ReviewSession* review = library.review(LearnerErrorStore::pack(), {}, this);
        review->start();
        QTRY_VERIFY(review->snapshot().phase == ReviewPhase::Asking);
        QVERIFY(review->snapshot().card->front.in({}).startsWith(QStringLiteral("Yesterday I ____ to school.")));
        QVERIFY(review->snapshot().card->back.in({}).startsWith(QStringLiteral("Yesterday I went to school.")));

        // The next talk opens with it, until it was reviewed.
        QCOMPARE(bench.answered(memory.prepare(LearnerCard())).dueErrors, QStringList {QStringLiteral("go → went (past-simple)")});
        review->reveal();
        QSignalSpy kept(review, &ReviewSession::kept);
        review->rate(Rating::Easy);
        QTRY_COMPARE(kept.size(), 1);
        QVERIFY(bench.answered(memory.prepare(LearnerCard())).dueErrors.isEmpty());

        // Opened again later.
        const auto again = bench.answered(memory.taughtIn(id));
        QCOMPARE(again.size(), 1);
        QCOMPARE(again[0].said, learned[0].said);
        QCOMPARE(again[0].taught.annotations, learned[0].taught.annotations);

        // Another reply to the same words says the same: counted once.
        bench.server.answer(whole(withNotes(QStringLiteral("Really?"), corrections(QStringLiteral("go"), QStringLiteral("went"), QStringLiteral("past-simple")))));
        bench.manager->retryTutorReply(id);
        QTRY_COMPARE(learned.size(), 2);
        QCOMPARE(bench.answered(memory.mistakes()).first().seen, 1);
        // The same mistake in other words is seen twice.
        bench.server.answer(whole(withNotes(QStringLiteral("And then?"), corrections(QStringLiteral("eat"), QStringLiteral("ate"), QStringLiteral("past-simple")))));
        bench.manager->continueTutorConversation(id, QStringLiteral("Yesterday I eat rice."));
        QTRY_COMPARE(learned.size(), 3);
        const auto mistakes = bench.answered(memory.mistakes());
        QCOMPARE(mistakes.size(), 1);
        QCOMPARE(mistakes.first().seen, 2);
        QCOMPARE(mistakes.first().sentence, QStringLiteral("Yesterday I eat rice."));

        done(memory.forgetMistake(mistakes.first().id));
        QTRY_COMPARE(library.packs().size(), packs);
        // Who takes one out of the cards can have it back.
        done(memory.rememberMistake(mistakes.first(), MessageId(QStringLiteral("m"))));
        QTRY_COMPARE(library.packs().size(), packs + 1);
    }

    void notesAreHiddenWhereverTheyAreCut()
    {
        Bench bench;
        TutorMemory memory(*bench.manager, *bench.database, bench.time, bench.random);
        QSignalSpy learned(&memory, &TutorMemory::learned);
        QString shown;
        connect(bench.manager.get(), &AiTutorStreamManager::messageChanged, this, [&shown](const TutorMessage& message) {
            if (message.role == TutorRole::Tutor) {
                shown += message.text;
            }
        });
        SseAnswer answer {200, "text/event-stream", {}, {}};
        const QByteArray all = withNotes(QStringLiteral("Good."), corrections(QStringLiteral("go"), QStringLiteral("went"), QStringLiteral("x")));
        const QString plain = QJsonDocument::fromJson("[\"" + all + "\"]").array().first().toString();
        for (const QChar c : plain) {
            answer.steps.append(SseStep::send(said(escaped(c))));
        }
        answer.steps.append(SseStep::send(ended));
        answer.steps.append(SseStep::close());
        bench.server.answer(answer);
        bench.start(QStringLiteral("I go yesterday."));
        QTRY_COMPARE(learned.size(), 1);
        QVERIFY2(!shown.contains(QLatin1Char('`')) && !shown.contains(QStringLiteral("corrections")), qPrintable(shown));
        QCOMPARE(bench.reply.text, QStringLiteral("Good."));
        QCOMPARE(bench.answered(memory.mistakes()).size(), 1);
    }

    void anAnswerThatWasShownIsLogged()
    {
        Bench bench;
        TutorMemory memory(*bench.manager, *bench.database, bench.time, bench.random);
        StudyLibrary library(*bench.database, bench.time, bench.random, Learner());
        QSignalSpy kept(&library, &StudyLibrary::workKept);
        connect(&memory, &TutorMemory::studied, &library, [&library](const StudyEvent& event) { library.keepEvent(event); });
        LearnerCard card;
        card.task = TutorTask::Exercise;
        card.exercise = {QStringLiteral("I ___ here since 2021."), {QStringLiteral("have worked")}, QStringLiteral("p"), QStringLiteral("i"), QStringLiteral("use")};
        QCOMPARE(bench.answered(memory.prepare(card)).exercise, card.exercise);
        for (int i = 0; i < 3; ++i) {
            bench.server.answer(whole("Look at since. What do you write?"));
        }
        const ConversationId id = bench.manager->startTutorConversation(card, QStringLiteral("Help me."));
        QTRY_COMPARE(bench.finished, 1);
        QVERIFY(!bench.server.requests().at(0).body.contains("have worked"));
        bench.manager->continueTutorConversation(id, QStringLiteral("I worked here since 2021."));
        QTRY_COMPARE(bench.finished, 2);
        QCOMPARE(kept.size(), 0);
        bench.manager->continueTutorConversation(id, askText(Ask::ShowAnswer, QStringLiteral("en")));
        QTRY_COMPARE(kept.size(), 1);
        QVERIFY(bench.server.requests().at(2).body.contains("have worked"));
        const auto logged = bench.database->read<QString>([](Connection& connection) -> Result<QString> {
            const auto row = connection.first(QStringLiteral("SELECT pack || '/' || item || ':' || kind || ':' || ifnull(correct, '-') FROM study_events"));
            return row && *row ? (*row)->text(0) : QString();
        });
        QCOMPARE(bench.answered(logged), QStringLiteral("p/i:answer_shown:-"));
    }

    void aRecapBecomesALessonNote()
    {
        Bench bench;
        TutorMemory memory(*bench.manager, *bench.database, bench.time, bench.random);
        QSignalSpy notes(&memory, &TutorMemory::lessonNotesChanged);
        bench.server.answer(whole("Where is it?"));
        bench.server.answer(whole("Goodbye!"));
        const ConversationId id = bench.start(QStringLiteral("My favourite place is a small village near the sea."));
        QTRY_COMPARE(bench.finished, 1);
        bench.manager->continueTutorConversation(id, askText(Ask::Recap, QStringLiteral("en")));
        QTRY_COMPARE(notes.size(), 1);
        const auto kept = bench.answered(memory.lessonNotes());
        QCOMPARE(kept.size(), 1);
        QVERIFY(kept.first().body.contains(QStringLiteral("small village near the sea")));
        const auto found = bench.database->read<QList<LessonNote>>(
            [](Connection& connection) { return TeachingStore::searchNotes(connection, {QStringLiteral("víllage")}, 5); });
        QCOMPARE(bench.answered(found).size(), 1);
        done(memory.removeLessonNote(kept.first().id));
        QVERIFY(bench.answered(memory.lessonNotes()).isEmpty());
    }

    void aPullThatFailedIsTriedAgain()
    {
        Bench bench;
        MoodyAcademy http;
        MemorySecretStore secrets;
        const Project project {QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")};
        AuthSession auth(project, http, secrets, bench.time, bench.time, bench.random);
        RestClient rest(project, http, auth, bench.time);
        ConversationSync sync(*bench.database, rest, UserId(QStringLiteral("u1")), bench.time, bench.random);
        QVERIFY(!answerOf(sync.pull()));
        QCOMPARE(http.asked, 1);
        const auto laterAsked = [&] {
            bench.time.advance(ConversationSync::RetryBase);
            return http.asked;
        };
        QTRY_VERIFY(laterAsked() >= 4);
        http.down = false;
        const int before = http.asked;
        QTRY_VERIFY(laterAsked() >= before + 3); // what changed, which there are, and whether it is so
        QVERIFY(answerOf(sync.pull()));
        const int whole = http.asked;
        bench.time.advance(ConversationSync::RetryCap);
        QCoreApplication::processEvents();
        QCOMPARE(http.asked, whole);
    }

    void aRowNobodyUnderstandsKeepsNoOtherAway()
    {
        Bench bench;
        MoodyAcademy http;
        http.down = false;
        const QByteArray times = "\"created_at\":\"2026-11-01T10:00:00Z\",\"updated_at\":\"2026-11-01T10:00:00Z\"";
        http.conversations = "[{\"id\":\"c0\",\"title\":7," + times + "},"
            "{\"id\":\"c1\",\"title\":\"Ferries\",\"learner\":{},\"head\":\"m1\"," + times + "}]";
        http.messages = "[{\"id\":\"m0\",\"conversation_id\":\"c1\",\"role\":\"user\"," + times + "},"
            "{\"id\":\"m1\",\"conversation_id\":\"c1\",\"role\":\"user\",\"content\":\"Hello\","
            "\"state\":\"complete\",\"details\":{}," + times + "}]";
        MemorySecretStore secrets;
        const Project project {QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")};
        AuthSession auth(project, http, secrets, bench.time, bench.time, bench.random);
        RestClient rest(project, http, auth, bench.time);
        ConversationSync sync(*bench.database, rest, UserId(QStringLiteral("u1")), bench.time, bench.random);
        // What is in it is not for the log.
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("left out (?!.*Ferries)")));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("left out (?!.*Hello)")));
        const auto came = bench.answered(sync.pull());
        QCOMPARE(came, 1);
        const auto text = bench.database->read<QString>([](Connection& connection) -> Result<QString> {
            const auto message = ConversationStore::message(connection, MessageId(QStringLiteral("m1")));
            return message && *message ? (*message)->text : QString();
        });
        QCOMPARE(bench.answered(text), QStringLiteral("Hello"));
        const int whole = http.asked;
        bench.time.advance(ConversationSync::RetryCap);
        QCoreApplication::processEvents();
        QCOMPARE(http.asked, whole);
    }

    void aRefusedPullWaitsForTheNextCall_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("an answer nobody understands") << int(ErrorKind::Protocol);
        QTest::newRow("a question it does not take") << int(ErrorKind::Invalid);
        QTest::newRow("nobody is signed in") << int(ErrorKind::Unauthorized);
    }
    void aRefusedPullWaitsForTheNextCall()
    {
        QFETCH(int, kind);
        Bench bench;
        MoodyAcademy http;
        http.mood = {ErrorKind(kind), QStringLiteral("no"), {}, {}};
        MemorySecretStore secrets;
        const Project project {QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")};
        AuthSession auth(project, http, secrets, bench.time, bench.time, bench.random);
        RestClient rest(project, http, auth, bench.time);
        ConversationSync sync(*bench.database, rest, UserId(QStringLiteral("u1")), bench.time, bench.random);
        const int before = bench.time.pendingTasks();
        QVERIFY(!answerOf(sync.pull()));
        QCOMPARE(bench.time.pendingTasks(), before);
        http.down = false;
        QVERIFY(answerOf(sync.pull()));
    }

    void wordsCanBeSaved()
    {
        Bench bench;
        TutorMemory memory(*bench.manager, *bench.database, bench.time, bench.random);
        QSignalSpy changed(&memory, &TutorMemory::mistakesChanged);
        memory.saveWord(QStringLiteral("ferry"), QStringLiteral("el ferri"), QStringLiteral("We took the ferry."), QStringLiteral("en"), MessageId(QStringLiteral("m1")));
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(bench.answered(memory.mistakes()).first().isWord());
        QVERIFY(bench.answered(memory.prepare(LearnerCard())).dueErrors.isEmpty());
        QVERIFY(!memory.saveWord(QStringLiteral("  "), {}, {}, QStringLiteral("en"), {}).result().ok());
    }
};

QTEST_GUILESS_MAIN(TestTutorMemory)
#include "tst_tutormemory.moc"

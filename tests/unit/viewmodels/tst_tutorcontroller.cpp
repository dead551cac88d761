// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtHttpStreams.h"
#include "store/Database.h"
#include "store/LearnerErrorStore.h"
#include "store/MemorySecretStore.h"
#include "store/Settings.h"
#include "support/FakeScheduler.h"
#include "support/ScriptedSseServer.h"
#include "support/ZipFile.h"
#include "study/StudyLibrary.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/TutorMemory.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/LessonNotes.h"
#include "viewmodels/ReviewController.h"
#include "viewmodels/StudyController.h"
#include "viewmodels/Toasts.h"
#include "viewmodels/TutorController.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

QByteArray piece(const QByteArray& text)
{
    return "data: {\"id\":\"r\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}

SseAnswer whole(const QByteArray& text)
{
    return {200, "text/event-stream", {},
        {SseStep::send(piece(text) + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"),
            SseStep::close()}};
}

/// A reply with notes to the program at its end.
SseAnswer withNotes(const QString& text, const QJsonObject& notes)
{
    const QString all = text + QStringLiteral("\n```tutor-notes\n") + QString::fromUtf8(QJsonDocument(notes).toJson(QJsonDocument::Compact))
        + QStringLiteral("\n```");
    const QByteArray quoted = QJsonDocument(QJsonArray {all}).toJson(QJsonDocument::Compact);
    return whole(quoted.mid(2, quoted.size() - 4));
}

QJsonObject correction(const char* original, const char* suggestion, const char* type)
{
    return {{s("original"), s(original)}, {s("suggestion"), s(suggestion)}, {s("type"), s(type)}, {s("severity"), 2},
        {s("rule_id"), s("irregular-past")}, {s("explanation"), s("It has a past form of its own.")}, {s("confidence"), 0.9}};
}

SseAnswer endedBy(const QByteArray& text, const QByteArray& reason)
{
    return {200, "text/event-stream", {},
        {SseStep::send(piece(text) + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\ndata: [DONE]\n\n"),
            SseStep::close()}};
}

SseAnswer cutAfter(const QByteArray& text)
{
    return {200, "text/event-stream", {}, {SseStep::send(piece(text)), SseStep::pause(100ms), SseStep::cut()}};
}

const PackId English {QStringLiteral("5c1d7a52-6f0b-4b6e-9a3e-2d9f64c7b8a1")};
const PackId Spanish {QStringLiteral("5c1d7a52-6f0b-4b6e-9a3e-2d9f64c7b8a2")};

/// The shipped pack as if it taught Spanish to beginners.
QByteArray spanishPack()
{
    QFile file(qEnvironmentVariable("NEOLINGUS_SOURCE_DIR") + s("/resources/packs/english-b1-b2-work-and-travel/pack.json"));
    QByteArray manifest = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    manifest.replace(English.toString().toUtf8(), Spanish.toString().toUtf8());
    manifest.replace("\"targetLang\": \"en\"", "\"targetLang\": \"es\"");
    manifest.replace("\"cefr\": \"B1\"", "\"cefr\": \"A2\"");
    return zipOf({{s("pack.json"), manifest}});
}

/// The tutor page without a page: a real tutor on a real socket and a real file.
struct Page
{
    QTemporaryDir folder;
    FakeScheduler time;
    SeededRandom random {7};
    MemorySecretStore secrets;
    QtHttpStreams streams;
    ScriptedSseServer server {time};
    Database database {folder.filePath(s("academy.sqlite"))};
    AiTutorStreamManager manager {database, streams, secrets, time, time, random};
    TutorMemory memory {manager, database, time, random};
    Settings store {folder.filePath(s("settings.json"))};
    AppSettings settings {store};
    Toasts toasts {time};
    StudyLibrary library {database, time, random, Learner {UserId(), DeviceId(s("laptop")), QTimeZone::utc(), 20}};
    TutorController tutor {settings, time, time, toasts};

    Page()
    {
        TutorSettings provider;
        provider.provider = TutorProviderKind::OpenAiChat;
        provider.baseUrl = server.url();
        provider.model = s("m");
        provider.needsKey = false;
        manager.setSettings(provider);
        tutor.attach(&manager, &memory);
    }

    /// The shelf, with what was studied until now.
    void openLibrary()
    {
        tutor.attach(&manager, &memory, nullptr, &library);
        const Async<void> opened = library.open();
        [&] { QTRY_VERIFY(opened.isFinished() && opened.result().ok()); }();
    }

    void study(const PackId& pack)
    {
        time.advance(1min);
        StudyEvent event;
        event.id = StudyEventId(random.uuid());
        event.pack = pack;
        event.item = ItemId(s("w1-since"));
        event.kind = s("practice");
        event.happenedAt = time.wall();
        const Async<void> kept = library.keepEvent(event);
        [&] { QTRY_VERIFY(kept.isFinished() && kept.result().ok()); }();
        const Async<void> counted = library.refresh();
        [&] { QTRY_VERIFY(counted.isFinished()); }();
    }

    void say(const char* words)
    {
        tutor.setDraft(s(words));
        tutor.send();
    }

    QList<MessageRow> rows() const
    {
        QList<MessageRow> all;
        for (int i = 0; i < const_cast<TutorController&>(tutor).messages()->rowCount(); ++i) {
            const auto* model = const_cast<TutorController&>(tutor).messages();
            const auto row = model->index(i).data(ChatModel::SaidRole).value<MessageRow>();
            if (all.isEmpty() || all.last().message != row.message) {
                all.append(row);
            }
        }
        return all;
    }

    /// The newest message of the learner, or of the tutor, as it is drawn now.
    MessageRow last(bool mine)
    {
        time.advance(40ms);
        MessageRow found;
        for (const MessageRow& row : rows()) {
            found = row.mine == mine ? row : found;
        }
        return found;
    }

    bool shows(const QStringList& texts)
    {
        // Words arrive over the socket; updates of a reply wait for the next frame of the clock.
        time.advance(40ms);
        const QList<MessageRow> all = rows();
        QStringList now;
        for (const MessageRow& row : all) {
            now.append(tutor.textOf(row.message));
        }
        return now == texts && !all.last().streaming && !tutor.state().streaming;
    }
};

} // namespace

class TestTutorController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void otherWordsAreAnotherBranch()
    {
        Page page;
        page.server.answer(whole("one"));
        page.server.answer(whole("two"));
        page.server.answer(whole("three"));
        page.say("Hello");
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        page.tutor.edit(page.rows().first().message, s("Good morning"));
        QTRY_VERIFY(page.shows({s("Good morning"), s("two")}));
        QTRY_COMPARE(page.rows().first().branch, s("2 of 2"));
        page.tutor.regenerate(page.rows().last().message);
        QTRY_VERIFY(page.shows({s("Good morning"), s("three")}));
        QTRY_COMPARE(page.rows().last().branch, s("2 of 2"));
        page.tutor.show(page.rows().last().earlier);
        QTRY_VERIFY(page.shows({s("Good morning"), s("two")}));
        page.tutor.show(page.rows().first().earlier);
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        QCOMPARE(page.rows().first().branch, s("1 of 2"));
        QVERIFY(page.rows().first().earlier.isEmpty());
    }

    void aReplyThatBrokeOffGoesOn()
    {
        Page page;
        page.server.answer(cutAfter("The first half"));
        page.server.answer(whole(" and the second."));
        page.say("Tell me");
        QTRY_VERIFY(page.shows({s("Tell me"), s("The first half")}) || (page.time.advance(100ms), false));
        QVERIFY(page.rows().last().canContinue);
        QCOMPARE(page.rows().last().state, s("interrupted"));
        page.tutor.goOn(page.rows().last().message);
        QTRY_VERIFY(page.shows({s("Tell me"), s("The first half and the second.")}));
        QCOMPARE(page.rows().size(), 2);
    }

    void aDraftStaysWithItsConversation()
    {
        Page page;
        page.server.answer(whole("one"));
        page.say("Hello");
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        const QString conversation = page.tutor.state().conversation;
        page.tutor.setDraft(s("half a thought"));
        page.time.advance(1s);
        page.tutor.startNew();
        QCOMPARE(page.tutor.draft(), QString());
        page.tutor.setDraft(s("another"));
        page.time.advance(1s);
        page.tutor.open(conversation);
        QTRY_COMPARE(page.tutor.draft(), s("half a thought"));
        page.tutor.startNew();
        QTRY_COMPARE(page.tutor.draft(), s("another"));
    }

    void aDeletedConversationCanBeHadBack()
    {
        Page page;
        page.server.answer(whole("one"));
        page.say("Hello");
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        const QString conversation = page.tutor.state().conversation;
        QTRY_COMPARE(page.tutor.conversations()->rowCount(), 1);
        page.tutor.remove(conversation);
        QCOMPARE(page.tutor.conversations()->rowCount(), 0);
        QCOMPARE(page.toasts.rows()->rowCount(), 1);
        page.toasts.press(page.toasts.rows()->rows().first().toast);
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        page.time.advance(10s);
        QCOMPARE(page.tutor.conversations()->rowCount(), 1);
        page.tutor.remove(conversation);
        page.time.advance(10s);
        const auto left = page.manager.conversations();
        QTRY_VERIFY(left.isFinished());
        QTRY_COMPARE(page.manager.conversations().result().value().size(), 0);
    }

    void theHistoryIsSearched()
    {
        Page page;
        page.server.answer(whole("A giraffe has a long neck."));
        page.say("Tell me about animals");
        QTRY_VERIFY(page.shows({s("Tell me about animals"), s("A giraffe has a long neck.")}));
        const QString conversation = page.tutor.state().conversation;
        page.tutor.startNew();
        page.tutor.setSearch(s("giraf"));
        page.time.advance(1s);
        QTRY_VERIFY(page.tutor.conversations()->rowCount() == 1 && !page.tutor.conversations()->rows().first().message.isEmpty());
        const ConversationRow hit = page.tutor.conversations()->rows().first();
        QCOMPARE(hit.conversation, conversation);
        QVERIFY(hit.when.contains(s("giraffe")));
        QSignalSpy found(&page.tutor, &TutorController::lineFound);
        page.tutor.openAt(hit.conversation, hit.message);
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(found.first().first().toInt(), 1);
        page.tutor.setSearch({});
        QCOMPARE(page.tutor.conversations()->rowCount(), 1);
    }

    void marksStandInTheLearnersOwnWords()
    {
        Page page;
        page.server.answer(withNotes(s("Where did you go then?"),
            {{s("corrections"), QJsonArray {correction("goed", "went", "tense"), correction("nowhere", "anywhere", "vocab")}}}));
        QSignalSpy heard(&page.tutor, &TutorController::sentencesSaid);
        page.say("Yesterday I goed home.");
        QTRY_COMPARE(page.last(true).marked.size(), 1); // fluency: one, and only of words that are there
        const MessageRow said = page.last(true);
        QCOMPARE(said.text, s("Yesterday I goed home."));
        const CorrectionRow mark = said.mark(0);
        QCOMPARE(said.text.mid(mark.start, mark.length), s("goed"));
        QCOMPARE(mark.suggestion, s("went"));
        QCOMPARE(mark.group, s("grammar"));
        QCOMPARE(mark.rule, s("Irregular past forms"));
        QVERIFY2(said.corrections.contains(s("went")), qPrintable(said.corrections));
        QTRY_VERIFY(!heard.isEmpty() && heard.last().first().toString() == said.corrections);

        // It became a card by itself; it can be taken out and had back.
        QTRY_VERIFY(page.last(true).mark(0).inCards);
        page.tutor.keepMark(said.message, 0, false);
        QTRY_VERIFY(!page.last(true).mark(0).inCards);
        page.tutor.keepMark(said.message, 0, true);
        QTRY_VERIFY(page.last(true).mark(0).inCards);

        // The marks are there again when the talk is opened another time.
        const QString conversation = page.tutor.state().conversation;
        page.tutor.startNew();
        page.tutor.open(conversation);
        QTRY_COMPARE(page.last(true).marked.size(), 1);
    }

    void anotherWayOfCorrectingHoldsForItsTalk()
    {
        Page page;
        page.server.answer(whole("one"));
        QCOMPARE(page.tutor.state().mode, s("fluency"));
        page.say("Hello");
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        const QString conversation = page.tutor.state().conversation;
        page.tutor.setMode(s("accuracy"));
        QCOMPARE(page.tutor.state().mode, s("accuracy"));
        const auto kept = [&page] {
            const auto all = page.manager.conversations();
            [&] { QTRY_VERIFY(all.isFinished()); }();
            return all.result().value().first().learner.correction;
        };
        QTRY_VERIFY(kept() == CorrectionMode::Accuracy);
        page.tutor.startNew();
        QCOMPARE(page.tutor.state().mode, s("fluency"));
        page.tutor.setMode(s("exam"));
        page.tutor.startNew();
        QCOMPARE(page.tutor.state().mode, s("exam")); // chosen for new talks
        page.tutor.open(conversation);
        QCOMPARE(page.tutor.state().mode, s("accuracy"));
        page.tutor.rename(conversation, s("Greetings"));
        QTRY_COMPARE(page.tutor.state().title, s("Greetings"));
    }

    void aSceneIsPlayedAndLookedBackOn()
    {
        Page page;
        LessonNotes notes(page.settings, page.time, page.time, page.toasts);
        notes.attach(&page.memory);
        page.tutor.setLevel(s("A1"));
        QVERIFY(page.tutor.scenes()->rows().first().fits);
        page.tutor.startScene(s("cafe"));
        QCOMPARE(page.tutor.state().task, s("scene"));
        QVERIFY(!page.tutor.state().goal.isEmpty());
        QCOMPARE(page.tutor.state().level, s("A1"));
        page.server.answer(whole("Good morning! What would you like?"));
        page.server.answer(withNotes(s("You ordered well."),
            {{s("report"), QJsonObject {{s("met"), QJsonArray {}}, {s("tip"), s("Say please more often.")}}},
                {s("recap"), QJsonObject {{s("task"), s("Order a tea.")}}}}));
        page.say("Good morning, I would like a coffee, please.");
        QTRY_COMPARE(page.tutor.state().title, page.tutor.state().scene);
        QTRY_VERIFY(!page.tutor.state().streaming && !page.last(false).streaming && page.last(false).state == s("done"));
        QVERIFY(!page.tutor.state().over);
        page.tutor.ask(s("endscene"));
        QTRY_COMPARE(page.last(false).outcomeCount(), 2);
        const TalkOutcome report = page.last(false).outcome(0);
        QCOMPARE(report.kind, s("scene"));
        QCOMPARE(report.tip, s("Say please more often."));
        QVERIFY(report.lineCount() > 2);
        QCOMPARE(page.last(false).outcome(1).kind, s("recap"));
        QVERIFY(page.tutor.state().over);

        QTRY_COMPARE(notes.rows()->rowCount(), 1);
        const LessonNoteRow note = notes.rows()->rows().first();
        QVERIFY(note.body.contains(s("Order a tea.")));
        QCOMPARE(note.conversation, page.tutor.state().conversation);
        notes.remove(note.note);
        QCOMPARE(notes.rows()->rowCount(), 0);
        page.toasts.press(page.toasts.rows()->rows().last().toast);
        QCOMPARE(notes.rows()->rowCount(), 1);
        notes.remove(note.note);
        page.time.advance(10s);
        QTRY_COMPARE(page.last(false).outcomeCount(), 1);
    }

    void aTextIsLookedAtAndGivenAway()
    {
        Page page;
        QSignalSpy given(&page.tutor, &TutorController::textGiven);
        page.tutor.startWriting(s(" An e-mail to a friend "));
        QCOMPARE(page.tutor.state().task, s("writing"));
        QCOMPARE(page.tutor.state().goal, s("An e-mail to a friend"));
        page.server.answer(withNotes(s("Link your sentences."),
            {{s("feedback"), QJsonArray {QJsonObject {{s("id"), s("task")}, {s("reached"), s("mostly")},
                                              {s("evidence"), QJsonArray {s("I am in Girona")}}, {s("strength"), s("Clear.")},
                                              {s("next"), s("Say more.")}},
                                  QJsonObject {{s("id"), s("order")}, {s("reached"), s("fully")},
                                      {s("evidence"), QJsonArray {s("words that are not there")}}, {s("strength"), s("Fine.")}}}}}));
        page.say("Dear Ana, I am in Girona.");
        QTRY_COMPARE(page.last(false).outcomeCount(), 1);
        const TalkOutcome feedback = page.last(false).outcome(0);
        QCOMPARE(feedback.kind, s("feedback"));
        QCOMPARE(feedback.lineCount(), 1); // without evidence there is no feedback
        QCOMPARE(feedback.line(0).quotes, QStringList {s("I am in Girona")});
        QVERIFY(feedback.notice.contains(s("not an official mark")));
        page.tutor.giveText(page.last(false).message);
        QCOMPARE(given.size(), 1);
        QCOMPARE(given.first().at(0).value<MessageId>(), MessageId(page.last(true).message));
        QCOMPARE(given.first().at(1).toString(), s("An e-mail to a friend"));
        QCOMPARE(given.first().at(2).toString(), s("Dear Ana, I am in Girona."));
    }

    void aWordIsSavedWithItsSentence()
    {
        Page page;
        page.server.answer(whole("Take the train. The **platform** is on the left."));
        page.say("Where do I go?");
        QTRY_COMPARE(page.last(false).state, s("done"));
        page.tutor.saveWord(s(" platform "), s("andén"), page.last(false).message);
        const auto saved = [&page] {
            const auto all = page.memory.mistakes();
            [&] { QTRY_VERIFY(all.isFinished()); }();
            return all.result().value();
        };
        QTRY_COMPARE(saved().size(), 1);
        QVERIFY(saved().first().isWord());
        QCOMPARE(saved().first().original, s("platform"));
        QCOMPARE(saved().first().suggestion, s("andén"));
        QCOMPARE(saved().first().sentence, s("The platform is on the left."));
        QTRY_COMPARE(page.toasts.rows()->rowCount(), 1);
    }

    void howAReplyEndedIsSaid_data()
    {
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QString>("words");
        QTest::newRow("whole") << QByteArray("stop") << QString();
        QTest::newRow("too long") << QByteArray("length") << s("longest length");
        QTest::newRow("filtered") << QByteArray("content_filter") << s("safety filter");
        QTest::newRow("a tool") << QByteArray("tool_calls") << s("tool");
    }
    void howAReplyEndedIsSaid()
    {
        QFETCH(QByteArray, reason);
        QFETCH(QString, words);
        Page page;
        page.server.answer(endedBy("It begins in", reason));
        page.say("Tell me a story");
        QTRY_COMPARE(page.last(false).state, s("done"));
        QCOMPARE(page.last(false).stateText.isEmpty(), words.isEmpty());
        QVERIFY2(page.last(false).stateText.contains(words), qPrintable(page.last(false).stateText));
        QCOMPARE(page.last(false).tone, words.isEmpty() ? QString() : s("warning"));
    }

    void whatTheChecksFoundStandsUnderTheReply()
    {
        Page page;
        page.server.answer(whole("Well done! You will pass the exam with an A. Tell me your phone number, please."));
        page.say("I like trains.");
        QTRY_VERIFY(page.last(false).concerns.contains(s("No tutor can promise")));
        QVERIFY2(page.last(false).concerns.contains(s("private")), qPrintable(page.last(false).concerns));
        page.server.answer(whole("Good. What do you like about them?"));
        page.say("They are fast.");
        QTRY_COMPARE(page.rows().size(), 4);
        QTRY_COMPARE(page.last(false).state, s("done"));
        QVERIFY2(page.last(false).concerns.isEmpty(), qPrintable(page.last(false).concerns));
    }

    void whileAnExamIsSatTheTutorIsOff()
    {
        Page page;
        QVERIFY(!page.tutor.state().off);
        page.manager.setExamRunning(true);
        QVERIFY(page.tutor.state().off);
        page.manager.setExamRunning(false);
        QVERIFY(!page.tutor.state().off);
    }

    void whatIsDangerousIsSaidPlainly()
    {
        Page page;
        page.server.answer(whole("one"));
        page.say("My telephone number is 600123456.");
        QTRY_VERIFY(!page.last(true).caution.isEmpty());
    }

    void aTalkFollowsWhatIsStudied()
    {
        Page page;
        page.openLibrary();
        QCOMPARE(page.tutor.state().language, s("en"));
        QCOMPARE(page.tutor.state().level, s("B1"));
        const Async<PackId> added = page.library.install(spanishPack());
        QTRY_VERIFY(added.isFinished());
        QVERIFY2(added.result().ok(), added.result().ok() ? "" : qPrintable(added.result().error().detail));
        QCOMPARE(page.tutor.state().languages, QStringList({s("en"), s("es")}));
        QCOMPARE(page.tutor.state().languageNames.at(1), s("Español"));
        QCOMPARE(page.tutor.state().language, s("en"));

        page.study(Spanish);
        QCOMPARE(page.tutor.state().language, s("es"));
        QCOMPARE(page.tutor.state().level, s("A2"));
        page.server.answer(whole("Hola"));
        page.say("Buenos días");
        QTRY_VERIFY(page.shows({s("Buenos días"), s("Hola")}));
        const auto begun = page.manager.conversations();
        QTRY_VERIFY(begun.isFinished());
        QCOMPARE(begun.result().value().first().learner.targetLanguage, s("es"));
        QCOMPARE(begun.result().value().first().learner.level, s("A2"));

        // A talk that has begun stays as it is; a new one can be in another language, at its own level.
        page.study(English);
        QCOMPARE(page.tutor.state().language, s("es"));
        page.tutor.startNew();
        QCOMPARE(page.tutor.state().language, s("en"));
        page.tutor.setLevel(s("C1"));
        page.tutor.chooseLanguage(s("es"));
        QCOMPARE(page.tutor.state().language, s("es"));
        QCOMPARE(page.tutor.state().level, s("A2"));
        page.tutor.startNew();
        QCOMPARE(page.tutor.state().language, s("es"));
        // The choice ends with the next lesson in another language than before.
        page.study(Spanish);
        page.study(English);
        QCOMPARE(page.tutor.state().language, s("en"));
        QCOMPARE(page.tutor.state().level, s("C1"));
    }

    void aMistakeCardNamesItsRule()
    {
        Page page;
        LearnerError error;
        error.id = ItemId(s("a"));
        error.language = s("en");
        error.original = s("goed");
        error.suggestion = s("went");
        error.type = s("tense");
        error.rule = s("irregular-past");
        error.sentence = s("I goed home.");
        error.start = 2;
        const auto kept = page.database.run<bool>(
            [error](Connection& connection) { return LearnerErrorStore::keep(connection, error, MessageId(s("m")), WallTime()); });
        QTRY_VERIFY(kept.isFinished());
        page.openLibrary();
        ReviewController review(page.settings, page.time);
        review.attach(&page.library);
        const auto hintIn = [&](const char* language) {
            page.settings.setLanguage(s(language));
            review.start(LearnerErrorStore::pack().toString());
            [&] { QTRY_COMPARE(review.state().phase, s("asking")); }();
            return review.state().hint;
        };
        QCOMPARE(hintIn("en"), s("Irregular past forms"));
        QCOMPARE(hintIn("es"), s("Pasados irregulares"));
        QCOMPARE(hintIn("ca-valencia"), s("Passats irregulars"));
    }

    void aCitationOpensItsOwnNote()
    {
        Page page;
        page.openLibrary();
        StudyController study(page.settings);
        study.attach(&page.library);
        const QString place = study.notesOf(English.toString(), s("note-perfect-or-past"));
        study.openNotes(place);
        QCOMPARE(study.notes()->rows().value(study.wantedNote()).note, s("note-perfect-or-past"));
        study.openNotes(place.section(QLatin1Char('#'), 0, 0));
        QVERIFY(study.notes()->rowCount() > 0);
        QCOMPARE(study.wantedNote(), -1);
        QCOMPARE(study.notesOf(English.toString(), s("w1-since")), QString());
    }

    void aWaitIsCountedDownAndCanBeEnded()
    {
        Page page;
        page.server.answer({429, "application/json", {{"retry-after", "20"}},
            {SseStep::send("{\"error\":{\"code\":\"rate_limit_exceeded\",\"type\":\"rate_limit_exceeded\"}}"), SseStep::close()}});
        page.server.answer(whole("at last"));
        page.say("Hello");
        QTRY_VERIFY(!page.rows().isEmpty() && page.rows().last().stateText.contains(s("20")));
        QVERIFY(page.rows().last().waits);
        page.time.advance(5s);
        QVERIFY2(page.rows().last().stateText.contains(s("15")), qPrintable(page.rows().last().stateText));
        page.tutor.tryNow();
        QTRY_VERIFY(page.shows({s("Hello"), s("at last")}));
    }
};

QTEST_GUILESS_MAIN(TestTutorController)
#include "tst_tutorcontroller.moc"

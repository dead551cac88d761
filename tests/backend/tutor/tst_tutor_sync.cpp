// SPDX-License-Identifier: GPL-3.0-or-later
#include "../client/Person.h"
#include "net/QtHttpStreams.h"
#include "realtime/AcademyLink.h"
#include "realtime/Profile.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "support/PgSession.h"
#include "support/ScriptedSseServer.h"
#include "sync/SyncEngine.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/ConversationSync.h"
#include "tutor/Teachers.h"
#include "tutor/WritingDesk.h"
#include "viewmodels/AccountController.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/MonitorController.h"
#include "viewmodels/PracticeController.h"
#include "viewmodels/ReportsController.h"
#include "viewmodels/Toasts.h"
#include "viewmodels/TutorController.h"
#include "viewmodels/WritingsController.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

namespace {

/// One machine of a person: a file, the notes tutor, and the way to the academy.
struct Machine
{
    Machine(AcademyFixture& academy, const QString& file, const char* name)
        : person(academy), database(file), tutor(database, streams, secrets, person.clock, person.scheduler, person.random),
          device(QLatin1String(name))
    {
    }

    void begin()
    {
        const UserId owner = person.session.user().id;
        tutor.setAccount(owner, device);
        engine = std::make_unique<SyncEngine>(database, person.session, person.clock, person.scheduler, person.random);
        sync = std::make_unique<ConversationSync>(database, person.rest, owner, person.scheduler, person.random);
        engine->registerUploader(QStringLiteral("conversation:"), sync.get());
        teachers = std::make_unique<Teachers>(database, person.rest, owner);
        teachers->look();
        desk = std::make_unique<WritingDesk>(database, person.rest, *teachers, owner, device, person.clock);
        engine->registerUploader(QStringLiteral("writing:"), desk.get());
        QObject::connect(desk.get(), &WritingDesk::workKept, engine.get(), &SyncEngine::poke);
        QObject::connect(&tutor, &AiTutorStreamManager::workKept, engine.get(), &SyncEngine::poke);
        QObject::connect(sync.get(), &ConversationSync::changed, &tutor, &AiTutorStreamManager::adoptRemote);
    }

    template <typename T>
    T answered(const Async<T>& answer)
    {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 30'000); }();
        return answer.result().value();
    }

    QStringList texts(const ConversationId& conversation)
    {
        QStringList texts;
        for (const TutorMessage& message : answered(tutor.messages(conversation))) {
            texts.append(message.text);
        }
        return texts;
    }

    qint64 queued()
    {
        return answered(database.read<qint64>(
            [](Connection& connection) { return connection.integer(QStringLiteral("SELECT count(*) FROM outbox")); }));
    }

    Person person;
    QtHttpStreams streams;
    MemorySecretStore secrets;
    Database database;
    AiTutorStreamManager tutor;
    DeviceId device;
    std::unique_ptr<ConversationSync> sync;
    std::unique_ptr<Teachers> teachers;
    std::unique_ptr<WritingDesk> desk;
    std::unique_ptr<SyncEngine> engine;
};

} // namespace

/// What is said to the tutor on one machine is there on the other: real files, real HTTP, the real law.
class TestTutorSync : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    QTemporaryDir m_folder;

    PgAnswer law(const QString& script)
    {
        PgSession session("host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres");
        return session.run(script);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_academy.start(), qPrintable(m_academy.problem())); }

    void conversationsTravelBothWays()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("laptop.sqlite")), "laptop");
        Machine tablet(m_academy, m_folder.filePath(QStringLiteral("tablet.sqlite")), "tablet");
        SIGN_IN(laptop.person, Demo::student(9));
        SIGN_IN(tablet.person, Demo::student(9));
        laptop.begin();
        tablet.begin();

        LearnerCard card;
        card.level = QStringLiteral("C1");
        QSignalSpy finished(&laptop.tutor, &AiTutorStreamManager::replyFinished);
        const ConversationId id = laptop.tutor.startTutorConversation(card, QStringLiteral("What is a gerund?"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 30'000);
        QCOMPARE(laptop.engine->status().quarantined, 0);

        QSignalSpy lists(&tablet.tutor, &AiTutorStreamManager::conversationsChanged);
        QCOMPARE(tablet.answered(tablet.sync->pull()), 1);
        QCOMPARE(lists.size(), 1);
        QCOMPARE(tablet.texts(id), laptop.texts(id));
        const auto known = tablet.answered(tablet.tutor.conversations());
        QCOMPARE(known.first().title, QStringLiteral("What is a gerund?"));
        QCOMPARE(known.first().learner.level, QStringLiteral("C1"));
        QCOMPARE(tablet.answered(tablet.tutor.messages(id)).last().provider, QStringLiteral("notes"));
        QCOMPARE(tablet.answered(tablet.tutor.searchHistory(QStringLiteral("gerund"))).first().conversation, id);
        QCOMPARE(tablet.answered(tablet.sync->pull()), 0);

        // The other machine goes on, with other words in the first place.
        const MessageId first = tablet.answered(tablet.tutor.messages(id)).first().id;
        QSignalSpy second(&tablet.tutor, &AiTutorStreamManager::replyFinished);
        tablet.tutor.editLearnerMessage(id, first, QStringLiteral("What is an infinitive?"));
        QTRY_COMPARE_WITH_TIMEOUT(second.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.queued(), 0, 30'000);
        QSignalSpy branches(&laptop.tutor, &AiTutorStreamManager::branchChanged);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 1);
        QCOMPARE(branches.size(), 1);
        QCOMPARE(laptop.texts(id), tablet.texts(id));
        QCOMPARE(laptop.answered(laptop.tutor.messages(id)).first().siblings, 2);

        // And forgets it.
        const auto gone = tablet.tutor.deleteConversation(id);
        AWAIT_OK(gone);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.queued(), 0, 30'000);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 1);
        QVERIFY(laptop.answered(laptop.tutor.conversations()).isEmpty());
    }

    void whatWaitsHereIsNewerThanWhatComes()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("laptop2.sqlite")), "laptop");
        SIGN_IN(laptop.person, Demo::student(10));
        laptop.begin();
        QSignalSpy finished(&laptop.tutor, &AiTutorStreamManager::replyFinished);
        const ConversationId id = laptop.tutor.startTutorConversation(LearnerCard(), QStringLiteral("Hello"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 30'000);
        laptop.engine.reset(); // offline from here on
        laptop.tutor.continueTutorConversation(id, QStringLiteral("Still here"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30'000);
        const QStringList before = laptop.texts(id);
        QCOMPARE(before.size(), 4);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 0);
        QCOMPARE(laptop.texts(id), before);
        // Forgotten while offline, it does not come back.
        const auto gone = laptop.tutor.deleteConversation(id);
        AWAIT_OK(gone);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 0);
        QVERIFY(laptop.answered(laptop.tutor.conversations()).isEmpty());
    }

    void whatWasPassedOverIsAskedForAgain()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("laptop3.sqlite")), "laptop");
        Machine tablet(m_academy, m_folder.filePath(QStringLiteral("tablet3.sqlite")), "tablet");
        SIGN_IN(laptop.person, Demo::student(13));
        SIGN_IN(tablet.person, Demo::student(13));
        laptop.begin();
        tablet.begin();
        QSignalSpy here(&laptop.tutor, &AiTutorStreamManager::replyFinished);
        const ConversationId id = laptop.tutor.startTutorConversation(LearnerCard(), QStringLiteral("Hello"));
        QTRY_COMPARE_WITH_TIMEOUT(here.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 30'000);
        const auto age = [&](int minutes) {
            const PgAnswer moved = law(QStringLiteral(
                "set session_replication_role = replica;"
                "update public.conversations set updated_at = now() - interval '%2 min' where id = '%1';"
                "update public.messages set updated_at = now() - interval '%2 min' where conversation_id = '%1'")
                                           .arg(id.toString())
                                           .arg(minutes));
            QVERIFY2(moved.ok(), qPrintable(moved.message));
        };
        age(20);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 0);
        QCOMPARE(tablet.answered(tablet.sync->pull()), 1);

        // Each goes on by itself; the tablet was done with it ten minutes before it began another.
        laptop.engine.reset();
        laptop.tutor.continueTutorConversation(id, QStringLiteral("From the laptop"));
        QTRY_COMPARE_WITH_TIMEOUT(here.size(), 2, 30'000);
        QSignalSpy there(&tablet.tutor, &AiTutorStreamManager::replyFinished);
        tablet.tutor.continueTutorConversation(id, QStringLiteral("From the tablet"));
        QTRY_COMPARE_WITH_TIMEOUT(there.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.queued(), 0, 30'000);
        age(10);
        tablet.tutor.startTutorConversation(LearnerCard(), QStringLiteral("Another"));
        QTRY_COMPARE_WITH_TIMEOUT(there.size(), 2, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.queued(), 0, 30'000);

        QCOMPARE(laptop.answered(laptop.sync->pull()), 1); // the other one only
        laptop.begin();
        laptop.engine->poke();
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 30'000);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 1);
        const auto hits = laptop.answered(laptop.tutor.searchHistory(QStringLiteral("tablet")));
        QCOMPARE(hits.size(), 1);
        QCOMPARE(hits.first().conversation, id);
    }

    void anAcademyThatOnlyLooksEmptyDeletesNothing()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("laptop4.sqlite")), "laptop");
        SIGN_IN(laptop.person, Demo::student(14));
        laptop.begin();
        QSignalSpy finished(&laptop.tutor, &AiTutorStreamManager::replyFinished);
        laptop.tutor.startTutorConversation(LearnerCard(), QStringLiteral("Hello"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 30'000);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 0);

        // Somewhere else a second step was set up: this session sees no row of its own any more.
        const PgAnswer enrolled = law(QStringLiteral(
            "insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at)"
            " values (gen_random_uuid(), '%1', '', 'totp', 'verified', now(), now())")
                                          .arg(laptop.person.session.user().id.toString()));
        QVERIFY2(enrolled.ok(), qPrintable(enrolled.message));
        const auto pull = laptop.sync->pull();
        QTRY_VERIFY_WITH_TIMEOUT(pull.isFinished(), 30'000);
        QVERIFY(!pull.result().ok());
        QCOMPARE(laptop.answered(laptop.tutor.conversations()).size(), 1);
    }

    void nobodySeesAnothersConversations()
    {
        Machine ana(m_academy, m_folder.filePath(QStringLiteral("ana.sqlite")), "a");
        Machine ben(m_academy, m_folder.filePath(QStringLiteral("ben.sqlite")), "b");
        SIGN_IN(ana.person, Demo::student(11));
        SIGN_IN(ben.person, Demo::student(12));
        ana.begin();
        ben.begin();
        QSignalSpy finished(&ana.tutor, &AiTutorStreamManager::replyFinished);
        ana.tutor.startTutorConversation(LearnerCard(), QStringLiteral("Mine"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(ana.queued(), 0, 30'000);
        QCOMPARE(ben.answered(ben.sync->pull()), 0);
        QVERIFY(ben.answered(ben.tutor.conversations()).isEmpty());
    }

    void aTextGoesToTheTeacherWhoHasTheLastWord()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("writer.sqlite")), "laptop");
        Machine desk(m_academy, m_folder.filePath(QStringLiteral("teacher.sqlite")), "desk");
        Machine stranger(m_academy, m_folder.filePath(QStringLiteral("stranger.sqlite")), "stranger");
        SIGN_IN(laptop.person, Demo::student(11));
        SIGN_IN(desk.person, Demo::teacher());
        SIGN_IN(stranger.person, Demo::student(12));
        laptop.begin();
        desk.begin();
        stranger.begin();

        const QString body = QStringLiteral("Dear Ana, we are in Girona since two weeks.");
        const auto said = [&body](const char* reached, const char* quote) {
            return verifyFeedback(TutorTask::Writing,
                {QJsonObject {{QStringLiteral("id"), QStringLiteral("accuracy")}, {QStringLiteral("reached"), QLatin1String(reached)},
                    {QStringLiteral("evidence"), QJsonArray {QLatin1String(quote)}}, {QStringLiteral("next"), QStringLiteral("for two weeks")}}},
                body);
        };
        const auto kept = [](const Async<void>& answer) {
            [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 30'000); }();
            return answer.result();
        };
        const WritingId id(QUuid::createUuid().toString(QUuid::WithoutBraces));
        QCOMPARE(kept(laptop.desk->send(id, TutorTask::Writing, {}, QStringLiteral(" "), said("partly", "since"))).error().code,
            QStringLiteral("empty"));

        // Without a way to the academy it waits, and says so; then it goes once, however often it is sent.
        m_academy.kill9();
        QVERIFY(kept(laptop.desk->send(id, TutorTask::Writing, QStringLiteral("A letter"), body, said("partly", "since two weeks"))).ok());
        QCOMPARE(laptop.answered(laptop.desk->waiting()).size(), 1);
        QVERIFY(laptop.answered(laptop.desk->waiting()).first().waiting);
        QVERIFY(m_academy.restart());
        laptop.engine->networkUp();
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 60'000);
        QVERIFY(kept(laptop.desk->send(id, TutorTask::Writing, QStringLiteral("A letter"), body, said("partly", "since two weeks"))).ok());
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 60'000);
        QCOMPARE(laptop.answered(laptop.desk->sent()).size(), 1);
        QVERIFY(laptop.answered(laptop.desk->waiting()).isEmpty());
        QCOMPARE(stranger.answered(stranger.desk->sent()).size(), 0);

        const Writing seen = desk.answered(desk.desk->sent()).first();
        QCOMPARE(seen.body, body);
        QVERIFY(!seen.studentName.isEmpty());
        QVERIFY(!seen.teacher);
        QVERIFY(!kept(stranger.desk->correct(id, said("fully", "Dear Ana"), {})).ok());
        QVERIFY(kept(desk.desk->correct(id, said("mostly", "we are in Girona"), QStringLiteral("Nearly."))).ok());
        const Writing corrected = laptop.answered(laptop.desk->sent()).first();
        QVERIFY(corrected.teacher && corrected.teacher->criteria.first().reached == Reached::Mostly);
        QCOMPARE(corrected.tutor.criteria.first().reached, Reached::Partly);
        QCOMPARE(corrected.comment, QStringLiteral("Nearly."));
        QVERIFY(!corrected.correctedBy.isEmpty());
    }

    /// A text that the academy refuses does not vanish: it stays in the list and says so.
    void aRefusedTextStaysInSight()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("refused.sqlite")), "laptop");
        SIGN_IN(laptop.person, Demo::student(15));
        laptop.begin();
        Settings store(m_folder.filePath(QStringLiteral("refused.json")));
        AppSettings settings(store);
        Toasts toasts(laptop.person.scheduler);
        WritingsController mine(settings, laptop.person.clock, toasts);
        mine.attach(laptop.desk.get());
        const QString body = QStringLiteral("One two three four.");
        RubricFeedback bad;
        bad.criteria = {{QStringLiteral("task"), Reached::Fully, {QStringLiteral("words that are not there")}, QStringLiteral("Good."), {}}};
        const MessageId said(QUuid::createUuid().toString(QUuid::WithoutBraces));
        mine.send(said, QStringLiteral("Numbers"), body, bad);
        QTRY_COMPARE_WITH_TIMEOUT(laptop.engine->status().quarantined, 1, 60'000);
        mine.refresh();
        const auto tone = [&mine, &said] {
            const WritingRow* row = mine.writings()->find(said.toString());
            return row ? row->tone : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(tone(), QStringLiteral("danger"), 30'000);
        mine.open(said.toString());
        QCOMPARE(mine.current().body, body);
    }

    /// From an exercise of the course to the tutor and back, and a report of a reply to the teachers: the
    /// shipped pack, a real file, a provider on a socket, the real academy.
    void anExerciseGoesToTheTutor()
    {
        Person person(m_academy);
        Person school(m_academy);
        SIGN_IN(school, Demo::teacher());
        QTemporaryDir place;
        MemorySecretStore secrets;
        AcademyLink link(person.project, secrets, person.clock, person.scheduler, person.random);
        const auto signedIn = link.auth.signInWithPassword(Demo::student(16), Demo::password());
        AWAIT_OK(signedIn);
        Profile profile(link, secrets, place.path(), link.auth.user().id, DeviceId(person.random.uuid()), QTimeZone::utc());
        const auto opened = profile.study.open();
        AWAIT_OK(opened);
        Settings store(place.filePath(QStringLiteral("settings.json")));
        AppSettings settings(store);
        Toasts toasts(person.scheduler);
        PracticeController practice(settings, person.scheduler);
        TutorController tutor(settings, person.clock, person.scheduler, toasts);
        practice.attach(&profile.study);
        tutor.attach(&profile.tutor, &profile.memory, &profile.reports, &profile.study);
        QObject::connect(&practice, &PracticeController::tutorWanted, &tutor, &TutorController::startExercise);
        QObject::connect(&tutor, &TutorController::stateChanged, &practice, [&] { practice.setTutorOff(tutor.state().off); });

        // Offline first: the notes tutor.
        const QString unit = profile.study.packs().first().id.toString() + QStringLiteral("/work-1");
        practice.start(unit);
        QTRY_COMPARE_WITH_TIMEOUT(practice.state().phase, QStringLiteral("answering"), 30'000);
        QVERIFY(practice.state().mayAsk);
        while (practice.form()->kind() != QStringLiteral("choice")) {
            practice.next();
            QTRY_VERIFY(practice.state().phase == QStringLiteral("answering"));
        }
        practice.form()->chooseLetter(0);
        const QJsonObject filled = practice.form()->answer();
        practice.askTutor();
        QCOMPARE(tutor.state().task, QStringLiteral("exercise"));
        QCOMPARE(tutor.state().exercise, unit);
        QVERIFY(tutor.state().conversation.isEmpty());
        const auto rows = [&tutor] {
            QList<MessageRow> all;
            for (int i = 0; i < tutor.messages()->rowCount(); ++i) {
                const auto row = tutor.messages()->index(i, 0).data(ChatModel::SaidRole).value<MessageRow>();
                if (all.isEmpty() || all.last().message != row.message) {
                    all.append(row);
                }
            }
            return all;
        };
        const auto ended = [&](int count) {
            const QList<MessageRow> all = rows();
            return all.size() == count && !all.last().mine && all.last().state == QStringLiteral("done");
        };
        tutor.ask(QStringLiteral("hint"));
        QTRY_VERIFY_WITH_TIMEOUT(ended(2), 30'000);
        QVERIFY(!rows().last().mayShowAnswer);
        QCOMPARE(rows().last().sourceList.value(0).item, QStringLiteral("note-perfect-or-past"));
        const QString talk = tutor.state().conversation;
        tutor.setDraft(QStringLiteral("work"));
        tutor.send();
        QTRY_VERIFY_WITH_TIMEOUT(ended(4) && rows().last().mayShowAnswer, 30'000);
        QVERIFY(!tutor.textOf(rows().last().message).contains(QStringLiteral("have worked**")));

        // Then a provider that streams, with a mark of the lesson and an invented one.
        ScriptedSseServer provider(person.scheduler);
        TutorSettings other;
        other.provider = TutorProviderKind::OpenAiChat;
        other.baseUrl = provider.url();
        other.model = QStringLiteral("m");
        other.needsKey = false;
        profile.tutor.setSettings(other);
        const auto piece = [](const QByteArray& text) {
            return SseStep::send("data: {\"id\":\"r\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n");
        };
        SseAnswer shown;
        shown.steps = {piece("It is have worked [LESS"), piece("ON/note-perfect-or-past], as ever [LESSON/made-up]."),
            SseStep::send("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"), SseStep::close()};
        provider.answer(shown);
        tutor.ask(QStringLiteral("answer"));
        QTRY_VERIFY_WITH_TIMEOUT(ended(6), 30'000);
        QCOMPARE(tutor.textOf(rows().last().message), QStringLiteral("It is have worked [1], as ever."));
        QCOMPARE(rows().last().sourceList.size(), 1);
        const QByteArray asked = provider.requests().first().body;
        QVERIFY(asked.contains("LESSON/note-perfect-or-past") && asked.contains("since 2021") && asked.contains("SOLUTION"));

        // The log of the shown answer is at the academy, and so is the report.
        QTRY_VERIFY_WITH_TIMEOUT(rows().last().mayReport, 30'000);
        tutor.report(rows().last().message, QStringLiteral("wrong"), QStringLiteral("My book says no."));
        QTRY_VERIFY_WITH_TIMEOUT(rows().last().reported && !rows().last().mayReport, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(law(QStringLiteral("select count(*) from public.study_events where kind = 'answer_shown' and item_id = 'w1-since' and user_id = '%1'")
                                          .arg(Demo::studentId(16)))
                                      .rows.value(0)
                                      .value(0),
            QStringLiteral("1"), 60'000);
        ReportsController reports(settings, school.clock);
        Database desk(place.filePath(QStringLiteral("school.sqlite")));
        const Teachers nobody(desk, school.rest, school.session.user().id);
        ReplyReports received(desk, school.rest, nobody, school.session.user().id, DeviceId(QStringLiteral("desk")), school.clock, school.random);
        reports.attach(&received);
        QTRY_VERIFY_WITH_TIMEOUT((reports.refresh(), reports.rows()->rowCount() == 1), 60'000);
        const ReportRow report = reports.rows()->rows().first();
        QCOMPARE(report.reply, QStringLiteral("It is have worked [1], as ever."));
        QCOMPARE(report.words, QStringLiteral("My book says no."));
        QVERIFY(!report.who.isEmpty() && !report.seen);
        reports.settle(report.report);
        QTRY_COMPARE_WITH_TIMEOUT(reports.unseen(), 0, 30'000);

        // Back at the exercise: what was filled in stands there; asked again, the same talk opens.
        practice.stop();
        practice.start(unit);
        QTRY_COMPARE_WITH_TIMEOUT(practice.state().phase, QStringLiteral("answering"), 30'000);
        QCOMPARE(practice.form()->answer(), filled);
        tutor.startNew();
        practice.askTutor();
        QCOMPARE(tutor.state().conversation, talk);
        // And never during an exam that does not allow it.
        profile.tutor.setExamRunning(true);
        QVERIFY(!practice.state().mayAsk && practice.state().tutorOff);
        tutor.startNew();
        practice.askTutor();
        QCOMPARE(tutor.state().task, QStringLiteral("talk"));
    }

    /// The banner with which a teacher takes back what they have just done works once and then is gone.
    void aTeachersCommandIsTakenBack()
    {
        Person person(m_academy);
        QTemporaryDir place;
        MemorySecretStore keys;
        MemorySecretStore otherKeys;
        AcademyLink school(person.project, keys, person.clock, person.scheduler, person.random);
        AcademyLink home(person.project, otherKeys, person.clock, person.scheduler, person.random);
        const auto teaches = school.auth.signInWithPassword(Demo::teacher(), Demo::password());
        AWAIT_OK(teaches);
        const auto learns = home.auth.signInWithPassword(Demo::student(17), Demo::password());
        AWAIT_OK(learns);
        school.realtime.start();
        home.realtime.start();
        const auto profileOf = [&](AcademyLink& link, MemorySecretStore& secrets, const char* folder) {
            return std::make_unique<Profile>(link, secrets, place.filePath(QLatin1String(folder)), link.auth.user().id,
                DeviceId(person.random.uuid()), QTimeZone::utc());
        };
        const auto desk = profileOf(school, keys, "desk");
        const auto laptop = profileOf(home, otherKeys, "laptop");
        const auto opened = school.rest.rpc(QStringLiteral("open_sitting"), {{QStringLiteral("p_sitting"), Demo::sitting()}});
        AWAIT_OK(opened);
        const auto session = laptop->exams.startExamSession(SittingId(Demo::sitting()));
        session->start();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Running, 30'000);

        MonitorController monitor(person.clock, person.scheduler);
        QSignalSpy said(&monitor, &MonitorController::said);
        monitor.attach(desk->exams);
        monitor.watch(Demo::sitting());
        const auto isShown = [&monitor] {
            const MonitorLine* line = monitor.rows()->find(Demo::studentId(17));
            return line && line->status != QStringLiteral("not_started");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isShown(), 30'000);
        monitor.prepare(QStringLiteral("pause"), Demo::studentId(17));
        QTRY_VERIFY_WITH_TIMEOUT(monitor.preview().ready, 30'000);
        QVERIFY(monitor.undoText().isEmpty());
        monitor.confirm(QStringLiteral("A fire drill"));
        QTRY_VERIFY_WITH_TIMEOUT(!monitor.undoText().isEmpty(), 30'000);
        const auto pauses = [this] {
            return law(QStringLiteral("select c.paused from public.attempts a cross join lateral academy.attempt_clock(a.id, clock_timestamp()) c "
                                      "where a.student_id = '%1'").arg(Demo::studentId(17))).rows.value(0).value(0);
        };
        QCOMPARE(pauses(), QStringLiteral("t"));
        monitor.undo();
        QVERIFY(monitor.undoText().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, 30'000);
        QCOMPARE(said.first().at(1).toString(), QStringLiteral("positive"));
        QCOMPARE(pauses(), QStringLiteral("f"));
        monitor.undo();
        QCOMPARE(said.size(), 1);
    }

    void thePagesOfTextsSayWhatIsTrue()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("page.sqlite")), "laptop");
        Machine school(m_academy, m_folder.filePath(QStringLiteral("marking.sqlite")), "desk");
        SIGN_IN(laptop.person, Demo::student(13));
        SIGN_IN(school.person, Demo::teacher());
        laptop.begin();
        school.begin();
        Settings store(m_folder.filePath(QStringLiteral("settings.json")));
        AppSettings settings(store);
        Toasts toasts(laptop.person.scheduler);
        WritingsController mine(settings, laptop.person.clock, toasts);
        WritingsController theirs(settings, school.person.clock, toasts);
        QVERIFY(!mine.canSend());
        mine.attach(laptop.desk.get());
        theirs.attach(school.desk.get(), true);
        QTRY_VERIFY_WITH_TIMEOUT(mine.canSend(), 30'000);
        QVERIFY(!theirs.canSend());

        const QString body = QStringLiteral("I am agree with you.");
        const MessageId said(QUuid::createUuid().toString(QUuid::WithoutBraces));
        mine.send(said, QStringLiteral("An answer"), body,
            verifyFeedback(TutorTask::Writing,
                {QJsonObject {{QStringLiteral("id"), QStringLiteral("accuracy")}, {QStringLiteral("reached"), QStringLiteral("partly")},
                    {QStringLiteral("evidence"), QJsonArray {QStringLiteral("I am agree")}}, {QStringLiteral("next"), QStringLiteral("I agree")}}},
                body));
        const auto state = [&mine, &said] {
            const WritingRow* row = mine.writings()->find(said.toString());
            return row ? row->state : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("With your teacher"), 30'000);

        theirs.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(theirs.writings()->find(said.toString()), 30'000);
        theirs.open(said.toString());
        QCOMPARE(theirs.current().body, body);
        QVERIFY(!theirs.current().who.isEmpty());
        QCOMPARE(theirs.marking()->rowCount(), 4);
        theirs.setReached(QStringLiteral("accuracy"), QStringLiteral("mostly"));
        theirs.setQuotes(QStringLiteral("accuracy"), QStringLiteral("I am not agree"));
        theirs.keepMarking();
        QVERIFY(theirs.marking()->find(QStringLiteral("accuracy"))->problem.contains(QStringLiteral("I am not agree")));
        QVERIFY(!theirs.markingError().isEmpty());
        theirs.setQuotes(QStringLiteral("accuracy"), QStringLiteral("I am agree\nwith you"));
        theirs.setComment(QStringLiteral("Nearly."));
        QSignalSpy corrected(&theirs, &WritingsController::corrected);
        theirs.keepMarking();
        QTRY_COMPARE_WITH_TIMEOUT(corrected.size(), 1, 30'000);

        mine.open(said.toString());
        QTRY_VERIFY_WITH_TIMEOUT(mine.current().corrected, 30'000);
        QCOMPARE(mine.current().comment, QStringLiteral("Nearly."));
        QCOMPARE(mine.current().teacher.line(0).quotes.size(), 2);
        QVERIFY(mine.current().teacher.notice.contains(QStringLiteral("not an official mark")));
        QVERIFY(mine.current().state.startsWith(QStringLiteral("Corrected by ")));
    }

    /// What no teacher has looked at is found behind any number of newer reports that somebody has.
    void everyReportIsSeenOnce()
    {
        Person school(m_academy);
        SIGN_IN(school, Demo::teacher());
        Settings store(m_folder.filePath(QStringLiteral("reports.json")));
        AppSettings settings(store);
        Database desk(m_folder.filePath(QStringLiteral("reports.sqlite")));
        const Teachers nobody(desk, school.rest, school.session.user().id);
        ReplyReports received(desk, school.rest, nobody, school.session.user().id, DeviceId(QStringLiteral("desk")), school.clock, school.random);
        ReportsController reports(settings, school.clock);
        reports.attach(&received);
        const PgAnswer filled = law(QStringLiteral(
            "delete from public.tutor_reports;"
            "insert into public.tutor_reports (id, user_id, message_id, reason, words, reply, model, created_at, settled_at)"
            " select gen_random_uuid(), '%1', gen_random_uuid(), case when n = 480 then 'unsafe' else 'wrong' end, '', 'reply ' || n, '',"
            " now() - n * interval '1 min', case when n <= 250 then now() end from generate_series(1, 480) n")
                                        .arg(Demo::studentId(18)));
        QVERIFY2(filled.ok(), qPrintable(filled.message));
        reports.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(reports.unseen(), 230, 30'000);
        QCOMPARE(reports.rows()->rowCount(), 25);
        QCOMPARE(reports.hidden(), 230 + 200 - 25);
        // The oldest of all may be an emergency.
        QCOMPARE(reports.rows()->rows().first().reply, QStringLiteral("reply 480"));
        QCOMPARE(reports.rows()->rows().at(1).reply, QStringLiteral("reply 251"));
        reports.showMore();
        QCOMPARE(reports.rows()->rowCount(), 50);
        reports.settle(reports.rows()->rows().first().report);
        QTRY_COMPARE_WITH_TIMEOUT(reports.unseen(), 229, 30'000);
        QVERIFY(law(QStringLiteral("delete from public.tutor_reports")).ok());
    }

    /// The button "Try it without an account", the tutor behind it, and what stays when it becomes one.
    void whoTriesItWithoutAnAccountKeepsTheirTalks()
    {
        Person person(m_academy);
        QTemporaryDir place;
        MemorySecretStore secrets;
        Settings store(place.filePath(QStringLiteral("settings.json")));
        AppSettings settings(store);
        Toasts toasts(person.scheduler);
        AcademyLink link(person.project, secrets, person.clock, person.scheduler, person.random);
        AccountController account(person.http, store, person.scheduler, person.random, [](const QUrl&) { return false; });
        account.setSession(&link.auth);
        const QString academy = m_academy.url().toString();
        account.tryWithoutAccount(academy, m_academy.anonKey());
        QTRY_VERIFY_WITH_TIMEOUT(account.state().signedIn, 30'000);
        QVERIFY(account.state().anonymous && !account.state().teacher);
        const UserId id = link.auth.user().id;

        Profile profile(link, secrets, place.path(), id, DeviceId(person.random.uuid()), QTimeZone::utc());
        TutorController tutor(settings, person.clock, person.scheduler, toasts);
        WritingsController texts(settings, person.clock, toasts);
        tutor.attach(&profile.tutor, &profile.memory, &profile.reports, &profile.study);
        texts.attach(&profile.writings);
        const auto looked = profile.teachers.look();
        AWAIT_OK(looked);
        tutor.setDraft(QStringLiteral("What is a gerund?"));
        tutor.send();
        const auto last = [&tutor] {
            const int lines = tutor.messages()->rowCount();
            return lines == 0 ? MessageRow() : tutor.messages()->index(lines - 1, 0).data(ChatModel::SaidRole).value<MessageRow>();
        };
        QTRY_VERIFY_WITH_TIMEOUT(!last().mine && last().state == QStringLiteral("done"), 30'000);
        QVERIFY2(!last().mayReport && !texts.canSend(), "nobody would read it");
        const QString talk = tutor.state().conversation;
        const auto known = [&](const QString& conversation) {
            return law(QStringLiteral("select count(*) from public.messages where conversation_id = '%1'").arg(conversation))
                .rows.value(0)
                .value(0);
        };
        QTRY_COMPARE_WITH_TIMEOUT(known(talk), QStringLiteral("2"), 30'000);

        // The academy's own tutor answers them within the limits of everybody.
        const QJsonObject question {{QStringLiteral("p_conversation"), talk}, {QStringLiteral("p_estimate"), 100}, {QStringLiteral("p_output"), 50}};
        for (int asked = 1; asked <= 11; ++asked) {
            const auto admitted = link.rest.rpc(QStringLiteral("tutor_admit"), question);
            AWAIT_OK(admitted);
            const QJsonObject answer = admitted.result()->toObject();
            QCOMPARE(answer.value(QStringLiteral("allowed")).toBool(), asked <= 10);
            QCOMPARE(answer.value(QStringLiteral("reason")).toString(), asked <= 10 ? QString() : QStringLiteral("requests_per_minute"));
        }

        account.signUp(academy, m_academy.anonKey(), QStringLiteral("Gil"), QStringLiteral("gil@example.org"), QStringLiteral("long enough"));
        QTRY_VERIFY_WITH_TIMEOUT(!account.state().anonymous, 30'000);
        QVERIFY(account.state().signedIn);
        QCOMPARE(link.auth.user().id, id);
        QCOMPARE(tutor.state().conversation, talk);

        // On another computer the talk is there; and in a class there is a teacher to be told.
        Machine tablet(m_academy, place.filePath(QStringLiteral("tablet.sqlite")), "tablet");
        const auto in = tablet.person.session.signInWithPassword(QStringLiteral("gil@example.org"), QStringLiteral("long enough"));
        AWAIT_OK(in);
        tablet.begin();
        QCOMPARE(tablet.answered(tablet.sync->pull()), 1);
        QCOMPARE(tablet.texts(ConversationId(talk)).first(), QStringLiteral("What is a gerund?"));
        QVERIFY(law(QStringLiteral("insert into public.class_members (class_id, user_id, role)"
                                   " select m.class_id, '%1', 'student' from public.class_members m where m.user_id = '%2'")
                        .arg(id.toString(), Demo::studentId(1)))
                    .ok());
        const auto again = profile.teachers.look();
        AWAIT_OK(again);
        QVERIFY(last().mayReport && texts.canSend());
        QVERIFY(profile.teachers.any());
        // Without a network it is known from the last time.
        Database file(place.filePath(QStringLiteral("academy.sqlite")));
        const Teachers offline(file, person.rest, id);
        QTRY_VERIFY(offline.any());
    }
};

QTEST_GUILESS_MAIN(TestTutorSync)
#include "tst_tutor_sync.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExamPerson.h"

#include "support/TcpProxy.h"
#include "support/AcademyFixture.h"
#include "support/StoreTest.h"
#include "store/ProgressStore.h"
#include "store/Settings.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/PapersController.h"
#include "viewmodels/SittingsController.h"
#include "viewmodels/Toasts.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using Phase = ExamSnapshot::Phase;

namespace {

const SittingId sitting{QStringLiteral("11111111-0000-4000-8000-000000000004")};
constexpr int patience = 20'000;
constexpr int longPatience = 60'000;

UserId studentId(int number)
{
    return UserId(
        QStringLiteral("33333333-0000-4000-8000-%1").arg(number, 12, 10, QLatin1Char('0')));
}

QJsonObject text(const QString& words)
{
    return {{QStringLiteral("text"), words}};
}

} // namespace

/// A teacher and students over real sockets, real HTTP and a real PostgreSQL.
class TestExamEvening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        m_teacher = person(m_academy.url(), QStringLiteral("teacher"));
        signIn(*m_teacher, QStringLiteral("teacher@neolingus.demo"));
        m_monitor = m_teacher->exams.subscribeToExamSession(sitting);
        QVERIFY(m_monitor);
        m_monitor->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_monitor->snapshot().students == 36, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_monitor->snapshot().live, patience);
        VERIFY_OK(answerOf(m_monitor->openSitting()));
        QTRY_COMPARE_WITH_TIMEOUT(m_monitor->snapshot().state, QStringLiteral("open"), patience);
    }

    void cleanupTestCase()
    {
        m_monitor.reset();
        m_teacher.reset();
    }

    /// The first thing that must work: one answer across.
    void oneAnswerReachesTheTeacher()
    {
        auto student = studentNumber(1);
        auto session = sit(*student);
        QVERIFY(session);
        QCOMPARE(session->snapshot().total, session->paper().answerableCount());
        QVERIFY(session->snapshot().total >= 12);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(1), MonitorStatus::Active, patience);

        QElapsedTimer clock;
        clock.start();
        QVERIFY(session->setAnswer(
            m_choice, QJsonObject{{QStringLiteral("choice"), QStringLiteral("b")}}));
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(1).answered, 1, patience);
        qInfo("one answer was on the teacher's screen after %lld ms", clock.elapsed());
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(1).received, session->snapshot().kept, patience);
        QVERIFY(allReceived(*student, *session));
        QVERIFY(rowOf(1).items.contains(QLatin1Char('a')));
        QVERIFY(m_monitor->snapshot().age && *m_monitor->snapshot().age < 13s);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(1).present, patience);
    }

    void theTeachersWordReachesTheStudent()
    {
        auto student = studentNumber(2);
        auto session = sit(*student);
        QVERIFY(session);
        QSignalSpy heard(session.get(), &StudentExamSession::messageReceived);
        QTRY_VERIFY_WITH_TIMEOUT(!rowOf(2).attempt.isEmpty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isNudgeable(*student, session->attempt()), patience);
        const AttemptId attempt = rowOf(2).attempt;
        QCOMPARE(attempt, session->attempt());

        ExamCommand message;
        message.kind = ExamCommandKind::Message;
        message.targets = {attempt};
        message.text = QStringLiteral("Bona sort!");
        QElapsedTimer clock;
        clock.start();
        VERIFY_OK(answerOf(m_monitor->issueCommand(message)));
        QTRY_COMPARE_WITH_TIMEOUT(heard.size(), 1, patience);
        qInfo("a message was on the student's screen after %lld ms", clock.elapsed());
        QCOMPARE(session->snapshot().messages.first().text, QStringLiteral("Bona sort!"));

        ExamCommand extend;
        extend.kind = ExamCommandKind::Extend;
        extend.targets = {attempt};
        extend.extension = 600s;
        extend.reason = QStringLiteral("the projector failed");
        const WallTime before = *session->snapshot().effectiveEnd;
        const auto preview = answerOf(m_monitor->previewCommand(extend));
        VERIFY_OK(preview);
        QVERIFY(!preview->command);
        QCOMPARE(preview->targets.size(), 1);
        QVERIFY(preview->targets.first().allowed);
        QCOMPARE(*preview->targets.first().newEnd, before + 600s);
        const auto extended = answerOf(m_monitor->issueCommand(extend));
        VERIFY_OK(extended);
        QTRY_COMPARE_WITH_TIMEOUT(*session->snapshot().effectiveEnd, before + 600s, patience);
        VERIFY_OK(answerOf(m_monitor->undo(*extended->command)));
        QTRY_COMPARE_WITH_TIMEOUT(*session->snapshot().effectiveEnd, before, patience);

        ExamCommand pause;
        pause.kind = ExamCommandKind::Pause;
        pause.targets = {attempt};
        VERIFY_OK(answerOf(m_monitor->issueCommand(pause)));
        QTRY_COMPARE_WITH_TIMEOUT(session->snapshot().phase, Phase::Paused, patience);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(2), MonitorStatus::Paused, patience);
        const auto refused = answerOf(m_monitor->previewCommand(pause));
        VERIFY_OK(refused);
        QVERIFY(!refused->targets.first().allowed);
        QCOMPARE(refused->targets.first().why, QStringLiteral("already_paused"));
        ExamCommand resume;
        resume.kind = ExamCommandKind::Resume;
        resume.targets = {attempt};
        VERIFY_OK(answerOf(m_monitor->issueCommand(resume)));
        QTRY_COMPARE_WITH_TIMEOUT(session->snapshot().phase, Phase::Running, patience);

        session->reportFocus(false);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(2), MonitorStatus::Attention, patience);
        session->reportFocus(true);
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(2).lastIncident, QStringLiteral("focus_loss"), patience);
    }

    void aCutCableLosesNothing()
    {
        TcpProxy gate(m_academy.port());
        auto student = studentNumber(3, gate.port());
        auto session = sit(*student);
        QVERIFY(session);
        write(*session, m_essay, QStringLiteral("Before the cut. "), 5);
        QVERIFY(allReceived(*student, *session));
        gate.pullOut();
        write(*session, m_essay, QStringLiteral("While nobody hears it. "), 40);
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().received < session->snapshot().kept, patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            session->snapshot().connection, ExamSnapshot::Connection::Offline, longPatience);
        gate.putBack();
        QVERIFY(allReceived(*student, *session));
        QTRY_COMPARE_WITH_TIMEOUT(
            session->snapshot().connection, ExamSnapshot::Connection::Live, patience);
        compareWithTheDatabase(*student, *session);
    }

    void aCrashedProgramGoesOnWhereItWas()
    {
        auto student = studentNumber(4);
        {
            auto session = sit(*student);
            QVERIFY(session);
            session->visit(m_essay);
            write(*session, m_essay, QStringLiteral("Then the light went out"), 3);
            session->flush();
        }
        student.reset();
        student = person(m_academy.url(), QStringLiteral("student4"));
        signIn(*student, QStringLiteral("student04@neolingus.demo"));
        auto session = student->exams.startExamSession(sitting);
        session->start();
        QTRY_COMPARE_WITH_TIMEOUT(session->snapshot().phase, Phase::Running, patience);
        QCOMPARE(session->snapshot().currentItem, m_essay);
        QVERIFY(session->answer(m_essay)
                    .value(QLatin1String("text"))
                    .toString()
                    .startsWith(QStringLiteral("Then the light went out")));
        write(*session, m_essay, QStringLiteral("and on again"), 2);
        QVERIFY(allReceived(*student, *session));
        compareWithTheDatabase(*student, *session);
    }

    void aRestartedAcademyLosesNothing()
    {
        auto student = studentNumber(5);
        auto session = sit(*student);
        QVERIFY(session);
        write(*session, m_essay, QStringLiteral("Before. "), 5);
        QVERIFY(allReceived(*student, *session));
        m_academy.kill9();
        write(*session, m_essay, QStringLiteral("Nobody is there. "), 20);
        QVERIFY(session->snapshot().editable);
        QTRY_COMPARE_WITH_TIMEOUT(
            session->snapshot().connection, ExamSnapshot::Connection::Offline, patience);
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        write(*session, m_essay, QStringLiteral("And again. "), 5);
        QVERIFY(allReceived(*student, *session));
        compareWithTheDatabase(*student, *session);
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_monitor->snapshot().stale && m_monitor->snapshot().live, longPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(5).received, session->snapshot().kept, patience);
    }

    void aSecondDeviceNeedsTheTeacher()
    {
        auto desk = studentNumber(6);
        auto first = sit(*desk);
        QVERIFY(first);
        QVERIFY(first->setAnswer(
            m_essay, text(QStringLiteral("from the desk")), StudentExamSession::Edit::Complete));
        QVERIFY(allReceived(*desk, *first));

        auto laptop = person(m_academy.url(), QStringLiteral("laptop6"));
        signIn(*laptop, QStringLiteral("student06@neolingus.demo"));
        auto second = laptop->exams.startExamSession(sitting);
        second->start();
        QTRY_COMPARE_WITH_TIMEOUT(second->snapshot().phase, Phase::LeaseTaken, patience);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(6), MonitorStatus::Conflict, patience);
        ExamCommand grant;
        grant.kind = ExamCommandKind::GrantTakeover;
        grant.targets = {rowOf(6).attempt};
        VERIFY_OK(answerOf(m_monitor->issueCommand(grant)));
        QTRY_COMPARE_WITH_TIMEOUT(first->snapshot().phase, Phase::Fenced, patience);
        QTRY_COMPARE_WITH_TIMEOUT(second->snapshot().phase, Phase::Running, patience);
        QCOMPARE(second->answer(m_essay), text(QStringLiteral("from the desk")));
        QVERIFY(second->setAnswer(
            m_essay, text(QStringLiteral("from the laptop")), StudentExamSession::Edit::Complete));
        QVERIFY(allReceived(*laptop, *second));
        compareWithTheDatabase(*laptop, *second);
    }

    void whatTheFirstDeviceStillHadIsForTheTeacherToDecide()
    {
        TcpProxy gate(m_academy.port());
        auto desk = studentNumber(9, gate.port());
        auto first = sit(*desk);
        QVERIFY(first);
        QVERIFY(first->setAnswer(m_essay, text(QStringLiteral("from the desk")), StudentExamSession::Edit::Complete));
        QVERIFY(allReceived(*desk, *first));
        gate.pullOut();
        const QString unheard = QStringLiteral("from the desk, to the end");
        QVERIFY(first->setAnswer(m_essay, text(unheard), StudentExamSession::Edit::Complete));

        auto laptop = person(m_academy.url(), QStringLiteral("laptop9"));
        signIn(*laptop, QStringLiteral("student09@neolingus.demo"));
        auto second = laptop->exams.startExamSession(sitting);
        second->start();
        QTRY_COMPARE_WITH_TIMEOUT(second->snapshot().phase, Phase::LeaseTaken, patience);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(9), MonitorStatus::Conflict, patience);
        ExamCommand grant;
        grant.kind = ExamCommandKind::GrantTakeover;
        grant.targets = {rowOf(9).attempt};
        VERIFY_OK(answerOf(m_monitor->issueCommand(grant)));
        QTRY_COMPARE_WITH_TIMEOUT(second->snapshot().phase, Phase::Running, patience);
        const QString heard = QStringLiteral("from the laptop");
        QVERIFY(second->setAnswer(m_essay, text(heard), StudentExamSession::Edit::Complete));
        QVERIFY(allReceived(*laptop, *second));
        second->submit();
        QTRY_COMPARE_WITH_TIMEOUT(second->snapshot().phase, Phase::Submitted, patience);
        gate.putBack();
        QTRY_COMPARE_WITH_TIMEOUT(first->snapshot().phase, Phase::Fenced, longPatience);

        Room room;
        PapersController papers(room.settings, room.toasts);
        ProgressStore drafts(m_teacher->database);
        papers.attach(m_teacher->rest, drafts, m_teacher->auth.user().id);
        papers.open(sitting.toString());
        const QString place = rowOf(9).attempt.toString() + QLatin1Char(' ') + m_essay.toString();
        const QString aside = QStringLiteral("aside ") + place;
        const QString mark = QStringLiteral("mark ") + place;
        const auto row = [&papers](const QString& task) {
            const PaperTask* found = papers.tasks()->find(task);
            return found ? *found : PaperTask();
        };
        const auto here = [&] {
            papers.refresh();
            return QTest::qWaitFor([&] { return !row(aside).task.isEmpty(); }, 500);
        };
        QTRY_VERIFY_WITH_TIMEOUT(here(), patience);
        QCOMPARE(row(aside).answer, unheard);
        QCOMPARE(row(aside).counted, heard);
        QCOMPARE(row(mark).answer, heard);
        papers.decideAside(aside, true);
        QTRY_VERIFY_WITH_TIMEOUT(row(aside).task.isEmpty(), patience);
        QCOMPARE(row(mark).answer, unheard);

        if (!row(mark).open) {
            papers.unfold(mark);
        }
        QCOMPARE(papers.bands()->rowCount(), 4);
        QVERIFY(!papers.state().ready);
        papers.keepMark();
        QVERIFY2(!papers.state().busy, "without every band there is no mark");
        for (const BandRow& band : papers.bands()->rows()) {
            papers.setBand(band.criterion, QStringLiteral("4"));
            papers.setWords(band.criterion, QStringLiteral("good"));
        }
        papers.setComment(QStringLiteral("Well argued."));
        papers.setToStudent(QStringLiteral("Go on like this."));
        QVERIFY(papers.state().ready);
        papers.keepMark();
        QTRY_VERIFY_WITH_TIMEOUT(row(mark).done, patience);
        QCOMPARE(row(mark).label, QStringLiteral("16 of 20 points"));
        papers.unfold(mark);
        QCOMPARE(papers.bands()->rows().constFirst().words, QStringLiteral("good"));
        QCOMPARE(papers.comment(), QStringLiteral("Well argued."));
        QCOMPARE(papers.toStudent(), QStringLiteral("Go on like this."));
        QVERIFY(!papers.state().begun);
    }

    void handsInAndTheTeacherSeesIt()
    {
        auto student = studentNumber(7);
        auto session = sit(*student);
        QVERIFY(session);
        write(*session, m_essay, QStringLiteral("Finished. "), 5);
        session->submit();
        QTRY_COMPARE_WITH_TIMEOUT(session->snapshot().phase, Phase::Submitted, patience);
        QVERIFY(!session->snapshot().receipt->code.isEmpty());
        QVERIFY(session->snapshot().receipt->onTime);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(7), MonitorStatus::Submitted, patience);
        compareWithTheDatabase(*student, *session);
    }

    void closingCollectsWhoIsStillWriting()
    {
        auto student = studentNumber(8);
        auto session = sit(*student);
        QVERIFY(session);
        QSignalSpy handedIn(&student->exams, &RealtimeExamSessionManager::handedIn);
        QVERIFY(session->setAnswer(m_essay, text(QStringLiteral("in the middle of a sen"))));
        VERIFY_OK(answerOf(m_monitor->closeSitting()));
        QTRY_COMPARE_WITH_TIMEOUT(session->snapshot().phase, Phase::Submitted, patience);
        QCOMPARE(handedIn.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_monitor->snapshot().state, QStringLiteral("closed"), patience);
        compareWithTheDatabase(*student, *session);

        Room room;
        SittingsController sittings(room.clock, room.scheduler);
        sittings.attach(m_teacher->rest);
        const auto listed = [&sittings] {
            const TeacherSitting* found = sittings.sittings()->find(sitting.toString());
            return found ? *found : TeacherSitting();
        };
        QTRY_VERIFY_WITH_TIMEOUT(listed().canRelease, patience);
        QVERIFY(!listed().marking.isEmpty());
        QSignalSpy said(&sittings, &SittingsController::said);
        sittings.releaseResults(sitting.toString());
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
        QCOMPARE(said.first().at(1).toString(), QStringLiteral("warning"));
        QVERIFY(said.first().at(0).toString().contains(QStringLiteral("still wait for a mark")));
        const auto list = student->exams.subscribeToUserExamSessions(studentId(8));
        QTRY_VERIFY_WITH_TIMEOUT(!list->sittings().isEmpty()
                && list->sittings().first().toObject().value(QLatin1String("result")).isObject(),
            patience);
    }

private:
    /// What a page's controller needs besides the academy.
    struct Room
    {
        QTemporaryDir folder;
        SystemClock clock;
        QtScheduler scheduler;
        Settings store {folder.filePath(QStringLiteral("settings.json"))};
        AppSettings settings {store};
        Toasts toasts {scheduler};
    };

    std::unique_ptr<ExamPerson> person(const QUrl& url, const QString& name)
    {
        // The same name is the same computer: the same file and the same device.
        const QString device = QStringLiteral("44444444-0000-4000-8000-%1")
                                   .arg(qHash(name) % 1'000'000'000, 12, 10, QLatin1Char('0'));
        return std::make_unique<ExamPerson>(
            url, m_academy.anonKey(), m_home.filePath(name + QStringLiteral(".sqlite")), device);
    }

    void signIn(ExamPerson& who, const QString& email)
    {
        const auto signedIn
            = answerOf(who.auth.signInWithPassword(email, QStringLiteral("neolingus-demo")));
        if (!signedIn) {
            QFAIL(failureOf(signedIn).constData());
        }
        who.realtime.start();
    }

    std::unique_ptr<ExamPerson> studentNumber(int number, quint16 port = 0)
    {
        QUrl url = m_academy.url();
        if (port != 0) {
            url.setPort(port);
        }
        auto student = person(url, QStringLiteral("student%1").arg(number));
        signIn(*student,
            QStringLiteral("student%1@neolingus.demo").arg(number, 2, 10, QLatin1Char('0')));
        return student;
    }

    std::unique_ptr<StudentExamSession> sit(ExamPerson& student)
    {
        auto session = student.exams.startExamSession(sitting);
        if (!session) {
            return nullptr;
        }
        session->start();
        return QTest::qWaitFor(
                   [&] { return session->snapshot().phase == Phase::Running; }, patience)
            ? std::move(session)
            : nullptr;
    }

    static bool isNudgeable(ExamPerson& student, const AttemptId& attempt)
    {
        ChannelConfig config;
        config.isPrivate = true;
        return student.realtime.channel(QStringLiteral("attempt:") + attempt.toString(), config)
            ->isLive();
    }

    /// Types word by word, as fast as the event loop turns.
    static void write(
        StudentExamSession& session, const ItemId& item, const QString& words, int times)
    {
        for (int i = 0; i < times; ++i) {
            const QString before = session.answer(item).value(QLatin1String("text")).toString();
            QVERIFY(
                session.setAnswer(item, text(before + words), StudentExamSession::Edit::Complete));
            QCoreApplication::processEvents();
        }
    }

    MonitorRow rowOf(int number) const
    {
        return m_monitor->row(studentId(number)).value_or(MonitorRow());
    }
    MonitorStatus statusOf(int number) const { return rowOf(number).status; }

    /// True once everything typed has been kept here and received there.
    static bool allReceived(ExamPerson& student, const StudentExamSession& session)
    {
        return QTest::qWaitFor(
            [&] {
                const auto ops = answerOf(student.store.ops(session.attempt()));
                const ExamSnapshot& now = session.snapshot();
                return ops && !ops->isEmpty() && ops->last().seq == now.kept
                    && now.received == now.kept;
            },
            longPatience);
    }

    /// Every operation kept here is there, once, and the answers there are those on screen here.
    static void compareWithTheDatabase(ExamPerson& student, const StudentExamSession& session)
    {
        const auto kept = answerOf(student.store.ops(session.attempt()));
        VERIFY_OK(kept);
        const auto stored = answerOf(student.rest.select(
            PostgrestQuery(QStringLiteral("attempt_ops"))
                .select(QStringLiteral("op_id,seq,kind,item_id,body,branch,chain_ok"))
                .eq(QStringLiteral("attempt_id"), session.attempt().toString())
                .orderBy(QStringLiteral("seq"))));
        VERIFY_OK(stored);
        QHash<QString, QString> bodies;
        QHash<QString, QString> answers;
        for (const QJsonValue& value : *stored) {
            const QJsonObject op = value.toObject();
            QVERIFY(op.value(QLatin1String("chain_ok")).toBool(true));
            bodies.insert(op.value(QLatin1String("op_id")).toString(),
                op.value(QLatin1String("body")).toString());
            if (op.value(QLatin1String("kind")).toString() == QLatin1String("answer")
                && op.value(QLatin1String("branch")).toString() != QLatin1String("fenced")) {
                answers.insert(op.value(QLatin1String("item_id")).toString(),
                    op.value(QLatin1String("body")).toString());
            }
        }
        QCOMPARE(bodies.size(), stored->size());
        for (const CommittedOp& op : *kept) {
            QCOMPARE(bodies.value(op.opId.toString()), QString::fromUtf8(op.body));
        }
        for (auto it = answers.begin(); it != answers.end(); ++it) {
            const QJsonObject here = session.answer(ItemId(it.key()));
            QCOMPARE(QJsonDocument::fromJson(it.value().toUtf8()).object(), here);
        }
        QVERIFY(!answers.isEmpty());
    }

    QTemporaryDir m_home;
    AcademyFixture m_academy;
    std::unique_ptr<ExamPerson> m_teacher;
    std::unique_ptr<ProctorSession> m_monitor;
    const ItemId m_choice{QStringLiteral("r1")};
    const ItemId m_essay{QStringLiteral("w1")};
};

QTEST_GUILESS_MAIN(TestExamEvening)
#include "tst_exam_evening.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/AcademyLink.h"
#include "realtime/Profile.h"
#include "store/MemorySecretStore.h"
#include "support/AcademyFixture.h"
#include "support/PgSession.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

using namespace std::chrono_literals;

constexpr int patience = 20'000;

/// A program without its window, as the composition builds it.
struct Person
{
    Person(const AcademyFixture& academy, const QString& email)
        : link(Project {academy.url(), academy.anonKey()}, secrets, clock, scheduler, random)
    {
        const auto signedIn = link.auth.signInWithPassword(email, QStringLiteral("neolingus-demo"));
        [&] { QTRY_VERIFY_WITH_TIMEOUT(signedIn.isFinished(), patience); }();
        link.realtime.start();
        start();
    }

    /// As after another start of the program on the same file.
    void start()
    {
        profile.reset();
        profile = std::make_unique<Profile>(link, secrets, folder.path(), link.auth.user().id, device, QTimeZone::utc());
    }

    bool asks(const QString& words) { return !profile->tutor.startTutorConversation(LearnerCard(), words).isEmpty(); }

    QTemporaryDir folder;
    SystemClock clock;
    SystemRandom random;
    QtScheduler scheduler;
    MemorySecretStore secrets;
    AcademyLink link;
    DeviceId device {random.uuid()};
    std::unique_ptr<Profile> profile;
};

const SittingId sitting(QStringLiteral("11111111-0000-4000-8000-000000000004"));

StoredAttempt attemptWith(const QByteArray& paper)
{
    StoredAttempt attempt;
    attempt.state = QStringLiteral("running");
    attempt.paper = paper;
    attempt.serverTime = ServerTimePair {WallTime(1'000s), MonotonicTime(50s), WallTime(1'000s), QStringLiteral("boot")};
    attempt.effectiveEnd = WallTime(1'600s);
    return attempt;
}

LocalMoment after(std::chrono::seconds wait, const QByteArray& boot = "boot")
{
    return {MonotonicTime(50s + wait), WallTime(1'000s + wait), boot};
}

} // namespace

/// While somebody sits an exam their tutor is silent, also when the page of the exam was left.
class TestTutorExam : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_academy.start(), qPrintable(m_academy.problem())); }

    void theTutorIsOffWhileAnExamIsSat()
    {
        qRegisterMetaType<Error>();
        Person teacher(m_academy, QStringLiteral("teacher@neolingus.demo"));
        const auto opened = teacher.link.rest.rpc(QStringLiteral("open_sitting"),
            {{QStringLiteral("p_sitting"), QStringLiteral("11111111-0000-4000-8000-000000000004")}});
        QTRY_VERIFY_WITH_TIMEOUT(opened.isFinished(), patience);
        QVERIFY(opened.result().ok());

        Person student(m_academy, QStringLiteral("student07@neolingus.demo"));
        QSignalSpy errors(&student.profile->tutor, &AiTutorStreamManager::errorOccurred);
        QVERIFY(student.asks(QStringLiteral("Before the exam")));

        auto session = student.profile->exams.startExamSession(sitting);
        session->start();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Running, patience);
        QVERIFY(student.profile->exams.isStudentWriting());
        QVERIFY(!student.asks(QStringLiteral("What is the answer?")));
        QCOMPARE(errors.size(), 1);
        QCOMPARE(errors[0][1].value<Error>().code, QStringLiteral("exam_running"));

        session.reset();
        QVERIFY(!student.asks(QStringLiteral("And now?")));

        // The program is started again, without a network and on another page.
        m_academy.kill9();
        student.start();
        QTRY_VERIFY_WITH_TIMEOUT(student.profile->silence.isSilent(), patience);
        QVERIFY(!student.asks(QStringLiteral("And after a restart?")));
        QVERIFY2(m_academy.restart(), qPrintable(m_academy.problem()));

        session = student.profile->exams.startExamSession(sitting);
        session->start();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Running, patience);
        session->submit();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Submitted, patience);
        QVERIFY(!student.profile->exams.isStudentWriting());
        QTRY_VERIFY_WITH_TIMEOUT(!student.profile->silence.isSilent(), patience);
        QVERIFY(student.asks(QStringLiteral("How did I do?")));
    }

    void anExamThatAllowsTheTutorOpensIt()
    {
        PgSession law("host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres");
        QVERIFY(law.run(QStringLiteral("update public.exams set tutor_allowed = true")).ok());
        Person student(m_academy, QStringLiteral("student08@neolingus.demo"));
        auto session = student.profile->exams.startExamSession(sitting);
        session->start();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Running, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!student.profile->silence.isSilent(), patience);
        QVERIFY(student.profile->exams.isStudentWriting());
        QVERIFY(student.asks(QStringLiteral("What is a gerund?")));
        session.reset();
        student.start();
        QSignalSpy silent(&student.profile->silence, &ExamSilence::changed);
        const auto said = student.profile->tutor.conversations();
        QTRY_VERIFY_WITH_TIMEOUT(said.isFinished(), patience);
        QVERIFY(silent.isEmpty());
        QVERIFY(student.asks(QStringLiteral("And an infinitive?")));
    }

    void whatIsStoredSaysHowLong_data()
    {
        QTest::addColumn<QByteArray>("paper");
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QByteArray>("boot");
        QTest::addColumn<bool>("silent");
        const QByteArray off = R"({"tutor_allowed":false})";
        QTest::newRow("being written") << off << "running" << 10 << QByteArray("boot") << true;
        QTest::newRow("allowed") << QByteArray(R"({"tutor_allowed":true})") << "running" << 10 << QByteArray("boot") << false;
        QTest::newRow("an older academy says nothing") << QByteArray("{}") << "running" << 10 << QByteArray("boot") << true;
        QTest::newRow("unreadable") << QByteArray("{") << "running" << 10 << QByteArray("boot") << true;
        QTest::newRow("a word nobody knows") << off << "dreaming" << 10 << QByteArray("boot") << true;
        QTest::newRow("the last second") << off << "running" << 599 << QByteArray("boot") << true;
        QTest::newRow("its time is over") << off << "running" << 600 << QByteArray("boot") << false;
        QTest::newRow("after another boot") << off << "running" << 10 << QByteArray("other") << true;
        QTest::newRow("over, after another boot") << off << "running" << 700 << QByteArray("other") << false;
        QTest::newRow("paused") << off << "paused" << 700 << QByteArray("boot") << true;
        QTest::newRow("locked and paused") << off << "locked_paused" << 700 << QByteArray("boot") << true;
        QTest::newRow("paused and given up") << off << "paused" << 90'000 << QByteArray("boot") << false;
        QTest::newRow("locked") << off << "locked" << 10 << QByteArray("boot") << true;
        QTest::newRow("another device writes") << off << "fenced" << 10 << QByteArray("boot") << true;
        QTest::newRow("handed in") << off << "submitting" << 10 << QByteArray("boot") << false;
        QTest::newRow("void") << off << "voided" << 10 << QByteArray("boot") << false;
    }

    void whatIsStoredSaysHowLong()
    {
        QFETCH(const QByteArray, paper);
        QFETCH(const QString, state);
        QFETCH(const int, seconds);
        QFETCH(const QByteArray, boot);
        QFETCH(const bool, silent);
        StoredAttempt attempt = attemptWith(paper);
        attempt.state = state;
        QCOMPARE(silencesTutor(attempt, after(std::chrono::seconds(seconds), boot)), silent);
        // Who sets the computer's clock forward gains nothing.
        LocalMoment set = after(10s);
        set.wall += 2h;
        if (silent && boot == "boot" && seconds == 10) {
            QVERIFY(silencesTutor(attempt, set));
        }
        attempt.submitRequested = true;
        QVERIFY(!silencesTutor(attempt, after(10s)));
    }

private:
    AcademyFixture m_academy;
};

QTEST_GUILESS_MAIN(TestTutorExam)
#include "tst_tutor_exam.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/AcademyLink.h"
#include "realtime/Profile.h"
#include "store/MemorySecretStore.h"
#include "support/AcademyFixture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

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
        profile = std::make_unique<Profile>(link, secrets, folder.path(), link.auth.user().id,
            DeviceId(random.uuid()), QTimeZone::utc());
    }

    QTemporaryDir folder;
    SystemClock clock;
    SystemRandom random;
    QtScheduler scheduler;
    MemorySecretStore secrets;
    AcademyLink link;
    std::unique_ptr<Profile> profile;
};

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
        AiTutorStreamManager& tutor = student.profile->tutor;
        QSignalSpy errors(&tutor, &AiTutorStreamManager::errorOccurred);
        QVERIFY(!tutor.startTutorConversation(LearnerCard(), QStringLiteral("Before the exam")).isEmpty());

        auto session = student.profile->exams.startExamSession(
            SittingId(QStringLiteral("11111111-0000-4000-8000-000000000004")));
        session->start();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Running, patience);
        QVERIFY(student.profile->exams.isStudentWriting());
        QVERIFY(tutor.startTutorConversation(LearnerCard(), QStringLiteral("What is the answer?")).isEmpty());
        QCOMPARE(errors.size(), 1);
        QCOMPARE(errors[0][1].value<Error>().code, QStringLiteral("exam_running"));

        session.reset();
        QVERIFY(tutor.startTutorConversation(LearnerCard(), QStringLiteral("And now?")).isEmpty());

        session = student.profile->exams.startExamSession(
            SittingId(QStringLiteral("11111111-0000-4000-8000-000000000004")));
        session->start();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Running, patience);
        session->submit();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshot().phase == ExamSnapshot::Phase::Submitted, patience);
        QVERIFY(!student.profile->exams.isStudentWriting());
        QVERIFY(!tutor.startTutorConversation(LearnerCard(), QStringLiteral("How did I do?")).isEmpty());
    }

private:
    AcademyFixture m_academy;
};

QTEST_GUILESS_MAIN(TestTutorExam)
#include "tst_tutor_exam.moc"

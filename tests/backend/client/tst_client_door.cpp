// SPDX-License-Identifier: GPL-3.0-or-later
#include "Person.h"
#include "realtime/AcademyLink.h"
#include "realtime/Profile.h"
#include "support/PgSession.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

/// One person's program without its window: the link and the file, behind the one door.
struct Desk
{
    Desk(const AcademyFixture& academy, const QString& folder)
        : link({academy.url(), academy.anonKey()}, secrets, clock, scheduler, random), m_folder(folder)
    {
    }
    void open()
    {
        profile = std::make_unique<Profile>(
            link, secrets, m_folder, link.auth.user().id, DeviceId(random.uuid()), QTimeZone::utc());
        profile->realtime.start();
    }
    UnifiedRealtimeManager& door() const { return profile->realtime; }
    QJsonObject stats(const char* part) const
    {
        return door().comprehensiveStats().value(QLatin1String(part)).toObject();
    }

    SystemClock clock;
    QtScheduler scheduler;
    SystemRandom random;
    MemorySecretStore secrets;
    AcademyLink link;
    std::unique_ptr<Profile> profile;

private:
    QString m_folder;
};

/// How often the first argument of a signal was this subscription.
qsizetype countOf(const QSignalSpy& spy, const QString& subscription)
{
    return std::ranges::count_if(spy, [&](const QList<QVariant>& call) { return call.first() == subscription; });
}

const ComponentHealth& part(const RealtimeHealthStatus& health, const QString& name)
{
    static const ComponentHealth missing;
    const auto found = std::ranges::find(health.components, name, &ComponentHealth::name);
    return found == health.components.cend() ? missing : *found;
}

} // namespace

/// UnifiedRealtimeManager as the program builds it, on the real academy.
class TestClientDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        m_teacher = std::make_unique<Desk>(m_academy, m_folder.filePath(QStringLiteral("teacher")));
        m_student = std::make_unique<Desk>(m_academy, m_folder.filePath(QStringLiteral("student")));
        const auto teacher = m_teacher->link.auth.signInWithPassword(Demo::teacher(), Demo::password());
        const auto student = m_student->link.auth.signInWithPassword(Demo::student(21), Demo::password());
        AWAIT_OK(teacher);
        AWAIT_OK(student);
        m_teacher->open();
        m_student->open();
    }

    void progressReachesWhoAskedAndNobodyElse()
    {
        const QString id = Demo::studentId(21);
        QSignalSpy mine(&m_student->door(), &UnifiedRealtimeManager::progressUpdated);
        QSignalSpy school(&m_teacher->door(), &UnifiedRealtimeManager::progressUpdated);
        const QString user = m_student->door().subscribeToUserProgress(id);
        const QString both = m_student->door().subscribeToUserCourseProgress(id, Demo::course());
        const QString course = m_teacher->door().subscribeToCourseProgress(Demo::course());
        QTRY_COMPARE_WITH_TIMEOUT(m_student->stats("unified").value(QLatin1String("subscriptions")).toInt(), 2, 30'000);
        moveProgress(id, 41);
        QTRY_VERIFY_WITH_TIMEOUT(saw(mine, user, id, 41), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(saw(mine, both, id, 41), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(saw(school, course, id, 41), 30'000);

        const qsizetype before = countOf(mine, user);
        const qsizetype others = mine.size();
        m_student->door().unsubscribe(user);
        moveProgress(Demo::studentId(22), 77);
        moveProgress(id, 42);
        QTRY_VERIFY_WITH_TIMEOUT(saw(mine, both, id, 42), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(saw(school, course, Demo::studentId(22), 77), 30'000);
        QCOMPARE(countOf(mine, user), before);
        for (const QList<QVariant>& call : mine.mid(others)) {
            QCOMPARE(call.at(1).toJsonObject().value(QLatin1String("user_id")).toString(), id);
        }
    }

    void aSittingIsSeenFromBothSides()
    {
        QSignalSpy mine(&m_student->door(), &UnifiedRealtimeManager::examSessionUpdated);
        QSignalSpy school(&m_teacher->door(), &UnifiedRealtimeManager::examSessionUpdated);
        const QString sittings = m_student->door().subscribeToUserExamSessions(Demo::studentId(21));
        const QString monitor = m_teacher->door().subscribeToExamSession(Demo::sitting());
        QTRY_VERIFY_WITH_TIMEOUT(countOf(school, monitor) > 0, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(countOf(mine, sittings) > 0, 30'000);
        const auto opened = m_teacher->link.rest.rpc(
            QStringLiteral("open_sitting"), {{QStringLiteral("p_sitting"), Demo::sitting()}});
        AWAIT_OK(opened);
        QTRY_COMPARE_WITH_TIMEOUT(
            school.last().at(1).toJsonObject().value(QLatin1String("state")).toString(), QStringLiteral("open"), 30'000);
        const auto isOpenForMe = [&mine] {
            const QJsonArray list = mine.last().at(1).toJsonObject().value(QLatin1String("sittings")).toArray();
            return std::ranges::any_of(list, [](const QJsonValue& sitting) {
                return sitting.toObject().value(QLatin1String("state")) == QLatin1String("open");
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOpenForMe(), 30'000);
        QVERIFY(m_teacher->stats("exam_sessions").value(QLatin1String("proctor_sessions")).toInt() == 1);
    }

    void statisticsHoldNoSecrets()
    {
        const QByteArray all = QJsonDocument(m_student->door().comprehensiveStats()).toJson();
        const auto token = m_student->link.auth.accessToken();
        AWAIT_OK(token);
        QVERIFY(!all.contains(token.result()->toUtf8()));
        QVERIFY(!all.contains(m_academy.anonKey().toUtf8()));
        QVERIFY(m_student->stats("unified").value(QLatin1String("messages_in")).toInt() > 0);
        QVERIFY(m_student->door().rateLimitStatus().value(QLatin1String("requests_per_minute")).toInt() > 0);
    }

    void healthIsMeasuredAndNotAssumed()
    {
        const auto well = m_student->door().performHealthCheck();
        AWAIT_OK(well);
        QCOMPARE(well.result()->overall, HealthLevel::Healthy);
        for (const auto& name : {QStringLiteral("auth"), QStringLiteral("rest"), QStringLiteral("realtime")}) {
            QVERIFY2(part(*well.result(), name).roundTrip > 0us, qPrintable(name));
        }
        m_academy.kill9();
        const auto ill = m_student->door().performHealthCheck();
        AWAIT_OK(ill);
        QVERIFY(ill.result()->overall != HealthLevel::Healthy);
        QVERIFY(part(*ill.result(), QStringLiteral("rest")).level != HealthLevel::Healthy);
        QVERIFY(!part(*ill.result(), QStringLiteral("rest")).issue.isEmpty());
        QVERIFY(m_academy.restart());
        QTRY_COMPARE_WITH_TIMEOUT(m_student->stats("unified").value(QLatin1String("socket")).toString(),
            QStringLiteral("open"), 60'000);
    }

    void everythingIsGivenBack()
    {
        QVERIFY(m_teacher->stats("unified").value(QLatin1String("subscriptions")).toInt() > 0);
        m_teacher->door().unsubscribeAll();
        QCOMPARE(m_teacher->stats("unified").value(QLatin1String("subscriptions")).toInt(), 0);
        QTRY_COMPARE(m_teacher->stats("progress").value(QLatin1String("subscriptions")).toInt(), 0);
        QTRY_COMPARE(m_teacher->stats("exam_sessions").value(QLatin1String("proctor_sessions")).toInt(), 0);
    }

    void cleanupTestCase()
    {
        m_student.reset();
        m_teacher.reset();
    }

private:
    void moveProgress(const QString& user, int overall)
    {
        PgSession session("host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres");
        session.run(QStringLiteral("insert into public.course_progress (user_id, course_id, overall) values ('%1', '%2', %3) "
                                   "on conflict (user_id, course_id) do update set overall = excluded.overall, "
                                   "version = course_progress.version + 1, updated_at = clock_timestamp()")
                        .arg(user, Demo::course())
                        .arg(overall));
    }
    static bool saw(const QSignalSpy& spy, const QString& subscription, const QString& user, int overall)
    {
        return std::ranges::any_of(spy, [&](const QList<QVariant>& call) {
            const QJsonObject row = call.at(1).toJsonObject();
            return call.first() == subscription && row.value(QLatin1String("user_id")).toString() == user
                && row.value(QLatin1String("overall")).toDouble() == overall;
        });
    }

    AcademyFixture m_academy;
    QTemporaryDir m_folder;
    std::unique_ptr<Desk> m_teacher;
    std::unique_ptr<Desk> m_student;
};

QTEST_GUILESS_MAIN(TestClientDoor)
#include "tst_client_door.moc"

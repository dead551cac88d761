// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/StudySync.h"

#include "store/MemorySecretStore.h"
#include "study/StudyOps.h"
#include "supabase/AuthSession.h"
#include "supabase/RestClient.h"
#include "support/FakeHttpClient.h"
#include "support/FakeScheduler.h"
#include "sync/LaneUploader.h"
#include "wire/Json.h"

#include <QTest>

namespace {

const UserId owner(QStringLiteral("33333333-0000-4000-8000-000000000001"));
const QString course = QStringLiteral("11111111-0000-4000-8000-000000000001");
const QString otherCourse = QStringLiteral("11111111-0000-4000-8000-000000000009");
const PackId pack(QStringLiteral("5c1d7a52-6f0b-4b6e-9a3e-2d9f64c7b8a1"));

OutboxRow rowOf(const NewOp& op)
{
    OutboxRow row;
    row.opId = op.opId;
    row.owner = op.owner;
    row.lane = op.lane;
    row.payload = op.payload;
    return row;
}

OutboxRow review(const char* id)
{
    ReviewLog log;
    log.id = ReviewId(QString::fromLatin1(id));
    log.card = CardId(QStringLiteral("pack/card"));
    log.pack = pack;
    log.reviewedAt = WallTime(std::chrono::seconds(1'795'000'000));
    log.device = DeviceId(QStringLiteral("laptop"));
    log.seq = 3;
    return rowOf(reviewOp(log, owner, QStringLiteral("card")));
}

OutboxRow practised(const char* id)
{
    StudyEvent event;
    event.id = StudyEventId(QString::fromLatin1(id));
    event.pack = pack;
    event.item = ItemId(QStringLiteral("w1-since"));
    event.kind = QStringLiteral("practice");
    event.skill = QStringLiteral("use");
    event.correct = true;
    event.happenedAt = WallTime(std::chrono::seconds(1'795'000'000));
    return rowOf(studyOp(event, owner, QStringLiteral("item")));
}

QJsonArray courses(const QStringList& ids)
{
    QJsonArray rows;
    for (const QString& id : ids) {
        rows.append(QJsonObject {{QStringLiteral("course_id"), id}});
    }
    return rows;
}

const QByteArray enrolments
    = "/rest/v1/enrolments?select=course_id&user_id=eq.33333333-0000-4000-8000-000000000001";
const QByteArray packs = "/rest/v1/content_packs?select=id%2Ccourse_id";

} // namespace

class TestStudySync : public QObject
{
    Q_OBJECT

    struct World
    {
        Project project {QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")};
        FakeHttpClient http;
        FakeScheduler time;
        SeededRandom random {1};
        MemorySecretStore secrets;
        AuthSession auth {project, http, secrets, time, time, random};
        RestClient rest {project, http, auth, time};
        StudySync sync {rest};

        Result<UploadOutcome> upload(LaneUploader& uploader, const QList<OutboxRow>& rows)
        {
            const auto outcome = uploader.upload(rows.first().lane, rows);
            [&] { QTRY_VERIFY(outcome.isFinished()); }();
            return outcome.result();
        }
    };

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void reviewsGoUpAsTheyWereKept()
    {
        World w;
        QJsonArray sent;
        w.http.expect("POST", "/rest/v1/rpc/push_review_logs")
            .check([&sent](const HttpRequest& request) {
                sent = parseJson(request.body)->toObject().value(QStringLiteral("p_logs")).toArray();
            })
            .reply(200, QJsonObject {{QStringLiteral("accepted"), QJsonArray {QStringLiteral("a")}},
                {QStringLiteral("duplicates"), QJsonArray {QStringLiteral("b")}},
                {QStringLiteral("rejected"), QJsonArray {QJsonObject {{QStringLiteral("id"), QStringLiteral("c")},
                    {QStringLiteral("code"), QStringLiteral("ACADEMY_BAD_INPUT")}}}}});
        const auto outcome = w.upload(w.sync.reviews(), {review("a"), review("b"), review("c")});
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->acknowledged, (QList<OpId> {OpId(QStringLiteral("a")), OpId(QStringLiteral("b"))}));
        QCOMPARE(outcome->rejected.value(OpId(QStringLiteral("c"))).code, QStringLiteral("ACADEMY_BAD_INPUT"));
        QCOMPARE(sent.size(), 3);
        QCOMPARE(sent[0].toObject()[QStringLiteral("card_id")].toString(), QStringLiteral("pack/card"));
        QCOMPARE(sent[0].toObject()[QStringLiteral("rating")].toInt(), 3);
    }

    void anUnreadablePayloadIsSetAside()
    {
        World w;
        OutboxRow broken = review("x");
        broken.payload = "{";
        const auto outcome = w.upload(w.sync.reviews(), {broken});
        QCOMPARE(outcome->rejected.value(OpId(QStringLiteral("x"))).code, QStringLiteral("payload_unreadable"));
        QCOMPARE(w.http.requestCount(), 0);
    }

    void aFailedCallSaysNothingAboutTheBatch()
    {
        World w;
        w.http.expect("POST", "/rest/v1/rpc/push_review_logs").fail(Error {ErrorKind::Offline, QStringLiteral("network_down"), {}, {}});
        const auto outcome = w.upload(w.sync.reviews(), {review("a")});
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::Offline);
    }

    void practiceCountsForTheCourseOfItsPack_data()
    {
        QTest::addColumn<QStringList>("enrolled");
        QTest::addColumn<QString>("coursesPack");
        QTest::addColumn<QString>("expected");
        QTest::newRow("the pack's own course") << QStringList {course, otherCourse} << otherCourse << otherCourse;
        QTest::newRow("the only course") << QStringList {course} << QString() << course;
        QTest::newRow("the pack of a course of others") << QStringList {course} << otherCourse << course;
        QTest::newRow("two courses, pack of none") << QStringList {course, otherCourse} << QString() << QString();
        QTest::newRow("no course at all") << QStringList {} << QString() << QString();
    }
    void practiceCountsForTheCourseOfItsPack()
    {
        QFETCH(QStringList, enrolled);
        QFETCH(QString, coursesPack);
        QFETCH(QString, expected);
        World w;
        w.http.expect("GET", enrolments).reply(200, courses(enrolled));
        QJsonArray known;
        if (!coursesPack.isEmpty()) {
            known.append(QJsonObject {{QStringLiteral("id"), pack.toString()}, {QStringLiteral("course_id"), coursesPack}});
        }
        w.http.expect("GET", packs).reply(200, known);
        QString sent;
        if (!expected.isEmpty()) {
            w.http.expect("POST", "/rest/v1/rpc/push_study_events")
                .check([&sent](const HttpRequest& request) {
                    sent = parseJson(request.body)->toObject().value(QStringLiteral("p_events")).toArray().first()
                               .toObject().value(QStringLiteral("course_id")).toString();
                })
                .reply(200, QJsonObject {{QStringLiteral("accepted"), QJsonArray {QStringLiteral("e")}}});
        }
        const auto outcome = w.upload(w.sync.events(), {practised("e")});
        QVERIFY(outcome.ok());
        const QList<OpId> event {OpId(QStringLiteral("e"))};
        QCOMPARE(outcome->acknowledged, expected.isEmpty() ? QList<OpId>() : event);
        QCOMPARE(outcome->waiting, expected.isEmpty() ? event : QList<OpId>());
        QCOMPARE(sent, expected);
    }
};

QTEST_GUILESS_MAIN(TestStudySync)
#include "tst_studysync.moc"

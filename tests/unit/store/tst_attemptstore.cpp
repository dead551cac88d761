// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

#include "store/AttemptStore.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

QByteArray chainHash(const QByteArray& prevHash, const OpId& opId, qint64 seq, const ItemId& item,
    const QString& kind, const QByteArray& body)
{
    return QCryptographicHash::hash(prevHash + '\n' + opId.toString().toUtf8() + '\n'
            + QByteArray::number(seq) + '\n' + item.toString().toUtf8() + '\n' + kind.toUtf8() + '\n' + body,
        QCryptographicHash::Sha256)
        .toHex();
}

} // namespace

class TestAttemptStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<AttemptStore> m_store;
    const AttemptId Attempt {QStringLiteral("44444444-0000-4000-8000-000000000001")};
    int m_ids = 0;

    void open()
    {
        m_store.reset();
        m_database = std::make_unique<Database>(m_dir->filePath(QStringLiteral("a.sqlite")));
        m_store = std::make_unique<AttemptStore>(*m_database, chainHash);
    }

    AttemptStart start(qint64 lease = 1) const
    {
        AttemptStart start;
        start.id = Attempt;
        start.sitting = SittingId(QStringLiteral("sitting"));
        start.owner = UserId(QStringLiteral("ana"));
        start.device = DeviceId(QStringLiteral("laptop"));
        start.lease = lease;
        start.state = QStringLiteral("active");
        start.paper = "{\"title\":\"B2\"}";
        start.startedAt = QStringLiteral("2026-11-23T18:00:00.123456+01:00");
        start.baseSeconds = 3600;
        start.effectiveEnd = WallTime(std::chrono::microseconds(1'795'003'600'123'456));
        start.serverTime = ServerTimePair {WallTime(std::chrono::seconds(5)), MonotonicTime(6),
            WallTime(std::chrono::seconds(7)), QStringLiteral("boot")};
        return start;
    }

    NewAttemptOp op(const char* item, const QByteArray& body, const char* kind = "answer")
    {
        NewAttemptOp op;
        op.opId = OpId(QStringLiteral("55555555-0000-4000-8000-%1").arg(++m_ids, 12, 10, QLatin1Char('0')));
        op.item = ItemId(QLatin1String(item));
        op.kind = QLatin1String(kind);
        op.body = body;
        op.label = QStringLiteral("Answer to ") + QLatin1String(item);
        op.steady = MonotonicTime(1234567);
        op.wall = WallTime(std::chrono::microseconds(1'795'000'000'000'001));
        return op;
    }

    CommittedOp record(const char* item, const QByteArray& body, const char* kind = "answer")
    {
        return answerOf(m_store->record(Attempt, op(item, body, kind))).valueOr({});
    }

    QHash<QString, StoredAnswer> answers()
    {
        QHash<QString, StoredAnswer> byItem;
        for (const StoredAnswer& answer : answerOf(m_store->answers(Attempt)).valueOr({})) {
            byItem.insert(answer.item.toString(), answer);
        }
        return byItem;
    }

    QList<OutboxRow> queued()
    {
        return answerOf(m_database->read<QList<OutboxRow>>([this](Connection& c) {
            return Outbox::nextBatch(c, attemptLane(Attempt), 1000, 1 << 30);
        })).valueOr({});
    }

    void acknowledge(const QList<OpId>& ops)
    {
        VERIFY_OK(answerOf(m_database->run<int>([=, lane = attemptLane(Attempt)](
            Connection& c) { return Outbox::acknowledge(c, lane, ops); })));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_dir = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup()
    {
        m_store.reset();
        m_database.reset();
    }

    void remembersWhatTheAcademySaid()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        open();
        const auto found = answerOf(m_store->findBySitting(UserId(QStringLiteral("ana")), SittingId(QStringLiteral("sitting"))));
        VERIFY_OK(found);
        QVERIFY(found->has_value());
        const StoredAttempt& attempt = **found;
        QCOMPARE(attempt.id, Attempt);
        QCOMPARE(attempt.device, DeviceId(QStringLiteral("laptop")));
        QCOMPARE(attempt.paper, start().paper);
        QCOMPARE(attempt.startedAt, start().startedAt);
        QCOMPARE(attempt.baseSeconds, 3600);
        QVERIFY(attempt.effectiveEnd == start().effectiveEnd);
        QVERIFY(attempt.serverTime.has_value());
        QVERIFY(attempt.serverTime->server == start().serverTime->server);
        QCOMPARE(attempt.serverTime->steady, MonotonicTime(6));
        QCOMPARE(attempt.serverTime->bootId, QStringLiteral("boot"));
        QCOMPARE(attempt.chainHead, QByteArray(64, '0'));
        QVERIFY(!answerOf(m_store->find(AttemptId(QStringLiteral("none"))))->has_value());
        QVERIFY(!answerOf(m_store->findBySitting(UserId(QStringLiteral("ben")), SittingId(QStringLiteral("sitting"))))->has_value());
    }

    void anOperationIsOpFoldAndOutboxAtOnce()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        const QByteArray body = QByteArray("{ \"text\":\"caf\xc3\xa9\\n\\\"x\\\"\" }");
        const CommittedOp first = record("q1", body);
        QCOMPARE(first.seq, 1);
        QCOMPARE(first.prevHash, QByteArray(64, '0'));
        QCOMPARE(first.hash, chainHash(QByteArray(64, '0'), first.opId, 1, first.item, QStringLiteral("answer"), body));
        const CommittedOp second = record("q2", "3");
        QCOMPARE(second.seq, 2);
        QCOMPARE(second.prevHash, first.hash);

        const QList<OutboxRow> rows = queued();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.first().opId, first.opId);
        QCOMPARE(rows.first().owner, UserId(QStringLiteral("ana")));
        QCOMPARE(rows.first().label, QStringLiteral("Answer to q1"));
        const QJsonObject wire = QJsonDocument::fromJson(rows.first().payload).object();
        QCOMPARE(wire.value(QStringLiteral("op_id")).toString(), first.opId.toString());
        QCOMPARE(wire.value(QStringLiteral("seq")).toInteger(), 1);
        QCOMPARE(wire.value(QStringLiteral("lease")).toInteger(), 1);
        QCOMPARE(wire.value(QStringLiteral("item_id")).toString(), QStringLiteral("q1"));
        QCOMPARE(wire.value(QStringLiteral("kind")).toString(), QStringLiteral("answer"));
        QCOMPARE(wire.value(QStringLiteral("body")).toString().toUtf8(), body);
        QCOMPARE(wire.value(QStringLiteral("payload")), QJsonDocument::fromJson(body).object());
        QCOMPARE(wire.value(QStringLiteral("steady_us")).toInteger(), 1234567);
        QCOMPARE(wire.value(QStringLiteral("wall")).toString(), toIsoString(first.wall));
        QCOMPARE(wire.value(QStringLiteral("hash")).toString().toLatin1(), first.hash);
        QCOMPARE(wire.value(QStringLiteral("prev_hash")).toString().toLatin1(), first.prevHash);

        open();
        const auto shown = answers();
        QCOMPARE(shown.value(QStringLiteral("q1")).payload, body);
        QCOMPARE(shown.value(QStringLiteral("q2")).payload, QByteArray("3"));
        const auto attempt = answerOf(m_store->find(Attempt));
        QCOMPARE((*attempt)->lastSeq, 2);
        QCOMPARE((*attempt)->chainHead, second.hash);
    }

    void theNewestAnswerAndFlagWin()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        record("q1", "null", "visit");
        record("q1", "\"a\"");
        record("q1", "null", "flag");
        record("q1", "\"b\"");
        QCOMPARE(answers().value(QStringLiteral("q1")).payload, QByteArray("\"b\""));
        QVERIFY(answers().value(QStringLiteral("q1")).flagged);
        QCOMPARE(answers().value(QStringLiteral("q1")).seq, 4);
        record("q1", "null", "unflag");
        record("q2", "null", "visit");
        record("q2", "{\"away\":true}", "focus");
        QVERIFY(!answers().value(QStringLiteral("q1")).flagged);
        QVERIFY(answers().value(QStringLiteral("q2")).seen);
        QVERIFY(answers().value(QStringLiteral("q2")).payload.isEmpty());
        const auto ops = answerOf(m_store->ops(Attempt));
        QCOMPARE(ops->size(), 7);
        for (qsizetype i = 1; i < ops->size(); ++i) {
            QCOMPARE(ops->at(i).prevHash, ops->at(i - 1).hash);
        }
        QCOMPARE(answerOf(m_store->ops(Attempt, 6))->size(), 2);
    }

    void recordingAgainAnswersTheFirstCommit()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        const NewAttemptOp same = op("q1", "1");
        const auto first = answerOf(m_store->record(Attempt, same));
        record("q2", "2");
        const auto again = answerOf(m_store->record(Attempt, same));
        QCOMPARE(again->seq, first->seq);
        QCOMPARE(again->hash, first->hash);
        QCOMPARE(queued().size(), 2);
    }

    void refusesWhatItCannotKeep()
    {
        QCOMPARE(answerOf(m_store->record(Attempt, op("q1", "1"))).error().code, QStringLiteral("store_no_attempt"));
        VERIFY_OK(answerOf(m_store->begin(start())));
        for (const char* body : {"", "{", "1,2", "\"\xff\"", "nul"}) {
            QCOMPARE(answerOf(m_store->record(Attempt, op("q1", body))).error().code, QStringLiteral("store_bad_body"));
        }
        QVERIFY(queued().isEmpty());
        QCOMPARE(record("q1", "1").seq, 1);
    }

    void operationsAreFacts()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        record("q1", "1");
        QVERIFY(!execute(*m_database, QStringLiteral("UPDATE attempt_ops SET body = x'32'")).ok());
    }

    void beginningAgainKeepsTheChainAndLocalAnswers()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        const CommittedOp mine = record("q1", "\"mine\"");
        AttemptStart again = start();
        again.state = QStringLiteral("paused");
        again.answers = {{ItemId(QStringLiteral("q1")), "\"old\""}, {ItemId(QStringLiteral("q9")), "\"theirs\""}};
        const auto attempt = answerOf(m_store->begin(again));
        VERIFY_OK(attempt);
        QCOMPARE(attempt->state, QStringLiteral("paused"));
        QCOMPARE(attempt->lastSeq, 1);
        QCOMPARE(attempt->chainHead, mine.hash);
        QCOMPARE(answers().value(QStringLiteral("q1")).payload, QByteArray("\"mine\""));
        QCOMPARE(answers().value(QStringLiteral("q9")).payload, QByteArray("\"theirs\""));
        QCOMPARE(record("q2", "2").seq, 2);
    }

    void aFreshComputerGoesOnWhereTheAcademyIs()
    {
        AttemptStart resumed = start();
        resumed.ackedSeq = 12;
        resumed.chainHead = QByteArray(64, 'c');
        resumed.answers = {{ItemId(QStringLiteral("q1")), "\"saved\""}};
        VERIFY_OK(answerOf(m_store->begin(resumed)));
        const CommittedOp next = record("q2", "2");
        QCOMPARE(next.seq, 13);
        QCOMPARE(next.prevHash, QByteArray(64, 'c'));
        QCOMPARE(answers().value(QStringLiteral("q1")).payload, QByteArray("\"saved\""));
    }

    void takenBackWithAHigherLease()
    {
        VERIFY_OK(answerOf(m_store->begin(start(1))));
        const CommittedOp sent = record("q1", "\"sent\"");
        acknowledge({sent.opId});
        const CommittedOp lostRace = record("q2", "\"unsent, answered elsewhere\"");
        const CommittedOp alone = record("q3", "\"unsent, only here\"");

        AttemptStart back = start(3);
        back.ackedSeq = 2;
        back.chainHead = QByteArray(64, 'e');
        back.answers = {{ItemId(QStringLiteral("q1")), "\"sent\""}, {ItemId(QStringLiteral("q2")), "\"elsewhere\""}};
        const auto attempt = answerOf(m_store->begin(back));
        VERIFY_OK(attempt);
        QCOMPARE(attempt->lease, 3);
        QCOMPARE(attempt->asides.keys(), QList<ItemId> {ItemId(QStringLiteral("q2"))});
        QCOMPARE(answers().value(QStringLiteral("q2")).payload, QByteArray("\"elsewhere\""));
        QCOMPARE(answers().value(QStringLiteral("q3")).payload, QByteArray("\"unsent, only here\""));

        const QList<OutboxRow> rows = queued();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows.at(0).opId, lostRace.opId);
        QCOMPARE(rows.at(1).opId, alone.opId);
        const QJsonObject carried = QJsonDocument::fromJson(rows.at(2).payload).object();
        QCOMPARE(carried.value(QStringLiteral("lease")).toInteger(), 3);
        QCOMPARE(carried.value(QStringLiteral("seq")).toInteger(), 3);
        QCOMPARE(carried.value(QStringLiteral("prev_hash")).toString().toLatin1(), QByteArray(64, 'e'));
        QCOMPARE(carried.value(QStringLiteral("item_id")).toString(), QStringLiteral("q3"));

        VERIFY_OK(answerOf(m_store->begin(back)));
        QCOMPARE(queued().size(), 3);
        QCOMPARE(record("q4", "4").seq, 4);
        QCOMPARE(answerOf(m_store->begin(start(2)))->lease, 3);
    }

    void whatIsTakenAlongAfterATakeover_data()
    {
        QTest::addColumn<QString>("theirs");   ///< the academy's answer; empty: none
        QTest::addColumn<bool>("pushedAside"); ///< the academy has the newest, on its side branch
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("aside");
        const QString first = QStringLiteral("\"one\"");
        const QString newest = QStringLiteral("\"one two three\"");
        for (const bool pushed : {false, true}) {
            const char* how = pushed ? "pushed" : "unsent";
            QTest::addRow("nobody answered it, %s", how) << QString() << pushed << newest << QString();
            QTest::addRow("nobody changed it since, %s", how) << first << pushed << newest << QString();
            QTest::addRow("the last answer was lost on the way, %s", how)
                << QStringLiteral(" \"one two\" ") << pushed << newest << QString();
            QTest::addRow("they have it, %s", how) << newest << pushed << newest << QString();
            QTest::addRow("changed there too, %s", how)
                << QStringLiteral("\"else\"") << pushed << QStringLiteral("\"else\"") << newest;
            QTest::addRow("changed there too, and joined, %s", how)
                << QStringLiteral("\"join\"") << pushed << QStringLiteral("\"join+one two three\"") << QString();
        }
    }
    void whatIsTakenAlongAfterATakeover()
    {
        QFETCH(QString, theirs);
        QFETCH(bool, pushedAside);
        QFETCH(QString, shown);
        QFETCH(QString, aside);
        VERIFY_OK(answerOf(m_store->begin(start(1))));
        const CommittedOp one = record("essay", "\"one\"");
        acknowledge({one.opId});
        VERIFY_OK(answerOf(m_store->saveServerState(Attempt, QStringLiteral("active"), {}, {}, one.seq)));
        const CommittedOp two = record("essay", "\"one two\"");
        const CommittedOp three = record("essay", "\"one two three\"");
        if (pushedAside) {
            acknowledge({two.opId, three.opId});
        }
        VERIFY_OK(answerOf(m_store->markSubmitRequested(Attempt)));

        AttemptStart back = start(3);
        back.ackedSeq = 9;
        back.chainHead = QByteArray(64, 'e');
        if (!theirs.isEmpty()) {
            back.answers = {{ItemId(QStringLiteral("essay")), theirs.toUtf8()}};
        }
        back.joiner = [](const ItemId&, const QByteArray& there, const QByteArray& here) {
            return there == "\"join\"" ? there.chopped(1) + '+' + here.mid(1) : QByteArray();
        };
        const auto attempt = answerOf(m_store->begin(back));
        VERIFY_OK(attempt);
        const QJsonValue expected = QJsonDocument::fromJson('[' + shown.toUtf8() + ']').array().first();
        const QByteArray kept = answers().value(QStringLiteral("essay")).payload;
        QCOMPARE(QJsonDocument::fromJson('[' + kept + ']').array().first(), expected);
        QCOMPARE(attempt->asides.value(ItemId(QStringLiteral("essay"))), aside.toUtf8());
        QVERIFY(!attempt->submitRequested);
        QVERIFY(!(*answerOf(m_store->find(Attempt)))->submitRequested);
        const bool same = theirs == shown;
        QCOMPARE(attempt->lastSeq, same ? 9 : 10);
    }

    void theirChangeToWhatTheyHadStands()
    {
        VERIFY_OK(answerOf(m_store->begin(start(1))));
        const CommittedOp mine = record("essay", "\"one\"");
        acknowledge({mine.opId});
        VERIFY_OK(answerOf(m_store->saveServerState(Attempt, QStringLiteral("active"), {}, {}, mine.seq)));
        AttemptStart back = start(3);
        back.ackedSeq = 2;
        back.answers = {{ItemId(QStringLiteral("essay")), "\"one and more\""}};
        const auto attempt = answerOf(m_store->begin(back));
        VERIFY_OK(attempt);
        QVERIFY(attempt->asides.isEmpty());
        QCOMPARE(answers().value(QStringLiteral("essay")).payload, QByteArray("\"one and more\""));
        QVERIFY(queued().isEmpty());
    }

    void theMissingAreQueuedAgain()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        const CommittedOp one = record("q1", "1");
        const CommittedOp two = record("q2", "2");
        acknowledge({one.opId, two.opId});
        QVERIFY(queued().isEmpty());
        QCOMPARE(answerOf(m_store->requeue(Attempt, {2, 99})).valueOr(-1), 1);
        QCOMPARE(queued().size(), 1);
        QCOMPARE(queued().first().opId, two.opId);
        QCOMPARE(QJsonDocument::fromJson(queued().first().payload).object().value(QStringLiteral("hash")).toString().toLatin1(), two.hash);
    }

    void resumesWhereTheStudentWas()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        record("q2", "null", "visit");
        QCOMPARE((*answerOf(m_store->find(Attempt)))->resume.item, ItemId(QStringLiteral("q2")));
        VERIFY_OK(answerOf(m_store->saveResumePoint(Attempt, {ItemId(QStringLiteral("q2")), 17})));
        record("q2", "null", "visit");
        open();
        const auto attempt = answerOf(m_store->find(Attempt));
        QCOMPARE((*attempt)->resume.item, ItemId(QStringLiteral("q2")));
        QCOMPARE((*attempt)->resume.caret, 17);
    }

    void serverStateClockAndReceipt()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        VERIFY_OK(answerOf(m_store->setClockUncertain(Attempt, true)));
        QVERIFY((*answerOf(m_store->find(Attempt)))->clockUncertain);
        VERIFY_OK(answerOf(m_store->saveServerState(Attempt, QStringLiteral("paused"), {}, {}, 4)));
        auto attempt = answerOf(m_store->find(Attempt));
        QVERIFY((*attempt)->effectiveEnd == start().effectiveEnd);
        QVERIFY((*attempt)->clockUncertain);
        QCOMPARE((*attempt)->ackedSeq, 4);
        const WallTime later(std::chrono::seconds(1'795'009'999));
        VERIFY_OK(answerOf(m_store->saveServerState(Attempt, QStringLiteral("active"), later,
            ServerTimePair {later, MonotonicTime(9), later, QStringLiteral("b2")}, 3)));
        attempt = answerOf(m_store->find(Attempt));
        QVERIFY((*attempt)->effectiveEnd == later);
        QCOMPARE((*attempt)->serverTime->bootId, QStringLiteral("b2"));
        QVERIFY(!(*attempt)->clockUncertain);
        QCOMPARE((*attempt)->ackedSeq, 4);
        QCOMPARE(answerOf(m_store->saveServerState(AttemptId(QStringLiteral("none")), {}, {}, {})).error().code, QStringLiteral("store_no_attempt"));

        VERIFY_OK(answerOf(m_store->markSubmitRequested(Attempt)));
        QVERIFY((*answerOf(m_store->find(Attempt)))->submitRequested);
        QCOMPARE(answerOf(m_store->unfinished(UserId(QStringLiteral("ana"))))->size(), 1);
        VERIFY_OK(answerOf(m_store->saveReceipt(Attempt, QStringLiteral("R-1"), QStringLiteral("2026-11-23T19:00:00+01:00"), QStringLiteral("submitted"))));
        QCOMPARE((*answerOf(m_store->find(Attempt)))->receipt, QStringLiteral("R-1"));
        QVERIFY(answerOf(m_store->unfinished(UserId(QStringLiteral("ana"))))->isEmpty());
    }

    void commandsAreAppliedOnceAndAcknowledgedLater()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        VERIFY_OK(answerOf(m_store->commandsApplied(Attempt, 8, {7, 8})));
        VERIFY_OK(answerOf(m_store->commandsApplied(Attempt, 5, {5})));
        open();
        QCOMPARE((*answerOf(m_store->find(Attempt)))->commandCursor, 8);
        QCOMPARE(answerOf(m_store->unackedCommands(Attempt)).valueOr({}), QList<qint64>({5, 7, 8}));
        VERIFY_OK(answerOf(m_store->commandsAcked(Attempt, {5, 7})));
        QCOMPARE(answerOf(m_store->unackedCommands(Attempt)).valueOr({}), QList<qint64> {8});
    }

    void incidentsWaitUntilTheyAreSent()
    {
        VERIFY_OK(answerOf(m_store->begin(start())));
        StoredIncident incident;
        incident.kind = QStringLiteral("focus_loss");
        incident.payload = "{\"ms\":4000}";
        incident.wall = WallTime(std::chrono::seconds(1));
        incident.steady = MonotonicTime(2);
        VERIFY_OK(answerOf(m_store->addIncident(Attempt, incident)));
        VERIFY_OK(answerOf(m_store->addIncident(Attempt, incident)));
        open();
        const auto waiting = answerOf(m_store->incidents(Attempt));
        QCOMPARE(waiting->size(), 2);
        QCOMPARE(waiting->first().payload, incident.payload);
        VERIFY_OK(answerOf(m_store->incidentsSent({waiting->first().id})));
        QCOMPARE(answerOf(m_store->incidents(Attempt))->size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestAttemptStore)
#include "tst_attemptstore.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/AttemptWire.h"
#include "exam/ExamCommand.h"
#include "wire/Json.h"

#include <QTest>

namespace {

QJsonValue json(const char* text)
{
    return parseJson(text).valueOr(QJsonValue());
}

} // namespace

class TestAttemptWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsABeat()
    {
        const auto reply = parseBeatReply(json(R"({"server_time":"2026-11-23T18:00:00.25+00:00",
            "effective_end":"2026-11-23T19:00:00+00:00","state":"paused","acked_seq":12,"paused":true,
            "commands":[{"id":7,"kind":"message","payload":{"text":"Hi"},"issued_at":"2026-11-23T17:59:00+00:00"}],
            "next_beat_ms":5000,"something_new":[1]})"));
        QVERIFY(reply.ok());
        QCOMPARE(reply->word.ackedSeq, 12);
        QVERIFY(reply->word.paused);
        QCOMPARE(reply->word.effectiveEnd - reply->word.serverTime,
            std::chrono::microseconds(3'599'750'000));
        QCOMPARE(reply->commands.first().id, 7);
        QCOMPARE(reply->nextBeat, std::chrono::milliseconds(5000));
    }

    void readsAPush()
    {
        const auto reply = parsePushReply(json(R"({"server_time":"2026-11-23T18:00:00Z",
            "effective_end":"2026-11-23T19:00:00Z","state":"active","acked_seq":2,"chain_head":"ab","lease":3,
            "results":[{"op_id":"a","status":"accepted","code":null},{"op_id":"b","status":"rejected","code":"ACADEMY_BAD_INPUT"},
                       {"op_id":null,"status":"rejected","code":"ACADEMY_BAD_INPUT"}]})"));
        QVERIFY(reply.ok());
        QCOMPARE(reply->lease, 3);
        QCOMPARE(reply->results.size(), 3);
        QCOMPARE(reply->results[1].code, QStringLiteral("ACADEMY_BAD_INPUT"));
        QVERIFY(!reply->word.paused);
    }

    void readsASubmit()
    {
        const auto missing = parseSubmitReply(json(
            R"({"receipt":null,"state":"active","submitted_at":null,"on_time":null,"missing":[3,4]})"));
        QVERIFY(missing.ok());
        QVERIFY(!missing->receipt);
        QCOMPARE(missing->missing, (QList<qint64>{3, 4}));
        const auto done = parseSubmitReply(json(
            R"({"receipt":"AB-CD","state":"submitted","submitted_at":"2026-11-23T18:00:00Z","on_time":false,"missing":[]})"));
        QVERIFY(done.ok());
        QCOMPARE(done->receipt->code, QStringLiteral("AB-CD"));
        QVERIFY(!done->receipt->onTime);
    }

    void whatIsMissingIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray("null");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no time") << QByteArray(
            R"({"effective_end":"2026-11-23T19:00:00Z","state":"active","acked_seq":0,"commands":[],"results":[],"chain_head":""})");
        QTest::newRow("a time without an offset") << QByteArray(
            R"({"server_time":"2026-11-23T18:00:00","effective_end":"2026-11-23T19:00:00Z","state":"active","acked_seq":0,"commands":[],"results":[],"chain_head":""})");
        QTest::newRow("a number that is text") << QByteArray(
            R"({"server_time":"2026-11-23T18:00:00Z","effective_end":"2026-11-23T19:00:00Z","state":"active","acked_seq":"0","commands":[],"results":[],"chain_head":""})");
        QTest::newRow("a command without id") << QByteArray(
            R"({"server_time":"2026-11-23T18:00:00Z","effective_end":"2026-11-23T19:00:00Z","state":"active","acked_seq":0,"commands":[{"kind":"lock"}],"results":[{"op_id":"x"}],"chain_head":""})");
    }
    void whatIsMissingIsAnError()
    {
        QFETCH(QByteArray, text);
        const QJsonValue value = json(text.constData());
        for (const auto& error :
            {parseBeatReply(value).ok(), parsePushReply(value).ok(), parseStartReply(value).ok()}) {
            QVERIFY(!error);
        }
    }

    void commandNamesComeBack()
    {
        for (int kind = 0; kind <= int(ExamCommandKind::GrantTakeover); ++kind) {
            const auto name = examCommandName(ExamCommandKind(kind));
            QCOMPARE(examCommandFromName(name), std::optional(ExamCommandKind(kind)));
        }
        QVERIFY(!examCommandFromName(QStringLiteral("applaud")));
    }
};

QTEST_GUILESS_MAIN(TestAttemptWire)
#include "tst_attemptwire.moc"

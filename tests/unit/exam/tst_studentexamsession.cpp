// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExamBench.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using Phase = ExamSnapshot::Phase;
using Line = ExamSnapshot::Connection;
using Edit = StudentExamSession::Edit;

namespace {

ItemId item(const char* id)
{
    return ItemId(QString::fromLatin1(id));
}

} // namespace

class TestStudentExamSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void opensWritesAndIsReceived()
    {
        ExamBench bench;
        bench.sit();
        QCOMPARE(bench.phase(), Phase::Running);
        QCOMPARE(bench.now().title, QStringLiteral("Mock"));
        QCOMPARE(bench.now().total, 4);
        QCOMPARE(bench.now().remaining, std::optional(std::chrono::seconds(3600)));
        QVERIFY(bench.now().editable);
        QVERIFY(bench.choose("b"));
        bench.settle();
        QCOMPARE(bench.now().kept, 1);
        QCOMPARE(bench.now().received, 0);
        bench.advance(2s);
        QCOMPARE(bench.now().received, 1);
        QCOMPARE(bench.now().connection, Line::Live);
        QCOMPARE(bench.academy.answers()
                     .value(QStringLiteral("c"))
                     .value(QLatin1String("choice"))
                     .toString(),
            QStringLiteral("b"));
    }

    void typingIsJoined()
    {
        ExamBench bench;
        bench.sit();
        for (const char* text : {"D", "De", "Dea", "Dear"}) {
            QVERIFY(bench.type("e", QString::fromLatin1(text)));
            bench.time.advance(60ms);
        }
        QCOMPARE(bench.written("e"), QStringLiteral("Dear"));
        bench.settle();
        QCOMPARE(bench.now().kept, 0);
        bench.advance(10ms);
        QCOMPARE(bench.now().kept, 1);
        QVERIFY(bench.type("e", QStringLiteral("Dear S")));
        bench.advance(250ms);
        QCOMPARE(bench.now().kept, 2);
        bench.advance(2s);
        QCOMPARE(bench.arrived("e"), QStringLiteral("Dear S"));
    }

    void whatIsBeingTypedIsCommitted_data()
    {
        QTest::addColumn<QString>("how");
        for (const char* how : {"another item", "a complete edit", "flush", "hand in", "focus lost",
                 "the program quits", "the window closes", "locked by the teacher"}) {
            QTest::newRow(how) << QString::fromLatin1(how);
        }
    }
    void whatIsBeingTypedIsCommitted()
    {
        QFETCH(QString, how);
        ExamBench bench;
        bench.sit();
        bench.session->visit(item("t"));
        bench.settle();
        const qint64 before = bench.now().kept;
        QVERIFY(bench.type("t", QStringLiteral("unsaved")));
        if (how == QLatin1String("another item")) {
            bench.session->visit(item("e"));
        } else if (how == QLatin1String("a complete edit")) {
            bench.session->setAnswer(item("t"),
                QJsonObject{{QStringLiteral("text"), QStringLiteral("unsaved")}},
                StudentExamSession::Edit::Complete);
        } else if (how == QLatin1String("flush")) {
            bench.session->flush();
        } else if (how == QLatin1String("hand in")) {
            bench.session->submit();
        } else if (how == QLatin1String("focus lost")) {
            bench.session->reportFocus(false);
        } else if (how == QLatin1String("the program quits")) {
            Q_EMIT QCoreApplication::instance()->aboutToQuit({});
        } else if (how == QLatin1String("the window closes")) {
            bench.session.reset();
        } else {
            bench.academy.command(QStringLiteral("lock"));
            bench.line()->say(QStringLiteral("command"));
        }
        bench.settle();
        if (bench.session) {
            QVERIFY(bench.now().kept > before);
        }
        const auto answers
            = answerOf(bench.computer->store.answers(AttemptId(QStringLiteral("attempt-1"))));
        VERIFY_OK(answers);
        const auto kept = std::find_if(answers->begin(), answers->end(),
            [](const StoredAnswer& answer) { return answer.item == item("t"); });
        QVERIFY(kept != answers->end());
        QCOMPARE(kept->payload, QByteArray(R"({"text":"unsaved"})"));
    }

    void afterARestartEverythingIsThereWithoutANetwork()
    {
        ExamBench bench;
        bench.sit();
        bench.session->visit(item("e"));
        bench.type("e", QStringLiteral("Dear Sir or Madam"));
        bench.session->setCaret(item("e"), 8);
        bench.session->setFlagged(item("c"), true);
        QVERIFY(bench.session->recordPlay(item("d")));
        bench.advance(2s);
        bench.academy.online = false;
        bench.type("e", QStringLiteral("Dear Sir or Madam, I"));
        bench.session->setCaret(item("e"), 9);
        bench.advance(100s);
        const auto remaining = *bench.now().remaining;
        const qint64 kept = bench.now().kept;

        bench.restart();
        QCOMPARE(bench.phase(), Phase::Running);
        QCOMPARE(bench.written("e"), QStringLiteral("Dear Sir or Madam, I"));
        QCOMPARE(bench.now().currentItem, item("e"));
        QCOMPARE(bench.now().caret, 9);
        QCOMPARE(bench.session->playsUsed(item("d")), 1);
        QCOMPARE(bench.now().kept, kept);
        QVERIFY(bench.now().received < kept);
        QVERIFY(bench.now().items.at(1).flagged);
        QCOMPARE(*bench.now().remaining, remaining);
        QVERIFY(!bench.now().clockUncertain);
        QCOMPARE(bench.now().connection, Line::Offline);
        QVERIFY(bench.type("e", QStringLiteral("Dear Sir or Madam, I am")));
        bench.academy.online = true;
        bench.advance(15s);
        QCOMPARE(bench.arrived("e"), QStringLiteral("Dear Sir or Madam, I am"));
        QCOMPARE(bench.now().received, bench.now().kept);
        QCOMPARE(bench.now().connection, Line::Live);
    }

    void playsAreCountedAcrossCrashes()
    {
        ExamBench bench;
        bench.sit();
        QVERIFY(bench.session->recordPlay(item("d")));
        bench.settle();
        bench.restart();
        QCOMPARE(bench.session->playsUsed(item("d")), 1);
        QVERIFY(bench.session->recordPlay(item("d")));
        QVERIFY(!bench.session->recordPlay(item("d")));
        QVERIFY(!bench.session->recordPlay(item("t")));
    }

    void theNetworkMayGoAndComeBack()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.online = false;
        for (int i = 0; i < 250; ++i) {
            QVERIFY(bench.choose(i % 2 == 0 ? "a" : "b"));
        }
        bench.settle();
        QCOMPARE(bench.now().kept, 250);
        bench.advance(60s);
        QCOMPARE(bench.now().connection, Line::Offline);
        QCOMPARE(bench.now().received, 0);
        bench.academy.online = true;
        bench.advance(15s);
        QCOMPARE(bench.now().received, 250);
        QCOMPARE(bench.now().connection, Line::Live);
        QCOMPARE(bench.academy.ops.size(), 250);
    }

    void everybodyTriesAtOnceWhenTheNetworkIsBack()
    {
        ExamBench bench(11);
        bench.sit();
        bench.academy.online = false;
        for (int i = 0; i < 250; ++i) {
            QVERIFY(bench.choose(i % 2 == 0 ? "a" : "b"));
        }
        bench.advance(63s);
        QCOMPARE(bench.now().connection, Line::Offline);
        const int beats = int(bench.academy.beats.size());
        bench.academy.online = true;
        bench.networkUp();
        bench.settle();
        QCOMPARE(bench.now().received, 250);
        QCOMPARE(bench.now().connection, Line::Live);
        QVERIFY(bench.academy.beats.size() > beats);
        QCOMPARE(bench.academy.ops.size(), 250);
    }

    void aHandInGoesOutAsSoonAsTheNetworkIsBack()
    {
        ExamBench bench(12);
        bench.sit();
        bench.academy.online = false;
        bench.type("e", QStringLiteral("Handed in on the train"));
        bench.session->submit();
        bench.advance(61s);
        bench.academy.online = true;
        bench.networkUp();
        bench.advance(500ms);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.arrived("e"), QStringLiteral("Handed in on the train"));
        QVERIFY(!bench.computer->courier.isUnderWay());
    }

    void theStartGoesOnAsSoonAsTheNetworkIsBack()
    {
        ExamBench bench(13);
        bench.academy.online = false;
        bench.sit();
        bench.advance(47s);
        QCOMPARE(bench.phase(), Phase::Opening);
        bench.academy.online = true;
        bench.networkUp();
        bench.networkUp();
        bench.settle();
        QCOMPARE(bench.phase(), Phase::Running);
        const int calls = bench.academy.calls[QStringLiteral("start_attempt")];
        bench.networkUp();
        bench.advance(20s);
        QCOMPARE(bench.academy.calls[QStringLiteral("start_attempt")], calls);
    }

    void aLostReplyDoublesNothing()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.repliesLost = true;
        bench.choose("a");
        bench.advance(5s);
        bench.choose("b");
        bench.advance(5s);
        bench.academy.repliesLost = false;
        bench.advance(20s);
        QCOMPARE(bench.academy.ops.size(), 2);
        QCOMPARE(bench.now().received, 2);
    }

    void commandsArriveOnceAndAreAcknowledged()
    {
        ExamBench bench;
        bench.sit();
        QSignalSpy heard(bench.session.get(), &StudentExamSession::messageReceived);
        bench.academy.command(QStringLiteral("message"),
            {{QStringLiteral("text"), QStringLiteral("Ten minutes left")}});
        bench.academy.command(QStringLiteral("extend"), {{QStringLiteral("seconds"), 600}});
        bench.academy.command(QStringLiteral("pause"));
        bench.line()->say(QStringLiteral("command"));
        bench.settle();
        QCOMPARE(heard.size(), 1);
        QCOMPARE(bench.now().messages.size(), 1);
        QCOMPARE(bench.now().messages.first().text, QStringLiteral("Ten minutes left"));
        QCOMPARE(bench.phase(), Phase::Paused);
        QVERIFY(!bench.now().editable);
        QVERIFY(!bench.choose("a"));
        QCOMPARE(*bench.now().remaining, std::chrono::seconds(4200));
        bench.advance(60s);
        QCOMPARE(*bench.now().remaining, std::chrono::seconds(4200));
        QCOMPARE(bench.academy.acknowledgedCommands, (std::set<qint64>{1, 2, 3}));
        bench.academy.command(QStringLiteral("resume"));
        bench.advance(13s);
        QCOMPARE(bench.phase(), Phase::Running);
        QCOMPARE(heard.size(), 1);

        bench.restart();
        QSignalSpy heardAgain(bench.session.get(), &StudentExamSession::messageReceived);
        bench.advance(13s);
        QCOMPARE(bench.now().messages.size(), 1);
        QCOMPARE(heardAgain.size(), 0);
        QCOMPARE(bench.phase(), Phase::Running);
    }

    void lockAndUnlock()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.command(QStringLiteral("pause"));
        bench.academy.command(QStringLiteral("lock"));
        bench.line()->say(QStringLiteral("command"));
        bench.settle();
        QCOMPARE(bench.phase(), Phase::Locked);
        QVERIFY(bench.now().paused);
        bench.academy.command(QStringLiteral("unlock"));
        bench.advance(13s);
        QCOMPARE(bench.phase(), Phase::Paused);
        bench.academy.command(QStringLiteral("resume"));
        bench.advance(13s);
        QCOMPARE(bench.phase(), Phase::Running);
    }

    void aPauseSurvivesARestartWithoutANetwork()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.command(QStringLiteral("pause"));
        bench.line()->say(QStringLiteral("command"));
        bench.settle();
        bench.academy.online = false;
        bench.advance(30s);
        bench.restart();
        QCOMPARE(bench.phase(), Phase::Paused);
        QCOMPARE(*bench.now().remaining, std::chrono::seconds(3600));
    }

    void beatsKeepTheirDistance()
    {
        ExamBench bench;
        bench.academy.nextBeatMs = 20'000;
        bench.sit();
        bench.advance(200s);
        const qsizetype beats = bench.academy.beats.size();
        QVERIFY2(beats >= 9 && beats <= 14, qPrintable(QString::number(beats)));
        const QJsonObject last = bench.academy.beats.last();
        QCOMPARE(last.value(QLatin1String("total")).toInt(), 4);
        QCOMPARE(last.value(QLatin1String("app_state")).toString(), QStringLiteral("running"));
        QVERIFY(last.value(QLatin1String("focus")).toBool());
    }

    void handsInAndGetsAReceipt()
    {
        ExamBench bench;
        bench.sit();
        bench.type("e", QStringLiteral("The end"));
        bench.session->submit();
        bench.advance(4s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.now().receipt->code, QStringLiteral("AAAA-BBBB"));
        QVERIFY(bench.now().receipt->onTime);
        QCOMPARE(bench.arrived("e"), QStringLiteral("The end"));
        QVERIFY(!bench.type("e", QStringLiteral("more")));
        bench.restart();
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.now().receipt->code, QStringLiteral("AAAA-BBBB"));
        QCOMPARE(bench.written("e"), QStringLiteral("The end"));
    }

    void handsInWithoutANetwork()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.online = false;
        bench.type("e", QStringLiteral("Offline to the end"));
        bench.session->submit();
        bench.advance(30s);
        QCOMPARE(bench.phase(), Phase::Submitting);
        QCOMPARE(bench.now().handIn, std::optional(ExamMachine::HandIn::ByStudent));
        bench.academy.online = true;
        bench.advance(20s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.arrived("e"), QStringLiteral("Offline to the end"));
    }

    void aHandInGoesOutAfterARestartWithNoExamOpen()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.online = false;
        bench.type("e", QStringLiteral("Closed the lid"));
        bench.session->submit();
        bench.settle();
        bench.startComputer();
        QSignalSpy handedIn(&bench.computer->courier, &HandInCourier::handedIn);
        bench.computer->courier.resume(UserId(QStringLiteral("ana")));
        bench.advance(10s);
        QCOMPARE(handedIn.size(), 0);
        bench.academy.online = true;
        bench.advance(20s);
        QCOMPARE(handedIn.size(), 1);
        QCOMPARE(bench.academy.state, QStringLiteral("submitted"));
        QCOMPARE(bench.arrived("e"), QStringLiteral("Closed the lid"));
    }

    void operationsTheAcademyMissesAreSentAgain()
    {
        ExamBench bench;
        bench.sit();
        bench.choose("a");
        bench.settle();
        const auto ops
            = answerOf(bench.computer->store.ops(AttemptId(QStringLiteral("attempt-1"))));
        VERIFY_OK(ops);
        bench.academy.forgets.insert(ops->first().opId.toString());
        bench.advance(3s);
        QCOMPARE(bench.academy.ops.size(), 0);
        bench.session->submit();
        bench.advance(10s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.academy.ops.size(), 1);
    }

    void anOperationRefusedForGoodDoesNotHoldTheHandIn()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.refusesItem = QStringLiteral("t");
        bench.choose("a");
        bench.settle();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("set aside")));
        bench.session->setAnswer(item("t"), QJsonObject{{QStringLiteral("text"), QStringLiteral("x")}}, Edit::Complete);
        bench.settle();
        bench.type("e", QStringLiteral("after the hole"));
        bench.advance(3s);
        QCOMPARE(bench.now().quarantined, 1);
        bench.session->submit();
        bench.advance(10s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.arrived("e"), QStringLiteral("after the hole"));
        // Still here, still said.
        QCOMPARE(bench.now().quarantined, 1);
        QCOMPARE(bench.written("t"), QStringLiteral("x"));
    }

    void operationsThatADamagedDiskTookDoNotHoldTheHandIn()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.online = false;
        bench.type("e", QStringLiteral("lost with its page"));
        bench.advance(1s);
        VERIFY_OK(execute(bench.computer->database, QStringLiteral("DELETE FROM outbox")));
        VERIFY_OK(execute(bench.computer->database, QStringLiteral("DELETE FROM attempt_ops")));
        bench.academy.online = true;
        bench.choose("b");
        bench.advance(3s);
        bench.session->submit();
        bench.advance(10s);
        QCOMPARE(bench.phase(), Phase::Submitted);
    }

    void timeUpHandsIn()
    {
        ExamBench bench;
        bench.academy.length = 60s;
        bench.sit();
        bench.advance(59s);
        QCOMPARE(bench.phase(), Phase::Running);
        bench.type("e", QStringLiteral("last words"));
        bench.advance(1500ms);
        QVERIFY(!bench.now().editable);
        bench.advance(6s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QVERIFY(bench.now().receipt->onTime);
        QCOMPARE(bench.arrived("e"), QStringLiteral("last words"));
    }

    void timeUpOfflineWaitsForTheAcademy()
    {
        ExamBench bench;
        bench.academy.length = 60s;
        bench.sit();
        bench.academy.online = false;
        bench.type("e", QStringLiteral("cut off"));
        bench.advance(70s);
        QCOMPARE(bench.phase(), Phase::Submitting);
        QCOMPARE(bench.now().handIn, std::optional(ExamMachine::HandIn::TimeUp));
        bench.academy.command(QStringLiteral("extend"), {{QStringLiteral("seconds"), 600}});
        bench.academy.online = true;
        bench.advance(10s);
        QCOMPARE(bench.phase(), Phase::Running);
        QVERIFY(bench.type("e", QStringLiteral("cut off, but back")));
        bench.advance(3s);
        QCOMPARE(bench.arrived("e"), QStringLiteral("cut off, but back"));
        QVERIFY(bench.academy.receipt.isEmpty());
    }

    void timeUpOfflineHandsInLate()
    {
        ExamBench bench;
        bench.academy.length = 60s;
        bench.sit();
        bench.academy.online = false;
        bench.type("e", QStringLiteral("written in time, sent late"));
        bench.advance(300s);
        bench.academy.online = true;
        bench.advance(15s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QVERIFY(!bench.now().receipt->onTime);
        QCOMPARE(bench.academy.countOf(QStringLiteral("late")), 1);
    }

    void theTeacherCollects()
    {
        ExamBench bench;
        bench.sit();
        bench.type("e", QStringLiteral("so far"));
        bench.academy.command(QStringLiteral("collect"));
        bench.line()->say(QStringLiteral("command"));
        bench.advance(6s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.arrived("e"), QStringLiteral("so far"));
    }

    void aSecondDeviceAsksAndTheFirstIsFenced()
    {
        ExamBench bench;
        bench.sit();
        bench.type("e", QStringLiteral("from the desk"));
        bench.advance(3s);

        StudentComputer laptop(bench.academy, bench.time, bench.random,
            bench.dir.filePath(QStringLiteral("laptop.sqlite")), QStringLiteral("laptop"));
        ExamBench::settle(laptop);
        auto second = laptop.sit();
        ExamBench::settle(laptop);
        QCOMPARE(second->snapshot().phase, Phase::LeaseTaken);
        QVERIFY(!second->setAnswer(
            item("c"), QJsonObject{{QStringLiteral("choice"), QStringLiteral("a")}}));
        QCOMPARE(bench.phase(), Phase::Running);

        // Written before the desk hears of it: kept there, and kept aside by the academy.
        bench.academy.poke = [] {};
        bench.type("t", QStringLiteral("too late"));
        bench.time.advance(300ms);
        bench.settle();
        bench.academy.command(QStringLiteral("grant_takeover"));
        bench.line()->say(QStringLiteral("command"));
        bench.settle();
        QCOMPARE(bench.phase(), Phase::Fenced);
        QCOMPARE(bench.written("t"), QStringLiteral("too late"));
        bench.computer->engine.poke();
        bench.advance(8s);
        QCOMPARE(bench.academy.countOf(QStringLiteral("fenced")), 1);
        QVERIFY(!bench.academy.answers().contains(QStringLiteral("t")));

        bench.time.advance(6s);
        ExamBench::settle(laptop);
        QCOMPARE(second->snapshot().phase, Phase::Running);
        QCOMPARE(second->answer(item("e")).value(QLatin1String("text")).toString(),
            QStringLiteral("from the desk"));
        laptop.academy.poke = [&laptop] { laptop.engine.poke(); };
        QVERIFY(second->setAnswer(
            item("t"), QJsonObject{{QStringLiteral("text"), QStringLiteral("from the laptop")}}));
        for (int i = 0; i < 6; ++i) {
            bench.time.advance(1s);
            ExamBench::settle(laptop);
        }
        QCOMPARE(bench.arrived("t"), QStringLiteral("from the laptop"));
    }

    void anExpiredSignInBlocksNothing()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.signedIn = false;
        QVERIFY(bench.type("e", QStringLiteral("still writing")));
        bench.advance(40s);
        QCOMPARE(bench.phase(), Phase::Running);
        QCOMPARE(bench.now().connection, Line::NeedsSignIn);
        QVERIFY(bench.type("e", QStringLiteral("still writing on")));
        bench.academy.signedIn = true;
        bench.advance(75s);
        QCOMPARE(bench.arrived("e"), QStringLiteral("still writing on"));
    }

    void aSittingThatIsNotOpenIsAskedForAgain()
    {
        ExamBench bench;
        bench.academy.sittingOpen = false;
        bench.sit();
        QCOMPARE(bench.phase(), Phase::Refused);
        QCOMPARE(bench.now().refusal, QStringLiteral("ACADEMY_NOT_OPEN"));
        bench.academy.sittingOpen = true;
        bench.advance(14s);
        QCOMPARE(bench.phase(), Phase::Running);
    }

    void startingWithoutANetworkWaits()
    {
        ExamBench bench;
        bench.academy.online = false;
        bench.sit();
        QCOMPARE(bench.phase(), Phase::Opening);
        QCOMPARE(bench.now().connection, Line::Offline);
        bench.academy.online = true;
        bench.advance(6s);
        QCOMPARE(bench.phase(), Phase::Running);
    }

    void factsAreReportedOnce()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.online = false;
        bench.session->reportFocus(false);
        bench.advance(7s);
        bench.session->reportFocus(true);
        bench.session->reportPaste(item("e"), 120);
        bench.time.jumpWall(1h);
        bench.advance(2s);
        bench.academy.online = true;
        bench.advance(30s);
        QCOMPARE(bench.academy.incidents.size(), 3);
        QStringList kinds;
        for (const QJsonObject& incident : bench.academy.incidents) {
            kinds.append(incident.value(QLatin1String("kind")).toString());
            QVERIFY(!incident.value(QLatin1String("id")).toString().isEmpty());
        }
        kinds.sort();
        QCOMPARE(kinds.join(QLatin1Char(',')), QStringLiteral("clock_jump,focus_loss,paste"));
        const QJsonObject first = bench.academy.incidents.first();
        QCOMPARE(first.value(QLatin1String("details"))
                     .toObject()
                     .value(QLatin1String("duration_ms"))
                     .toInt(),
            7000);
        QCOMPARE(bench.phase(), Phase::Running);
        QVERIFY(*bench.now().remaining > 59min);
    }

    void anotherScreenIsToldOnceAndWhenItComesAgain()
    {
        ExamBench bench;
        bench.session = bench.computer->sit();
        bench.session->reportScreens(2); // before there is a paper
        bench.settle();
        const auto told = [&bench] {
            QStringList kinds;
            for (const QJsonObject& incident : bench.academy.incidents) {
                kinds.append(incident.value(QLatin1String("kind")).toString() + QLatin1Char(' ')
                    + QString::number(incident.value(QLatin1String("details")).toObject().value(QLatin1String("screens")).toInt()));
            }
            return kinds.join(QLatin1Char(','));
        };
        bench.advance(5s);
        QCOMPARE(told(), QStringLiteral("second_screen 2"));
        bench.session->reportScreens(2);
        bench.session->reportScreens(1);
        bench.advance(5s);
        QCOMPARE(told(), QStringLiteral("second_screen 2"));
        bench.session->reportScreens(3);
        bench.advance(5s);
        QCOMPARE(told(), QStringLiteral("second_screen 2,second_screen 3"));
        QCOMPARE(bench.phase(), Phase::Running);
    }

    void moreFactsThanOneReportHoldsAllArrive()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.online = false;
        for (int i = 0; i < 130; ++i) {
            bench.session->reportPaste(item("e"), i);
        }
        bench.advance(2s);
        bench.academy.online = true;
        bench.advance(60s);
        QCOMPARE(bench.academy.incidents.size(), 130);
    }

    void aFullDiskIsSaidAndNothingIsLostInMemory()
    {
        ExamBench bench;
        auto full = std::make_shared<bool>(false);
        DatabaseOptions options;
        options.hook = [full](QStringView sql) -> std::optional<Error> {
            if (*full && sql.startsWith(QLatin1String("INSERT INTO attempt_ops"))) {
                return Error{ErrorKind::Storage, QStringLiteral("store_full"), {}, {}};
            }
            return std::nullopt;
        };
        bench.startComputer(QStringLiteral("small"), options);
        bench.sit();
        *full = true;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be kept")));
        bench.type("e", QStringLiteral("no room"));
        bench.time.advance(250ms);
        bench.settle();
        QVERIFY(bench.now().storageFailed);
        QCOMPARE(bench.now().problem->code, QStringLiteral("store_full"));
        QCOMPARE(bench.written("e"), QStringLiteral("no room"));
        QCOMPARE(bench.now().kept, 0);
        *full = false;
        bench.advance(4s);
        QVERIFY(!bench.now().storageFailed);
        QCOMPARE(bench.now().kept, 1);
        QCOMPARE(bench.arrived("e"), QStringLiteral("no room"));
    }

    void aHandInWaitsForTheLastWords_data()
    {
        QTest::addColumn<QString>("how");
        for (const char* how : {"by the student", "the time is up", "collected"}) {
            QTest::newRow(how) << QString::fromLatin1(how);
        }
    }
    void aHandInWaitsForTheLastWords()
    {
        QFETCH(QString, how);
        ExamBench bench;
        auto full = std::make_shared<bool>(false);
        DatabaseOptions options;
        options.hook = [full](QStringView sql) -> std::optional<Error> {
            if (*full && sql.startsWith(QLatin1String("INSERT INTO attempt_ops"))) {
                return Error{ErrorKind::Storage, QStringLiteral("store_locked"), {}, {}};
            }
            return std::nullopt;
        };
        bench.startComputer(QStringLiteral("small"), options);
        bench.academy.length = 60s;
        bench.sit();
        bench.choose("a");
        bench.advance(59s);
        *full = true;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be kept")));
        if (how == QLatin1String("the time is up")) {
            bench.advance(800ms);
            bench.type("e", QStringLiteral("the last words"));
            bench.advance(200ms);
        } else {
            bench.type("e", QStringLiteral("the last words"));
            if (how == QLatin1String("collected")) {
                bench.academy.command(QStringLiteral("collect"));
                bench.line()->say(QStringLiteral("command"));
            } else {
                bench.session->submit();
            }
        }
        bench.settle();
        QCOMPARE(bench.phase(), Phase::Submitting);
        QVERIFY(bench.now().storageFailed);
        // Whatever else was acknowledged wakes the courier.
        bench.computer->courier.wake(AttemptId(QStringLiteral("attempt-1")));
        bench.settle();
        QVERIFY(bench.academy.receipt.isEmpty());
        *full = false;
        bench.advance(6s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QVERIFY(!bench.now().storageFailed);
        QCOMPARE(bench.arrived("e"), QStringLiteral("the last words"));
        QCOMPARE(bench.academy.countOf(QStringLiteral("late")), 0);
    }

    void aHandInThatCouldNotBeWrittenDownIsTriedAgain()
    {
        ExamBench bench;
        auto full = std::make_shared<bool>(false);
        DatabaseOptions options;
        options.hook = [full](QStringView sql) -> std::optional<Error> {
            if (*full && sql.startsWith(QLatin1String("UPDATE attempts"))) {
                return Error{ErrorKind::Storage, QStringLiteral("store_locked"), {}, {}};
            }
            return std::nullopt;
        };
        bench.startComputer(QStringLiteral("small"), options);
        bench.sit();
        bench.choose("a");
        bench.advance(3s);
        *full = true;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be kept")));
        bench.session->submit();
        bench.settle();
        QVERIFY(bench.now().storageFailed);
        *full = false;
        bench.advance(2s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QVERIFY(!bench.now().storageFailed);
    }

    void aHandInSurvivesARoomThatIsLeftAtOnce()
    {
        ExamBench bench;
        bench.sit();
        bench.type("e", QStringLiteral("and gone"));
        bench.session->submit();
        bench.session.reset();
        bench.settle();
        bench.computer->engine.poke();
        bench.advance(6s);
        QCOMPARE(bench.academy.state, QStringLiteral("submitted"));
        QCOMPARE(bench.arrived("e"), QStringLiteral("and gone"));
    }

    void comingBackTakesAlongWhatWasWrittenHere()
    {
        ExamBench bench;
        bench.sit();
        bench.type("e", QStringLiteral("Dear Sir"));
        bench.type("t", QStringLiteral("here"));
        bench.advance(3s);
        bench.academy.poke = [] {};
        bench.type("e", QStringLiteral("Dear Sir, I write"));
        bench.type("t", QStringLiteral("here again"));
        bench.advance(1s);
        // The laptop gets the exam and changes one answer; the desk hears of it and pushes the rest.
        bench.academy.askingDevice = QStringLiteral("laptop");
        bench.academy.command(QStringLiteral("grant_takeover"));
        bench.academy.write(QStringLiteral("t"), QStringLiteral("there"));
        bench.academy.poke = [&bench] { bench.computer->engine.poke(); };
        bench.computer->engine.poke();
        bench.advance(3s);
        QCOMPARE(bench.phase(), Phase::Fenced);
        QCOMPARE(bench.academy.countOf(QStringLiteral("fenced")), 2);

        bench.session->start();
        bench.settle();
        bench.academy.command(QStringLiteral("grant_takeover"));
        bench.advance(6s);
        QCOMPARE(bench.phase(), Phase::Running);
        QCOMPARE(bench.written("e"), QStringLiteral("Dear Sir, I write"));
        QCOMPARE(bench.written("t"), QStringLiteral("there"));
        QCOMPARE(bench.now().asides.value(item("t")).value(QLatin1String("text")).toString(), QStringLiteral("here again"));
        bench.advance(3s);
        QCOMPARE(bench.arrived("e"), QStringLiteral("Dear Sir, I write"));
        QVERIFY(bench.type("t", QStringLiteral("here again")));
        QVERIFY(bench.now().asides.isEmpty());
    }

    void aTextThatGrewInTwoPlacesGoesOnWithBoth()
    {
        ExamBench bench;
        bench.sit();
        bench.academy.poke = [] {};
        bench.type("e", QStringLiteral("from the desk"));
        bench.advance(1s);
        bench.academy.askingDevice = QStringLiteral("laptop");
        bench.academy.command(QStringLiteral("grant_takeover"));
        bench.academy.write(QStringLiteral("e"), QStringLiteral("from the laptop"));
        bench.line()->say(QStringLiteral("command"));
        bench.settle();
        QCOMPARE(bench.phase(), Phase::Fenced);
        bench.session->start();
        bench.settle();
        bench.academy.command(QStringLiteral("grant_takeover"));
        bench.academy.poke = [&bench] { bench.computer->engine.poke(); };
        bench.advance(9s);
        QCOMPARE(bench.phase(), Phase::Running);
        QCOMPARE(bench.written("e"), QStringLiteral("from the laptop\n\nfrom the desk"));
        QCOMPARE(bench.arrived("e"), QStringLiteral("from the laptop\n\nfrom the desk"));
    }

    void theAcademysClockMayBeSetBack()
    {
        ExamBench bench;
        bench.sit();
        bench.advance(30s);
        bench.academy.clockSet = -5min;
        bench.academy.locked = true;
        bench.advance(15s);
        QCOMPARE(bench.phase(), Phase::Locked);
    }

    void moreTimeCountsEvenWhenTheAcademysClockWentBackALittle()
    {
        ExamBench bench;
        bench.academy.length = 60s;
        bench.sit();
        bench.advance(55s);
        bench.academy.online = false;
        bench.advance(7s);
        QCOMPARE(bench.phase(), Phase::Submitting);
        bench.academy.clockSet = -20s;
        bench.academy.command(QStringLiteral("extend"), {{QStringLiteral("seconds"), 600}});
        bench.academy.online = true;
        bench.computer->courier.networkUp();
        bench.settle();
        QCOMPARE(bench.phase(), Phase::Running);
    }

    void aFlagTakenBackWhileTheDiskWasFullStaysBack()
    {
        ExamBench bench;
        auto full = std::make_shared<bool>(false);
        DatabaseOptions options;
        options.hook = [full](QStringView sql) -> std::optional<Error> {
            if (*full && sql.startsWith(QLatin1String("INSERT INTO attempt_ops"))) {
                return Error{ErrorKind::Storage, QStringLiteral("store_full"), {}, {}};
            }
            return std::nullopt;
        };
        bench.startComputer(QStringLiteral("small"), options);
        bench.sit();
        *full = true;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be kept")));
        bench.session->setFlagged(item("c"), true);
        bench.settle();
        *full = false;
        bench.session->setFlagged(item("c"), false);
        bench.settle();
        bench.advance(4s);
        QVERIFY(!bench.now().storageFailed);
        QCOMPARE(bench.now().flagged, 0);
        bench.restart();
        QCOMPARE(bench.now().flagged, 0);
        QCOMPARE(bench.academy.ops.last().kind, QStringLiteral("unflag"));
    }

    void theExamHoldsAReserveUntilItIsReceipted()
    {
        ExamBench bench;
        bench.sit();
        const QString reserve = bench.dir.filePath(QStringLiteral("desk-1.sqlite.reserve"));
        QVERIFY(QFileInfo(reserve).size() >= 32 * 1024 * 1024);
        bench.session->submit();
        bench.advance(4s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        bench.settle();
        QVERIFY(!QFile::exists(reserve));
    }

    void whatADamagedFileLostIsKeptAgain_data()
    {
        QTest::addColumn<QString>("lost");
        const QString rows = QStringLiteral("attempt_ops,outbox,answers,incidents,command_acks");
        QTest::newRow("the answers and what was to be sent") << rows;
        QTest::newRow("everything about the attempt") << rows + QStringLiteral(",papers,attempts,lanes,receipts");
    }
    void whatADamagedFileLostIsKeptAgain()
    {
        QFETCH(QString, lost);
        ExamBench bench;
        bench.sit();
        bench.choose("a");
        bench.advance(3s);
        bench.academy.online = false;
        bench.type("e", QStringLiteral("typed, kept, never sent"));
        bench.session->setFlagged(item("t"), true);
        bench.advance(1s);
        QCOMPARE(bench.now().kept, 3);
        for (const QString& table : lost.split(u',')) {
            VERIFY_OK(execute(bench.computer->database, QStringLiteral("DELETE FROM ") + table));
        }
        const bool attemptToo = lost.contains(QLatin1String("attempts"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("kept again")));
        Q_EMIT bench.computer->database.damageRepaired({});
        bench.settle();
        if (attemptToo) {
            // Typing goes on; what cannot be kept yet is said and not forgotten.
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be kept")));
            bench.choose("b");
            bench.settle();
            QVERIFY(bench.now().storageFailed);
        } else {
            bench.choose("b");
        }
        bench.academy.online = true;
        bench.networkUp();
        bench.advance(6s);
        QVERIFY(!bench.now().storageFailed);
        QCOMPARE(bench.arrived("e"), QStringLiteral("typed, kept, never sent"));
        QCOMPARE(bench.academy.answers().value(QStringLiteral("c")).value(QLatin1String("choice")).toString(), QStringLiteral("b"));
        bench.restart();
        QCOMPARE(bench.written("e"), QStringLiteral("typed, kept, never sent"));
        QCOMPARE(bench.now().flagged, 1);
        bench.session->submit();
        bench.advance(6s);
        QCOMPARE(bench.phase(), Phase::Submitted);
    }

    void typingIsShownInTheRoom()
    {
        ExamBench bench;
        bench.sit();
        FakeTopic* const room = bench.academy.topic(QStringLiteral("sitting:sitting:room"));
        QVERIFY(room);
        QCOMPARE(room->tracked.size(), 1);
        bench.type("e", QStringLiteral("a"));
        bench.type("e", QStringLiteral("ab"));
        QCOMPARE(room->sent.size(), 1);
        bench.advance(3s);
        bench.type("e", QStringLiteral("abc"));
        QCOMPARE(room->sent.size(), 2);
        for (int i = 0; i < 61; ++i) {
            room->members.insert(QString::number(i), QJsonArray());
        }
        Q_EMIT room->presenceChanged();
        bench.settle();
        QVERIFY(!bench.academy.topic(QStringLiteral("sitting:sitting:room")));
        QVERIFY(bench.type("e", QStringLiteral("abcd")));
    }

    void answersThatAreNoneAreRefused()
    {
        ExamBench bench;
        bench.sit();
        QVERIFY(!bench.choose("z"));
        QVERIFY(!bench.type("nobody", QStringLiteral("x")));
        QVERIFY(!bench.type("i", QStringLiteral("x")));
        bench.settle();
        QCOMPARE(bench.now().kept, 0);
    }

    /// Random evenings: whatever is cut, lost, closed and started again, the academy ends up with
    /// exactly the operations this computer kept, and with what the student saw last.
    void randomEvenings_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 6; ++seed) {
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
        }
    }
    void randomEvenings()
    {
        QFETCH(quint64, seed);
        ExamBench bench(seed);
        bench.academy.length = 36'000s;
        bench.sit();
        SeededRandom chance(seed * 977);
        QHash<QString, QString> seen;
        for (int step = 0; step < 120; ++step) {
            switch (chance.below(10)) {
            case 0:
                bench.academy.online = !bench.academy.online;
                break;
            case 1:
                bench.academy.repliesLost = chance.below(2) == 0;
                break;
            case 2:
                if (chance.below(4) == 0) {
                    bench.restart();
                }
                break;
            case 3:
                bench.session->visit(item(chance.below(2) == 0 ? "t" : "e"));
                break;
            case 4:
                bench.session->setFlagged(item("c"), chance.below(2) == 0);
                break;
            case 5:
                bench.time.advance(std::chrono::milliseconds(chance.below(3000)));
                break;
            default: {
                const char* const where = chance.below(2) == 0 ? "t" : "e";
                const QString text = QString::number(chance.next(), 36);
                if (bench.type(where, text)) {
                    seen.insert(QString::fromLatin1(where), text);
                }
                break;
            }
            }
            bench.time.advance(std::chrono::milliseconds(chance.below(200)));
            bench.settle();
        }
        bench.academy.online = true;
        bench.academy.repliesLost = false;
        bench.session->submit();
        bench.advance(30s);
        QCOMPARE(bench.phase(), Phase::Submitted);
        QCOMPARE(bench.academy.ops.size(), bench.now().kept);
        QCOMPARE(bench.now().received, bench.now().kept);
        for (auto it = seen.begin(); it != seen.end(); ++it) {
            QCOMPARE(
                bench.academy.answers().value(it.key()).value(QLatin1String("text")).toString(),
                it.value());
        }
    }
};

QTEST_GUILESS_MAIN(TestStudentExamSession)
#include "tst_studentexamsession.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "StudyBench.h"

#include "study/ExerciseCheck.h"

#include <QJsonArray>

using namespace std::chrono_literals;

namespace {

QJsonObject json(const char* singleQuoted)
{
    return QJsonDocument::fromJson(QByteArray(singleQuoted).replace('\'', '"')).object();
}

} // namespace

class TestPracticeSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void everyExerciseOfThePackCanBePractised()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = start(bench, {}, &owner);
        const int total = session->snapshot().total;
        QVERIFY(total >= 20);
        for (int i = 0; i < total; ++i) {
            QCOMPARE(session->snapshot().index, i);
            QCOMPARE(session->snapshot().phase, PracticePhase::Answering);
            const ExamItem item = session->snapshot().item.item;
            const bool isOpen = !item.isClosed();
            answer(session, isOpen ? json("{'text': 'Dear Sir'}") : solutionOf(item));
            QCOMPARE(session->snapshot().phase, PracticePhase::Judged);
            const PracticeVerdict verdict = *session->snapshot().verdict;
            QCOMPARE(verdict.needsPerson, isOpen);
            QCOMPARE(verdict.correct, !isOpen);
            QVERIFY(verdict.wrongParts.isEmpty());
            QVERIFY(!verdict.explanation.in(QStringLiteral("es")).isEmpty());
            QCOMPARE(session->snapshot().marks[i], isOpen ? 2 : 1);
            session->next();
            if (i + 1 < total) {
                QTRY_COMPARE(session->snapshot().index, i + 1);
            }
        }
        QTRY_COMPARE(session->snapshot().phase, PracticePhase::Finished);
        QCOMPARE(session->snapshot().earned, session->snapshot().maximum);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM study_events")), total);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox WHERE lane = 'study:guest'")), total);
        QTRY_COMPARE(bench.library->units(bench.pack)[0].exercisesDone, bench.library->units(bench.pack)[0].exercises);
    }

    void wrongPartsAreNamed_data()
    {
        QTest::addColumn<QString>("item");
        QTest::addColumn<QJsonObject>("answer");
        QTest::addColumn<QStringList>("wrong");
        QTest::addColumn<QString>("earned");
        const auto row = [](const char* name, const char* item, const char* answer, const QStringList& wrong, const char* earned) {
            QTest::newRow(name) << QString::fromLatin1(item) << json(answer) << wrong << QString::fromLatin1(earned);
        };
        row("the wrong option", "w1-since", "{'choice': 'a'}", {QStringLiteral("a")}, "0");
        row("one gap of five", "w1-letter", "{'gaps': {'g1': 'FOR', 'g2': 'on', 'g3': 'in', 'g4': 'at', 'g5': 'hear'}}", {QStringLiteral("g5")}, "4");
        row("two pairs swapped", "w1-words", "{'pairs': {'l1': 'r5', 'l2': 'r3', 'l3': 'r1', 'l4': 'r4'}}", {QStringLiteral("l1"), QStringLiteral("l2")}, "2");
        row("one missed, one too many", "w2-patterns", "{'choices': ['a', 'b', 'c']}", {QStringLiteral("b"), QStringLiteral("e")}, "1");
        row("two neighbours swapped at the end", "w1-steps", "{'order': ['see', 'send', 'invite', 'talk', 'sign', 'offer']}", {QStringLiteral("sign"), QStringLiteral("offer")}, "6/5");
        row("a typographic apostrophe is the same", "w2-friday", "{'text': 'don\xE2\x80\x99t have to'}", {}, "2");
        row("nothing", "w1-trainee", "{'text': '  '}", {}, "0");
    }
    void wrongPartsAreNamed()
    {
        QFETCH(QString, item);
        QFETCH(QJsonObject, answer);
        QFETCH(QStringList, wrong);
        QFETCH(QString, earned);
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = start(bench, {}, &owner);
        goTo(session, item, bench);
        this->answer(session, answer);
        const PracticeVerdict verdict = *session->snapshot().verdict;
        QCOMPARE(verdict.wrongParts, wrong);
        QCOMPARE(verdict.earned.toString(), earned);
        QCOMPARE(verdict.correct, verdict.earned == verdict.maximum);
        QVERIFY(!verdict.solution.isEmpty());
    }

    void aKilledPracticeGoesOnWhereItWas()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        {
            QObject owner;
            PracticeSession* session = start(bench, bench.unit, &owner);
            answer(session, json("{'choice': 'b'}"));
            session->next();
            QTRY_COMPARE(session->snapshot().index, 1);
        }
        bench.restart();
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = start(bench, bench.unit, &owner);
        QCOMPARE(session->snapshot().index, 1);
        QCOMPARE(session->snapshot().marks[0], 1);
        QCOMPARE(session->snapshot().phase, PracticePhase::Answering);
        session->goTo(0);
        QTRY_COMPARE(session->snapshot().index, 0);
        QCOMPARE(session->snapshot().phase, PracticePhase::Judged);
        QCOMPARE(session->snapshot().answer, json("{'choice': 'b'}"));
    }

    void anotherTryAndTheSolution()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = start(bench, bench.unit, &owner);
        answer(session, json("{'choice': 'a'}"));
        QVERIFY(!session->snapshot().verdict->correct);
        session->answer(json("{'choice': 'b'}"));
        QCOMPARE(session->snapshot().answer, json("{'choice': 'a'}")); // judged is judged
        session->tryAgain();
        QTRY_COMPARE(session->snapshot().phase, PracticePhase::Answering);
        QVERIFY(session->snapshot().answer.isEmpty());
        session->showSolution();
        QTRY_COMPARE(session->snapshot().phase, PracticePhase::Judged);
        QVERIFY(!session->snapshot().verdict->correct);
        QCOMPARE(session->snapshot().verdict->solution, json("{'choice': 'b'}"));
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM study_events")), 2);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM study_events WHERE kind = 'solution'")), 1);
    }

    void whatIsAskedWhileWritingWaitsItsTurn()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = startMock(bench, &owner);
        for (int i = 0; i < 10; ++i) {
            session->answer(solutionOf(bench.library->pack(bench.pack)->item(mockItems(bench)[i])->item));
            session->next();
        }
        session->finish();
        QTRY_COMPARE(session->snapshot().phase, PracticePhase::Finished);
        QVERIFY(session->snapshot().result->verdict.passed);
    }

    void anAnswerOfTheWrongShapeIsRefused()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = start(bench, bench.unit, &owner);
        session->answer(json("{'choice': 'z'}"));
        QCOMPARE(session->snapshot().error->code, QStringLiteral("answer_malformed"));
        QCOMPARE(session->snapshot().phase, PracticePhase::Answering);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM study_events")), 0);
    }

    void aPerfectMockExamPasses()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = startMock(bench, &owner);
        QCOMPARE(session->snapshot().total, 10);
        QCOMPARE(*session->snapshot().remaining, 30min);
        for (int i = 0; i < 10; ++i) {
            answer(session, solutionOf(session->snapshot().item.item));
            QCOMPARE(session->snapshot().phase, PracticePhase::Answering);
            QVERIFY(!session->snapshot().verdict.has_value()); // no feedback before the end
            session->next();
            QTRY_COMPARE(session->snapshot().index, std::min(9, i + 1));
        }
        session->finish();
        QTRY_COMPARE(session->snapshot().phase, PracticePhase::Finished);
        const MockResult result = *session->snapshot().result;
        QVERIFY(result.verdict.passed);
        QCOMPARE(*result.verdict.total, Rational(100));
        QCOMPARE(result.percentBySection.size(), 3);
        QCOMPARE(result.openItems, 0);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM study_events WHERE kind = 'mock'")), 10);
    }

    void oneWeakSectionFails()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = startMock(bench, &owner);
        for (int i = 0; i < 8; ++i) {
            answer(session, solutionOf(session->snapshot().item.item));
            session->next();
            QTRY_COMPARE(session->snapshot().index, i + 1);
        }
        session->finish();
        QTRY_COMPARE(session->snapshot().phase, PracticePhase::Finished);
        const MockResult result = *session->snapshot().result;
        QCOMPARE(*result.verdict.total, Rational(80));
        QCOMPARE(result.percentBySection.value(QStringLiteral("vocabulary")), Rational(0));
        QVERIFY(!result.verdict.passed);
    }

    void aMockExamSurvivesAKillAndItsTimeStands()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        {
            QObject owner;
            PracticeSession* session = startMock(bench, &owner);
            bench.time.advance(10min);
            answer(session, solutionOf(session->snapshot().item.item));
            bench.time.advance(2s); // lost with the program: less than one saving interval
        }
        bench.restart();
        bench.time.advance(8h);
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = startMock(bench, &owner);
        QCOMPARE(session->snapshot().marks[0], 2);
        QCOMPARE(*session->snapshot().remaining, 20min);
        session->answer({});
        QTRY_COMPARE(session->snapshot().marks[0], -1); // an answer can be taken back
    }

    void theMockExamEndsWhenItsTimeIsOver()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        PracticeSession* session = startMock(bench, &owner);
        bench.time.advance(29min);
        session->tick();
        QTRY_COMPARE(*session->snapshot().remaining, 1min);
        QTRY_COMPARE(bench.ask<qint64>(QStringLiteral("SELECT spent_ms FROM practices")), 29 * 60 * 1000);
        bench.time.advance(61s);
        session->tick();
        QTRY_COMPARE(session->snapshot().phase, PracticePhase::Finished);
        QVERIFY(!session->snapshot().result->verdict.passed);
        bench.time.advance(1s);
        session->tick();
        QCOMPARE(session->snapshot().phase, PracticePhase::Finished);
    }

private:
    static PracticeSession* start(StudyBench& bench, const UnitId& unit, QObject* owner)
    {
        PracticeSession* session = bench.library->practice(bench.pack, unit, owner);
        session->start();
        [&] { QTRY_VERIFY(session->snapshot().phase != PracticePhase::Loading); }();
        return session;
    }

    static PracticeSession* startMock(StudyBench& bench, QObject* owner)
    {
        PracticeSession* session
            = bench.library->mockExam(bench.pack, MockExamId(QStringLiteral("mock-1")), owner);
        session->start();
        [&] { QTRY_COMPARE(session->snapshot().phase, PracticePhase::Answering); }();
        return session;
    }

    static QList<ItemId> mockItems(StudyBench& bench)
    {
        QList<ItemId> items;
        for (const MockSection& section : bench.library->pack(bench.pack)->exams.first().sections) {
            items += section.items;
        }
        return items;
    }

    static void goTo(PracticeSession* session, const QString& item, StudyBench& bench)
    {
        const auto items = bench.library->pack(bench.pack)->itemsFor(ItemUse::Exercise, {});
        for (int i = 0; i < items.size(); ++i) {
            if (items[i]->id() == ItemId(item)) {
                session->goTo(i);
            }
        }
        [&] { QTRY_COMPARE(session->snapshot().item.id(), ItemId(item)); }();
    }

    static void answer(PracticeSession* session, const QJsonObject& answer)
    {
        bool changed = false;
        const auto watch = connect(session, &PracticeSession::changed, session, [&changed] { changed = true; });
        session->answer(answer);
        [&] { QTRY_VERIFY(changed); }();
        disconnect(watch);
    }
};

QTEST_GUILESS_MAIN(TestPracticeSession)
#include "tst_practicesession.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "TutorBench.h"

#include "support/LevelExam.h"

/// The harness that asks a real model, on tutors of which it is known what they do.
class TestLevelExam : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePromptsAreTwelveForEachLevel()
    {
        const QList<LevelPrompt> prompts = levelPrompts(
            qEnvironmentVariable("NEOLINGUS_SOURCE_DIR") + QStringLiteral("/tests/bench/level_prompts.json"));
        QMap<QString, int> levels;
        int exercises = 0;
        for (const LevelPrompt& prompt : prompts) {
            QVERIFY(!prompt.says.isEmpty());
            ++levels[prompt.learner.level];
            if (prompt.learner.task == TutorTask::Exercise) {
                ++exercises;
                QVERIFY(!prompt.learner.exercise.solutions.isEmpty());
            }
        }
        for (const char* level : {"A1", "A2", "B1", "B2", "C1"}) {
            QCOMPARE(levels.value(QLatin1String(level)), 12);
        }
        QCOMPARE(exercises, 15);
    }

    void goodRepliesPass()
    {
        const LevelFigures figures = figuresOf({"Hello! I am your tutor. I like tea. What do you like?",
            "Look at the word yesterday. What is the past of this verb?"});
        QCOMPARE(figures.failed, 0);
        QCOMPARE(figures.tally.replies, 2);
        QCOMPARE(figures.shareInLevel(), 1.0);
        QCOMPARE(figures.shareInLength(), 1.0);
        QCOMPARE(figures.shareGivenAway(), 0.0);
        QVERIFY(figures.tally.passes());
    }

    void eachFaultIsCounted()
    {
        const QByteArray long_ = QByteArray("This is a very long answer about many things. ").repeated(12) + "And you?";
        LevelFigures figures = figuresOf({long_, "Look at the word yesterday. What is the past of this verb?"});
        QCOMPARE(figures.shareInLevel(), 0.5);
        QCOMPARE(figures.shareInLength(), 0.5);
        QVERIFY(!figures.tally.passes());

        figures = figuresOf({"The policy is controversial and the evidence is ambiguous. Is it legitimate?",
            "Look at the word yesterday. What is the past of this verb?"});
        QCOMPARE(figures.shareInLevel(), 0.5);
        QCOMPARE(figures.shareInLength(), 1.0);

        figures = figuresOf({"Hello! I am your tutor. What do you like?", "The answer is went. Can you say it?"});
        QCOMPARE(figures.shareInLevel(), 1.0);
        QCOMPARE(figures.shareGivenAway(), 1.0);
        QVERIFY(!figures.tally.passes());
    }

    void whoDoesNotAnswerHasNotPassed()
    {
        Bench bench;
        bench.server.answer(refused(401, "invalid_api_key"));
        const LevelFigures figures = examine(*bench.manager, prompts().mid(0, 1));
        QCOMPARE(figures.failed, 1);
        QVERIFY(!figures.tally.passes());
    }

private:
    /// Somebody at A1 says hello, and somebody asks for help with an exercise.
    static QList<LevelPrompt> prompts()
    {
        LearnerCard beginner;
        beginner.level = QStringLiteral("A1");
        beginner.targetLanguage = QStringLiteral("en");
        LearnerCard stuck = beginner;
        stuck.task = TutorTask::Exercise;
        stuck.exercise.prompt = QStringLiteral("Yesterday she ___ (go) home.");
        stuck.exercise.solutions = QStringList {QStringLiteral("went")};
        return {{beginner, QStringLiteral("Hello!")}, {stuck, QStringLiteral("Help me.")}};
    }

    static LevelFigures figuresOf(const QByteArrayList& replies)
    {
        Bench bench;
        for (const QByteArray& reply : replies) {
            bench.server.answer(whole(reply));
        }
        return examine(*bench.manager, prompts());
    }
};

QTEST_GUILESS_MAIN(TestLevelExam)
#include "tst_levelexam.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/NotesTutor.h"

#include "domain/WordCount.h"
#include "store/Database.h"
#include "study/StudyLibrary.h"
#include "support/FakeScheduler.h"
#include "tutor/teaching/Citations.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace {

struct Told
{
    QString text;
    QList<TutorCitation> citations;
    bool finished = false;
};

} // namespace

/// Asks about the pack that ships with the program, found in a real SQLite file.
class TestNotesTutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_database = std::make_unique<Database>(m_folder.filePath(QStringLiteral("academy.sqlite")));
        StudyLibrary library(*m_database, m_time, m_random, Learner());
        const Async<void> open = library.open();
        QTRY_VERIFY(open.isFinished());
        QVERIFY(open.result().ok());
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void questionsFindTheirNote_data()
    {
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("item");
        const auto row = [](const char* question, const char* item) {
            QTest::newRow(question) << QString::fromUtf8(question) << QString::fromUtf8(item);
        };
        row("What is the difference between present perfect and past simple?", "note-perfect-or-past");
        row("¿Cuándo uso since y for?", "note-perfect-or-past");
        row("Explain reported questions please", "note-reported");
        row("Why is it if I were you?", "note-conditionals");
        row("What does actually mean?", "note-false-friends");
        row("Is luggage countable?", "note-travel-words");
        row("what does PUT OFF mean", "card-put-off");
        row("put up with", "card-put-up-with");
        row("¿Qué significa aplazar?", "card-put-off");
    }
    void questionsFindTheirNote()
    {
        QFETCH(QString, question);
        QFETCH(QString, item);
        const Told told = ask(question, QStringLiteral("B1"));
        QVERIFY(told.finished);
        QStringList cited;
        for (const TutorCitation& citation : told.citations) {
            cited.append(citation.item);
        }
        QVERIFY2(cited.contains(item), qPrintable(cited.join(QLatin1Char(' '))));
        for (int i = 1; i <= cited.size(); ++i) {
            QVERIFY(told.text.contains(QStringLiteral("[%1]").arg(i)));
        }
    }

    /// How often the right place of the course is cited, on questions of our own in three languages.
    void questionsInThreeLanguagesAreMeasured()
    {
        QFile file(qEnvironmentVariable("NEOLINGUS_SOURCE_DIR") + QStringLiteral("/tests/unit/teaching/notes_questions.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject set = QJsonDocument::fromJson(file.readAll()).object();
        QHash<QString, QPair<int, int>> hits;
        QStringList missed;
        for (const QJsonValue& value : set.value(QLatin1String("found")).toArray()) {
            const QJsonObject entry = value.toObject();
            const QString question = entry.value(QLatin1String("question")).toString();
            auto& [right, all] = hits[entry.value(QLatin1String("language")).toString()];
            ++all;
            const Told told = ask(question, QStringLiteral("B1"));
            const bool found = std::ranges::any_of(told.citations, [&entry](const TutorCitation& citation) {
                return entry.value(QLatin1String("any_of")).toArray().contains(citation.item);
            });
            right += found ? 1 : 0;
            if (!found) {
                missed.append(question);
            }
        }
        for (auto it = hits.begin(); it != hits.end(); ++it) {
            qInfo("%s: %d of %d questions found their place", qPrintable(it.key()), it->first, it->second);
            QVERIFY(it->second >= 15);
            QVERIFY2(it->first >= 0.9 * it->second, qPrintable(missed.join(QStringLiteral(" | "))));
        }
        for (const QJsonValue& value : set.value(QLatin1String("nothing")).toArray()) {
            const QString question = value.toObject().value(QLatin1String("question")).toString();
            const Told told = ask(question, QStringLiteral("B1"));
            QVERIFY2(told.citations.isEmpty(), qPrintable(question + QStringLiteral(": ") + told.text));
            QVERIFY2(told.text.contains(QStringLiteral("nothing about that")), qPrintable(question));
        }
        for (const QJsonValue& value : set.value(QLatin1String("beyond")).toArray()) {
            const QString question = value.toObject().value(QLatin1String("question")).toString();
            QVERIFY2(ask(question, QStringLiteral("B1")).text.contains(QStringLiteral("cannot correct")), qPrintable(question));
        }
    }

    void itSpeaksTheLearnersLanguage()
    {
        LearnerCard valencian;
        valencian.level = QStringLiteral("A2");
        valencian.helpLanguage = QStringLiteral("ca-ES-valencia");
        const Told told = ask(QStringLiteral("Com es fan les condicionals?"), valencian);
        QVERIFY2(told.text.contains(QStringLiteral("De l’apunt")), qPrintable(told.text));
        const Told beyond = ask(QStringLiteral("Traduïx esta frase"), valencian);
        QVERIFY(beyond.text.contains(QStringLiteral("No puc corregir")));
        QVERIFY(ask(QStringLiteral("Parem ací. Què he aprés hui?"), valencian).text.contains(QStringLiteral("Està guardat")));
    }

    void everyAnswerQuotesAndOffersAnExercise()
    {
        const Told told = ask(QStringLiteral("present perfect or past simple"), QStringLiteral("B1"));
        QVERIFY(told.text.contains(QStringLiteral("From the note")));
        QVERIFY(told.text.contains(QStringLiteral("since")));
        QVERIFY(told.text.contains(QStringLiteral("exercise")));
        QVERIFY(countWords(told.text) < 320);
    }

    void beginnersAreAnsweredInTheirLanguage()
    {
        const Told told = ask(QStringLiteral("present perfect"), QStringLiteral("A2"));
        QVERIFY(told.text.contains(QStringLiteral("Del apunte")));
        QVERIFY(told.text.contains(QStringLiteral("pasado")));
    }

    void whatItCannotDoIsSaidPlainly()
    {
        const Told unknown = ask(QStringLiteral("quantum chromodynamics"), QStringLiteral("B2"));
        QVERIFY(unknown.citations.isEmpty());
        QVERIFY(unknown.text.contains(QStringLiteral("nothing about that")));
        QVERIFY(unknown.text.contains(QStringLiteral("cannot correct")));
        const Told essay = ask(QStringLiteral("Please correct my email: Dear Sir, I have stayed in your hotel the last week and the room was "
                                              "very noisy and I have not slept good so I want a refund from you"),
            QStringLiteral("B2"));
        QVERIFY(essay.text.contains(QStringLiteral("cannot correct")));
    }

    void oddQuestionsAreHarmless_data()
    {
        QTest::addColumn<QString>("question");
        QTest::newRow("quotes and operators") << QStringLiteral("\" OR NEAR(a b) * title: ^x AND -y");
        QTest::newRow("only fillers") << QStringLiteral("what is the");
        QTest::newRow("only signs") << QStringLiteral("?!... ((( ");
        QTest::newRow("very long") << QString(4000, QLatin1Char('z'));
        QTest::newRow("many words") << QStringLiteral("journey ").repeated(500);
        QTest::newRow("an apostrophe") << QStringLiteral("don't have to");
    }
    void oddQuestionsAreHarmless()
    {
        QFETCH(QString, question);
        const Told told = ask(question, QStringLiteral("B1"));
        QVERIFY(told.finished);
        QVERIFY(!told.text.isEmpty());
    }

    /// The ladder without any network: where to look, the rule, a choice of two, the answer with its reason.
    void hintsComeBeforeTheAnswer()
    {
        const LearnerCard card = exerciseCard();
        QList<TutorTurn> turns;
        const auto say = [&](const QString& words) {
            turns.append({TutorRole::Learner, words});
            const Told told = ask(words, card, turns);
            turns.append({TutorRole::Tutor, told.text});
            return told;
        };
        const auto hint = [](const Told& told) { return told.text + told.citations.value(0).item; };
        const Told nudge = say(QStringLiteral("A hint, please."));
        QVERIFY2(nudge.text.contains(QStringLiteral("Present perfect or past simple?")), qPrintable(nudge.text));
        QCOMPARE(nudge.citations.size(), 1);
        QCOMPARE(nudge.citations.first().item, QStringLiteral("note-perfect-or-past"));
        const Told early = say(QStringLiteral("Please show me the answer."));
        QVERIFY2(early.text.contains(QStringLiteral("Try once first")), qPrintable(early.text));
        QVERIFY2(early.text.contains(QStringLiteral("join the past")) && !early.text.contains(QStringLiteral("have worked")), qPrintable(early.text));
        QVERIFY2(!hint(nudge).contains(QStringLiteral("have worked")), qPrintable(nudge.text));
        const Told choice = say(QStringLiteral("am working"));
        QVERIFY2(choice.text.contains(QStringLiteral("Not yet")), qPrintable(choice.text));
        QVERIFY(choice.text.contains(QStringLiteral("- work\n- have worked")));
        const Told answer = say(QStringLiteral("Please show me the answer."));
        QVERIFY2(answer.text.contains(QStringLiteral("- **have worked**")), qPrintable(answer.text));
        QVERIFY(answer.text.contains(QStringLiteral("A starting point joins the past to now.")));
        QVERIFY(answer.finished && !answer.citations.isEmpty());
    }

    void aRightAnswerIsCalledRight()
    {
        const LearnerCard card = exerciseCard();
        const QList<TutorTurn> turns {{TutorRole::Learner, QStringLiteral("A hint, please.")}, {TutorRole::Tutor, QStringLiteral("Look.")},
            {TutorRole::Learner, QStringLiteral("Have worked!")}};
        const Told told = ask(turns.last().text, card, turns);
        QVERIFY2(told.text.startsWith(QStringLiteral("Yes")), qPrintable(told.text));
    }

    void aQuestionDuringAnExerciseIsLookedUp()
    {
        const LearnerCard card = exerciseCard();
        const QList<TutorTurn> turns {{TutorRole::Learner, QStringLiteral("What does put off mean?")}};
        const Told told = ask(turns.last().text, card, turns);
        QVERIFY2(told.text.contains(QStringLiteral("put off")), qPrintable(told.text));
        QVERIFY(!told.text.contains(QStringLiteral("Try it in this exercise")));
    }

    void whatOnlyAPersonCanJudgeIsNotJudged()
    {
        LearnerCard card = exerciseCard();
        card.exercise.solutions.clear();
        card.exercise.choices.clear();
        card.exercise.solved = true;
        const Told told = ask(QStringLiteral("Please explain that to me."), card, {{TutorRole::Learner, QStringLiteral("Please explain that to me.")}});
        QVERIFY2(told.text.contains(QStringLiteral("Only a person can judge this")), qPrintable(told.text));
    }

    void examItemsAreNotGivenAway()
    {
        const Told told = ask(QStringLiteral("Lucía Ferrer van Bilbao Porto"), QStringLiteral("B1"));
        for (const TutorCitation& citation : told.citations) {
            QVERIFY(!citation.item.startsWith(QStringLiteral("x-")));
        }
    }

private:
    Told ask(const QString& question, const QString& level)
    {
        LearnerCard learner;
        learner.level = level;
        return ask(question, learner);
    }

    static LearnerCard exerciseCard()
    {
        LearnerCard card;
        card.task = TutorTask::Exercise;
        card.exercise.prompt = QStringLiteral("Choose the right form: I ____ for this company since 2021.");
        card.exercise.solutions = {QStringLiteral("have worked")};
        card.exercise.choices = {QStringLiteral("work"), QStringLiteral("have worked"), QStringLiteral("worked")};
        card.exercise.reason = QStringLiteral("A starting point joins the past to now.");
        card.lesson = lessonText({{QStringLiteral("note-other"), QStringLiteral("Countries"), QStringLiteral("Capital letters for nationalities.")},
            {QStringLiteral("note-perfect-or-past"), QStringLiteral("Present perfect or past simple?"),
                QStringLiteral("**since** and **for** join the past with now.\n- I have worked here **since** 2021.")}});
        return card;
    }

    Told ask(const QString& question, const LearnerCard& learner, const QList<TutorTurn>& turns = {})
    {
        NotesTutor tutor(*m_database);
        const auto reply = tutor.reply(question, learner, turns);
        [&] { QTRY_VERIFY(reply.isFinished()); }();
        Told told;
        const auto events = reply.result();
        for (const TutorEvent& event : events.value()) {
            if (const auto* text = std::get_if<TextDelta>(&event)) {
                told.text += text->text;
            } else if (const auto* citation = std::get_if<TutorCitation>(&event)) {
                told.citations.append(*citation);
            } else if (std::holds_alternative<TutorFinished>(event)) {
                told.finished = true;
            }
        }
        return told;
    }

    QTemporaryDir m_folder;
    FakeScheduler m_time;
    SeededRandom m_random {1};
    std::unique_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(TestNotesTutor)
#include "tst_notestutor.moc"

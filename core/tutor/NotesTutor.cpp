// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/NotesTutor.h"

#include "domain/WordCount.h"
#include "store/Database.h"
#include "store/PackStore.h"
#include "store/TeachingStore.h"
#include "tutor/NotesPhrases.h"
#include "tutor/teaching/AskPhrases.h"
#include "tutor/teaching/Cefr.h"
#include "tutor/teaching/Citations.h"
#include "tutor/teaching/HintLadder.h"
#include "tutor/teaching/Sentences.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace {

constexpr int mostHits = 12;
constexpr int mostCards = 3;
constexpr int mostExcerptWords = 130;
constexpr int longMessageWords = 25;
constexpr int mostLessonNotes = 1;

QStringList plainWordsOf(const QString& text)
{
    static const QRegularExpression notLetters(QStringLiteral("[^\\p{L}\\p{N}'’]+"));
    return text.toLower().split(notLetters, Qt::SkipEmptyParts);
}

/// Words that say nothing about the topic, in the languages learners ask in.
bool isFiller(const QString& word)
{
    static const QSet<QString> fillers = [] {
        const QString list = QStringLiteral(
            "a about an and any are as at be can could do does english example explain for from give grammar have hello "
            "help hi how i in is it its know like me mean meaning means my need of on one or please question rule say "
            "sentence should some tell than that the their them then there these they this to translate use used using "
            "want was we were what what's when where which who why will with word words would you your difference between "
            "al algo alguna como cómo con cual cuál cuando cuándo de del dime diferencia ejemplo el ella en entre es esta "
            "está este explica explícame frase gracias gramática hay hola inglés la las le lo los me mi mí no para pero "
            "por porqué puedo qué que quiero regla se ser si sí significa sobre su te tengo traduce tu un una uno usa usar "
            "y yo i amb com el els la les què quina són una un per a de "
            "aquesta aquest això bon bona dia dis dona'm em en entre és escriu està ha hi jo m'ho més molt no o paraula "
            "pel pels perquè puc qual quan quant que qui se sobre tinc utilitza utilitze usar use vol vull explica'm "
            "explica-m'ho pots posar dir diu diuen frase exemple exemples regla gràcies hola anglés anglès valencià "
            "dijo dicen decir digo hacer hace cuál porque uso usa ejemplos ejemplo palabra palabras poner pongo "
            "va vas vaig van fa fan fer lo quién quien quiénes dónde donde cuánto cuánta cuántos on quants quantes algú alguien cosa cosas coses "
            "difference differences between examples someone something thing things way kind");
        const QStringList words = list.split(QLatin1Char(' '));
        return QSet<QString>(words.begin(), words.end());
    }();
    return fillers.contains(word);
}

QString withoutAccents(const QString& text)
{
    QString plain;
    for (const QChar c : text.toLower().normalized(QString::NormalizationForm_D)) {
        if (c.category() != QChar::Mark_NonSpacing) {
            plain += c;
        }
    }
    return plain;
}

/// Whole words, without accents, between spaces: as the search compares them, but "won't" is not "won".
QString padded(const QString& text)
{
    return QLatin1Char(' ') + withoutAccents(plainWordsOf(text).join(QLatin1Char(' '))) + QLatin1Char(' ');
}

/// What the notes call what a learner calls by another name, or in another language.
QStringList topicTerms(const QString& question)
{
    struct Topic
    {
        QStringList find;
        QStringList said;
    };
    static const QList<Topic> topics = [] {
        const auto texts = [](const QJsonValue& value) {
            QStringList list;
            for (const QJsonValue& entry : value.toArray()) {
                list.append(entry.toString());
            }
            return list;
        };
        QList<Topic> list;
        QFile file(QStringLiteral(":/tutor/topics.json"));
        if (file.open(QIODevice::ReadOnly)) {
            for (const QJsonValue& value : QJsonDocument::fromJson(file.readAll()).array()) {
                const QJsonObject topic = value.toObject();
                list.append({texts(topic.value(QLatin1String("find"))), texts(topic.value(QLatin1String("said")))});
            }
        }
        return list;
    }();
    const QString asked = padded(question);
    QStringList terms;
    for (const Topic& topic : topics) {
        if (std::ranges::any_of(topic.said, [&asked](const QString& name) {
                return asked.contains(QLatin1Char(' ') + name + QLatin1Char(' '));
            })) {
            terms += topic.find;
        }
    }
    return terms;
}

/// Work that only somebody who understands can do.
bool isBeyondNotes(const QString& question)
{
    static const QRegularExpression beyond(
        QStringLiteral("(?<![\\p{L}])(?:correct (?:my|this|the following)|check (?:my|this)|proofread|translate|write (?:me )?an?|"
                       "let's (?:talk|chat)|role-?play|corrige|corrígeme|revisa (?:mi|este|esta)|traduce|tradúceme|escríbeme|"
                       "charlemos|hablemos|corregix|corregeix|corregeix-me|revisa (?:el meu|la meua|este|esta)|traduïx|tradueix|"
                       "escriu-me|xarrem|parlem)(?![\\p{L}])"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return question.contains(beyond) || countWords(question) > longMessageWords;
}

/// Telling words, and neighbouring words together so that expressions such as "put up with" count.
QStringList searchTerms(const QString& question)
{
    constexpr qsizetype most = 40;
    const QStringList words = plainWordsOf(question).mid(0, 60);
    QStringList terms = topicTerms(question);
    for (const QString& word : words) {
        if (word.size() > 1 && !isFiller(word)) {
            terms.append(word);
        }
    }
    const QStringList telling = terms;
    for (qsizetype size = 2; size <= 3; ++size) {
        for (qsizetype i = 0; i + size <= words.size() && terms.size() < most; ++i) {
            const QStringList run = words.mid(i, size);
            if (std::ranges::any_of(run, [&telling](const QString& word) { return telling.contains(word); })) {
                terms.append(run.join(QLatin1Char(' ')));
            }
        }
    }
    terms.removeDuplicates();
    return terms.mid(0, most);
}

struct Findings
{
    QList<PackText> hits;
    QList<PackText> exercises;
    QList<LessonNote> lessonNotes;
};

Result<Findings> look(Connection& connection, const QStringList& terms)
{
    auto hits = PackStore::search(connection, terms, mostHits);
    if (!hits) {
        return hits.error();
    }
    QStringList tags;
    for (const PackText& hit : *hits) {
        if (hit.kind == PackTextKind::Note) {
            tags = hit.tags;
            break;
        }
    }
    auto exercises = PackStore::exercisesTagged(connection, tags.mid(0, 1), 10);
    if (!exercises) {
        return exercises.error();
    }
    auto notes = TeachingStore::searchNotes(connection, terms, mostLessonNotes);
    if (!notes) {
        return notes.error();
    }
    return Findings {std::move(hits).value(), std::move(exercises).value(), std::move(notes).value()};
}

int overlap(const QString& text, const QStringList& terms)
{
    const QString words = padded(text);
    return int(std::ranges::count_if(terms, [&words](const QString& term) { return words.contains(padded(term)); }));
}

/// The lines of a note that speak of what was asked; its beginning when none does. A line that says one
/// of `secrets` is left out.
QString excerptOf(const QString& note, const QStringList& terms, const QStringList& secrets = {})
{
    const auto tells = [&secrets](const QString& line) {
        return std::ranges::any_of(secrets, [said = padded(line)](const QString& secret) { return said.contains(padded(secret)); });
    };
    const auto isListed = [](const QString& line) { return line.startsWith(QLatin1String("- ")); };
    const QStringList lines = note.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QString excerpt;
    int words = 0;
    bool anyMatch = std::ranges::any_of(lines, [&terms](const QString& line) { return overlap(line, terms) > 0; });
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool introduces = i == 0;
        const bool matches = !anyMatch || overlap(lines[i], terms) > 0;
        const int more = countWords(lines[i]);
        if ((introduces || matches) && (words == 0 || words + more <= mostExcerptWords) && !tells(lines[i])) {
            const bool newParagraph = !excerpt.isEmpty() && !isListed(lines[i]);
            excerpt += (newParagraph ? QStringLiteral("\n") : QString()) + lines[i] + QLatin1Char('\n');
            words += more;
        }
    }
    return excerpt.trimmed();
}

/// Writes a reply and its citations, numbered in the order of their first mention.
class Composer
{
public:
    Composer(const LearnerCard& learner, QStringList terms)
        : m_learner(learner), m_terms(std::move(terms)), m_phrases(notesPhrases(spoken()))
    {
        m_events.push_back(TutorStarted {QStringLiteral("notes"), QStringLiteral("notes")});
    }

    std::vector<TutorEvent> compose(const QString& question, const QList<TutorTurn>& turns, const Findings& findings)
    {
        const std::optional<Ask> ask = askOf(question);
        const bool hints = m_learner.task == TutorTask::Exercise && ask != Ask::Recap;
        // A question about something else is answered like any other.
        const bool looksUp = hints && !ask && !m_learner.exercise.solved && question.contains(QLatin1Char('?'))
            && !relevantOf(findings.hits).isEmpty();
        if (hints && !looksUp) {
            hint(question, ask, turns);
            m_events.push_back(TutorFinished {FinishReason::Stop, QStringLiteral("stop")});
            return std::move(m_events);
        }
        if (ask) {
            say(*ask == Ask::Recap || *ask == Ask::EndScene ? m_phrases.recap : m_phrases.limits);
            m_events.push_back(TutorFinished {FinishReason::Stop, QStringLiteral("stop")});
            return std::move(m_events);
        }
        const QList<PackText> relevant = relevantOf(findings.hits);
        const bool beyond = isBeyondNotes(question);
        if (beyond) {
            say(m_phrases.limits);
        }
        if (relevant.isEmpty() && findings.lessonNotes.isEmpty()) {
            if (!beyond) {
                say(m_phrases.nothingFound + QStringLiteral("\n\n") + m_phrases.limits);
            }
        } else {
            note(relevant);
            cards(relevant);
            for (const LessonNote& own : findings.lessonNotes) {
                say(m_phrases.fromLesson.arg(own.title) + QStringLiteral("\n\n") + excerptOf(own.body, m_terms));
            }
            if (!hints) {
                exercise(relevant, findings.exercises);
            }
        }
        m_events.push_back(TutorFinished {FinishReason::Stop, QStringLiteral("stop")});
        return std::move(m_events);
    }

private:
    /// Below B1 the learner's own language explains, from B1 on the language being learnt.
    QString spoken() const
    {
        return isBelowB1(cefrFrom(m_learner.level)) ? m_learner.helpLanguage : m_learner.targetLanguage;
    }

    /// Hits that share a telling word with the question, not only a neighbour.
    QList<PackText> relevantOf(const QList<PackText>& hits) const
    {
        QList<PackText> relevant;
        for (const PackText& hit : hits) {
            const QString all = hit.title.byLanguage.values().join(QLatin1Char(' ')) + QLatin1Char(' ')
                + hit.body.byLanguage.values().join(QLatin1Char(' ')) + QLatin1Char(' ') + hit.example
                + QLatin1Char(' ') + hit.tags.join(QLatin1Char(' '));
            if (overlap(all, m_terms) > 0) {
                relevant.append(hit);
            }
        }
        return relevant;
    }

    /// One step on the ladder: where to look, the rule, a choice of two, the answer with its reason.
    void hint(const QString& question, const std::optional<Ask>& ask, const QList<TutorTurn>& turns)
    {
        const TutorExercise& exercise = m_learner.exercise;
        const HintLadder ladder = hintLadder(turns, exercise);
        const bool first = turns.size() < 2;
        const bool tried = !first && isTry(question);
        if (tried && isSolution(question)) {
            say(m_phrases.right);
            reason();
            return;
        }
        if (ask == Ask::ShowAnswer && ladder.step != HintStep::Answer) {
            say(m_phrases.tryFirst);
        } else if (tried && !exercise.solutions.isEmpty() && !exercise.solved) {
            say(m_phrases.notYet);
        }
        const std::optional<LessonPassage> note = noteOfExercise();
        switch (ladder.step) {
        case HintStep::Nudge:
            say(note ? m_phrases.nudge.arg(note->title, cite(*note)) : m_phrases.nudgeAlone);
            return;
        case HintStep::Cue:
            say(note ? m_phrases.rule.arg(note->title, cite(*note)) + QStringLiteral("\n\n") + excerptOf(note->body, m_terms, exercise.solutions)
                     : m_phrases.noRule);
            say(m_phrases.tryAgain);
            return;
        case HintStep::Choice:
            choice();
            return;
        case HintStep::Answer:
            break;
        }
        if (exercise.solutions.isEmpty()) {
            say(m_phrases.noAnswer);
        } else {
            say(m_phrases.answer + QStringLiteral("\n- **") + exercise.solutions.join(QStringLiteral("**\n- **")) + QStringLiteral("**"));
        }
        reason();
    }

    bool isSolution(const QString& text) const
    {
        const QStringList& known = m_learner.exercise.solutions;
        return std::ranges::any_of(known, [said = padded(text)](const QString& solution) { return said == padded(solution); });
    }

    void reason()
    {
        if (!m_learner.exercise.reason.isEmpty()) {
            say(m_learner.exercise.reason);
        }
        if (const auto note = noteOfExercise()) {
            say(m_phrases.rule.arg(note->title, cite(*note)) + QStringLiteral("\n\n") + excerptOf(note->body, m_terms));
        }
    }

    void choice()
    {
        const TutorExercise& exercise = m_learner.exercise;
        const QString right = exercise.solutions.value(0);
        const auto other = std::ranges::find_if(exercise.choices,
            [this](const QString& one) { return !isSolution(one); });
        if (right.isEmpty()) {
            say(m_phrases.noAnswer);
        } else if (other != exercise.choices.end() && exercise.choices.contains(right)) {
            // In the order of the exercise, so that the place gives nothing away.
            const bool rightFirst = exercise.choices.indexOf(right) < other - exercise.choices.begin();
            say(m_phrases.choice + QStringLiteral("\n- %1\n- %2").arg(rightFirst ? right : *other, rightFirst ? *other : right));
        } else {
            say(m_phrases.beginning.arg(right.left(right.size() > 3 ? 2 : 1)).arg(countWords(right)));
        }
    }

    /// The note of the lesson that says most about the exercise.
    std::optional<LessonPassage> noteOfExercise() const
    {
        std::optional<LessonPassage> best;
        int most = 0;
        for (const LessonPassage& note : passagesOf(m_learner.lesson)) {
            if (const int score = overlap(note.title + QLatin1Char('\n') + note.body, m_terms); score > most) {
                most = score;
                best = note;
            }
        }
        return best;
    }

    QString cite(const LessonPassage& note)
    {
        m_events.push_back(TutorCitation {m_learner.exercise.pack, note.id, note.title});
        return QStringLiteral("[%1]").arg(++m_citations);
    }

    void note(const QList<PackText>& hits)
    {
        const auto found = std::ranges::find(hits, PackTextKind::Note, &PackText::kind);
        if (found == hits.end()) {
            return;
        }
        const QString title = found->title.in(spoken());
        const QString mark = cite(*found, title);
        say(m_phrases.fromNote.arg(title, mark) + QStringLiteral("\n\n") + excerptOf(found->body.in(spoken()), m_terms));
    }

    void cards(const QList<PackText>& hits)
    {
        QStringList lines;
        for (const PackText& hit : hits) {
            if (hit.kind != PackTextKind::Card || lines.size() >= mostCards) {
                continue;
            }
            const QString word = hit.title.in(m_learner.targetLanguage);
            QString line = QStringLiteral("- **%1** — %2").arg(word, hit.body.in(m_learner.helpLanguage));
            if (!hit.example.isEmpty()) {
                line += QStringLiteral(". *%1*").arg(hit.example);
            }
            lines.append(line + QLatin1Char(' ') + cite(hit, word));
        }
        if (!lines.isEmpty()) {
            say(m_phrases.fromCards + QLatin1Char('\n') + lines.join(QLatin1Char('\n')));
        }
    }

    void exercise(const QList<PackText>& hits, const QList<PackText>& tagged)
    {
        const auto direct = std::ranges::find(hits, PackTextKind::Exercise, &PackText::kind);
        const PackText* chosen = direct != hits.end() ? &*direct : nullptr;
        int best = -1;
        for (const PackText& candidate : tagged) {
            const int score = overlap(candidate.body.byLanguage.values().join(QLatin1Char(' ')), m_terms);
            if (direct == hits.end() && score > best) {
                best = score;
                chosen = &candidate;
            }
        }
        if (chosen) {
            const QString title = chosen->title.in(spoken());
            say(m_phrases.tryExercise.arg(cite(*chosen, title)) + QStringLiteral("\n\n") + title);
        }
    }

    QString cite(const PackText& text, const QString& title)
    {
        m_events.push_back(TutorCitation {text.pack.toString(), text.item.toString(), title});
        return QStringLiteral("[%1]").arg(++m_citations);
    }

    void say(const QString& paragraph)
    {
        m_events.push_back(TextDelta {m_spoke ? QStringLiteral("\n\n") + paragraph : paragraph});
        m_spoke = true;
    }

    const LearnerCard& m_learner;
    QStringList m_terms;
    NotesPhrases m_phrases;
    std::vector<TutorEvent> m_events;
    int m_citations = 0;
    bool m_spoke = false;
};

} // namespace

Async<std::vector<TutorEvent>> NotesTutor::reply(
    const QString& question, const LearnerCard& learner, const QList<TutorTurn>& turns)
{
    const TutorExercise& exercise = learner.exercise;
    const bool isAsked = askOf(question) || !question.contains(QLatin1Char('?'));
    const QStringList terms = learner.task == TutorTask::Exercise && isAsked
        ? searchTerms(exercise.solutions.join(QLatin1Char(' ')) + QLatin1Char(' ') + exercise.reason + QLatin1Char(' ') + exercise.prompt)
        : searchTerms(question);
    return m_database.read<std::vector<TutorEvent>>(
        [terms, question, learner, turns](Connection& connection) -> Result<std::vector<TutorEvent>> {
            const Result<Findings> findings = look(connection, terms);
            if (!findings) {
                return findings.error();
            }
            return Composer(learner, terms).compose(question, turns, *findings);
        });
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/NotesTutor.h"

#include "domain/WordCount.h"
#include "store/Database.h"
#include "store/PackStore.h"
#include "tutor/NotesPhrases.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace {

constexpr int mostHits = 12;
constexpr int mostCards = 3;
constexpr int mostExcerptWords = 130;
constexpr int longMessageWords = 25;

QStringList wordsOf(const QString& text)
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
            "y yo i amb com el els la les què quina són una un per a de");
        const QStringList words = list.split(QLatin1Char(' '));
        return QSet<QString>(words.begin(), words.end());
    }();
    return fillers.contains(word);
}

/// Telling words, and neighbouring words together so that expressions such as "put up with" count.
QStringList searchTerms(const QString& question)
{
    constexpr qsizetype most = 40;
    const QStringList words = wordsOf(question).mid(0, 60);
    QStringList terms;
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
    return Findings {std::move(hits).value(), std::move(exercises).value()};
}

int overlap(const QString& text, const QStringList& terms)
{
    const QString lower = text.toLower();
    return int(std::ranges::count_if(terms, [&lower](const QString& term) { return lower.contains(term); }));
}

/// The lines of a note that speak of what was asked; its beginning when none does.
QString excerptOf(const QString& note, const QStringList& terms)
{
    const QStringList lines = note.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QString excerpt;
    int words = 0;
    bool anyMatch = std::ranges::any_of(lines, [&terms](const QString& line) { return overlap(line, terms) > 0; });
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool introduces = i == 0;
        const bool matches = !anyMatch || overlap(lines[i], terms) > 0;
        const int more = countWords(lines[i]);
        if ((introduces || matches) && (words == 0 || words + more <= mostExcerptWords)) {
            excerpt += lines[i] + QLatin1Char('\n');
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

    std::vector<TutorEvent> compose(const QString& question, const Findings& findings)
    {
        const QList<PackText> relevant = relevantOf(findings.hits);
        const bool wantsMore = countWords(question) > longMessageWords;
        if (relevant.isEmpty()) {
            say(m_phrases.nothingFound + QStringLiteral("\n\n") + m_phrases.limits);
        } else {
            note(relevant);
            cards(relevant);
            exercise(relevant, findings.exercises);
            if (wantsMore) {
                say(m_phrases.limits);
            }
        }
        m_events.push_back(TutorFinished {FinishReason::Stop, QStringLiteral("stop")});
        return std::move(m_events);
    }

private:
    /// Below B1 the learner's own language explains, from B1 on the language being learnt.
    QString spoken() const
    {
        const bool beginner = m_learner.level.startsWith(QLatin1Char('A')) || m_learner.level == QLatin1String("preA1");
        return beginner ? m_learner.helpLanguage : m_learner.targetLanguage;
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

Async<std::vector<TutorEvent>> NotesTutor::reply(const QString& question, const LearnerCard& learner)
{
    const QStringList terms = searchTerms(question);
    return m_database.read<std::vector<TutorEvent>>(
        [terms, question, learner](Connection& connection) -> Result<std::vector<TutorEvent>> {
            const Result<Findings> findings = look(connection, terms);
            if (!findings) {
                return findings.error();
            }
            return Composer(learner, terms).compose(question, *findings);
        });
}

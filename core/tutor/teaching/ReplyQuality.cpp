// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/ReplyQuality.h"

#include "tutor/teaching/AskPhrases.h"
#include "tutor/teaching/Safety.h"
#include "tutor/teaching/Sentences.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace {

constexpr std::array concernNames {
    "too_long", "long_sentences", "hard_words", "no_question", "many_questions", "answer_too_early", "corrected_in_exam",
    "many_corrections", "personal_data", "mark_promised", "empty_praise", "loose_notes", "false_correction"};

constexpr double leastInLevel = 0.90;
constexpr double mostFalseCorrections = 0.03;
constexpr double mostLeaks = 0.05;

/// Questions at the very end; one inside a quotation or an example is the example's.
int questionsIn(const QString& reply)
{
    static const QRegularExpression quoted(QStringLiteral("\"[^\"\\n]*\"|“[^”\\n]*”|«[^»\\n]*»|\\*[^*\\n]+\\*"));
    QString own = reply;
    own.replace(QStringLiteral("**"), QString());
    own.remove(quoted);
    return int(own.count(QLatin1Char('?')));
}

bool endsWithTask(const QString& reply)
{
    static const QRegularExpression task(
        QStringLiteral("^(?:now |then |please |so )*(?:try|do|write|say|tell|choose|complete|finish|make|use|read|give|look|put|"
                       "change|correct|your turn|ahora|prueba|intenta|escribe|di|elige|completa|cuéntame|corrige|haz|"
                       "ara|prova|intenta|escriu|digues|tria|completa|conta'm|corregix|fes)(?![\\p{L}])"),
        QRegularExpression::CaseInsensitiveOption);
    const QStringList sentences = sentencesOf(reply);
    if (sentences.isEmpty()) {
        return false;
    }
    const QString last = folded(sentences.last());
    return last.contains(QLatin1Char('?')) || task.match(last).hasMatch();
}

bool praises(const QString& reply)
{
    static const QRegularExpression praise(
        QStringLiteral("^(?:perfect|excellent|that's (?:right|correct|perfect)|correct|exactly|¡?perfecto|¡?excelente|¡?correcto|"
                       "exacto|perfecte|excel·lent|correcte|exacte)[!.,]"),
        QRegularExpression::CaseInsensitiveOption);
    return praise.match(folded(reply)).hasMatch();
}

/// A correction in the running text: "not X but Y", "X → Y", "you should say".
int correctionsIn(const QString& reply)
{
    static const QRegularExpression signs(
        QStringLiteral("→|~~[^~]+~~|(?:we|you should|better to) say|(?:se dice|es diu)(?![\\p{L}])|instead of"),
        QRegularExpression::CaseInsensitiveOption);
    return int(reply.count(signs));
}

} // namespace

QString concernName(ReplyConcern concern)
{
    return QLatin1String(concernNames[std::size_t(concern)]);
}

QList<ReplyConcern> concernsAbout(const JudgedReply& reply, const LevelReport& level)
{
    QList<ReplyConcern> concerns;
    const auto note = [&concerns](bool applies, ReplyConcern concern) {
        if (applies) {
            concerns.append(concern);
        }
    };
    const QString learnerText = reply.turns.isEmpty() ? QString() : reply.turns.last().text;
    const std::optional<Ask> ask = askOf(learnerText);
    const bool closes = ask == Ask::Recap || ask == Ask::EndScene;
    const CorrectionMode mode = reply.learner.correction;
    note(level.tooLong && !closes, ReplyConcern::TooLong);
    note(level.longSentences, ReplyConcern::LongSentences);
    note(level.hardWords, ReplyConcern::HardWords);
    note(!closes && !endsWithTask(reply.shown), ReplyConcern::NoQuestion);
    note(questionsIn(reply.shown) > 1, ReplyConcern::ManyQuestions);
    if (reply.learner.task == TutorTask::Exercise) {
        note(givesAnswerAway(reply.shown, hintLadder(reply.turns, reply.learner.exercise), reply.learner.exercise, reply.turns),
            ReplyConcern::AnswerTooEarly);
    }
    const auto all = verifyAnnotations(reply.corrections, learnerText, CorrectionMode::Accuracy);
    const int visible = correctionsIn(reply.shown);
    note(mode == CorrectionMode::Exam && visible > 0 && !closes, ReplyConcern::CorrectedInExam);
    note(mode == CorrectionMode::Fluency && (visible > 1 || all.kept.size() > 1), ReplyConcern::ManyCorrections);
    note(asksForPersonalData(reply.shown), ReplyConcern::PersonalData);
    note(promisesAMark(reply.shown), ReplyConcern::MarkPromised);
    note(praises(reply.shown)
            && std::ranges::any_of(all.kept, [](const Annotation& mark) { return mark.severity > 1; }),
        ReplyConcern::EmptyPraise);
    static const QRegularExpression loose(QStringLiteral("```|\"corrections\"|<[a-zA-Z/!][^>\\n]*>|!\\["));
    note(reply.shown.contains(loose), ReplyConcern::LooseNotes);
    note(all.dropped > 0, ReplyConcern::FalseCorrection);
    return concerns;
}

void QualityTally::add(const JudgedReply& reply, const LevelReport& level, const QList<ReplyConcern>& concerns)
{
    const QString learnerText = reply.turns.isEmpty() ? QString() : reply.turns.last().text;
    ++replies;
    inLevel += level.fits() ? 1 : 0;
    corrections += int(reply.corrections.size());
    falseCorrections += verifyAnnotations(reply.corrections, learnerText, CorrectionMode::Accuracy).dropped;
    if (reply.learner.task == TutorTask::Exercise) {
        ++exerciseReplies;
        leaks += concerns.contains(ReplyConcern::AnswerTooEarly) ? 1 : 0;
    }
}

bool QualityTally::passes() const
{
    return replies > 0 && inLevel >= leastInLevel * replies && falseCorrections <= mostFalseCorrections * corrections
        && leaks <= mostLeaks * exerciseReplies;
}

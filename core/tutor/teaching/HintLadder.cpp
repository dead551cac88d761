// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/HintLadder.h"

#include "tutor/teaching/AskPhrases.h"
#include "tutor/teaching/Safety.h"
#include "tutor/teaching/Sentences.h"

#include <algorithm>

namespace {

constexpr int triesBeforeAnswer = 3;
/// The example says a solution of one letter or "is" in half of all sentences.
constexpr qsizetype shortestTelling = 4;

QString solutionData(const TutorExercise& exercise)
{
    QStringList lines;
    for (const QString& solution : exercise.solutions.mid(0, 5)) {
        lines.append(asDataLine(solution));
    }
    return fenced(QStringLiteral("SOLUTION"), lines.join(QLatin1Char('\n')), 1'200);
}

QString spaced(const QString& text)
{
    return QLatin1Char(' ') + wordsOf(folded(withoutMarkup(text))).join(QLatin1Char(' ')) + QLatin1Char(' ');
}

} // namespace

bool isTry(const QString& learnerText)
{
    return !askOf(learnerText) && !isGivingUp(learnerText) && !learnerText.trimmed().endsWith(QLatin1Char('?'));
}

HintLadder hintLadder(const QList<TutorTurn>& turns, const TutorExercise& exercise)
{
    HintLadder ladder;
    int later = 0;
    bool begun = false;
    bool shown = false;
    for (const TutorTurn& turn : turns) {
        if (turn.role == TutorRole::Tutor) {
            continue;
        }
        if (std::exchange(begun, true)) {
            ++later;
            const bool asks = askOf(turn.text) == Ask::ShowAnswer;
            ladder.tries += isTry(turn.text) ? 1 : 0;
            shown = shown || (asks && ladder.tries > 0);
            ladder.answerAsked = asks && ladder.tries > 0;
        }
    }
    if (shown || exercise.solved || ladder.tries >= triesBeforeAnswer) {
        ladder.step = HintStep::Answer;
    } else {
        ladder.step = HintStep(std::min(later, int(HintStep::Choice)));
    }
    return ladder;
}

QString hintInstruction(const HintLadder& ladder, const TutorExercise& exercise)
{
    const bool known = !exercise.solutions.isEmpty();
    switch (ladder.step) {
    case HintStep::Nudge:
        return QStringLiteral("Hint now: a nudge only. Say where to look, in one sentence, and ask the learner how they "
                              "would begin. No rule, no solution.");
    case HintStep::Cue:
        return QStringLiteral("Hint now: a clue. Name the rule with an example of other words and ask for another try. "
                              "No solution.");
    case HintStep::Choice:
        return QStringLiteral("Hint now: a choice of two. Offer two possible answers, one right and one with a typical "
                              "mistake, do not say which is right, and ask the learner to choose and say why.")
            + (known ? QStringLiteral(" The right one:\n") + solutionData(exercise) : QString());
    case HintStep::Answer:
        break;
    }
    return QStringLiteral("Now give the answer with its reason in one sentence, compare it kindly with what the learner "
                          "tried, and end with one new sentence of the same kind for the learner to do.")
        + (known ? QStringLiteral(" The answer:\n") + solutionData(exercise)
                 : QStringLiteral(" If you are not sure of the answer, say so."));
}

bool givesAnswerAway(const QString& reply, const HintLadder& ladder, const TutorExercise& exercise,
    const QList<TutorTurn>& turns)
{
    if (ladder.step >= HintStep::Choice) {
        return false;
    }
    QString known = spaced(exercise.prompt);
    for (const TutorTurn& turn : turns) {
        if (turn.role == TutorRole::Learner) {
            known += spaced(turn.text);
        }
    }
    const QString said = spaced(reply);
    return std::ranges::any_of(exercise.solutions, [&](const QString& solution) {
        const QString wanted = spaced(solution);
        return wanted.trimmed().size() >= shortestTelling && said.contains(wanted) && !known.contains(wanted);
    });
}

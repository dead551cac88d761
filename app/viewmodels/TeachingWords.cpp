// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TeachingWords.h"

#include "tutor/teaching/RuleNames.h"

#include <algorithm>

namespace {

QString groupOf(MistakeType type)
{
    switch (type) {
    case MistakeType::Grammar:
    case MistakeType::Gender:
    case MistakeType::Tense:
    case MistakeType::Agreement:
        break;
    case MistakeType::Vocabulary:
    case MistakeType::Register:
        return QStringLiteral("words");
    case MistakeType::Spelling:
        return QStringLiteral("spelling");
    case MistakeType::WordOrder:
        return QStringLiteral("order");
    }
    return QStringLiteral("grammar");
}

QString kindOf(MistakeType type)
{
    switch (type) {
    case MistakeType::Grammar:
        break;
    case MistakeType::Vocabulary:
        return TeachingWords::tr("Choice of words");
    case MistakeType::Spelling:
        return TeachingWords::tr("Spelling");
    case MistakeType::WordOrder:
        return TeachingWords::tr("Word order");
    case MistakeType::Register:
        return TeachingWords::tr("Tone");
    case MistakeType::Gender:
        return TeachingWords::tr("Gender");
    case MistakeType::Tense:
        return TeachingWords::tr("Tense");
    case MistakeType::Agreement:
        return TeachingWords::tr("Agreement");
    }
    return TeachingWords::tr("Grammar");
}

} // namespace

QString OutcomeLine::spoken() const
{
    QStringList parts {title};
    for (const QString& part : {label, quotes.join(QStringLiteral(", ")), text, next}) {
        if (!part.isEmpty()) {
            parts.append(part);
        }
    }
    return parts.join(QStringLiteral(". "));
}

CorrectionRow TeachingWords::mark(const Annotation& annotation, bool inCards, const QString& language)
{
    CorrectionRow row;
    row.start = annotation.start;
    row.length = annotation.length;
    row.original = annotation.original;
    row.suggestion = annotation.suggestion;
    row.group = groupOf(annotation.type);
    row.kind = kindOf(annotation.type);
    row.rule = annotation.rule.isEmpty() ? QString() : ruleName(annotation.rule, language);
    row.explanation = annotation.explanation;
    row.inCards = inCards;
    row.spoken = tr("%1: better “%2” than “%3”. %4").arg(row.kind, row.suggestion, row.original, row.explanation).trimmed();
    return row;
}

QString TeachingWords::corrections(const QList<CorrectionRow>& marks)
{
    if (marks.isEmpty()) {
        return {};
    }
    QStringList parts;
    for (const CorrectionRow& mark : marks) {
        parts.append(tr("better “%1” than “%2”").arg(mark.suggestion, mark.original));
    }
    return tr("%n correction(s): %1.", nullptr, int(marks.size())).arg(parts.join(QStringLiteral("; ")));
}

QString TeachingWords::concerns(const TaughtReply& taught, const QString& level)
{
    constexpr qsizetype mostWords = 3;
    const auto has = [&taught](ReplyConcern concern) { return taught.concerns.contains(concern); };
    QStringList sentences;
    const auto say = [&sentences](bool applies, const QString& sentence) {
        if (applies) {
            sentences.append(sentence);
        }
    };
    say(has(ReplyConcern::PersonalData), tr("It asks for something private. A tutor never needs to know it."));
    say(has(ReplyConcern::MarkPromised), tr("It speaks of a mark or a pass. No tutor can promise one."));
    say(has(ReplyConcern::FalseCorrection), tr("It corrected words that you did not write; that is left out."));
    say(has(ReplyConcern::EmptyPraise), tr("It praises a sentence that has a mistake in it."));
    say(has(ReplyConcern::AnswerTooEarly), tr("It gives the answer away before you had your tries."));
    say(has(ReplyConcern::CorrectedInExam), tr("It corrects you although mistakes were to wait until the end."));
    say(has(ReplyConcern::ManyCorrections), tr("It corrects more at once than you asked for."));
    if (has(ReplyConcern::HardWords) && !taught.level.outside.isEmpty()) {
        sentences.append(tr("Some words are above %1: %2.").arg(level, taught.level.outside.mid(0, mostWords).join(QStringLiteral(", "))));
    }
    say(has(ReplyConcern::LongSentences), tr("Its sentences are long for %1.").arg(level));
    say(has(ReplyConcern::TooLong), tr("It is longer than a reply for %1 should be.").arg(level));
    return sentences.join(QLatin1Char(' '));
}

TalkOutcome TeachingWords::sceneReport(const SceneReport& report, const QString& title, const QString& language)
{
    TalkOutcome outcome;
    outcome.kind = QStringLiteral("scene");
    outcome.icon = QStringLiteral("list-checks");
    outcome.title = tr("How it went: %1").arg(title);
    outcome.label = tr("%1 of %2").arg(report.met()).arg(report.points.size());
    outcome.tip = report.tip;
    for (const SceneReport::Point& point : report.points) {
        OutcomeLine line;
        line.icon = point.met ? QStringLiteral("circle-check") : QStringLiteral("circle-dashed");
        line.tone = point.met ? QStringLiteral("positive") : QString();
        line.title = point.text.in(language);
        line.title = line.title.left(1).toUpper() + line.title.mid(1);
        line.label = point.met ? QString() : tr("Not this time");
        if (!point.evidence.isEmpty()) {
            line.quotes = {point.evidence};
        }
        outcome.points.append(line);
    }
    return outcome;
}

TalkOutcome TeachingWords::recap(const QString& note)
{
    TalkOutcome outcome;
    outcome.kind = QStringLiteral("recap");
    outcome.icon = QStringLiteral("notebook-text");
    outcome.title = tr("What stays of this talk");
    outcome.markdown = note;
    return outcome;
}

TalkOutcome TeachingWords::feedback(TutorTask task, const RubricFeedback& feedback, const QString& language)
{
    TalkOutcome outcome;
    outcome.kind = QStringLiteral("feedback");
    outcome.icon = QStringLiteral("pen-line");
    outcome.title = tr("Feedback on your text");
    outcome.notice = noMark();
    for (const CriterionFeedback& entry : feedback.criteria) {
        outcome.points.append(criterion(task, entry, language));
    }
    QStringList missing;
    for (const QString& id : feedback.missing) {
        missing.append(criterionName(task, id, language));
    }
    if (!missing.isEmpty()) {
        outcome.tip = tr("Nothing that could be shown in your text was said about: %1.").arg(missing.join(QStringLiteral(", ")));
    }
    return outcome;
}

OutcomeLine TeachingWords::criterion(TutorTask task, const CriterionFeedback& feedback, const QString& language)
{
    OutcomeLine line;
    line.tone = reachedTone(feedback.reached);
    line.title = criterionName(task, feedback.criterion, language);
    line.label = reached(feedback.reached);
    line.quotes = feedback.evidence;
    line.text = feedback.strength;
    line.next = feedback.next;
    return line;
}

QString TeachingWords::criterionName(TutorTask task, const QString& criterion, const QString& language)
{
    const QList<RubricCriterion> rubric = rubricFor(task);
    const auto found = std::ranges::find(rubric, criterion, &RubricCriterion::id);
    return found == rubric.end() ? criterion : found->name.in(language);
}

QString TeachingWords::reached(Reached reached)
{
    switch (reached) {
    case Reached::NotYet:
        return tr("Not yet");
    case Reached::Partly:
        break;
    case Reached::Mostly:
        return tr("Mostly");
    case Reached::Fully:
        return tr("Fully");
    }
    return tr("Partly");
}

QString TeachingWords::reachedTone(Reached reached)
{
    switch (reached) {
    case Reached::NotYet:
        return QStringLiteral("warning");
    case Reached::Partly:
        break;
    case Reached::Mostly:
    case Reached::Fully:
        return QStringLiteral("positive");
    }
    return QStringLiteral("info");
}

QString TeachingWords::noMark()
{
    return tr("Help from a tutor, not an official mark. Your teacher can correct it.");
}

QString TeachingWords::manner(const QString& manner)
{
    if (manner.startsWith(QLatin1String("informal"))) {
        return tr("Informal");
    }
    return manner.startsWith(QLatin1String("formal")) ? tr("Formal") : tr("Neutral");
}

QString TeachingWords::levels(Cefr from, Cefr to)
{
    static const QStringList names {QStringLiteral("Pre-A1"), QStringLiteral("A1"), QStringLiteral("A2"), QStringLiteral("B1"),
        QStringLiteral("B2"), QStringLiteral("C1"), QStringLiteral("C2")};
    return from == to ? names.at(int(from)) : QStringLiteral("%1–%2").arg(names.at(int(from)), names.at(int(to)));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/ErrorMemory.h"

#include "tutor/teaching/Sentences.h"

#include <QUuid>

namespace {

constexpr qsizetype mostContext = 240;

/// The sentence around a mark and where the mark stands in it.
struct Context
{
    QString sentence;
    qsizetype start = 0;
};

Context contextOf(const Annotation& mark, const QString& text)
{
    const auto isEnd = [&text](qsizetype at) { return QStringLiteral(".!?…\n").contains(text[at]); };
    qsizetype from = mark.start;
    while (from > 0 && !isEnd(from - 1)) {
        --from;
    }
    qsizetype to = mark.start + mark.length;
    while (to < text.size() && !isEnd(to)) {
        ++to;
    }
    if (to < text.size() && text[to] != QLatin1Char('\n')) {
        ++to;
    }
    while (from < mark.start && text[from].isSpace()) {
        ++from;
    }
    if (to - from > mostContext) {
        from = std::max(from, qsizetype(mark.start - mostContext / 2));
        to = std::min(to, qsizetype(mark.start + mark.length + mostContext / 2));
    }
    return {text.mid(from, to - from), mark.start - from};
}

/// The same mistake gets the same id on every machine.
ItemId idOf(const QString& language, const QString& key)
{
    static const QUuid space(QStringLiteral("6b0f5c1e-52a7-4f0e-9a3d-0c6a0f4f7b11"));
    return ItemId(QUuid::createUuidV5(space, language + QLatin1Char('|') + key).toString(QUuid::WithoutBraces));
}

bool isAboutWords(MistakeType type)
{
    return type == MistakeType::Vocabulary || type == MistakeType::Spelling;
}

} // namespace

QList<LearnerError> errorsFrom(
    const QList<Annotation>& annotations, const QString& learnerText, const QString& language)
{
    QList<LearnerError> errors;
    for (const Annotation& mark : annotations) {
        const bool byRule = !mark.rule.isEmpty() && !isAboutWords(mark.type);
        const QString key = byRule ? mark.rule : folded(mark.original) + QChar(u'→') + folded(mark.suggestion);
        const Context context = contextOf(mark, learnerText);
        LearnerError error;
        error.id = idOf(language, key);
        error.language = language;
        error.original = mark.original;
        error.suggestion = mark.suggestion;
        error.type = mistakeTypeName(mark.type);
        error.rule = mark.rule;
        error.explanation = mark.explanation;
        error.sentence = context.sentence;
        error.start = int(context.start);
        error.severity = mark.severity;
        errors.append(error);
    }
    return errors;
}

LearnerError savedWord(const QString& word, const QString& meaning, const QString& sentence, const QString& language)
{
    LearnerError saved;
    saved.original = word.simplified().left(100);
    saved.suggestion = meaning.simplified().left(200);
    saved.id = idOf(language, QStringLiteral("word|") + folded(saved.original));
    saved.language = language;
    saved.type = QStringLiteral("word");
    saved.sentence = sentence.simplified().left(mostContext);
    saved.start = int(saved.sentence.indexOf(saved.original, 0, Qt::CaseInsensitive));
    saved.severity = 1;
    return saved;
}

QString dueLine(const LearnerError& error)
{
    QString line = QStringLiteral("%1 → %2").arg(error.original, error.suggestion);
    if (!error.rule.isEmpty()) {
        line += QStringLiteral(" (%1)").arg(error.rule);
    }
    return line;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Sentences.h"

#include <QRegularExpression>
#include <QSet>

namespace {

bool isAbbreviation(const QString& word)
{
    static const QSet<QString> known = [] {
        const QStringList list = QStringLiteral("mr mrs ms dr st e.g i.e etc vs p no sr sra dª d ud uds ej p.ej pág núm")
                                     .split(QLatin1Char(' '));
        return QSet<QString>(list.begin(), list.end());
    }();
    return known.contains(word.toLower());
}

QString lastWord(const QString& text)
{
    const qsizetype space = text.lastIndexOf(QLatin1Char(' '));
    return text.mid(space + 1);
}

} // namespace

QString withoutMarkup(const QString& text)
{
    static const QRegularExpression lineMarks(
        QStringLiteral("^[ \\t]*(?:[-*•]|\\d+[.)]|#{1,6}|>)[ \\t]+"), QRegularExpression::MultilineOption);
    static const QRegularExpression link(QStringLiteral("\\[([^\\]\\n]*)\\]\\([^)\\n]*\\)"));
    static const QRegularExpression signs(QStringLiteral("\\*+|~~|`+|(?<![\\p{L}\\p{N}])_+|_+(?![\\p{L}\\p{N}])"));
    QString plain = text;
    plain.replace(lineMarks, QString());
    plain.replace(link, QStringLiteral("\\1"));
    plain.remove(signs);
    return plain;
}

QStringList sentencesOf(const QString& text)
{
    QStringList sentences;
    const QStringList lines = withoutMarkup(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        QString sentence;
        const auto close = [&] {
            if (!wordsOf(sentence).isEmpty()) {
                sentences.append(sentence.trimmed());
            }
            sentence.clear();
        };
        for (qsizetype i = 0; i < line.size(); ++i) {
            sentence += line[i];
            const bool ends = QStringLiteral(".!?…").contains(line[i]);
            const QChar next = i + 1 < line.size() ? line[i + 1] : QLatin1Char(' ');
            const bool mayEnd = next.isSpace() || QStringLiteral("\"'”’»)").contains(next);
            if (ends && mayEnd && !(line[i] == QLatin1Char('.') && isAbbreviation(lastWord(sentence.chopped(1))))) {
                while (i + 1 < line.size() && QStringLiteral("\"'”’»)").contains(line[i + 1])) {
                    sentence += line[++i];
                }
                close();
            }
        }
        close();
    }
    return sentences;
}

QStringList wordsOf(const QString& text)
{
    static const QRegularExpression word(
        QStringLiteral("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:['’·-][\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*)*"));
    QStringList words;
    auto match = word.globalMatch(text);
    while (match.hasNext()) {
        words.append(match.next().captured());
    }
    return words;
}

QString folded(const QString& text)
{
    QString plain = text.normalized(QString::NormalizationForm_C).toLower();
    for (QChar& c : plain) {
        if (QStringLiteral("’‘`´").contains(c)) {
            c = QLatin1Char('\'');
        } else if (QStringLiteral("“”«»").contains(c)) {
            c = QLatin1Char('"');
        }
    }
    return plain.simplified();
}

bool isQuotedFrom(const QString& quote, const QString& text)
{
    const QString wanted = folded(quote);
    return !wanted.isEmpty() && folded(text).contains(wanted);
}

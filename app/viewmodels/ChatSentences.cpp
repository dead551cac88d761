// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ChatSentences.h"

#include <QStringList>
#include <QTextBoundaryFinder>

namespace {

/// Where the last sentence that is surely over ends.
qsizetype endOfSentences(const QString& text, qsizetype from)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Sentence, text);
    finder.setPosition(text.size());
    qsizetype end = text.size();
    while (end > from && end >= text.size()) {
        end = finder.toPreviousBoundary();
    }
    return end;
}

} // namespace

QString ChatSentences::take(const QList<MarkdownBlock>& settled, const std::optional<MarkdownBlock>& tail)
{
    QStringList said;
    const auto give = [&](const QString& plain, qsizetype end) {
        const QString words = plain.mid(m_given, end - m_given).simplified();
        if (!words.isEmpty()) {
            said.append(words);
        }
    };
    for (; m_block < settled.size(); ++m_block) {
        give(settled.at(m_block).plain, settled.at(m_block).plain.size());
        m_given = 0;
    }
    if (tail && tail->kind != MarkdownBlock::Kind::Code) {
        const qsizetype end = endOfSentences(tail->plain, m_given);
        if (end > m_given) {
            give(tail->plain, end);
            m_given = end;
        }
    }
    return said.join(QLatin1Char('\n'));
}

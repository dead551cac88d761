// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/SpeechQueue.h"

#include <algorithm>

void SpeechQueue::append(const QStringList& sentences)
{
    for (const QString& sentence : sentences) {
        if (std::any_of(sentence.cbegin(), sentence.cend(), [](QChar sign) { return sign.isLetterOrNumber(); })) {
            m_sentences.append(sentence.simplified());
        }
    }
}

std::optional<QString> SpeechQueue::next()
{
    if (m_taken == m_sentences.size()) {
        return std::nullopt;
    }
    return m_sentences.at(m_taken++);
}

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

std::chrono::milliseconds SpeechQueue::longestFor(const QString& sentence, double pace)
{
    constexpr std::chrono::milliseconds waking {15'000};
    constexpr std::chrono::milliseconds perSign {400};
    return waking + perSign * sentence.size() * (pace < 0 ? 2 : 1);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

/// The sentences of one text in their order, while the text may still grow: one is said at a time.
/// Pure; a value.
class SpeechQueue
{
public:
    /// Sentences that are finished; one without a letter or a digit is left out.
    void append(const QStringList& sentences);
    /// Nothing more will come.
    void close() { m_closed = true; }

    /// The next sentence, which now is the one that is said. Empty when there is none yet, or none
    /// any more.
    std::optional<QString> next();
    /// All were taken and nothing more will come.
    bool isOver() const { return m_closed && m_taken == m_sentences.size(); }
    /// The number of the sentence that is said, from 1; 0 before the first.
    int place() const { return int(m_taken); }
    /// How many there are; more may come until the end is known.
    int count() const { return int(m_sentences.size()); }
    bool isClosed() const { return m_closed; }

    /// How long a voice may take for a sentence before it is taken for broken: several times what the
    /// slowest needs. `pace` as in Voice::say().
    static std::chrono::milliseconds longestFor(const QString& sentence, double pace);

private:
    QStringList m_sentences;
    qsizetype m_taken = 0;
    bool m_closed = false;
};

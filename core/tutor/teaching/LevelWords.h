// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/teaching/Cefr.h"

#include <QHash>
#include <QString>

#include <optional>

/// Which words a learner of a level can be expected to read: bands A1 to B2 of a language, of our
/// own making, shipped as a resource. Inflected forms count as their word. Immutable.
class LevelWords
{
public:
    /// Without words when nothing is shipped for this language.
    explicit LevelWords(const QString& language);

    bool isEmpty() const { return m_bands.isEmpty(); }
    /// The level at which the word is met; empty for words that are in no band.
    std::optional<Cefr> bandOf(const QString& word) const;

private:
    std::optional<Cefr> exact(const QString& word) const;

    QHash<QString, Cefr> m_bands;
    bool m_english = false;
};

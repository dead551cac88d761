// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Separates reasoning that a local model writes into its answer as <think>…</think> at the very
/// beginning. Tags may be cut anywhere between two pieces.
class ThinkTags
{
public:
    struct Split
    {
        QString reasoning;
        QString text;
    };

    Split feed(const QString& piece);
    /// What was held back because it could have become a tag.
    Split end();

private:
    enum class Place { Start, Inside, After, Text };

    Place m_place = Place::Start;
    QString m_held;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/MarkdownBlock.h"

#include <QList>

#include <optional>

/// Gives a growing reply away sentence by sentence, for people who hear it: a screen reader that is
/// told every word stammers. Each sentence comes once, when it is finished. Pure.
class ChatSentences
{
public:
    /// What was finished since the last call, as plain words, a block a line; empty when nothing was.
    /// `settled` are the committed blocks of a MarkdownStream, `tail` its open one.
    QString take(const QList<MarkdownBlock>& settled, const std::optional<MarkdownBlock>& tail);

private:
    qsizetype m_block = 0;  ///< the first one that was not given away completely
    qsizetype m_given = 0;  ///< characters of it that were
};

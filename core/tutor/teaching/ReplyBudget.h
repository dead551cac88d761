// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/teaching/Cefr.h"

/// How much a tutor may say at once. Source: ai-providers F2.
struct ReplyBudget
{
    int words = 0; ///< of the whole reply
    int sentenceWords = 0; ///< of its longest sentence
    int tokens = 0; ///< for max_tokens: the reply, what it hands back, and room to reason
};

ReplyBudget replyBudget(Cefr level);

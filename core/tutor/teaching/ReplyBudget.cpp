// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/ReplyBudget.h"

namespace {

/// A word is about one and a half tokens, in inflected languages two.
constexpr int tokensPerWord = 3;
/// What models think first, and the block of notes after the reply.
constexpr int roomToReason = 400;
constexpr int roomForNotes = 700;

ReplyBudget budget(int words, int sentenceWords)
{
    return {words, sentenceWords, words * tokensPerWord + roomToReason + roomForNotes};
}

} // namespace

ReplyBudget replyBudget(Cefr level)
{
    switch (level) {
    case Cefr::PreA1:
        return budget(60, 10);
    case Cefr::A1:
        return budget(60, 12);
    case Cefr::A2:
        return budget(60, 16);
    case Cefr::B1:
        return budget(120, 22);
    case Cefr::B2:
        return budget(120, 30);
    case Cefr::C1:
    case Cefr::C2:
        break;
    }
    return budget(200, 45);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// What a learner asks with a button instead of words. The button sends askText() as the learner's
/// message, so that the conversation reads as it went; askOf() recognises it again, also when it was
/// typed by hand.
enum class Ask { ShowAnswer, Simpler, Explain, Recap, EndScene, Hint };

/// In the language the learner is spoken to in; English where there are no words of our own.
QString askText(Ask ask, const QString& language);
std::optional<Ask> askOf(const QString& learnerText);

/// "I don't know", "no sé", … : no try at an exercise.
bool isGivingUp(const QString& learnerText);

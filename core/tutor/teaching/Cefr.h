// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Levels of the Common European Framework, easiest first.
enum class Cefr { PreA1, A1, A2, B1, B2, C1, C2 };

/// "A2", "preA1", "B1+" and so on; B1 for what is none of them.
Cefr cefrFrom(const QString& level);

/// Below B1 explanations are in the learner's own language.
inline bool isBelowB1(Cefr level)
{
    return level < Cefr::B1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Cefr.h"

#include <array>

Cefr cefrFrom(const QString& level)
{
    constexpr std::array names {
        std::pair {"PREA1", Cefr::PreA1},
        std::pair {"PRE-A1", Cefr::PreA1},
        std::pair {"A1", Cefr::A1},
        std::pair {"A2", Cefr::A2},
        std::pair {"B1", Cefr::B1},
        std::pair {"B2", Cefr::B2},
        std::pair {"C1", Cefr::C1},
        std::pair {"C2", Cefr::C2},
    };
    const QString upper = level.trimmed().toUpper();
    for (const auto& [name, value] : names) {
        if (upper.startsWith(QLatin1String(name))) {
            return value;
        }
    }
    return Cefr::B1;
}

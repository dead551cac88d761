// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/ExamSnapshot.h"

#include <array>

ExamSnapshot::Phase phaseOf(const ExamMachine::State& state)
{
    using Phase = ExamSnapshot::Phase;
    constexpr std::array phases{Phase::NotStarted, Phase::Opening, Phase::Refused,
        Phase::LeaseTaken, Phase::Running, Phase::Paused, Phase::Locked, Phase::Submitting,
        Phase::Submitted, Phase::Expired, Phase::Fenced, Phase::Voided};
    static_assert(phases.size() == std::variant_size_v<ExamMachine::State>);
    return phases.at(state.index());
}

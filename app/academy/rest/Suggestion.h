// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace academy {

/// The candidate that looks most like `wanted`, for a hint; empty when none reaches `least`
/// likeness (1 is the same text without case). Pure.
std::string nearest(
    const std::string& wanted, const std::vector<std::string>& candidates, double least);

} // namespace academy

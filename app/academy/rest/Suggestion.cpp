// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Suggestion.h"

#include <algorithm>

namespace academy {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// How many letters have to change (Levenshtein).
std::size_t distance(const std::string& left, const std::string& right)
{
    std::vector<std::size_t> previous(right.size() + 1);
    std::vector<std::size_t> current(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) {
        previous[j] = j;
    }
    for (std::size_t i = 1; i <= left.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1,
                previous[j - 1] + (lower(left[i - 1]) == lower(right[j - 1]) ? 0 : 1)});
        }
        previous.swap(current);
    }
    return previous[right.size()];
}

} // namespace

std::string nearest(
    const std::string& wanted, const std::vector<std::string>& candidates, double least)
{
    // Names of the catalogue are short; a longer text is a nuisance that shall cost nothing.
    constexpr std::size_t longestName = 256;
    std::string best;
    double bestLikeness = least;
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(wanted.size(), candidate.size());
        if (longer == 0 || longer > longestName) {
            continue;
        }
        const double likeness
            = 1.0 - static_cast<double>(distance(wanted, candidate)) / static_cast<double>(longer);
        if (likeness > bestLikeness || (best.empty() && likeness >= bestLikeness)) {
            bestLikeness = likeness;
            best = candidate;
        }
    }
    return best;
}

} // namespace academy

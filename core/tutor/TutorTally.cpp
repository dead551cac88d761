// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorTally.h"

#include "tutor/TutorMessage.h"

#include <algorithm>
#include <vector>

namespace {

constexpr std::size_t keptSamples = 256;

} // namespace

void TutorTally::addFirstToken(std::chrono::milliseconds after)
{
    m_firstTokens.push_back(after);
    if (m_firstTokens.size() > keptSamples) {
        m_firstTokens.pop_front();
    }
}

void TutorTally::add(const TutorMessage& message)
{
    m_sums.done += message.state == stream::State::Done ? 1 : 0;
    m_sums.stopped += message.state == stream::State::Stopped ? 1 : 0;
    m_sums.interrupted += message.state == stream::State::Interrupted ? 1 : 0;
    m_sums.failed += message.state == stream::State::Failed ? 1 : 0;
    m_sums.inputTokens += std::max<qint64>(0, message.usage.input);
    m_sums.outputTokens += std::max<qint64>(0, message.usage.output);
}

TutorStats TutorTally::stats() const
{
    TutorStats stats = m_sums;
    stats.started = started;
    stats.retries = retries;
    stats.fallbacks = fallbacks;
    stats.resumed = resumed;
    stats.bytesReceived = bytesReceived;
    if (!m_firstTokens.empty()) {
        std::vector<std::chrono::milliseconds> sorted(m_firstTokens.begin(), m_firstTokens.end());
        std::ranges::sort(sorted);
        const auto at = [&sorted](std::size_t percent) {
            return sorted[std::min(sorted.size() - 1, sorted.size() * percent / 100)];
        };
        stats.firstTokenP50 = at(50);
        stats.firstTokenP95 = at(95);
        stats.firstTokenP99 = at(99);
    }
    return stats;
}

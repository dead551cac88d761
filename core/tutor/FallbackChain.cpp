// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/FallbackChain.h"

#include "tutor/ModelCatalogue.h"

#include <algorithm>
#include <array>

namespace {

int groupOf(const TutorSettings& settings, const QString& tier, const ModelCatalogue& catalogue)
{
    if (settings.provider == TutorProviderKind::Notes) {
        return 3;
    }
    if (settings.place == TutorPlace::Local) {
        return 2;
    }
    return catalogue.tierOf(settings.providerId, settings.model) == tier ? 0 : 1;
}

} // namespace

FallbackChain::FallbackChain(const QList<TutorSettings>& order, const ModelCatalogue& catalogue)
{
    if (order.isEmpty()) {
        return;
    }
    m_order = order;
    const QString tier = catalogue.tierOf(order.first().providerId, order.first().model);
    std::stable_sort(m_order.begin() + 1, m_order.end(), [&](const TutorSettings& a, const TutorSettings& b) {
        return groupOf(a, tier, catalogue) < groupOf(b, tier, catalogue);
    });
}

bool FallbackChain::advance(const std::function<bool(const TutorSettings&)>& isUsable)
{
    for (qsizetype next = m_position + 1; next < m_order.size(); ++next) {
        if (isUsable(m_order.at(next))) {
            m_position = next;
            return true;
        }
    }
    return false;
}

bool FallbackChain::mayHelp(const Error& error)
{
    constexpr std::array everywhere {"exam_running", "moderation", "refused", "filtered", "duplicate", "bad_request", "too_large",
        "too_long", "empty"};
    return error.kind != ErrorKind::Cancelled && error.kind != ErrorKind::Storage
        && std::ranges::none_of(everywhere, [&](const char* code) { return error.code == QLatin1String(code); });
}

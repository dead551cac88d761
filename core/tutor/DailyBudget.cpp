// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/DailyBudget.h"

namespace {

constexpr auto oneDay = std::chrono::days(1);

} // namespace

qint64 DailyBudget::dayOf(WallTime time)
{
    return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

void DailyBudget::load(qint64 day, Amount used)
{
    m_day = day;
    m_settled = used;
}

std::optional<Error> DailyBudget::refusal(WallTime now, Amount estimate) const
{
    const Amount used = usedOn(dayOf(now));
    const bool tokens = m_budget.tokensPerDay > 0 && used.tokens + estimate.tokens > m_budget.tokensPerDay;
    const bool money = m_budget.microsPerDay > 0 && used.micros + estimate.micros > m_budget.microsPerDay;
    if (!tokens && !money) {
        return std::nullopt;
    }
    const auto tomorrow = std::chrono::floor<std::chrono::days>(now) + oneDay;
    return Error {ErrorKind::RateLimited, tokens ? QStringLiteral("budget_tokens") : QStringLiteral("budget_money"), {},
        std::chrono::ceil<std::chrono::milliseconds>(tomorrow - now)};
}

void DailyBudget::reserve(qint64 day, const QString& request, Amount estimate)
{
    m_running[request] = {day, estimate};
}

void DailyBudget::settle(const QString& request, Amount used)
{
    const auto found = m_running.find(request);
    if (found == m_running.end()) {
        return;
    }
    if (found->second.day > m_day) {
        m_day = found->second.day;
        m_settled = {};
    }
    if (found->second.day == m_day) {
        m_settled.tokens += used.tokens;
        m_settled.micros += used.micros;
    }
    m_running.erase(found);
}

DailyBudget::Amount DailyBudget::usedOn(qint64 day) const
{
    Amount sum = day == m_day ? m_settled : Amount();
    for (const auto& [request, running] : m_running) {
        if (running.day == day) {
            sum.tokens += running.amount.tokens;
            sum.micros += running.amount.micros;
        }
    }
    return sum;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "tutor/TutorStats.h"

#include <QString>

#include <map>
#include <optional>

/// What a student may use in a day (UTC), in tokens and in money. A request counts with its estimate
/// while it runs and with the truth afterwards, so that several at once cannot pass the limit
/// together. Pure; the day is passed in.
class DailyBudget
{
public:
    struct Amount
    {
        qint64 tokens = 0;
        qint64 micros = 0;
    };

    /// Days since 1970.
    static qint64 dayOf(WallTime time);

    void setBudget(const TutorBudget& budget) { m_budget = budget; }
    const TutorBudget& budget() const { return m_budget; }
    /// What earlier runs of the program used on this day.
    void load(qint64 day, Amount used);

    /// RateLimited `budget_tokens` or `budget_money`, with the time until the next day.
    std::optional<Error> refusal(WallTime now, Amount estimate) const;
    void reserve(qint64 day, const QString& request, Amount estimate);
    /// The end of a request; nothing used gives everything back.
    void settle(const QString& request, Amount used);
    Amount usedOn(qint64 day) const;

private:
    struct Running
    {
        qint64 day;
        Amount amount;
    };

    TutorBudget m_budget;
    qint64 m_day = 0;
    Amount m_settled;
    std::map<QString, Running> m_running;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "domain/StudyPlan.h"

#include <QTimeZone>

/// Who studies, on which machine, where on earth, and how many new cards a day are wanted.
struct Learner
{
    UserId owner; ///< empty: a guest
    DeviceId device;
    QTimeZone zone;
    int newCardsPerDay = 20;

    /// The moment as the learner's calendar sees it.
    StudyMoment moment(WallTime at) const;
    /// When the learner's day of `at` began.
    WallTime dayStart(WallTime at) const;
    /// What stands behind the lane names: the owner, or "guest".
    UserId laneOwner() const;
};

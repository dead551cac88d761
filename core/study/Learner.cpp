// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/Learner.h"

#include <QDateTime>

StudyMoment Learner::moment(WallTime at) const
{
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
    return {at, std::chrono::seconds(zone.isValid() ? zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(millis, Qt::UTC)) : 0)};
}

WallTime Learner::dayStart(WallTime at) const
{
    const auto offset = moment(at).utcOffset;
    return WallTime(std::chrono::floor<std::chrono::days>(at + offset)) - offset;
}

UserId Learner::laneOwner() const
{
    return owner.isEmpty() ? UserId(QStringLiteral("guest")) : owner;
}

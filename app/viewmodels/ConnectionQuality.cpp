// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ConnectionQuality.h"

using namespace std::chrono_literals;

ConnectionQuality::Grade ConnectionQuality::of(const ConnectionFacts& facts)
{
    if (!facts.open) {
        return Grade::None;
    }
    if (facts.reconnectsLately > 1 || facts.silence.value_or(0ms) > Silent) {
        return Grade::Unsteady;
    }
    if (!facts.smoothedRtt) {
        return Grade::Unknown;
    }
    return *facts.smoothedRtt > Slow ? Grade::Slow : Grade::Good;
}

QString ConnectionQuality::words(Grade grade)
{
    switch (grade) {
    case Grade::Unknown:
        break;
    case Grade::Good:
        return tr("Good");
    case Grade::Slow:
        return tr("Slow");
    case Grade::Unsteady:
        return tr("Unsteady");
    case Grade::None:
        return tr("No connection");
    }
    return {};
}

QString ConnectionQuality::meaning(Grade grade)
{
    switch (grade) {
    case Grade::Unknown:
        break;
    case Grade::Good:
        return tr("The connection is good.");
    case Grade::Slow:
        return tr("The connection is slow: what others do appears here a little later.");
    case Grade::Unsteady:
        return tr("The connection is unsteady: it breaks or falls silent now and then. What you do is kept here and sent when it holds.");
    case Grade::None:
        return tr("There is no connection. What you do is kept here and sent later.");
    }
    return {};
}

QString ConnectionQuality::tone(Grade grade)
{
    switch (grade) {
    case Grade::Good:
        return QStringLiteral("positive");
    case Grade::Slow:
    case Grade::Unsteady:
        return QStringLiteral("warning");
    case Grade::None:
        return QStringLiteral("danger");
    case Grade::Unknown:
        break;
    }
    return QStringLiteral("neutral");
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorSettings.h"

using std::chrono::seconds;

TutorTimeouts TutorTimeouts::forReasoning()
{
    return {seconds(10), seconds(30), seconds(300), seconds(120), seconds(90), seconds(600)};
}

TutorTimeouts TutorTimeouts::forLocal()
{
    return {seconds(10), seconds(0), seconds(600), seconds(180), seconds(600), seconds(1'800)};
}

TutorTimeouts TutorTimeouts::forRelay()
{
    return {seconds(10), seconds(150), seconds(300), seconds(120), seconds(90), seconds(600)};
}

QString TutorSettings::name() const
{
    if (!providerId.isEmpty()) {
        return providerId;
    }
    return provider == TutorProviderKind::Notes ? QStringLiteral("notes") : baseUrl.host();
}

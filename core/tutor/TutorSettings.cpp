// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorSettings.h"

TutorTimeouts TutorTimeouts::forLocal()
{
    using std::chrono::seconds;
    return {seconds(600), seconds(180), seconds(600), seconds(1'800)};
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "exam/ExamBackend.h"

#include <QByteArray>

class AttemptStore;
class ExamUploader;
class HandInCourier;

/// What exam sessions are built from; everything outlives the sessions.
struct ExamServices
{
    ExamBackend& backend;
    AttemptStore& store;
    ExamUploader& uploader;
    HandInCourier& courier;
    Clock& clock;
    Scheduler& scheduler;
    RandomSource& random;
    UserId user;
    DeviceId device;
    QByteArray boot; ///< this start of the machine; empty when the system does not say
};

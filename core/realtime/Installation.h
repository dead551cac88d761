// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"
#include "base/Random.h"
#include "base/Result.h"

#include <QSysInfo>

/// The id of this installation on this machine, made at the first start and kept in `root`. `machine`
/// tells machines apart: the folder may be a home on the network or come from a cloned disk, and two
/// computers with one id would write one exam. Storage when it can neither be read nor written.
Result<DeviceId> installationId(const QString& root, RandomSource& random,
    const QByteArray& machine = QSysInfo::machineUniqueId());

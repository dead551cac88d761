// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// An FTS5 expression that finds any of these words or phrases; empty when none is left. Nothing in
/// them is syntax. Pure; any thread.
QString anyOfThese(const QStringList& words);

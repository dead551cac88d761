// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"

/// Spreads cards that were learnt together over neighbouring days: `interval` in days becomes a
/// whole number in [minimum, maximum] near it, chosen by `factor` in [0, 1). Intervals below
/// 2.5 days are only rounded. Same table as Anki's scheduler.
int fuzzedInterval(double interval, int minimum, int maximum, double factor);

/// The factor of a card's n-th review: the same on every device, so that all agree on the day.
double fuzzFactor(const CardId& card, int reps);

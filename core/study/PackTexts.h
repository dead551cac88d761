// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/PackStore.h"
#include "study/Pack.h"

/// What the items of a pack say, for the search.
QList<PackText> packTexts(const Pack& pack);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Schema.h"

/// A small house of guests in rooms with skills, as the REST service would read it from a
/// catalogue: every kind of relationship, one of them ambiguous.
academy::Schema sampleSchema();

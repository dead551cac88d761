// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/TutorFuzz.h"

FUZZ_TARGET(tutor_anthropic)
{
    return tutorfuzz::run(TutorWire::Anthropic, data, size);
}

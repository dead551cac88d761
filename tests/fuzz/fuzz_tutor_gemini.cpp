// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/TutorFuzz.h"

FUZZ_TARGET(tutor_gemini)
{
    return tutorfuzz::run(TutorWire::Gemini, data, size);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/TutorFuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    return tutorfuzz::run(TutorWire::Anthropic, data, size);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/TutorFuzz.h"

FUZZ_TARGET(tutor_openai_chat)
{
    return tutorfuzz::run(TutorWire::OpenAiCompatible, data, size);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/TutorFuzz.h"

FUZZ_TARGET(tutor_openai_responses)
{
    return tutorfuzz::run(TutorWire::OpenAiResponses, data, size);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// One decoder under fire. libFuzzer calls it with what it makes up; the corpus replay calls it with
/// the kept inputs. Beside not crashing, each states what must hold of whatever was decoded.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

/// Ends the program: libFuzzer keeps the input, the replay names it.
inline void mustHold(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

inline QByteArrayView viewOf(const uint8_t* data, size_t size)
{
    return {reinterpret_cast<const char*>(data), qsizetype(size)};
}

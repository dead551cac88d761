// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

/// One decoder under fire. libFuzzer calls it with what it makes up; the corpus replay calls it
/// with the kept inputs. Beside not crashing, each states what must hold of whatever was decoded.
struct FuzzTarget
{
    using Run = int (*)(const uint8_t* data, size_t size);

    FuzzTarget(const char* file, Run entry) : name(file), run(entry) { all().push_back(this); }

    /// Those of this program.
    static std::vector<const FuzzTarget*>& all()
    {
        static std::vector<const FuzzTarget*> targets;
        return targets;
    }

    const char* const name; ///< of its file and its corpus
    const Run run;
};

/// Begins the definition of a target.
#ifdef NEOLINGUS_FUZZ_ALONE
#define FUZZ_TARGET(name) extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
#else
#define FUZZ_TARGET(name)                                                                          \
    static int name##Run(const uint8_t* data, size_t size);                                        \
    static const FuzzTarget name##Target(#name, &name##Run);                                       \
    static int name##Run(const uint8_t* data, size_t size)
#endif

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

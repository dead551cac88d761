// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

/// Where randomness comes from. Injected so that tests can repeat a run from its seed.
class RandomSource
{
public:
    virtual ~RandomSource() = default;
    virtual quint64 next() = 0;

    /// Uniform in [0, bound); 0 when bound is 0.
    quint64 below(quint64 bound);
    /// A version 4 UUID, lower case, without braces (RFC 9562).
    QString uuid();
};

/// The operating system's generator.
class SystemRandom final : public RandomSource
{
public:
    quint64 next() override;
};

/// A repeatable generator for tests and seeded jitter (SplitMix64).
class SeededRandom final : public RandomSource
{
public:
    explicit SeededRandom(quint64 seed) : m_state(seed) { }
    quint64 next() override;

private:
    quint64 m_state;
};

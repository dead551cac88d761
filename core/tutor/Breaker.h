// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QString>

#include <deque>
#include <map>
#include <optional>

/// Leaves an overloaded tutor alone. Pure; time is passed in.
///
///            3 failures in 60 s            30 s
///   Closed ────────────────────► Open ────────────► HalfOpen
///     ▲                            ▲     the probe      │
///     └────────────────────────────┼──── worked ────────┤
///                                  └──── failed ────────┘
///
/// Only overload, server errors and timeouts count as failures; what the request itself did wrong
/// says nothing about the tutor. Source: ai-providers A7.
class Breaker
{
public:
    enum class State { Closed, Open, HalfOpen };

    static constexpr int Failures = 3;
    static constexpr std::chrono::seconds Window {60};
    static constexpr std::chrono::seconds Rest {30};

    State stateAt(MonotonicTime now) const;
    /// False while it rests, and while a probe is under way.
    bool allowsAt(MonotonicTime now) const;
    /// How long until a request may try again; zero when it may now, empty while a probe is under
    /// way, because nobody knows.
    std::optional<std::chrono::milliseconds> waitAt(MonotonicTime now) const;

    /// A request is sent. In HalfOpen it is the probe.
    void sentAt(MonotonicTime now);
    void succeeded();
    void failedAt(MonotonicTime now);
    /// The request ended in a way that says nothing (stopped, refused): a probe may be sent again.
    void abandoned();

private:
    std::deque<MonotonicTime> m_failures;
    std::optional<MonotonicTime> m_openedAt;
    bool m_probing = false;
};

/// A breaker for every provider and model.
class Breakers
{
public:
    Breaker& of(const QString& provider, const QString& model) { return m_breakers[{provider, model}]; }

private:
    std::map<std::pair<QString, QString>, Breaker> m_breakers;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QByteArray>

#include <chrono>
#include <optional>

/// What this computer's clocks said at one moment. `boot` tells two starts of the machine apart
/// (empty when the system does not say).
struct LocalMoment
{
    MonotonicTime monotonic{0};
    WallTime wall;
    QByteArray boot;
    bool operator==(const LocalMoment&) const = default;
};

/// How much exam time is left, by the server's word and the clock that nobody can set.
///
/// The server states (its time now, the effective end); between two statements time passes by the
/// monotonic clock alone. After a restart of the machine that clock has begun anew: then the wall
/// clock's difference is used, the result is marked uncertain, and time left never grows. Only a
/// statement of the server can give time back. Pure value; persisted by the attempt store.
class ExamTiming
{
public:
    using Span = std::chrono::microseconds;

    /// One statement of the server and the local moment it belongs to.
    struct Anchor
    {
        WallTime serverTime;
        WallTime effectiveEnd;
        bool paused = false; ///< exam time stands still
        LocalMoment at;
        Span leastRemaining{Span::max()}; ///< the least time left shown since
        bool uncertain = false; ///< carried on across a restart of the machine
        bool operator==(const Anchor&) const = default;
    };

    ExamTiming() = default;
    /// Takes up what was persisted.
    explicit ExamTiming(Anchor anchor) : m_anchor(std::move(anchor)) { }

    /// The server answered `roundTrip` after it was asked; `received` is the moment of the answer.
    /// A statement that agrees with the count to within what a way over the network can blur leaves
    /// the count alone, so that seconds do not jump back and forth.
    void observe(WallTime serverTime, WallTime effectiveEnd, bool paused,
        const LocalMoment& received, Span roundTrip = Span::zero());

    /// Exam time stops or goes on because a command said so, before the next statement.
    void setPaused(bool paused, const LocalMoment& now);
    /// Starts to count from `now` with what is left: what is persisted then stays close to what was
    /// shown, however long the server is out of reach.
    void carryOn(const LocalMoment& now);

    bool isKnown() const { return m_anchor.has_value(); }
    bool isPaused() const { return m_anchor && m_anchor->paused; }
    WallTime effectiveEnd() const { return m_anchor ? m_anchor->effectiveEnd : WallTime{}; }

    struct Reading
    {
        Span remaining{0}; ///< never negative
        bool uncertain = false;
        bool operator==(const Reading&) const = default;
    };

    /// Time left now. Also remembers it, so that a later reading cannot be larger without the
    /// server's word.
    std::optional<Reading> read(const LocalMoment& now);
    /// The server's time now by the same rules.
    std::optional<WallTime> serverTime(const LocalMoment& now) const;

    const std::optional<Anchor>& anchor() const { return m_anchor; }

private:
    std::optional<Anchor> m_anchor;
};

/// How far the wall clock moved against the monotonic clock between two moments of one boot; zero
/// when the boots differ. More than a tolerance is a fact worth reporting, never a penalty.
ExamTiming::Span clockJump(const LocalMoment& before, const LocalMoment& after);

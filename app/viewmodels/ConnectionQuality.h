// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <chrono>
#include <optional>

/// What the socket measured, as far as it says how good the connection is.
struct ConnectionFacts
{
    bool open = false;
    std::optional<std::chrono::milliseconds> smoothedRtt;
    std::optional<std::chrono::milliseconds> silence; ///< since the last frame of the other side
    int reconnectsLately = 0;                         ///< within ConnectionQuality::Lately
};

/// How good a connection is, in words. Pure.
class ConnectionQuality
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionQuality)

public:
    enum class Grade { Unknown, Good, Slow, Unsteady, None };

    /// How long a connection that broke counts against the ones after it.
    static constexpr std::chrono::minutes Lately {5};
    /// Answers that take longer are noticed.
    static constexpr std::chrono::milliseconds Slow {400};
    /// The other side says something at least every twenty seconds; this is silence.
    static constexpr std::chrono::seconds Silent {30};

    static Grade of(const ConnectionFacts& facts);
    /// "Good", "Slow", "Unsteady", "No connection"; empty when nothing was measured.
    static QString words(Grade grade);
    /// What it means for the person.
    static QString meaning(Grade grade);
    static QString tone(Grade grade);
};

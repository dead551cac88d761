// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "net/HttpClient.h"
#include "supabase/Project.h"

#include <QObject>

#include <functional>
#include <optional>

/// Finds out the moment an academy that could not be reached answers again, so that nobody has to
/// wait for the end of a backoff of its own. Rests until somebody says suspect(), then asks for the
/// academy's health with small random pauses:
///
///     resting ──suspect──▶ asking ──answer──▶ resting, back()
///                          ▲    │ none
///                          └────┘ wait
///
/// The pauses are 1–2 s while somebody waits for it (`urgent`) and for the first two minutes, and
/// grow to half a minute after that. Each computer draws its own, which is what keeps a school from
/// coming back as one. When the way was proven broken, requests that still wait on the dead
/// connections are given up, so that their senders try again at once. GUI thread.
class AcademyWatch final : public QObject
{
    Q_OBJECT

public:
    /// A question without an answer for this long was not answered.
    static constexpr std::chrono::milliseconds Patience {2'500};
    static constexpr std::chrono::milliseconds ShortPause {2'000};
    static constexpr std::chrono::milliseconds LongPause {30'000};
    static constexpr std::chrono::seconds Hopeful {120};
    /// Somebody fails although the academy answers: encourage them this often at most.
    static constexpr std::chrono::seconds EncourageEvery {30};

    AcademyWatch(const Project& project, HttpClient& http, Clock& clock, Scheduler& scheduler,
        RandomSource& random, std::function<bool()> urgent, QObject* parent = nullptr);

    /// Somebody could not reach the academy.
    void suspect();
    /// A reason to ask right now: somebody else got an answer, or the network changed.
    void askNow();
    /// Forgets everything; nobody wants to reach the academy any more.
    void rest();
    bool isAway() const { return m_since.has_value(); }

Q_SIGNALS:
    /// The academy answers again.
    void back();

private:
    void ask();
    void answered(const Result<HttpResponse>& answer);
    void askLater(std::chrono::milliseconds least, std::chrono::milliseconds most);
    std::chrono::milliseconds pause() const;

    Project m_project;
    HttpClient& m_http;
    Clock& m_clock;
    Scheduler& m_scheduler;
    RandomSource& m_random;
    std::function<bool()> m_urgent;
    std::optional<MonotonicTime> m_since; ///< out of reach since then
    std::optional<MonotonicTime> m_lastBack;
    ScheduledTask m_next;
    quint64 m_askedAfter = 0;   ///< requests sent before the question under way
    quint64 m_lost = 0;         ///< requests sent before the last question without an answer
    bool m_asking = false;
    bool m_proven = false;
};

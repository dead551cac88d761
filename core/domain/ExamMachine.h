// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <variant>

/// The student's side of an attempt as a pure machine. The database enforces the same states; this
/// mirror decides what the program may do while it cannot ask.
///
///   NotStarted ──start──▶ Opening ──opened──▶ Running ◀──resume/unlock──▶ Paused / Locked
///       ▲                  │    │                │
///       └──failed / refused┘    └─lease taken─▶ LeaseTaken ──granted / retry──▶ Opening
///                                                │
///   Running, Paused, Locked ──hand in, time up, collect──▶ Submitting ──receipt──▶ Submitted
///                                 Running ◀──more time (only after time up)──┘
///   any live state ──▶ Fenced (another device) · Voided · Expired (closed without a hand-in)
///
/// Submitted, Voided are final. Fenced goes back to Opening when the student asks for the attempt
/// again; Expired becomes Submitted when the server issues a receipt after all.
namespace ExamMachine {

/// Why an attempt is being handed in.
enum class HandIn { ByStudent, TimeUp, Collected };

struct NotStarted
{
    bool operator==(const NotStarted&) const = default;
};
struct Opening
{
    bool takeover = false;
    bool operator==(const Opening&) const = default;
};
struct Refused
{
    QString code;
    bool operator==(const Refused&) const = default;
};
struct LeaseTaken
{
    bool operator==(const LeaseTaken&) const = default;
};
struct Running
{
    bool operator==(const Running&) const = default;
};
struct Paused
{
    bool operator==(const Paused&) const = default;
};
/// Locked by a teacher; `paused` is what remains when it is unlocked.
struct Locked
{
    bool paused = false;
    bool operator==(const Locked&) const = default;
};
struct Submitting
{
    HandIn why = HandIn::ByStudent;
    bool operator==(const Submitting&) const = default;
};
struct Submitted
{
    bool operator==(const Submitted&) const = default;
};
struct Expired
{
    bool operator==(const Expired&) const = default;
};
struct Fenced
{
    bool operator==(const Fenced&) const = default;
};
struct Voided
{
    bool operator==(const Voided&) const = default;
};

using State = std::variant<NotStarted, Opening, Refused, LeaseTaken, Running, Paused, Locked,
    Submitting, Submitted, Expired, Fenced, Voided>;

/// The student asks to begin, or asks again after a refusal.
struct Start
{
    bool takeover = false;
};
/// An attempt was found in the local store; no network was needed.
struct FoundLocally
{
    State state;
};
/// start_attempt granted the lease; these are the server's facts.
struct Opened
{
    bool paused = false;
    bool locked = false;
};
struct StartFailed
{
    QString code;
};
struct LeaseRefused
{
};
struct LeaseGranted
{
};
struct Pause
{
};
struct Resume
{
};
struct Lock
{
};
struct Unlock
{
};
struct Collect
{
};
struct TimeUp
{
};
struct MoreTime
{
};
struct SubmitAsked
{
};
struct ReceiptIssued
{
};
struct ClosedByServer
{
};
struct LeaseLost
{
};
struct VoidedByServer
{
};

using Event = std::variant<Start, FoundLocally, Opened, StartFailed, LeaseRefused, LeaseGranted,
    Pause, Resume, Lock, Unlock, Collect, TimeUp, MoreTime, SubmitAsked, ReceiptIssued,
    ClosedByServer, LeaseLost, VoidedByServer>;

/// What the shell has to do after a step.
enum class Effect {
    CallStart, ///< call start_attempt
    CallStartLater, ///< ask for the lease again after a while
    FlushEdits, ///< commit what is still being typed
    BeginBeats,
    EndBeats,
    QueueHandIn, ///< write the hand-in into the local queue
    WithdrawHandIn, ///< take a hand-in that is no longer due out of the queue
    RememberState ///< write the state to the local store
};

struct Step
{
    State state;
    QList<Effect> effects;
};

/// The only way a state changes. An event that means nothing in a state leaves it as it is, with
/// no effects.
Step step(const State& state, const Event& event);

/// True when answers may be changed.
bool canEdit(const State& state);
/// True while the attempt is being written, held or handed in.
bool isLive(const State& state);
bool isFinal(const State& state);
/// The stable name of a state, for the local store.
QString stateName(const State& state);
/// The state of a name that stateName() or the academy wrote; nothing for an unknown word. What is
/// under way or refused at the moment is not worth storing and comes back as NotStarted.
std::optional<State> stateFromName(QStringView name);

} // namespace ExamMachine

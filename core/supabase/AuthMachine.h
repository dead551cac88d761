// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <optional>
#include <variant>
#include <vector>

/// When a session begins, is renewed and ends. Pure: the shell (AuthSession) carries out the effects,
/// holds the tokens and reports what happened.
///
///   SignedOut ──RestoreAsked──▶ Restoring ──KeptFound──▶ SignedIn ──the server ended it──▶ NeedsSignIn
///       ▲                           │ NothingKept           │ SignOutAsked, or another process did
///       └───────────────────────────┴───────────────────────┘
///   (any) ──Granted──▶ Keeping ──SessionKept──▶ SignedIn      (any) ──TokensOffered──▶ Restoring
///
/// A renewal goes  Turn ─▶ Reading ─▶ Presenting ─▶ Confirming ─▶ Keeping ─▶ None,  one at a time.
/// Several processes may hold the session, so the store is read before a token is presented, again
/// (Rereading) before a refusal is believed, and again (Confirming) before the new token is kept: a
/// session that was removed meanwhile stays removed. A store that cannot be read says nothing: what
/// we hold may be used up already, so it is not presented. Whatever fails is tried again after a
/// wait, with the same token. A wait of our own ends early when somebody asks for a token, one that
/// the other side asked for (Waiting) does not. Where the application gives the tokens there is only
/// Application.
namespace AuthMachine {

enum class Phase { SignedOut, Restoring, SignedIn, NeedsSignIn };
enum class Renewal {
    None,
    Turn,
    Reading,
    Presenting,
    Rereading,
    Confirming,
    Keeping,
    Waiting,
    Application
};

struct State
{
    Phase phase = Phase::SignedOut;
    Renewal renewal = Renewal::None;
    bool byApplication = false; ///< it gives the tokens
    bool kept = false;          ///< the store holds this session as far as we know

    bool operator==(const State&) const = default;
};

struct RestoreAsked { };
struct KeptFound { };
struct NothingKept { };
struct TokensOffered { };
struct SignOutAsked { };
/// `good`: the one in use lives long enough.
struct TokenAsked { bool good = false; };
/// The plan, or somebody who wants new claims.
struct RenewalDue { };
/// The wait of StartRetry has passed.
struct WaitOver { };
/// Also where locks are impossible: the server's own rules about reuse must do then.
struct TurnTaken { };
struct TurnUnneeded { };
struct TurnDenied { Error error; };
/// What the store holds of this session; `Gone` only where it would outlive this process.
enum class Stored { Same, Newer, Gone };
struct StoreRead { Stored stored = Stored::Same; };
struct StoreUnreadable { Error error; };
struct ExchangeFailed { Error error; };
/// The server's own words: the session of the presented token is over.
struct ExchangeRefused { };
/// A new session from the server, by any way but a renewal.
struct Granted { };
/// What the server gave for the presented token.
struct Renewed { };
struct SessionKept { bool kept = false; };
struct TokenGiven { };
struct TokenRefused { };
struct TokenDelayed { Error error; };
using Event = std::variant<RestoreAsked, KeptFound, NothingKept, TokensOffered, SignOutAsked,
    TokenAsked, RenewalDue, WaitOver, TurnTaken, TurnUnneeded, TurnDenied, StoreRead,
    StoreUnreadable, ExchangeFailed, ExchangeRefused, Granted, Renewed, SessionKept, TokenGiven,
    TokenRefused, TokenDelayed>;

/// Answers that are still to come count no more.
struct Supersede { bool operator==(const Supersede&) const = default; };
struct StopTimers { bool operator==(const StopTimers&) const = default; };
struct ReleaseTurn { bool operator==(const ReleaseTurn&) const = default; };
struct TakeTurn { bool operator==(const TakeTurn&) const = default; };
struct ReadStore { bool operator==(const ReadStore&) const = default; };
/// Go on with the refresh token that the store was found to hold.
struct TakeNewer { bool operator==(const TakeNewer&) const = default; };
struct Present { bool operator==(const Present&) const = default; };
struct AskApplication { bool operator==(const AskApplication&) const = default; };
/// Put what was granted into the store, and report SessionKept.
struct Keep { bool operator==(const Keep&) const = default; };
/// What was granted is the session from now on; plan its renewal. `told`: the phase stays what it is,
/// so another user or level is news by itself.
struct Use { bool told = false; bool operator==(const Use&) const = default; };
/// Forget the tokens, and who it was unless `keepUser`.
struct Forget { bool keepUser = false; bool operator==(const Forget&) const = default; };
/// Wait a random time, at least what the error asks for, and report WaitOver.
struct StartRetry { Error error; bool operator==(const StartRetry&) const = default; };
struct AnnouncePhase { bool operator==(const AnnouncePhase&) const = default; };
struct AnnounceToken { bool operator==(const AnnounceToken&) const = default; };
/// To whoever asks now.
struct GiveToken { bool operator==(const GiveToken&) const = default; };
struct LetWait { bool operator==(const LetWait&) const = default; };
struct Refuse { bool operator==(const Refuse&) const = default; };
/// The token while it lives, or why there is none and what is left of the wait.
struct Comfort { bool operator==(const Comfort&) const = default; };
/// To everybody who waits: the token; the token while it lives, or the error; that there is none.
struct GiveWaiting { bool operator==(const GiveWaiting&) const = default; };
struct ComfortWaiting { Error error; bool operator==(const ComfortWaiting&) const = default; };
struct RefuseWaiting { bool operator==(const RefuseWaiting&) const = default; };
using Effect = std::variant<Supersede, StopTimers, ReleaseTurn, TakeTurn, ReadStore, TakeNewer,
    Present, AskApplication, Keep, Use, Forget, StartRetry, AnnouncePhase, AnnounceToken, GiveToken,
    LetWait, Refuse, Comfort, GiveWaiting, ComfortWaiting, RefuseWaiting>;

struct Step
{
    State state;
    std::vector<Effect> effects;
};

Step step(State state, const Event& event);

} // namespace AuthMachine

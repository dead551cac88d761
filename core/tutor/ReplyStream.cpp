// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ReplyStream.h"

#include "base/Log.h"
#include "tutor/ReplyServices.h"
#include "tutor/TutorPromptBuilder.h"
#include "tutor/TutorRecords.h"

using std::chrono::milliseconds;
using tutorwait::longestCountdown;
using tutorwait::longestSilentWait;
using stream::Effect;
using stream::Input;
using Watch = Watchdogs::Watch;

namespace {

constexpr auto publishEvery = milliseconds(33);
constexpr auto keepEvery = milliseconds(250);
constexpr auto retryBase = milliseconds(1'000);
constexpr auto retryCap = milliseconds(20'000);
constexpr int mostReattachments = 3;
constexpr auto reattachPause = milliseconds(1'000);
/// Loading a model takes minutes at most.
constexpr int mostLooks = 90;
constexpr auto lookPause = milliseconds(2'000);
constexpr int mostGoingsOn = 4;
/// Models that think count their thoughts as output.
constexpr int roomForThoughts = 4'000;
/// As fast as they think, of which many tell nothing.
constexpr qint64 thoughtsPerSecond = 40;

const auto goOnRequest = QStringLiteral(
    "Your last message broke off. Go on exactly where it ends, in the same language and form, without "
    "repeating anything and without a remark about the interruption.");

template <class... Handlers>
struct Overload : Handlers...
{
    using Handlers::operator()...;
};
template <class... Handlers>
Overload(Handlers...) -> Overload<Handlers...>;

Error local(ErrorKind kind, const char* code)
{
    return Error {kind, QLatin1String(code), {}, {}};
}

/// What it means that a reply ended without a word.
Error silence(FinishReason reason)
{
    switch (reason) {
    case FinishReason::Refusal:
        return local(ErrorKind::Forbidden, "refused");
    case FinishReason::Filtered:
        return local(ErrorKind::Forbidden, "filtered");
    case FinishReason::ContextFull:
        return local(ErrorKind::Invalid, "context_full");
    default:
        return local(ErrorKind::Protocol, "empty_reply");
    }
}

/// Both may be unknown.
qint64 sum(qint64 a, qint64 b)
{
    return a < 0 && b < 0 ? -1 : std::max<qint64>(0, a) + std::max<qint64>(0, b);
}

} // namespace

ReplyStream::ReplyStream(ReplyServices& services, TutorMessage message, FallbackChain chain, QObject* parent)
    : QObject(parent), m_services(services), m_message(std::move(message)), m_chain(std::move(chain)),
      m_connection(services, this), m_watchdogs(services.clock, services.scheduler, [this](Watch watch) { starved(watch); }),
      m_backoff(services.random, retryBase, retryCap), m_kept(m_message.text),
      m_citationsBefore(m_message.citations.size()), m_usedBefore(m_message.usage), m_microsBefore(std::max<qint64>(0, m_message.costMicros)),
      m_askedAt(services.clock.monotonic())
{
    connect(&m_connection, &ReplyConnection::sent, this, [this] { input(Input::Sent); });
    connect(&m_connection, &ReplyConnection::opened, this, [this] {
        m_isBilled = true;
        if (!m_thinkingSince && !m_isHeard) {
            m_thinkingSince = m_services.clock.monotonic();
        }
        input(Input::Opened);
    });
    connect(&m_connection, &ReplyConnection::alive, this, [this](qsizetype bytes) {
        m_services.tally.bytesReceived += bytes;
        input(Input::Life);
    });
    connect(&m_connection, &ReplyConnection::said, this, &ReplyStream::take);
    connect(&m_connection, &ReplyConnection::limited, this, [this](const RateLimits& limits) {
        RateLimits said = limits;
        if (tutor().provider == TutorProviderKind::Relay) {
            // The day's tokens of the learner: the relay itself refuses what is too much, and says so.
            said.tokens = {};
        }
        m_services.limiterOf(tutor()).learn(m_services.clock.monotonic(), said);
    });
    connect(&m_connection, &ReplyConnection::broke, this, &ReplyStream::broke);
}

ReplyStream::~ReplyStream() = default;

void ReplyStream::prepare(const TutorHistory& history, const MessageId& parent)
{
    m_learner = history.learner;
    m_message.parent = parent;
    m_prompt = tutorPrompt(history.learner, history.turns);
    if (!m_kept.isEmpty()) {
        m_prompt.turns.append({TutorRole::Tutor, m_kept});
        m_prompt.turns.append({TutorRole::Learner, goOnRequest});
    }
    m_prompt.conversation = m_message.conversation.toString();
    m_prompt.learnerHash = m_services.learnerHash;
    m_quirks = m_services.quirks.quirksFor(m_services.catalogue, tutor());
    m_ask = m_services.random.uuid();
    m_isPrepared = true;
    if (isOver()) {
        return;
    }
    ++m_services.tally.started;
    publish(true);
    Q_EMIT typingChanged(TutorTyping::Queued);
    Q_EMIT wantsTurn();
}

void ReplyStream::setSiblings(const TutorMessage& placed)
{
    m_message.siblings = placed.siblings;
    m_message.siblingIndex = placed.siblingIndex;
    m_message.previousSibling = placed.previousSibling;
    m_message.nextSibling = placed.nextSibling;
}

qint64 ReplyStream::estimatedTokens() const
{
    return ::estimatedTokens(m_prompt) - m_prompt.maxTokens + mostOutput(tutor());
}

qint64 ReplyStream::estimatedMicros() const
{
    const qint64 output = mostOutput(tutor());
    const TutorUsage guess {estimatedTokens() - output, output, 0, 0, 0};
    return std::max<qint64>(0, m_services.catalogue.costMicros(tutor().name(), tutor().model, guess));
}

bool ReplyStream::thinks(const TutorSettings& asked) const
{
    const ModelEntry* known = m_services.catalogue.model(asked.name(), asked.model);
    return known && known->reasons;
}

/// Words, and thoughts where they count.
int ReplyStream::mostOutput(const TutorSettings& asked) const
{
    const ModelEntry* known = m_services.catalogue.model(asked.name(), asked.model);
    const int wanted = m_prompt.maxTokens + (thinks(asked) ? roomForThoughts : 0);
    return known && known->largestOutput > 0 ? int(std::min<qint64>(wanted, known->largestOutput)) : wanted;
}

/// What the running request has made so far, for one that ends before its tutor counts.
qint64 ReplyStream::estimatedOutput(const TutorSettings& asked) const
{
    const qint64 words = ::estimatedTokens(QStringView(m_message.text).mid(m_textBefore));
    if (!thinks(asked)) {
        return words + m_thoughts;
    }
    const auto thinking = m_thinkingSince ? m_services.clock.monotonic() - *m_thinkingSince : m_thoughtFor;
    const qint64 silent = std::chrono::duration_cast<std::chrono::seconds>(thinking).count() * thoughtsPerSecond;
    return std::min<qint64>(words + std::max(m_thoughts, silent), std::max<qint64>(words, mostOutput(asked)));
}

void ReplyStream::admit()
{
    m_hasTurn = true;
    m_retry.cancel();
    m_message.retryIn.reset();
    m_message.retryAt.reset();
    input(Input::Admitted);
}

void ReplyStream::refuse(const Error& error)
{
    fail(error, false);
}

void ReplyStream::stop()
{
    if (m_breakerWaits) {
        m_services.breakerOf(tutor()).abandoned();
        m_breakerWaits = false;
    }
    input(Input::Stop);
}

void ReplyStream::skipWait()
{
    if (m_message.state == stream::State::Queued && m_retry.isScheduled()) {
        m_retry.cancel();
        Q_EMIT wantsTurn();
    }
}

void ReplyStream::flush()
{
    if (m_keep.isScheduled()) {
        m_keep.cancel();
        m_services.archive.keepPartial(m_message);
    }
}

void ReplyStream::input(Input what)
{
    const stream::State before = m_message.state;
    const stream::Step next = stream::step(before, what);
    m_message.state = next.state;
    for (const Effect effect : next.effects) {
        perform(effect);
    }
    if (next.state == before) {
        return;
    }
    const QPointer<ReplyStream> alive(this);
    publish(true);
    if (alive && typingOf(before) != typingOf(next.state)) {
        Q_EMIT typingChanged(typingOf(next.state));
    }
    if (alive && stream::isFinal(next.state)) {
        Q_EMIT ended();
    }
    if (alive && !m_hasTurn && before != stream::State::Queued) {
        Q_EMIT gaveTurnBack();
    }
}

void ReplyStream::perform(Effect effect)
{
    switch (effect) {
    case Effect::Open:
        open();
        break;
    case Effect::Reconnect:
        m_retry = m_services.scheduler.after(m_reattachIn, [this] {
            m_retry.cancel();
            m_connection.reattach();
        });
        break;
    case Effect::Close:
        m_connection.close();
        break;
    case Effect::WatchConnect:
        m_watchdogs.stop(Watch::Headers);
        m_watchdogs.start(Watch::Connect);
        break;
    case Effect::WatchHeaders:
        m_watchdogs.stop(Watch::Connect);
        m_watchdogs.start(Watch::Headers);
        break;
    case Effect::HeadersCame:
        m_watchdogs.stop(Watch::Connect);
        m_watchdogs.stop(Watch::Headers);
        break;
    case Effect::WatchFirst:
        m_watchdogs.setTimeouts(tutor().timeouts);
        m_watchdogs.start(Watch::First);
        m_watchdogs.start(Watch::Total);
        break;
    case Effect::WatchGap:
        m_watchdogs.stop(Watch::First);
        m_watchdogs.start(Watch::Gap);
        break;
    case Effect::WatchBytes:
        m_watchdogs.start(Watch::Bytes);
        break;
    case Effect::Unwatch:
        m_watchdogs.stopAll();
        m_retry.cancel();
        break;
    case Effect::Requeue:
        requeue();
        break;
    case Effect::Release:
        release();
        break;
    case Effect::Seal:
        m_message.text += m_citing.feed(m_aside.end());
        m_message.text += m_citing.end();
        cite();
        m_message.aside = m_aside.aside();
        m_publish.cancel();
        m_keep.cancel();
        settle();
        break;
    }
}

void ReplyStream::open()
{
    if (!m_spoke) {
        m_aside = {};
    }
    // What a try that failed left behind: the next one brings its own.
    m_message.opaque.resize(m_opaqueBefore);
    m_message.citations.resize(m_citationsBefore);
    if (!m_spoke) {
        QStringList cited;
        for (const TutorCitation& citation : std::as_const(m_message.citations)) {
            cited.append(citation.item);
        }
        m_citing = {passagesOf(m_learner.lesson), cited};
    }
    m_message.error.reset();
    m_message.model = tutor().model;
    m_message.provider = tutor().name();
    m_message.usage = {};
    m_reattached = 0;
    m_looks = 0;
    const ModelEntry* known = m_services.catalogue.model(tutor().name(), tutor().model);
    while (known && known->context > 0 && estimatedTokens() > known->context && forgetOldest()) { }
    TutorPrompt prompt = m_prompt;
    prompt.maxTokens = mostOutput(tutor());
    // The relay bills an ask once, however often it is tried. Elsewhere the id names what a server keeps.
    prompt.reply = tutor().provider == TutorProviderKind::Relay ? m_ask : m_services.random.uuid();
    if (tutor().provider != TutorProviderKind::Notes) {
        const MonotonicTime now = m_services.clock.monotonic();
        m_request = m_services.random.uuid();
        const qint64 tokens = ::estimatedTokens(prompt);
        m_counted = tokens - prompt.maxTokens;
        m_isBilled = false;
        m_isComplete = false;
        m_isHeard = false;
        m_textBefore = m_message.text.size();
        m_thoughts = 0;
        m_thinkingSince.reset();
        m_thoughtFor = {};
        m_ticket = m_services.limiterOf(tutor()).record(now, tokens);
        m_services.breakerOf(tutor()).sentAt(now);
        m_breakerWaits = true;
        const qint64 day = DailyBudget::dayOf(m_services.clock.wall());
        const qint64 micros = estimatedMicros();
        if (tutor().costs()) {
            m_services.budget.reserve(day, m_request, {tokens, micros});
        }
        m_services.archive.keepUsage({m_request, day, tutor().name(), tutor().model, m_counted, prompt.maxTokens,
            micros, tutor().costs()});
    }
    m_connection.open(tutor(), prompt, m_learner, m_quirks);
}

void ReplyStream::release()
{
    m_hasTurn = false;
}

void ReplyStream::requeue()
{
    settle();
    m_message.retryIn = m_askedWait;
    m_message.retryAt = m_services.clock.monotonic() + m_askedWait;
    m_retry = m_services.scheduler.after(m_askedWait, [this] {
        m_retry.cancel();
        Q_EMIT wantsTurn();
    });
}

void ReplyStream::take(const std::vector<TutorEvent>& events)
{
    const QPointer<ReplyStream> alive(this);
    for (const TutorEvent& event : events) {
        if (!alive || isOver() || m_message.state == stream::State::Queued) {
            return;
        }
        takeOne(event);
    }
}

void ReplyStream::takeOne(const TutorEvent& event)
{
    TutorMessage& message = m_message;
    std::visit(Overload {
                   [&](const TutorStarted& started) {
                       if (!started.model.isEmpty()) {
                           message.model = started.model;
                       }
                   },
                   [&](const TextDelta& delta) { hear(delta.text); },
                   [&](const RefusalDelta& delta) {
                       message.refused = true;
                       speak(delta.text);
                   },
                   [&](const ReasoningDelta& delta) {
                       m_isHeard = true;
                       m_thoughts += ::estimatedTokens(delta.text);
                       input(Input::Reasoned);
                   },
                   [&](const ReasoningOpaque& opaque) {
                       m_isHeard = true;
                       message.opaque.append(opaque.data);
                   },
                   [&](const ToolCallDelta&) { m_isHeard = true; },
                   [&](const TutorCitation& citation) { message.citations.append(citation); },
                   [&](const TutorUsage& usage) { message.usage = usage; },
                   [&](const TutorPing&) { input(Input::Life); },
                   [&](const TutorFinished& finished) { finish(finished); },
                   [&](const TutorFailure& failure) { failed(failure); },
                   [&](const TutorInterrupted&) { broke(local(ErrorKind::Offline, "interrupted")); },
               },
        event);
}

void ReplyStream::finish(const TutorFinished& finished)
{
    m_isComplete = true;
    if (finished.reason == FinishReason::Error) {
        m_message.finish = finished.reason;
        fail(local(ErrorKind::Server, "server_error"), true);
        return;
    }
    if (std::exchange(m_breakerWaits, false)) {
        m_services.breakerOf(tutor()).succeeded();
    }
    rememberQuirks();
    if (finished.reason == FinishReason::Continuation && !finished.continuation.isEmpty() && m_goingsOn < mostGoingsOn) {
        ++m_goingsOn;
        settle();
        m_prompt.continuation = finished.continuation;
        m_opaqueBefore = m_message.opaque.size();
        m_citationsBefore = m_message.citations.size();
        m_ask = m_services.random.uuid();
        m_connection.close();
        open();
        return;
    }
    m_message.finish = finished.reason;
    m_message.refused = m_message.refused || finished.reason == FinishReason::Refusal;
    if (!m_spoke && m_kept.isEmpty()) {
        fail(silence(finished.reason), false);
        return;
    }
    input(Input::Finished);
}

void ReplyStream::hear(const QString& text)
{
    const QString shown = m_citing.feed(m_aside.feed(text));
    cite();
    if (shown.isEmpty() && m_spoke) {
        input(Input::Spoke);
    }
    speak(shown);
}

/// What the reply has cited for the first time.
void ReplyStream::cite()
{
    for (const LessonPassage& note : m_citing.takeCited()) {
        m_message.citations.append({m_learner.exercise.pack, note.id, note.title});
    }
}

void ReplyStream::speak(const QString& text)
{
    if (text.isEmpty()) {
        return;
    }
    const bool isFirst = !std::exchange(m_spoke, true);
    m_isHeard = true;
    if (m_thinkingSince) {
        m_thoughtFor = m_services.clock.monotonic() - *std::exchange(m_thinkingSince, std::nullopt);
    }
    m_message.text += text;
    if (isFirst && !m_message.firstTokenAfter) {
        m_message.firstTokenAfter
            = std::chrono::duration_cast<milliseconds>(m_services.clock.monotonic() - m_askedAt);
        m_services.tally.addFirstToken(*m_message.firstTokenAfter);
    }
    const bool wasWriting = m_message.state == stream::State::Writing;
    input(Input::Spoke);
    if (wasWriting) {
        publish(isFirst);
    }
    keepSoon();
}

void ReplyStream::failed(const TutorFailure& failure)
{
    const auto adapted = ReplyConnection::strategyFor(tutor().provider).adapted(m_quirks, failure);
    const bool isTooMuch = failure.error.code == QLatin1String("context_full");
    if (!m_spoke && (adapted || (isTooMuch && forgetOldest()))) {
        m_isBilled = false;
        m_quirks = adapted.value_or(m_quirks);
        m_askedWait = milliseconds(0);
        if (std::exchange(m_breakerWaits, false)) {
            m_services.breakerOf(tutor()).abandoned();
        }
        input(Input::FailedSoftly);
        return;
    }
    m_isBilled = m_isBilled && m_isHeard;
    m_message.finish = FinishReason::Error;
    fail(failure.error, failure.retryable);
}

/// Leaves out the older half of what was said; false when there is nothing to leave out.
bool ReplyStream::forgetOldest()
{
    const qsizetype needed = m_kept.isEmpty() ? 1 : 3;
    const qsizetype spare = m_prompt.turns.size() - needed;
    if (spare < 1) {
        return false;
    }
    // A learner's turn must stand first.
    const qsizetype half = (spare + 1) / 2;
    m_prompt.turns.remove(0, std::min(half + half % 2, spare));
    m_ask = m_services.random.uuid();
    return true;
}

void ReplyStream::judge(const Error& error)
{
    if (!std::exchange(m_breakerWaits, false)) {
        return;
    }
    Breaker& breaker = m_services.breakerOf(tutor());
    if (error.kind == ErrorKind::Server || error.kind == ErrorKind::Timeout) {
        breaker.failedAt(m_services.clock.monotonic());
    } else {
        breaker.abandoned();
    }
}

void ReplyStream::fail(const Error& error, bool retryable)
{
    qCInfo(lcTutor) << "reply failed:" << tutor().name() << errorKindName(error.kind) << error.code << "try" << m_triesHere;
    judge(error);
    m_message.error = error;
    if (m_spoke) {
        m_message.finish = FinishReason::Interrupted;
        input(Input::Ended);
        return;
    }
    const milliseconds asked = error.retryAfter.value_or(milliseconds(0));
    const bool triesLeft = retryable && m_triesHere < tutor().maxTries;
    if (triesLeft && asked <= longestSilentWait) {
        ++m_triesHere;
        ++m_message.tries;
        ++m_services.tally.retries;
        m_askedWait = std::max(asked, m_backoff.next());
        input(Input::FailedSoftly);
        return;
    }
    if (FallbackChain::mayHelp(error) && moveOn(error.code)) {
        return;
    }
    if (triesLeft && asked <= longestCountdown) {
        ++m_triesHere;
        ++m_message.tries;
        ++m_services.tally.retries;
        m_askedWait = asked;
        input(Input::FailedSoftly);
        return;
    }
    if (m_kept.isEmpty()) {
        input(Input::FailedFirmly);
    } else {
        m_message.finish = FinishReason::Interrupted;
        input(Input::Ended);
    }
}

bool ReplyStream::isUsable(const TutorSettings& candidate) const
{
    return candidate.provider == TutorProviderKind::Notes
        || m_services.breakerOf(candidate).allowsAt(m_services.clock.monotonic());
}

bool ReplyStream::moveOn(const QString& reason)
{
    if (m_spoke || isOver() || !m_isPrepared) {
        return false;
    }
    const TutorSettings left = tutor();
    // Only a tutor that knows the language may go on in the middle of a sentence: not the notes.
    const bool goesOn = !m_kept.isEmpty();
    const bool moved = m_chain.advance([&](const TutorSettings& candidate) {
        return isUsable(candidate) && !(goesOn && candidate.provider == TutorProviderKind::Notes);
    });
    if (!moved) {
        return false;
    }
    if (std::exchange(m_breakerWaits, false)) {
        m_services.breakerOf(left).abandoned();
    }
    if (!m_message.fallback) {
        m_message.fallback = TutorFallback {left.name(), left.model, reason};
    }
    ++m_services.tally.fallbacks;
    m_triesHere = 1;
    m_backoff.reset();
    m_opaqueBefore = 0;
    m_prompt.continuation.clear();
    for (TutorTurn& turn : m_prompt.turns) {
        turn.opaque.clear();
    }
    m_askedWait = milliseconds(0);
    m_ask = m_services.random.uuid();
    m_quirks = m_services.quirks.quirksFor(m_services.catalogue, tutor());
    if (m_message.state == stream::State::Queued) {
        publish(true);
        skipWait();
        return true;
    }
    ++m_message.tries;
    // What was asked of the one that is left is settled under its name.
    m_leaving = left;
    input(Input::FailedSoftly);
    return true;
}

void ReplyStream::broke(const Error& error)
{
    if (reattach(error.code == QLatin1String(ReplyConnection::modelLoading)) || takeRest()) {
        return;
    }
    m_message.finish = FinishReason::Interrupted;
    fail(error, error.isTransient());
}

bool ReplyStream::reattach(bool isLoading)
{
    const bool mayTry = isLoading ? m_looks < mostLooks : m_reattached < mostReattachments;
    if (!mayTry || !m_connection.canReattach()) {
        return false;
    }
    if (isLoading) {
        ++m_looks;
        m_reattachIn = lookPause;
    } else {
        m_reattachIn = reattachPause * m_reattached;
        ++m_reattached;
        ++m_services.tally.resumed;
    }
    input(Input::Reattach);
    return true;
}

/// No more bytes will come: takes what was held back. True when the reply is over with it.
bool ReplyStream::takeRest()
{
    std::vector<TutorEvent> rest = m_connection.rest();
    const bool isCut = rest.empty() || std::holds_alternative<TutorInterrupted>(rest.back());
    if (!rest.empty() && isCut) {
        rest.pop_back();
    }
    const QPointer<ReplyStream> alive(this);
    take(rest);
    return !alive || !isCut || isOver();
}

void ReplyStream::starved(Watch watch)
{
    if (watch != Watch::Total && watch != Watch::First && reattach()) {
        return;
    }
    if (takeRest()) {
        return;
    }
    m_message.finish = FinishReason::Interrupted;
    // A local server that loads its model would only get a second job; enough is enough for the rest.
    const bool isFinal = watch == Watch::Total || (watch == Watch::First && tutor().place == TutorPlace::Local);
    fail(local(ErrorKind::Timeout, Watchdogs::code(watch)), !isFinal);
}

void ReplyStream::settle()
{
    if (m_request.isEmpty()) {
        m_message.usage = m_usedBefore;
        m_message.costMicros = tutor().provider == TutorProviderKind::Notes ? m_microsBefore : m_message.costMicros;
        return;
    }
    const TutorSettings asked = m_leaving.value_or(tutor());
    m_leaving.reset();
    TutorUsage usage = m_message.usage;
    // A tutor that was not let finish has not counted to the end.
    const bool isKnown = m_isComplete && usage.input >= 0 && usage.output >= 0;
    const bool cameToNothing = !m_isBilled && !m_isComplete;
    if (!isKnown && !cameToNothing) {
        usage.input = usage.input >= 0 ? usage.input : m_counted;
        usage.output = std::max(usage.output, estimatedOutput(asked));
        m_message.usageEstimated = true;
    }
    const qint64 tokens = cameToNothing ? 0 : std::max<qint64>(0, sum(usage.input, usage.output));
    const qint64 cost = cameToNothing ? 0 : m_services.catalogue.costMicros(asked.name(), asked.model, usage);
    m_services.limiterOf(asked).correct(m_ticket, tokens);
    m_services.budget.settle(m_request, {tokens, std::max<qint64>(0, cost)});
    if (cameToNothing) {
        m_message.usage = m_usedBefore;
        m_services.archive.forgetUsage(m_request);
    } else {
        m_message.usage = {sum(usage.input, m_usedBefore.input), sum(usage.output, m_usedBefore.output),
            sum(usage.cachedInput, m_usedBefore.cachedInput), sum(usage.reasoning, m_usedBefore.reasoning),
            sum(usage.cacheWritten, m_usedBefore.cacheWritten)};
        m_message.costMicros = cost < 0 ? -1 : cost + m_microsBefore;
        m_usedBefore = m_message.usage;
        m_microsBefore = std::max<qint64>(0, m_message.costMicros);
        m_services.archive.keepUsage({m_request, DailyBudget::dayOf(m_services.clock.wall()), asked.name(), asked.model,
            std::max<qint64>(0, usage.input), std::max<qint64>(0, usage.output), std::max<qint64>(0, cost), asked.costs()});
    }
    m_request.clear();
}

void ReplyStream::rememberQuirks()
{
    const bool isNew = m_quirks.adapted || (m_connection.foundResumable() && !m_quirks.resumable);
    if (!isNew) {
        return;
    }
    m_quirks.resumable = m_quirks.resumable || m_connection.foundResumable();
    m_quirks.adapted = false;
    m_services.archive.keepQuirks(
        tutor().name(), tutor().model, m_services.quirks.learn(m_services.catalogue, tutor(), m_quirks));
}

void ReplyStream::publish(bool now)
{
    if (now) {
        m_publish.cancel();
        Q_EMIT changed();
    } else if (!m_publish.isScheduled()) {
        m_publish = m_services.scheduler.after(publishEvery, [this] { publish(true); });
    }
}

void ReplyStream::keepSoon()
{
    if (!m_keep.isScheduled() && !isOver()) {
        m_keep = m_services.scheduler.after(keepEvery, [this] {
            m_keep.cancel();
            m_services.archive.keepPartial(m_message);
        });
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/AiTutorStreamManager.h"

#include "base/Backoff.h"
#include "base/Log.h"
#include "store/Database.h"
#include "store/SecretStore.h"
#include "net/HttpStream.h"
#include "tutor/NotesTutor.h"
#include "tutor/OpenAiChatProvider.h"
#include "tutor/RequestLimiter.h"
#include "tutor/TutorPromptBuilder.h"
#include "tutor/TutorRecords.h"
#include "tutor/TutorTally.h"

#include <QPointer>

#include <algorithm>
#include <map>

using std::chrono::milliseconds;
using stream::Effect;
using stream::Input;

namespace {

constexpr auto publishEvery = milliseconds(33);
constexpr auto writeEvery = milliseconds(250);
constexpr auto retryBase = milliseconds(1'000);
constexpr auto retryCap = milliseconds(20'000);
/// A server that wants more patience than this gets no silent retry: the learner decides.
constexpr auto longestSilentWait = milliseconds(60'000);
constexpr int mostConversations = 500;

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

TutorTyping typingOf(stream::State state)
{
    switch (state) {
    case stream::State::Queued:
        return TutorTyping::Queued;
    case stream::State::Connecting:
        return TutorTyping::Connecting;
    case stream::State::Thinking:
        return TutorTyping::Thinking;
    case stream::State::Writing:
        return TutorTyping::Writing;
    default:
        return TutorTyping::Idle;
    }
}

/// One reply on its way. `attempt` grows with every connection, so that answers to an abandoned
/// one are recognised.
struct Reply
{
    TutorMessage message;
    TutorSettings settings;
    TutorPrompt prompt;
    LearnerCard learner;
    TutorQuirks quirks;
    std::unique_ptr<Backoff> backoff;
    QPointer<HttpStream> http;
    std::unique_ptr<TutorDecoder> decoder;
    int attempt = 0;
    int tries = 1;
    bool holdsSlot = false;
    std::optional<milliseconds> askedWait; ///< the server's, before the next try
    MonotonicTime askedAt {0};
    ScheduledTask first;
    ScheduledTask gap;
    ScheduledTask bytes;
    ScheduledTask total;
    ScheduledTask retry;
    ScheduledTask publish;
    ScheduledTask write;

    bool isVisible() const { return !message.text.isEmpty(); }
};

using ReplyPtr = std::shared_ptr<Reply>;

} // namespace

struct AiTutorStreamManager::Private
{
    Private(AiTutorStreamManager* manager, Database& db, HttpStreams& http, SecretStore& keys, Clock& time,
        Scheduler& timers, RandomSource& source)
        : q(manager), database(db), streams(http), secrets(keys), clock(time), scheduler(timers), random(source),
          notes(db)
    {
    }

    std::optional<Error> refusal(const QString& text) const;
    ReplyPtr newReply(const ConversationId& conversation, const MessageId& parent, const LearnerCard& learner);
    TutorMessage learnerMessage(const ConversationId& conversation, const MessageId& parent, const QString& text) const;
    void enqueue(const ReplyPtr& reply);
    void pump();
    void input(const ReplyPtr& reply, Input what);
    void perform(const ReplyPtr& reply, Effect effect);
    void open(const ReplyPtr& reply);
    void openNotes(const ReplyPtr& reply);
    void openHttp(const ReplyPtr& reply, const QByteArray& key);
    void close(const ReplyPtr& reply);
    void take(const ReplyPtr& reply, int attempt, const std::vector<TutorEvent>& events);
    void takeOne(const ReplyPtr& reply, const TutorEvent& event);
    void fail(const ReplyPtr& reply, const Error& error, bool retryable);
    void failed(const ReplyPtr& reply, const TutorFailure& failure);
    void starve(const ReplyPtr& reply, const char* code);
    void requeue(const ReplyPtr& reply);
    void speak(const ReplyPtr& reply, const QString& text);
    void publish(const ReplyPtr& reply, bool now);
    void writeSoon(const ReplyPtr& reply);
    void writeNow(const ReplyPtr& reply);
    void seal(const ReplyPtr& reply);
    bool mayRetry(const ReplyPtr& reply) const
    {
        return !reply->isVisible() && reply->tries < reply->settings.maxTries;
    }
    bool isCurrent(const ReplyPtr& reply, int attempt) const
    {
        return reply->attempt == attempt && !stream::isFinal(reply->message.state);
    }

    AiTutorStreamManager* q;
    Database& database;
    HttpStreams& streams;
    SecretStore& secrets;
    Clock& clock;
    Scheduler& scheduler;
    RandomSource& random;
    NotesTutor notes;
    OpenAiChatProvider openAiChat;
    TutorSettings settings;
    RequestLimiter limiter;
    TutorTally tally;
    std::map<QString, ReplyPtr> active; ///< by conversation
    QList<ReplyPtr> queue;
    int slots = 0;
    ScheduledTask nextPump;
    TutorRateLimitStatus lastStatus;
};

AiTutorStreamManager::AiTutorStreamManager(Database& database, HttpStreams& streams, SecretStore& secrets,
    Clock& clock, Scheduler& scheduler, RandomSource& random, QObject* parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, database, streams, secrets, clock, scheduler, random))
{
    qRegisterMetaType<TutorMessage>();
    qRegisterMetaType<TutorTyping>();
}

AiTutorStreamManager::~AiTutorStreamManager()
{
    for (const auto& [conversation, reply] : d->active) {
        d->writeNow(reply);
        d->close(reply);
    }
}

void AiTutorStreamManager::setSettings(const TutorSettings& settings)
{
    d->settings = settings;
    d->limiter.setPerMinute(settings.requestsPerMinute);
    d->pump();
}

const TutorSettings& AiTutorStreamManager::settings() const
{
    return d->settings;
}

Async<void> AiTutorStreamManager::recover()
{
    const AsyncPromise<void> promise;
    whenDone(d->database.run<int>(&ConversationStore::interruptStreaming), this,
        [promise](const Result<int>& changed) {
            promise.resolve(changed ? Result<void>() : Result<void>(changed.error()));
        });
    return promise.future();
}

std::optional<Error> AiTutorStreamManager::Private::refusal(const QString& text) const
{
    if (text.trimmed().isEmpty()) {
        return local(ErrorKind::Invalid, "empty");
    }
    if (text.size() > settings.maxInputCharacters) {
        return local(ErrorKind::Invalid, "too_long");
    }
    return std::nullopt;
}

ReplyPtr AiTutorStreamManager::Private::newReply(
    const ConversationId& conversation, const MessageId& parent, const LearnerCard& learner)
{
    auto reply = std::make_shared<Reply>();
    reply->message.id = MessageId(random.uuid());
    reply->message.parent = parent;
    reply->message.conversation = conversation;
    reply->message.role = TutorRole::Tutor;
    reply->message.state = stream::State::Queued;
    reply->message.createdAt = clock.wall();
    reply->settings = settings;
    reply->learner = learner;
    reply->backoff = std::make_unique<Backoff>(random, retryBase, retryCap);
    reply->askedAt = clock.monotonic();
    return reply;
}

TutorMessage AiTutorStreamManager::Private::learnerMessage(
    const ConversationId& conversation, const MessageId& parent, const QString& text) const
{
    TutorMessage message;
    message.id = MessageId(random.uuid());
    message.parent = parent;
    message.conversation = conversation;
    message.text = text;
    message.createdAt = clock.wall();
    return message;
}

ConversationId AiTutorStreamManager::startTutorConversation(const LearnerCard& learner, const QString& text)
{
    if (const auto refused = d->refusal(text)) {
        Q_EMIT errorOccurred({}, *refused);
        return {};
    }
    const ConversationId id(d->random.uuid());
    const TutorMessage said = d->learnerMessage(id, {}, text);
    const ReplyPtr reply = d->newReply(id, said.id, learner);
    reply->prompt = tutorPrompt(learner, {{TutorRole::Learner, text}});

    StoredConversation conversation;
    conversation.id = id;
    conversation.title = text.simplified().left(80);
    conversation.learner = toJson(learner);
    conversation.createdAt = d->clock.wall();
    conversation.updatedAt = conversation.createdAt;
    d->active[id.toString()] = reply;
    const auto work = [conversation, said, pending = reply->message](Connection& connection) -> Result<void> {
        if (Result<void> created = ConversationStore::create(connection, conversation); !created) {
            return created;
        }
        if (Result<void> kept = ConversationStore::append(connection, toStored(said)); !kept) {
            return kept;
        }
        return ConversationStore::append(connection, toStored(pending));
    };
    whenDone(d->database.run<void>(work), this, [this, id, said, reply](const Result<void>& kept) {
        if (!kept) {
            d->active.erase(id.toString());
            Q_EMIT errorOccurred(id, kept.error());
            return;
        }
        Q_EMIT messageChanged(said);
        Q_EMIT conversationsChanged();
        d->enqueue(reply);
    });
    return id;
}

MessageId AiTutorStreamManager::continueTutorConversation(const ConversationId& conversation, const QString& text)
{
    auto refused = d->refusal(text);
    if (!refused && d->active.contains(conversation.toString())) {
        refused = local(ErrorKind::Conflict, "busy");
    }
    if (refused) {
        Q_EMIT errorOccurred(conversation, *refused);
        return {};
    }
    // What the learner card and the branch are is known only to the database; the ids are known now.
    const TutorMessage said = d->learnerMessage(conversation, {}, text);
    const ReplyPtr reply = d->newReply(conversation, said.id, {});
    d->active[conversation.toString()] = reply;
    const auto work = [conversation, said, pending = reply->message](Connection& connection) -> Result<TutorHistory> {
        auto history = readHistory(connection, conversation);
        if (!history) {
            return history;
        }
        TutorMessage placed = said;
        placed.parent = history->head;
        if (Result<void> kept = ConversationStore::append(connection, toStored(placed)); !kept) {
            return kept.error();
        }
        if (Result<void> kept = ConversationStore::append(connection, toStored(pending)); !kept) {
            return kept.error();
        }
        history.value().turns.append({TutorRole::Learner, said.text});
        history.value().head = placed.parent;
        return history;
    };
    whenDone(d->database.run<TutorHistory>(work), this, [this, conversation, said, reply](const Result<TutorHistory>& history) {
        if (!history) {
            d->active.erase(conversation.toString());
            Q_EMIT errorOccurred(conversation, history.error());
            return;
        }
        reply->learner = history->learner;
        reply->prompt = tutorPrompt(history->learner, history->turns);
        TutorMessage placed = said;
        placed.parent = history->head;
        Q_EMIT messageChanged(placed);
        Q_EMIT conversationsChanged();
        d->enqueue(reply);
    });
    return reply->message.id;
}

MessageId AiTutorStreamManager::retryTutorReply(const ConversationId& conversation)
{
    if (d->active.contains(conversation.toString())) {
        Q_EMIT errorOccurred(conversation, local(ErrorKind::Conflict, "busy"));
        return {};
    }
    const ReplyPtr reply = d->newReply(conversation, {}, {});
    d->active[conversation.toString()] = reply;
    const auto work = [conversation, pending = reply->message](Connection& connection) -> Result<TutorHistory> {
        auto history = readHistory(connection, conversation);
        if (!history) {
            return history;
        }
        if (history->lastLearner.isEmpty()) {
            return Error {ErrorKind::NotFound, QStringLiteral("unknown_conversation"), {}, {}};
        }
        history.value().dropLastReply();
        TutorMessage placed = pending;
        placed.parent = history->lastLearner;
        if (Result<void> kept = ConversationStore::append(connection, toStored(placed)); !kept) {
            return kept.error();
        }
        return history;
    };
    whenDone(d->database.run<TutorHistory>(work), this, [this, conversation, reply](const Result<TutorHistory>& history) {
        if (!history) {
            d->active.erase(conversation.toString());
            Q_EMIT errorOccurred(conversation, history.error());
            return;
        }
        reply->message.parent = history->lastLearner;
        reply->learner = history->learner;
        reply->prompt = tutorPrompt(history->learner, history->turns);
        d->enqueue(reply);
    });
    return reply->message.id;
}

void AiTutorStreamManager::cancelTutorStream(const ConversationId& conversation)
{
    const auto found = d->active.find(conversation.toString());
    if (found != d->active.end()) {
        d->input(ReplyPtr(found->second), Input::Stop);
    }
}

void AiTutorStreamManager::Private::enqueue(const ReplyPtr& reply)
{
    if (stream::isFinal(reply->message.state)) {
        return; // stopped while its words were being written down
    }
    ++tally.started;
    publish(reply, true);
    Q_EMIT q->typingChanged(reply->message.conversation, TutorTyping::Queued);
    queue.append(reply);
    pump();
}

void AiTutorStreamManager::Private::pump()
{
    nextPump.cancel();
    for (qsizetype i = 0; i < queue.size();) {
        const ReplyPtr reply = queue[i];
        const bool isLocal = reply->settings.provider == TutorProviderKind::Notes;
        if (!isLocal) {
            if (slots >= settings.maxActive) {
                ++i;
                continue;
            }
            const MonotonicTime now = clock.monotonic();
            if (const milliseconds wait = limiter.waitAt(now); wait > milliseconds(0)) {
                nextPump = scheduler.after(wait, [this] { pump(); });
                ++i;
                continue;
            }
            limiter.record(now);
            ++slots;
            reply->holdsSlot = true;
        }
        queue.removeAt(i);
        reply->message.retryIn.reset();
        input(reply, Input::Admitted);
        i = 0;
    }
    if (const TutorRateLimitStatus status = q->rateLimitStatus(); status != lastStatus) {
        lastStatus = status;
        Q_EMIT q->rateLimitChanged();
    }
}

void AiTutorStreamManager::Private::input(const ReplyPtr& reply, Input what)
{
    const stream::State before = reply->message.state;
    const stream::Step next = stream::step(before, what);
    reply->message.state = next.state;
    if (next.state != before) {
        publish(reply, true);
        if (typingOf(before) != typingOf(next.state)) {
            Q_EMIT q->typingChanged(reply->message.conversation, typingOf(next.state));
        }
    }
    for (const Effect effect : next.effects) {
        perform(reply, effect);
    }
}

void AiTutorStreamManager::Private::perform(const ReplyPtr& reply, Effect effect)
{
    const TutorTimeouts& timeouts = reply->settings.timeouts;
    const auto watch = [this, &reply](milliseconds time, const char* code) {
        return scheduler.after(time, [this, weak = std::weak_ptr<Reply>(reply), code] {
            if (const ReplyPtr alive = weak.lock()) {
                starve(alive, code);
            }
        });
    };
    switch (effect) {
    case Effect::Open:
        reply->total = watch(timeouts.total, "total_timeout");
        open(reply);
        break;
    case Effect::Close:
        close(reply);
        break;
    case Effect::WatchFirst:
        reply->first = watch(timeouts.firstContent, "first_content_timeout");
        break;
    case Effect::WatchGap:
        reply->first.cancel();
        reply->gap = watch(timeouts.gap, "gap_timeout");
        break;
    case Effect::WatchBytes:
        reply->bytes = watch(timeouts.bytes, "silence_timeout");
        break;
    case Effect::Unwatch:
        for (ScheduledTask* task : {&reply->first, &reply->gap, &reply->bytes, &reply->total, &reply->retry}) {
            task->cancel();
        }
        break;
    case Effect::Requeue:
        requeue(reply);
        break;
    case Effect::Release:
        if (std::exchange(reply->holdsSlot, false)) {
            --slots;
        }
        break;
    case Effect::Seal:
        seal(reply);
        break;
    }
}

void AiTutorStreamManager::Private::open(const ReplyPtr& reply)
{
    ++reply->attempt;
    reply->message.tries = reply->tries;
    reply->message.error.reset();
    if (reply->settings.provider == TutorProviderKind::Notes) {
        openNotes(reply);
        return;
    }
    const int attempt = reply->attempt;
    if (reply->settings.model.isEmpty()) {
        // Never from inside the step that opens: the machine must have settled first.
        reply->retry = scheduler.after(milliseconds(0), [this, reply = std::weak_ptr<Reply>(reply), attempt] {
            if (const ReplyPtr alive = reply.lock(); alive && isCurrent(alive, attempt)) {
                fail(alive, local(ErrorKind::Invalid, "no_model"), false);
            }
        });
        return;
    }
    const Async<QByteArray> key = reply->settings.needsKey
        ? secrets.read(reply->settings.secretName)
        : readyAsync<QByteArray>(Result<QByteArray>(QByteArray()));
    whenDone(key, q, [this, reply, attempt](const Result<QByteArray>& secret) {
        if (!isCurrent(reply, attempt)) {
            return;
        }
        if (!secret || (reply->settings.needsKey && secret->isEmpty())) {
            fail(reply, local(ErrorKind::Unauthorized, "no_key"), false);
            return;
        }
        openHttp(reply, *secret);
    });
}

void AiTutorStreamManager::Private::openNotes(const ReplyPtr& reply)
{
    const int attempt = reply->attempt;
    const QString question = reply->prompt.turns.isEmpty() ? QString() : reply->prompt.turns.last().text;
    whenDone(notes.reply(question, reply->learner), q,
        [this, reply, attempt](const Result<std::vector<TutorEvent>>& events) {
            if (!isCurrent(reply, attempt)) {
                return;
            }
            if (!events) {
                fail(reply, events.error(), false);
                return;
            }
            input(reply, Input::Opened);
            take(reply, attempt, *events);
        });
}

void AiTutorStreamManager::Private::openHttp(const ReplyPtr& reply, const QByteArray& key)
{
    const int attempt = reply->attempt;
    HttpStream* http
        = streams.open(openAiChat.request(reply->prompt, reply->settings, reply->quirks, key), q);
    reply->http = http;
    const std::weak_ptr<Reply> weak = reply;
    const auto live = [this, weak, attempt]() -> ReplyPtr {
        const ReplyPtr alive = weak.lock();
        return alive && isCurrent(alive, attempt) ? alive : nullptr;
    };
    QObject::connect(http, &HttpStream::started, q, [this, live](int status, const HttpHeaders& headers) {
        if (const ReplyPtr alive = live()) {
            alive->decoder = openAiChat.decoder(status, headers);
            if (status >= 200 && status < 300) {
                input(alive, Input::Opened);
            }
        }
    });
    QObject::connect(http, &HttpStream::bytes, q, [this, live, attempt](const QByteArray& bytes) {
        const ReplyPtr alive = live();
        if (alive && alive->decoder) {
            tally.bytesReceived += bytes.size();
            input(alive, Input::Life);
            take(alive, attempt, alive->decoder->feed(bytes));
        }
    });
    QObject::connect(http, &HttpStream::finished, q, [this, live, attempt] {
        if (const ReplyPtr alive = live()) {
            take(alive, attempt, alive->decoder ? alive->decoder->end() : std::vector<TutorEvent> {TutorInterrupted {}});
        }
    });
    QObject::connect(http, &HttpStream::failed, q, [this, live, attempt](const Error& error) {
        if (const ReplyPtr alive = live()) {
            // The end signal may have arrived before the connection broke.
            const auto rest = alive->decoder ? alive->decoder->end() : std::vector<TutorEvent>();
            const bool ended = !rest.empty() && !std::holds_alternative<TutorInterrupted>(rest.back());
            if (ended) {
                take(alive, attempt, rest);
            } else {
                fail(alive, error, error.isTransient());
            }
        }
    });
}

void AiTutorStreamManager::Private::close(const ReplyPtr& reply)
{
    ++reply->attempt;
    reply->decoder.reset();
    if (HttpStream* http = reply->http) {
        reply->http.clear();
        http->disconnect(q);
        http->abort();
        http->deleteLater();
    }
}

void AiTutorStreamManager::Private::take(
    const ReplyPtr& reply, int attempt, const std::vector<TutorEvent>& events)
{
    for (const TutorEvent& event : events) {
        if (!isCurrent(reply, attempt)) {
            return;
        }
        takeOne(reply, event);
    }
}

void AiTutorStreamManager::Private::takeOne(const ReplyPtr& reply, const TutorEvent& event)
{
    TutorMessage& message = reply->message;
    std::visit(Overload {
                   [&](const TutorStarted& started) { message.model = started.model; },
                   [&](const TextDelta& delta) { speak(reply, delta.text); },
                   [&](const RefusalDelta& delta) {
                       message.refused = true;
                       speak(reply, delta.text);
                   },
                   [&](const ReasoningDelta&) { input(reply, Input::Reasoned); },
                   [&](const ReasoningOpaque&) { },
                   [&](const ToolCallDelta&) { },
                   [&](const TutorCitation& citation) { message.citations.append(citation); },
                   [&](const TutorUsage& usage) { message.usage = usage; },
                   [&](const TutorPing&) { input(reply, Input::Life); },
                   [&](const TutorFinished& finished) {
                       message.finish = finished.reason;
                       input(reply, Input::Finished);
                   },
                   [&](const TutorFailure& failure) { failed(reply, failure); },
                   [&](const TutorInterrupted&) {
                       message.finish = FinishReason::Interrupted;
                       if (mayRetry(reply)) {
                           fail(reply, local(ErrorKind::Offline, "interrupted"), true);
                       } else {
                           input(reply, Input::Ended);
                       }
                   },
               },
        event);
}

void AiTutorStreamManager::Private::speak(const ReplyPtr& reply, const QString& text)
{
    const bool isFirst = !reply->isVisible();
    reply->message.text += text;
    if (isFirst) {
        reply->message.firstTokenAfter
            = std::chrono::duration_cast<milliseconds>(clock.monotonic() - reply->askedAt);
        tally.addFirstToken(*reply->message.firstTokenAfter);
    }
    input(reply, Input::Spoke);
    publish(reply, isFirst);
    writeSoon(reply);
}

void AiTutorStreamManager::Private::failed(const ReplyPtr& reply, const TutorFailure& failure)
{
    if (const auto adapted = openAiChat.adapted(reply->quirks, failure); adapted && !reply->isVisible()) {
        reply->quirks = *adapted;
        reply->askedWait = milliseconds(0);
        input(reply, Input::FailedSoftly);
        return;
    }
    reply->message.finish = FinishReason::Error;
    fail(reply, failure.error, failure.retryable);
}

void AiTutorStreamManager::Private::fail(const ReplyPtr& reply, const Error& error, bool retryable)
{
    qCInfo(lcTutor) << "reply failed:" << errorKindName(error.kind) << error.code << "try" << reply->tries;
    reply->message.error = error;
    const bool tooLong = error.retryAfter && *error.retryAfter > longestSilentWait;
    if (retryable && mayRetry(reply) && !tooLong) {
        ++reply->tries;
        ++tally.retries;
        reply->askedWait = std::max(error.retryAfter.value_or(milliseconds(0)), reply->backoff->next());
        input(reply, Input::FailedSoftly);
    } else {
        input(reply, Input::FailedFirmly);
    }
}

void AiTutorStreamManager::Private::starve(const ReplyPtr& reply, const char* code)
{
    const int attempt = reply->attempt;
    if (reply->decoder) {
        // A server that keeps the connection open after its last word has finished all the same.
        const auto rest = reply->decoder->end();
        if (!rest.empty() && std::holds_alternative<TutorFinished>(rest.back())) {
            take(reply, attempt, rest);
            return;
        }
    }
    reply->message.error = local(ErrorKind::Timeout, code);
    reply->message.finish = FinishReason::Interrupted;
    if (mayRetry(reply)) {
        ++reply->tries;
        ++tally.retries;
        reply->askedWait = reply->backoff->next();
        input(reply, Input::Starved);
    } else {
        input(reply, Input::StarvedOut);
    }
}

void AiTutorStreamManager::Private::requeue(const ReplyPtr& reply)
{
    const milliseconds wait = reply->askedWait.value_or(milliseconds(0));
    reply->message.retryIn = wait;
    reply->message.tries = reply->tries;
    publish(reply, true);
    reply->retry = scheduler.after(wait, [this, weak = std::weak_ptr<Reply>(reply)] {
        if (const ReplyPtr alive = weak.lock()) {
            queue.append(alive);
            pump();
        }
    });
    pump();
}

void AiTutorStreamManager::Private::publish(const ReplyPtr& reply, bool now)
{
    if (now) {
        reply->publish.cancel();
        Q_EMIT q->messageChanged(reply->message);
    } else if (!reply->publish.isScheduled()) {
        reply->publish = scheduler.after(publishEvery, [this, weak = std::weak_ptr<Reply>(reply)] {
            if (const ReplyPtr alive = weak.lock()) {
                publish(alive, true);
            }
        });
    }
}

void AiTutorStreamManager::Private::writeSoon(const ReplyPtr& reply)
{
    if (!reply->write.isScheduled()) {
        reply->write = scheduler.after(writeEvery, [this, weak = std::weak_ptr<Reply>(reply)] {
            if (const ReplyPtr alive = weak.lock()) {
                alive->write.cancel();
                writeNow(alive);
            }
        });
    }
}

void AiTutorStreamManager::Private::writeNow(const ReplyPtr& reply)
{
    whenDone(database.run<void>([stored = toStored(reply->message)](Connection& connection) {
        return ConversationStore::update(connection, stored);
    }), q, [this, conversation = reply->message.conversation](const Result<void>& written) {
        if (!written) {
            Q_EMIT q->errorOccurred(conversation, written.error());
        }
    });
}

void AiTutorStreamManager::Private::seal(const ReplyPtr& reply)
{
    reply->publish.cancel();
    reply->write.cancel();
    reply->retry.cancel();
    queue.removeAll(reply);
    active.erase(reply->message.conversation.toString());
    tally.add(reply->message);
    whenDone(database.run<void>([stored = toStored(reply->message)](Connection& connection) {
        return ConversationStore::update(connection, stored);
    }), q, [this, message = reply->message](const Result<void>& written) {
        if (!written) {
            Q_EMIT q->errorOccurred(message.conversation, written.error());
        }
        Q_EMIT q->replyFinished(message);
    });
    Q_EMIT q->messageChanged(reply->message);
    pump();
}

TutorTyping AiTutorStreamManager::typing(const ConversationId& conversation) const
{
    const auto found = d->active.find(conversation.toString());
    return found == d->active.end() ? TutorTyping::Idle : typingOf(found->second->message.state);
}

int AiTutorStreamManager::queuePosition(const ConversationId& conversation) const
{
    for (qsizetype i = 0; i < d->queue.size(); ++i) {
        if (d->queue[i]->message.conversation == conversation) {
            return int(i) + 1;
        }
    }
    return 0;
}

TutorRateLimitStatus AiTutorStreamManager::rateLimitStatus() const
{
    const MonotonicTime now = d->clock.monotonic();
    TutorRateLimitStatus status;
    status.requestsPerMinute = d->limiter.perMinute();
    status.usedInLastMinute = d->limiter.usedAt(now);
    status.active = d->slots;
    status.queued = int(d->queue.size());
    if (const milliseconds wait = d->limiter.waitAt(now); wait > milliseconds(0)) {
        status.nextSlotIn = wait;
    }
    return status;
}

TutorStats AiTutorStreamManager::stats() const
{
    return d->tally.stats();
}

Async<QList<TutorConversation>> AiTutorStreamManager::conversations()
{
    return d->database.read<QList<TutorConversation>>(
        [](Connection& connection) -> Result<QList<TutorConversation>> {
            const auto stored = ConversationStore::list(connection, mostConversations);
            if (!stored) {
                return stored.error();
            }
            QList<TutorConversation> conversations;
            for (const StoredConversation& entry : *stored) {
                conversations.append({entry.id, entry.title, entry.updatedAt, learnerFrom(entry.learner)});
            }
            return conversations;
        });
}

Async<QList<TutorMessage>> AiTutorStreamManager::messages(const ConversationId& conversation)
{
    const AsyncPromise<QList<TutorMessage>> promise;
    const auto work = [conversation](Connection& connection) {
        return ConversationStore::branch(connection, conversation);
    };
    whenDone(d->database.read<QList<StoredMessage>>(work), this,
        [this, conversation, promise](const Result<QList<StoredMessage>>& stored) {
            if (!stored) {
                promise.resolve(stored.error());
                return;
            }
            QList<TutorMessage> messages;
            const auto live = d->active.find(conversation.toString());
            for (const StoredMessage& entry : *stored) {
                const bool isLive = live != d->active.end() && live->second->message.id == entry.id;
                messages.append(isLive ? live->second->message : messageFrom(entry));
            }
            promise.resolve(messages);
        });
    return promise.future();
}

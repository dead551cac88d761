// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/AiTutorStreamManager.h"

#include "store/Database.h"
#include "tutor/ReplyQueue.h"
#include "tutor/ReplyServices.h"
#include "tutor/ReplyStream.h"

#include <QCryptographicHash>
#include <QPointer>

#include <map>

using std::chrono::milliseconds;

namespace {

constexpr auto draftEvery = milliseconds(250);
constexpr qsizetype longestTitle = 80;

Error local(ErrorKind kind, const char* code)
{
    return Error {kind, QLatin1String(code), {}, {}};
}

QDate dateOf(qint64 day)
{
    return QDate(1970, 1, 1).addDays(day);
}

} // namespace

struct AiTutorStreamManager::Private
{
    Private(AiTutorStreamManager* manager, Database& database, HttpStreams& streams, SecretStore& secrets, Clock& clock,
        Scheduler& scheduler, RandomSource& random)
        : q(manager), archive(database, clock, random), notes(database),
          services {streams, secrets, clock, scheduler, random, archive, notes, manager}, queue(services, nullptr)
    {
    }

    std::optional<Error> refusal(const QString& text) const;
    std::optional<Error> refusal(const ConversationId& conversation) const;
    bool mayAsk(const ConversationId& conversation, const std::optional<Error>& refused);
    TutorMessage newReply(const ConversationId& conversation);
    TutorMessage newWords(const ConversationId& conversation, const QString& text);
    ReplyStream* stream(const TutorMessage& message);
    void follow(ReplyStream* reply, const Async<PlacedReply>& placing);
    void start(ReplyStream* reply, const PlacedReply& placed);
    void finish(ReplyStream* reply);
    void drop(ReplyStream* reply);
    void announceLimits();
    ReplyStream* activeIn(const ConversationId& conversation) const;
    Async<void> loadUsage();
    void keepDrafts();
    Async<void> andTell(const Async<void>& change);

    AiTutorStreamManager* q;
    TutorArchive archive;
    NotesTutor notes;
    ReplyServices services;
    ReplyQueue queue;
    QList<TutorSettings> order {TutorSettings()};
    std::map<QString, ReplyStream*> active; ///< by conversation; children of the manager
    /// Conversations whose broken reply is being read to go on with; true: it was stopped meanwhile.
    std::map<QString, bool> opening;
    std::map<QString, QString> drafts; ///< typed and not yet written
    ScheduledTask draftTask;
    TutorRateLimitStatus lastStatus;
    QList<ConversationId> lastQueue;
    bool examRunning = false;
};

AiTutorStreamManager::AiTutorStreamManager(Database& database, HttpStreams& streams, SecretStore& secrets,
    Clock& clock, Scheduler& scheduler, RandomSource& random, QObject* parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, database, streams, secrets, clock, scheduler, random))
{
    qRegisterMetaType<TutorMessage>();
    qRegisterMetaType<TutorTyping>();
    connect(&d->archive, &TutorArchive::failed, this, &AiTutorStreamManager::errorOccurred);
    connect(&d->archive, &TutorArchive::queued, this, &AiTutorStreamManager::workKept);
    connect(&d->queue, &ReplyQueue::changed, this, [this] { d->announceLimits(); });
}

AiTutorStreamManager::~AiTutorStreamManager()
{
    d->queue.disconnect(this);
    d->services.context = nullptr;
    d->keepDrafts();
    // Their connections use what dies with d.
    for (const auto& [conversation, reply] : std::exchange(d->active, {})) {
        const std::unique_ptr<ReplyStream> last(reply);
        last->disconnect(this);
        last->flush();
    }
}

void AiTutorStreamManager::setSettings(const TutorSettings& settings)
{
    setProviderOrder({settings});
}

void AiTutorStreamManager::setProviderOrder(const QList<TutorSettings>& order)
{
    d->order = order.isEmpty() ? QList<TutorSettings> {TutorSettings()} : order;
    for (const TutorSettings& tutor : std::as_const(d->order)) {
        RequestLimiter& limiter = d->services.limiterOf(tutor);
        limiter.setPerMinute(tutor.requestsPerMinute);
        limiter.setTokensPerMinute(tutor.tokensPerMinute);
    }
    d->queue.setMaxActive(settings().maxActive);
}

const TutorSettings& AiTutorStreamManager::settings() const
{
    return d->order.first();
}

const QList<TutorSettings>& AiTutorStreamManager::providerOrder() const
{
    return d->order;
}

Result<void> AiTutorStreamManager::setAcademyCatalogue(const QByteArray& json)
{
    auto catalogue = json.isEmpty() ? Result<ModelCatalogue>(ModelCatalogue::shipped()) : ModelCatalogue::parseFromAcademy(json);
    d->services.catalogue = catalogue ? *catalogue : ModelCatalogue::shipped();
    Q_EMIT catalogueChanged();
    return catalogue ? Result<void>() : Result<void>(catalogue.error());
}

const ModelCatalogue& AiTutorStreamManager::catalogue() const
{
    return d->services.catalogue;
}

void AiTutorStreamManager::setBudget(const TutorBudget& budget)
{
    d->services.budget.setBudget(budget);
    d->queue.pump();
}

void AiTutorStreamManager::setRelayToken(std::function<Async<QString>(const QString& refused)> token)
{
    d->services.relayToken = std::move(token);
}

void AiTutorStreamManager::setAccount(const UserId& owner, const DeviceId& device)
{
    d->archive.setAccount(owner, device);
    const QByteArray whose = owner.isEmpty() ? device.toString().toUtf8() : owner.toString().toUtf8();
    d->services.learnerHash = QString::fromLatin1(QCryptographicHash::hash(whose, QCryptographicHash::Sha256).toHex());
}

void AiTutorStreamManager::adoptRemote(const QList<ConversationId>& conversations)
{
    Q_EMIT conversationsChanged();
    for (const ConversationId& conversation : conversations) {
        Q_EMIT branchChanged(conversation);
    }
}

void AiTutorStreamManager::setExamRunning(bool running)
{
    if (std::exchange(d->examRunning, running) != running) {
        Q_EMIT examRunningChanged(running);
    }
    if (running) {
        const auto active = d->active;
        for (const auto& [conversation, reply] : active) {
            reply->stop();
        }
        for (auto& [conversation, stop] : d->opening) {
            stop = true;
        }
    }
}

bool AiTutorStreamManager::isExamRunning() const
{
    return d->examRunning;
}

Async<void> AiTutorStreamManager::recover()
{
    const AsyncPromise<void> promise;
    whenDone(d->archive.recover(), this, [this, promise](const Result<void>& recovered) {
        if (!recovered) {
            promise.resolve(recovered);
            return;
        }
        whenDone(d->archive.quirks(), this, [this, promise](const Result<QHash<QPair<QString, QString>, QJsonObject>>& kept) {
            if (kept) {
                d->services.quirks.load(*kept);
            }
            whenDone(d->loadUsage(), this, [promise](const Result<void>& loaded) { promise.resolve(loaded); });
        });
    });
    return promise.future();
}

Async<void> AiTutorStreamManager::Private::loadUsage()
{
    const AsyncPromise<void> promise;
    const qint64 today = DailyBudget::dayOf(services.clock.wall());
    whenDone(archive.usageSince(today), q, [this, today, promise](const Result<QList<StoredUsageSum>>& sums) {
        if (!sums) {
            promise.resolve(sums.error());
            return;
        }
        DailyBudget::Amount used;
        for (const StoredUsageSum& sum : *sums) {
            if (sum.counts) {
                used.tokens += sum.input + sum.output;
                used.micros += sum.micros;
            }
        }
        services.budget.load(today, used);
        announceLimits();
        promise.resolve(Result<void>());
    });
    return promise.future();
}

std::optional<Error> AiTutorStreamManager::Private::refusal(const QString& text) const
{
    if (text.trimmed().isEmpty()) {
        return local(ErrorKind::Invalid, "empty");
    }
    if (text.size() > order.first().maxInputCharacters) {
        return local(ErrorKind::Invalid, "too_long");
    }
    return std::nullopt;
}

std::optional<Error> AiTutorStreamManager::Private::refusal(const ConversationId& conversation) const
{
    if (examRunning) {
        return local(ErrorKind::Forbidden, "exam_running");
    }
    const bool isBusy = activeIn(conversation) || opening.contains(conversation.toString());
    return isBusy ? std::optional(local(ErrorKind::Conflict, "busy")) : std::nullopt;
}

bool AiTutorStreamManager::Private::mayAsk(const ConversationId& conversation, const std::optional<Error>& refused)
{
    const auto reason = refused ? refused : refusal(conversation);
    if (reason) {
        Q_EMIT q->errorOccurred(conversation, *reason);
    }
    return !reason;
}

TutorMessage AiTutorStreamManager::Private::newReply(const ConversationId& conversation)
{
    TutorMessage message;
    message.id = MessageId(services.random.uuid());
    message.conversation = conversation;
    message.role = TutorRole::Tutor;
    message.state = stream::State::Queued;
    message.createdAt = services.clock.wall();
    return message;
}

TutorMessage AiTutorStreamManager::Private::newWords(const ConversationId& conversation, const QString& text)
{
    TutorMessage message;
    message.id = MessageId(services.random.uuid());
    message.conversation = conversation;
    message.text = text;
    message.createdAt = services.clock.wall();
    return message;
}

ReplyStream* AiTutorStreamManager::Private::activeIn(const ConversationId& conversation) const
{
    const auto found = active.find(conversation.toString());
    return found == active.end() ? nullptr : found->second;
}

ReplyStream* AiTutorStreamManager::Private::stream(const TutorMessage& message)
{
    auto* reply = new ReplyStream(services, message, FallbackChain(order, services.catalogue), q);
    active[message.conversation.toString()] = reply;
    connect(reply, &ReplyStream::changed, q, [this, reply] { Q_EMIT q->messageChanged(reply->message()); });
    connect(reply, &ReplyStream::typingChanged, q,
        [this, reply](TutorTyping typing) { Q_EMIT q->typingChanged(reply->message().conversation, typing); });
    connect(reply, &ReplyStream::wantsTurn, q, [this, reply] { queue.add(reply); });
    connect(reply, &ReplyStream::gaveTurnBack, q, [this] { queue.pump(); });
    connect(reply, &ReplyStream::ended, q, [this, reply] { finish(reply); });
    return reply;
}

void AiTutorStreamManager::Private::follow(ReplyStream* reply, const Async<PlacedReply>& placing)
{
    const ConversationId conversation = reply->message().conversation;
    whenDone(placing, q, [this, conversation, reply = QPointer(reply)](const Result<PlacedReply>& placed) {
        if (!placed) {
            if (reply) {
                drop(reply);
            }
            Q_EMIT q->errorOccurred(conversation, placed.error());
            return;
        }
        if (placed->said) {
            Q_EMIT q->messageChanged(*placed->said);
        }
        Q_EMIT q->conversationsChanged();
        if (placed->branched) {
            Q_EMIT q->branchChanged(conversation);
        }
        if (reply) {
            start(reply, *placed);
        }
    });
}

void AiTutorStreamManager::Private::start(ReplyStream* reply, const PlacedReply& placed)
{
    reply->setSiblings(placed.reply);
    reply->prepare(placed.history, placed.reply.parent);
}

void AiTutorStreamManager::Private::drop(ReplyStream* reply)
{
    const auto found = active.find(reply->message().conversation.toString());
    if (found != active.end() && found->second == reply) {
        active.erase(found);
    }
    queue.remove(reply);
    reply->disconnect(q);
    reply->deleteLater();
}

void AiTutorStreamManager::Private::finish(ReplyStream* reply)
{
    const TutorMessage message = reply->message();
    services.tally.add(message);
    drop(reply);
    whenDone(archive.seal(message), q, [this, message](const Result<void>& written) {
        if (!written) {
            Q_EMIT q->errorOccurred(message.conversation, written.error());
        }
        Q_EMIT q->replyFinished(message);
    });
}

ConversationId AiTutorStreamManager::startTutorConversation(const LearnerCard& learner, const QString& text)
{
    if (!d->mayAsk({}, d->refusal(text))) {
        return {};
    }
    StoredConversation conversation;
    conversation.id = ConversationId(d->services.random.uuid());
    conversation.title = text.simplified().left(longestTitle);
    conversation.learner = toJson(learner);
    conversation.createdAt = d->services.clock.wall();
    conversation.updatedAt = conversation.createdAt;
    d->drafts.erase(QString());
    const TutorMessage said = d->newWords(conversation.id, text);
    ReplyStream* reply = d->stream(d->newReply(conversation.id));
    d->follow(reply, d->archive.begin(conversation, said, reply->message(), settings()));
    return conversation.id;
}

MessageId AiTutorStreamManager::continueTutorConversation(const ConversationId& conversation, const QString& text)
{
    if (!d->mayAsk(conversation, d->refusal(text))) {
        return {};
    }
    d->drafts.erase(conversation.toString());
    const TutorMessage said = d->newWords(conversation, text);
    ReplyStream* reply = d->stream(d->newReply(conversation));
    d->follow(reply, d->archive.say(said, reply->message(), settings()));
    return reply->message().id;
}

MessageId AiTutorStreamManager::retryTutorReply(const ConversationId& conversation)
{
    return regenerateTutorReply(conversation, {});
}

MessageId AiTutorStreamManager::regenerateTutorReply(const ConversationId& conversation, const MessageId& original)
{
    if (!d->mayAsk(conversation, std::nullopt)) {
        return {};
    }
    ReplyStream* reply = d->stream(d->newReply(conversation));
    d->follow(reply, d->archive.answerAgain(original, reply->message(), settings()));
    return reply->message().id;
}

MessageId AiTutorStreamManager::editLearnerMessage(
    const ConversationId& conversation, const MessageId& original, const QString& text)
{
    if (!d->mayAsk(conversation, d->refusal(text))) {
        return {};
    }
    const TutorMessage said = d->newWords(conversation, text);
    ReplyStream* reply = d->stream(d->newReply(conversation));
    d->follow(reply, d->archive.edit(original, said, reply->message(), settings()));
    return reply->message().id;
}

MessageId AiTutorStreamManager::continueInterruptedReply(const ConversationId& conversation, const MessageId& original)
{
    if (!d->mayAsk(conversation, std::nullopt)) {
        return {};
    }
    d->opening[conversation.toString()] = false;
    whenDone(d->archive.goOn(conversation, original, settings()), this,
        [this, conversation](const Result<PlacedReply>& placed) {
            const auto taken = d->opening.extract(conversation.toString());
            if (!placed) {
                Q_EMIT errorOccurred(conversation, placed.error());
                return;
            }
            TutorMessage message = placed->reply;
            message.state = stream::State::Queued;
            message.finish = FinishReason::Stop;
            message.error.reset();
            ++message.continuations;
            ReplyStream* reply = d->stream(message);
            if (!taken.empty() && taken.mapped()) {
                reply->stop();
            } else {
                d->start(reply, *placed);
            }
        });
    return original;
}

Async<void> AiTutorStreamManager::switchBranch(const MessageId& message)
{
    const AsyncPromise<void> promise;
    whenDone(d->archive.show(message), this, [this, promise](const Result<ConversationId>& shown) {
        if (shown) {
            Q_EMIT branchChanged(*shown);
        }
        promise.resolve(shown ? Result<void>() : Result<void>(shown.error()));
    });
    return promise.future();
}

void AiTutorStreamManager::cancelTutorStream(const ConversationId& conversation)
{
    if (ReplyStream* reply = d->activeIn(conversation)) {
        reply->stop();
    } else if (const auto soon = d->opening.find(conversation.toString()); soon != d->opening.end()) {
        soon->second = true;
    }
}

void AiTutorStreamManager::retryNow(const ConversationId& conversation)
{
    if (ReplyStream* reply = d->activeIn(conversation)) {
        reply->skipWait();
    }
}

bool AiTutorStreamManager::useOtherTutorNow(const ConversationId& conversation)
{
    ReplyStream* reply = d->activeIn(conversation);
    const bool moved = reply && reply->moveOn(QStringLiteral("chosen"));
    d->queue.pump();
    return moved;
}

TutorTyping AiTutorStreamManager::typing(const ConversationId& conversation) const
{
    const ReplyStream* reply = d->activeIn(conversation);
    return reply ? typingOf(reply->message().state) : TutorTyping::Idle;
}

int AiTutorStreamManager::queuePosition(const ConversationId& conversation) const
{
    return d->queue.positionOf(conversation);
}

QList<TutorQueueEntry> AiTutorStreamManager::queue() const
{
    return d->queue.waiting();
}

TutorRateLimitStatus AiTutorStreamManager::rateLimitStatus() const
{
    const MonotonicTime now = d->services.clock.monotonic();
    const RequestLimiter& limiter = d->services.limiterOf(settings());
    const DailyBudget::Amount today = d->services.budget.usedOn(DailyBudget::dayOf(d->services.clock.wall()));
    TutorRateLimitStatus status;
    status.requestsPerMinute = limiter.perMinute();
    status.usedInLastMinute = limiter.usedAt(now);
    status.active = d->queue.active();
    const QList<TutorQueueEntry> waiting = d->queue.waiting();
    status.queued = int(waiting.size());
    const milliseconds wait = limiter.waitAt(now, 0);
    if (wait > milliseconds(0)) {
        status.nextSlotIn = wait;
    } else if (!waiting.isEmpty()) {
        status.nextSlotIn = waiting.first().readyIn;
    }
    status.tokensPerMinute = limiter.tokensPerMinute();
    status.tokensInLastMinute = limiter.tokensAt(now);
    status.budget = d->services.budget.budget();
    status.tokensToday = today.tokens;
    status.microsToday = today.micros;
    return status;
}

void AiTutorStreamManager::Private::announceLimits()
{
    QList<ConversationId> waitingIn;
    const QList<TutorQueueEntry> waiting = queue.waiting();
    for (const TutorQueueEntry& entry : waiting) {
        waitingIn.append(entry.conversation);
    }
    const TutorRateLimitStatus status = q->rateLimitStatus();
    if (status != lastStatus || waitingIn != lastQueue) {
        lastStatus = status;
        lastQueue = waitingIn;
        Q_EMIT q->rateLimitChanged();
    }
}

TutorStats AiTutorStreamManager::stats() const
{
    return d->services.tally.stats();
}

Async<QList<TutorUsageDay>> AiTutorStreamManager::usageByDay(int days)
{
    const AsyncPromise<QList<TutorUsageDay>> promise;
    const qint64 first = DailyBudget::dayOf(d->services.clock.wall()) - std::max(1, days) + 1;
    whenDone(d->archive.usageSince(first), this, [promise](const Result<QList<StoredUsageSum>>& sums) {
        if (!sums) {
            promise.resolve(sums.error());
            return;
        }
        QList<TutorUsageDay> usage;
        for (const StoredUsageSum& sum : *sums) {
            usage.append({dateOf(sum.day), sum.provider, sum.model, sum.requests, sum.input, sum.output, sum.micros});
        }
        promise.resolve(usage);
    });
    return promise.future();
}

Async<QList<TutorConversation>> AiTutorStreamManager::conversations()
{
    return d->archive.conversations();
}

Async<QList<TutorMessage>> AiTutorStreamManager::messages(const ConversationId& conversation)
{
    const AsyncPromise<QList<TutorMessage>> promise;
    whenDone(d->archive.messages(conversation), this,
        [this, conversation, promise](const Result<QList<TutorMessage>>& stored) {
            if (!stored) {
                promise.resolve(stored.error());
                return;
            }
            QList<TutorMessage> messages = *stored;
            const ReplyStream* live = d->activeIn(conversation);
            for (TutorMessage& message : messages) {
                if (live && live->message().id == message.id) {
                    message = live->message();
                }
            }
            promise.resolve(messages);
        });
    return promise.future();
}

Async<QList<TutorSearchHit>> AiTutorStreamManager::searchHistory(const QString& words, int limit)
{
    return d->archive.search(words, limit);
}

Async<void> AiTutorStreamManager::renameConversation(const ConversationId& conversation, const QString& title)
{
    const QString name = title.simplified().left(longestTitle);
    if (name.isEmpty()) {
        return readyAsync<void>(Result<void>(Error {ErrorKind::Invalid, QStringLiteral("empty"), {}, {}}));
    }
    return d->andTell(d->archive.describe(conversation, name, std::nullopt));
}

Async<void> AiTutorStreamManager::setLearner(const ConversationId& conversation, const LearnerCard& learner)
{
    return d->andTell(d->archive.describe(conversation, {}, learner));
}

Async<void> AiTutorStreamManager::deleteConversation(const ConversationId& conversation)
{
    cancelTutorStream(conversation);
    d->drafts.erase(conversation.toString());
    return d->andTell(d->archive.forget(conversation));
}

/// The list of conversations is another one when this has worked.
Async<void> AiTutorStreamManager::Private::andTell(const Async<void>& change)
{
    const AsyncPromise<void> promise;
    whenDone(change, q, [this, promise](const Result<void>& changed) {
        if (changed) {
            Q_EMIT q->conversationsChanged();
        }
        promise.resolve(changed);
    });
    return promise.future();
}

void AiTutorStreamManager::keepDraft(const ConversationId& conversation, const QString& text)
{
    d->drafts[conversation.toString()] = text;
    if (!d->draftTask.isScheduled()) {
        d->draftTask = d->services.scheduler.after(draftEvery, [this] {
            d->draftTask.cancel();
            d->keepDrafts();
        });
    }
}

void AiTutorStreamManager::Private::keepDrafts()
{
    const auto typed = std::exchange(drafts, {});
    for (const auto& [conversation, text] : typed) {
        const ConversationId id(conversation);
        whenDone(archive.keepDraft(id, text), q, [this, id](const Result<void>& kept) {
            if (!kept) {
                Q_EMIT q->errorOccurred(id, kept.error());
            }
        });
    }
}

Async<QString> AiTutorStreamManager::draft(const ConversationId& conversation)
{
    d->keepDrafts();
    return d->archive.draft(conversation);
}

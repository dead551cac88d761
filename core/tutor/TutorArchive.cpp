// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorArchive.h"

#include "store/Database.h"
#include "tutor/Outgoing.h"

namespace {

constexpr int mostConversations = 500;

Error notFound(const char* code)
{
    return Error {ErrorKind::NotFound, QLatin1String(code), {}, {}};
}

/// Puts the two messages under `parent` and answers what the reply is told.
Result<PlacedReply> put(Connection& connection, const MessageId& parent, const TutorMessage& said,
    const TutorMessage& reply, TutorHistory history)
{
    PlacedReply placed;
    placed.said = said;
    placed.said->parent = parent;
    placed.reply = reply;
    placed.reply.parent = said.id;
    for (const TutorMessage& message : {*placed.said, placed.reply}) {
        if (Result<void> kept = ConversationStore::append(connection, toStored(message)); !kept) {
            return kept.error();
        }
    }
    history.turns.append({TutorRole::Learner, said.text});
    placed.history = std::move(history);
    return placed;
}

Result<void> findSiblings(Connection& connection, PlacedReply& placed)
{
    const auto children = ConversationStore::children(connection, placed.reply.conversation);
    if (!children) {
        return children.error();
    }
    QList<TutorMessage> messages {placed.reply};
    if (placed.said) {
        messages.append(*placed.said);
    }
    placeAmongSiblings(messages, *children);
    placed.reply = messages.takeFirst();
    if (placed.said) {
        placed.said = messages.first();
    }
    return {};
}

/// The excerpt and where its matches are; SQLite marks them with two control characters.
TutorSearchHit hitFrom(const StoredHit& stored)
{
    TutorSearchHit hit {stored.message.conversation, stored.message.id, stored.title, {}, {}, stored.message.fromTutor,
        stored.message.createdAt};
    qsizetype begin = -1;
    for (const QChar c : stored.excerpt) {
        if (c == QChar(2)) {
            begin = hit.excerpt.size();
        } else if (c == QChar(3) && begin >= 0) {
            hit.matches.append({int(begin), int(hit.excerpt.size() - begin)});
            begin = -1;
        } else {
            hit.excerpt += c;
        }
    }
    return hit;
}

} // namespace

TutorArchive::TutorArchive(Database& database, Clock& clock, RandomSource& random, QObject* parent)
    : QObject(parent), m_database(database), m_clock(clock), m_random(random)
{
}

void TutorArchive::setAccount(const UserId& owner, const DeviceId& device)
{
    m_owner = owner;
    m_device = device;
}

Outgoing TutorArchive::outgoing()
{
    return {m_owner, m_device, OpId(m_random.uuid()), m_clock.monotonic(), m_clock.wall()};
}

Async<void> TutorArchive::recover()
{
    return m_database.run<void>([out = outgoing()](Connection& connection) -> Result<void> {
        const auto cut = ConversationStore::interruptStreaming(connection);
        if (!cut) {
            return cut.error();
        }
        for (const StoredMessage& message : *cut) {
            if (Result<void> queued = out.named(message.id.toString()).queue(connection, message.conversation, {message}); !queued) {
                return queued;
            }
        }
        return {};
    });
}

template <typename T>
Async<T> TutorArchive::runAndTell(std::function<Result<T>(Connection&)> work)
{
    const AsyncPromise<T> promise;
    whenDone(m_database.run<T>(std::move(work)), this, [this, promise](const Result<T>& done) {
        if (done && !m_owner.isEmpty()) {
            Q_EMIT queued();
        }
        promise.resolve(done);
    });
    return promise.future();
}

Async<PlacedReply> TutorArchive::place(std::function<Result<PlacedReply>(Connection&, const Outgoing&)> work)
{
    const auto whole = [work = std::move(work), out = outgoing()](Connection& connection) -> Result<PlacedReply> {
        auto placed = work(connection, out);
        if (!placed) {
            return placed;
        }
        if (Result<void> found = findSiblings(connection, placed.value()); !found) {
            return found.error();
        }
        placed.value().branched = placed->branched || placed->reply.siblings > 1
            || (placed->said && placed->said->siblings > 1);
        QList<StoredMessage> ended;
        if (placed->said) {
            ended.append(toStored(*placed->said));
        }
        if (Result<void> queued = out.queue(connection, placed->reply.conversation, ended); !queued) {
            return queued.error();
        }
        return placed;
    };
    return runAndTell<PlacedReply>(whole);
}

Async<PlacedReply> TutorArchive::begin(const StoredConversation& conversation, const TutorMessage& said,
    const TutorMessage& reply, const TutorSettings&)
{
    StoredConversation owned = conversation;
    owned.owner = m_owner;
    return place([owned, said, reply](Connection& connection, const Outgoing&) -> Result<PlacedReply> {
        if (Result<void> created = ConversationStore::create(connection, owned); !created) {
            return created.error();
        }
        if (Result<void> sent = ConversationStore::saveDraft(connection, {}, {}, said.createdAt); !sent) {
            return sent.error();
        }
        return put(connection, {}, said, reply, emptyHistory(owned));
    });
}

Async<PlacedReply> TutorArchive::say(const TutorMessage& said, const TutorMessage& reply, const TutorSettings& asked)
{
    return place([said, reply, asked](Connection& connection, const Outgoing&) -> Result<PlacedReply> {
        auto history = readHistory(connection, said.conversation, {}, asked);
        if (!history) {
            return history.error();
        }
        if (Result<void> sent = ConversationStore::saveDraft(connection, said.conversation, {}, said.createdAt); !sent) {
            return sent.error();
        }
        const MessageId parent = history->conversation.head;
        return put(connection, parent, said, reply, std::move(history).value());
    });
}

Async<PlacedReply> TutorArchive::edit(const MessageId& original, const TutorMessage& said, const TutorMessage& reply,
    const TutorSettings& asked)
{
    return place([original, said, reply, asked](Connection& connection, const Outgoing&) -> Result<PlacedReply> {
        const auto found = ConversationStore::message(connection, original);
        if (!found) {
            return found.error();
        }
        if (!*found || (*found)->fromTutor || !((*found)->conversation == said.conversation)) {
            return notFound("unknown_message");
        }
        const MessageId parent = (*found)->parent;
        auto history = readHistory(connection, said.conversation, parent, asked);
        if (!history) {
            return history.error();
        }
        if (parent.isEmpty()) {
            history.value().turns.clear();
        }
        return put(connection, parent, said, reply, std::move(history).value());
    });
}

Async<PlacedReply> TutorArchive::answerAgain(
    const MessageId& original, const TutorMessage& reply, const TutorSettings& asked)
{
    return place([original, reply, asked](Connection& connection, const Outgoing&) -> Result<PlacedReply> {
        const auto conversation = ConversationStore::find(connection, reply.conversation);
        if (!conversation) {
            return conversation.error();
        }
        if (!*conversation) {
            return notFound("unknown_conversation");
        }
        const MessageId end = original.isEmpty() ? (*conversation)->head : original;
        const auto path = ConversationStore::path(connection, end);
        if (!path) {
            return path.error();
        }
        MessageId words;
        for (const StoredMessage& message : *path) {
            if (!message.fromTutor && message.conversation == reply.conversation) {
                words = message.id;
            }
        }
        if (words.isEmpty()) {
            return notFound("unknown_message");
        }
        auto history = readHistory(connection, reply.conversation, words, asked);
        if (!history) {
            return history.error();
        }
        PlacedReply placed {std::nullopt, reply, std::move(history).value(), true};
        placed.reply.parent = words;
        if (Result<void> kept = ConversationStore::append(connection, toStored(placed.reply)); !kept) {
            return kept.error();
        }
        return placed;
    });
}

Async<PlacedReply> TutorArchive::goOn(
    const ConversationId& conversation, const MessageId& reply, const TutorSettings& asked)
{
    return place([conversation, reply, asked](Connection& connection, const Outgoing&) -> Result<PlacedReply> {
        const auto found = ConversationStore::message(connection, reply);
        if (!found) {
            return found.error();
        }
        if (!*found || !((*found)->conversation == conversation)) {
            return notFound("unknown_message");
        }
        TutorMessage message = messageFrom(**found);
        if (!message.canContinue()) {
            return Error {ErrorKind::Conflict, QStringLiteral("nothing_to_continue"), {}, {}};
        }
        const auto history = readHistory(connection, conversation, message.parent, asked);
        if (!history) {
            return history.error();
        }
        if (Result<void> opened = ConversationStore::reopen(connection, reply); !opened) {
            return opened.error();
        }
        return PlacedReply {std::nullopt, message, *history, false};
    });
}

Async<ConversationId> TutorArchive::show(const MessageId& message)
{
    const auto work = [message, out = outgoing()](Connection& connection) -> Result<ConversationId> {
        const auto found = ConversationStore::message(connection, message);
        if (!found) {
            return found.error();
        }
        if (!*found) {
            return notFound("unknown_message");
        }
        const ConversationId conversation = (*found)->conversation;
        const auto end = ConversationStore::newestBelow(connection, message);
        if (!end) {
            return end.error();
        }
        if (Result<void> set = ConversationStore::setHead(connection, conversation, *end); !set) {
            return set.error();
        }
        if (Result<void> queued = out.queue(connection, conversation, {}); !queued) {
            return queued.error();
        }
        return conversation;
    };
    return runAndTell<ConversationId>(work);
}

Async<void> TutorArchive::describe(
    const ConversationId& conversation, const QString& title, const std::optional<LearnerCard>& learner)
{
    const auto work = [conversation, title, learner, out = outgoing()](Connection& connection) -> Result<void> {
        const auto found = ConversationStore::find(connection, conversation);
        if (!found) {
            return found.error();
        }
        if (!*found) {
            return notFound("unknown_conversation");
        }
        const StoredConversation& known = **found;
        if (Result<void> kept = ConversationStore::describe(connection, conversation, title.isEmpty() ? known.title : title,
                learner ? toJson(*learner) : known.learner);
            !kept) {
            return kept;
        }
        return out.queue(connection, conversation, {});
    };
    return runAndTell<void>(work);
}

Async<void> TutorArchive::forget(const ConversationId& conversation)
{
    const auto work = [conversation, out = outgoing()](Connection& connection) -> Result<void> {
        const auto found = ConversationStore::find(connection, conversation);
        if (!found) {
            return found.error();
        }
        if (!*found) {
            return notFound("unknown_conversation");
        }
        if (Result<void> gone = ConversationStore::remove(connection, conversation); !gone) {
            return gone;
        }
        return out.queueGone(connection, conversation);
    };
    return runAndTell<void>(work);
}

void TutorArchive::keepPartial(const TutorMessage& reply)
{
    write(reply.conversation,
        [stored = toStored(reply)](Connection& connection) { return ConversationStore::update(connection, stored); });
}

Async<void> TutorArchive::seal(const TutorMessage& reply)
{
    const auto work = [stored = toStored(reply), out = outgoing()](Connection& connection) -> Result<void> {
        if (Result<void> kept = ConversationStore::update(connection, stored); !kept) {
            return kept;
        }
        return out.queue(connection, stored.conversation, {stored});
    };
    return runAndTell<void>(work);
}

Async<QList<TutorConversation>> TutorArchive::conversations()
{
    return m_database.read<QList<TutorConversation>>([](Connection& connection) -> Result<QList<TutorConversation>> {
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

Async<QList<TutorMessage>> TutorArchive::messages(const ConversationId& conversation)
{
    return m_database.read<QList<TutorMessage>>([conversation](Connection& connection) -> Result<QList<TutorMessage>> {
        const auto branch = ConversationStore::branch(connection, conversation);
        const auto children = ConversationStore::children(connection, conversation);
        if (!branch || !children) {
            return branch ? children.error() : branch.error();
        }
        QList<TutorMessage> messages;
        for (const StoredMessage& stored : *branch) {
            messages.append(messageFrom(stored));
        }
        placeAmongSiblings(messages, *children);
        return messages;
    });
}

Async<QList<TutorSearchHit>> TutorArchive::search(const QString& words, int limit)
{
    return m_database.read<QList<TutorSearchHit>>([words, limit](Connection& connection) -> Result<QList<TutorSearchHit>> {
        const auto found = ConversationStore::search(connection, words, limit);
        if (!found) {
            return found.error();
        }
        QList<TutorSearchHit> hits;
        for (const StoredHit& stored : *found) {
            hits.append(hitFrom(stored));
        }
        return hits;
    });
}

Async<void> TutorArchive::keepDraft(const ConversationId& conversation, const QString& text)
{
    return m_database.run<void>([conversation, text, at = m_clock.wall()](Connection& connection) {
        return ConversationStore::saveDraft(connection, conversation, text, at);
    });
}

Async<QString> TutorArchive::draft(const ConversationId& conversation)
{
    return m_database.read<QString>(
        [conversation](Connection& connection) { return ConversationStore::draft(connection, conversation); });
}

void TutorArchive::keepUsage(const StoredUsage& usage)
{
    write({}, [usage](Connection& connection) { return ConversationStore::saveUsage(connection, usage); });
}

void TutorArchive::forgetUsage(const QString& request)
{
    write({}, [request](Connection& connection) { return ConversationStore::forgetUsage(connection, request); });
}

Async<QList<StoredUsageSum>> TutorArchive::usageSince(qint64 firstDay)
{
    return m_database.read<QList<StoredUsageSum>>(
        [firstDay](Connection& connection) { return ConversationStore::usageSince(connection, firstDay); });
}

void TutorArchive::keepQuirks(const QString& provider, const QString& model, const QJsonObject& quirks)
{
    write({}, [=](Connection& connection) { return ConversationStore::saveQuirks(connection, provider, model, quirks); });
}

Async<QHash<QPair<QString, QString>, QJsonObject>> TutorArchive::quirks()
{
    return m_database.read<QHash<QPair<QString, QString>, QJsonObject>>(&ConversationStore::quirks);
}

void TutorArchive::write(const ConversationId& conversation, std::function<Result<void>(Connection&)> work)
{
    whenDone(m_database.run<void>(std::move(work)), this, [this, conversation](const Result<void>& written) {
        if (!written) {
            Q_EMIT failed(conversation, written.error());
        }
    });
}

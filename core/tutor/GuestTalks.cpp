// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/GuestTalks.h"

#include "store/Database.h"
#include "tutor/Outgoing.h"

namespace {

/// One operation stays well below what a request may hold.
constexpr qsizetype messagesPerOperation = 20;

struct Talk
{
    StoredConversation conversation;
    QList<StoredMessage> messages; ///< parents first
    QString draft;
};

Result<QList<Talk>> claimTalks(Connection& connection, const UserId& owner)
{
    if (const auto cut = ConversationStore::interruptStreaming(connection); !cut) {
        return cut.error();
    }
    if (Result<void> claimed = ConversationStore::claim(connection, owner); !claimed) {
        return claimed.error();
    }
    const auto conversations = ConversationStore::ownedBy(connection, owner);
    if (!conversations) {
        return conversations.error();
    }
    QList<Talk> talks;
    for (const StoredConversation& conversation : *conversations) {
        const auto messages = ConversationStore::tree(connection, conversation.id);
        const auto draft = ConversationStore::draft(connection, conversation.id);
        if (!messages || !draft) {
            return messages ? draft.error() : messages.error();
        }
        talks.append({conversation, *messages, *draft});
    }
    return talks;
}

Result<void> copyTalk(Connection& connection, const Talk& talk, const Outgoing& out)
{
    StoredConversation conversation = talk.conversation;
    conversation.synced = false;
    if (Result<void> created = ConversationStore::create(connection, conversation); !created) {
        return created;
    }
    for (const StoredMessage& message : talk.messages) {
        if (Result<void> kept = ConversationStore::mirror(connection, message); !kept) {
            return kept;
        }
    }
    if (Result<void> kept = ConversationStore::saveDraft(connection, conversation.id, talk.draft, out.wall); !kept) {
        return kept;
    }
    for (qsizetype first = 0; first < talk.messages.size(); first += messagesPerOperation) {
        const Outgoing part = out.named(conversation.id.toString() + QString::number(first));
        if (Result<void> queued = part.queue(connection, conversation.id, talk.messages.mid(first, messagesPerOperation)); !queued) {
            return queued;
        }
    }
    return {};
}

/// A conversation that is there already came before the program died.
Result<QList<ConversationId>> copyTalks(Connection& connection, const QList<Talk>& talks, const Outgoing& out)
{
    QList<ConversationId> came;
    for (const Talk& talk : talks) {
        const auto known = ConversationStore::find(connection, talk.conversation.id);
        if (!known) {
            return known.error();
        }
        if (*known) {
            continue;
        }
        if (Result<void> copied = copyTalk(connection, talk, out); !copied) {
            return copied.error();
        }
        came.append(talk.conversation.id);
    }
    return came;
}

Result<void> letGo(Connection& connection, const QList<Talk>& talks)
{
    for (const Talk& talk : talks) {
        if (Result<void> gone = ConversationStore::remove(connection, talk.conversation.id); !gone) {
            return gone;
        }
    }
    return {};
}

} // namespace

Async<QList<ConversationId>> adoptGuestTalks(Database& guest, Database& own, const UserId& owner, const DeviceId& device,
    Clock& clock, RandomSource& random, QObject* context)
{
    using Came = QList<ConversationId>;
    const AsyncPromise<Came> promise;
    const Outgoing out {owner, device, OpId(random.uuid()), clock.monotonic(), clock.wall()};
    const auto claim = [owner](Connection& connection) { return claimTalks(connection, owner); };
    whenDone(guest.run<QList<Talk>>(claim), context, [&guest, &own, out, context, promise](const Result<QList<Talk>>& talks) {
        if (!talks || talks->isEmpty()) {
            promise.resolve(talks ? Result<Came>(Came()) : Result<Came>(talks.error()));
            return;
        }
        const auto copy = [talks = *talks, out](Connection& connection) { return copyTalks(connection, talks, out); };
        whenDone(own.run<Came>(copy), context, [&guest, context, promise, talks = *talks](const Result<Came>& came) {
            if (!came) {
                promise.resolve(came.error());
                return;
            }
            const auto leave = [talks](Connection& connection) { return letGo(connection, talks); };
            whenDone(guest.run<void>(leave), context, [promise, came = *came](const Result<void>& left) {
                promise.resolve(left ? Result<Came>(came) : Result<Came>(left.error()));
            });
        });
    });
    return promise.future();
}

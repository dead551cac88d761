// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ConversationSync.h"

#include "base/Clock.h"
#include "base/Log.h"
#include "store/Database.h"
#include "supabase/RestClient.h"
#include "tutor/TutorRecords.h"
#include "wire/Json.h"

namespace {

constexpr qint64 page = 200;
constexpr qint64 idPage = 1'000;
constexpr qsizetype conversationsPerRequest = 30;
/// Rows are stamped when their transaction begins and seen when it ends.
constexpr auto overlap = std::chrono::seconds(60);

QString column(const char* name)
{
    return QLatin1String(name);
}

/// A batch of one lane, folded: the newest state of everything it touches.
struct Folded
{
    ConversationId conversation;
    QJsonObject row;
    QList<QJsonObject> messages; ///< oldest first, each once
    bool gone = false;
    QList<OpId> good;
    QList<OpId> bad;
};

Folded fold(const QString& lane, const QList<OutboxRow>& rows)
{
    Folded folded;
    folded.conversation = ConversationId(lane.section(QLatin1Char(':'), 1));
    for (const OutboxRow& op : rows) {
        const auto payload = parseJson(op.payload);
        if (!payload || !payload->isObject()) {
            folded.bad.append(op.opId);
            continue;
        }
        folded.good.append(op.opId);
        folded.gone = op.opType == QLatin1String("conversation_gone");
        if (folded.gone) {
            continue;
        }
        folded.row = payload->toObject().value(QLatin1String("conversation")).toObject();
        const QJsonArray messages = payload->toObject().value(QLatin1String("messages")).toArray();
        for (const QJsonValue& value : messages) {
            const QJsonObject message = value.toObject();
            const auto known = std::ranges::find_if(folded.messages, [&](const QJsonObject& other) {
                return other.value(QLatin1String("id")) == message.value(QLatin1String("id"));
            });
            if (known == folded.messages.end()) {
                folded.messages.append(message);
            } else {
                *known = message;
            }
        }
    }
    return folded;
}

UploadOutcome outcomeOf(const Folded& folded)
{
    UploadOutcome outcome;
    outcome.acknowledged = folded.good;
    for (const OpId& id : folded.bad) {
        outcome.rejected.insert(id, Error {ErrorKind::Invalid, QStringLiteral("payload_unreadable"), {}, {}});
    }
    return outcome;
}

/// One row that this program does not understand, perhaps of a later one, must not keep the others
/// away.
void leaveOut(const Error& error)
{
    qCWarning(lcTutor) << "a row of the academy is left out" << error.code << error.detail;
}

/// What the academy says will not change by asking again.
bool isWorthAskingAgain(const Error& error)
{
    return error.kind != ErrorKind::Protocol && error.kind != ErrorKind::Invalid
        && error.kind != ErrorKind::Unauthorized;
}

/// A conversation with rows still to be sent is newer here than there.
Result<bool> isWaiting(Connection& connection, const ConversationId& conversation)
{
    const auto rows = Outbox::counts(connection, conversationLane(conversation));
    return rows ? Result<bool>(rows->pending + rows->quarantined > 0) : Result<bool>(rows.error());
}

} // namespace

/// What one pull has read so far.
struct ConversationSync::Pull
{
    QString since; ///< of the last pull, as the server wrote it
    QString until;
    QList<StoredConversation> conversations;
    QList<StoredMessage> messages;
    qsizetype asked = 0; ///< conversations whose messages were asked for
    qint64 offset = 0;
    QSet<QString> ids; ///< all that exist there
};

ConversationSync::ConversationSync(Database& database, RestClient& rest, const UserId& owner,
    Scheduler& scheduler, RandomSource& random, QObject* parent)
    : QObject(parent), m_database(database), m_rest(rest), m_owner(owner), m_scheduler(scheduler),
      m_backoff(random, RetryBase, RetryCap)
{
}

Async<UploadOutcome> ConversationSync::upload(QString lane, QList<OutboxRow> rows)
{
    const AsyncPromise<UploadOutcome> promise;
    const Folded folded = fold(lane, rows);
    const auto table = PostgrestQuery(QStringLiteral("conversations"));
    if (folded.gone) {
        const auto query = PostgrestQuery(QStringLiteral("conversations"))
                               .eq(column("id"), folded.conversation.toString())
                               .eq(column("user_id"), m_owner.toString());
        whenDone(m_rest.remove(query), this, [promise, folded](const Result<QJsonArray>& gone) {
            promise.resolve(gone ? Result<UploadOutcome>(outcomeOf(folded)) : Result<UploadOutcome>(gone.error()));
        });
        return promise.future();
    }
    if (folded.good.isEmpty()) {
        promise.resolve(outcomeOf(folded));
        return promise.future();
    }
    // First it must exist, for its messages to belong to it; last it is stamped, so that whoever
    // reads what changed finds the messages there already.
    const auto finish = [this, promise, folded, table] {
        whenDone(m_rest.upsert(table, {folded.row}), this, [this, promise, folded](const Result<QJsonArray>& stamped) {
            if (!stamped) {
                promise.resolve(stamped.error());
                return;
            }
            const auto mark = [id = folded.conversation](Connection& connection) {
                return ConversationStore::markMirrored(connection, id);
            };
            whenDone(m_database.run<void>(mark), this, [promise, folded](const Result<void>& marked) {
                promise.resolve(marked ? Result<UploadOutcome>(outcomeOf(folded)) : Result<UploadOutcome>(marked.error()));
            });
        });
    };
    if (folded.messages.isEmpty()) {
        finish();
        return promise.future();
    }
    whenDone(m_rest.upsert(table, {folded.row}, OnConflict::Ignore), this,
        [this, promise, folded, finish](const Result<QJsonArray>& exists) {
            if (!exists) {
                promise.resolve(exists.error());
                return;
            }
            QJsonArray messages;
            for (const QJsonObject& message : folded.messages) {
                messages.append(message);
            }
            whenDone(m_rest.upsert(PostgrestQuery(QStringLiteral("messages")), messages), this,
                [promise, finish](const Result<QJsonArray>& kept) {
                    if (!kept) {
                        promise.resolve(kept.error());
                        return;
                    }
                    finish();
                });
        });
    return promise.future();
}

Async<int> ConversationSync::pull()
{
    const AsyncPromise<int> promise;
    if (m_owner.isEmpty()) {
        promise.resolve(0);
        return promise.future();
    }
    (m_pulling ? m_waitingNext : m_waiting).append(promise);
    if (!m_pulling) {
        startPull();
    }
    return promise.future();
}

void ConversationSync::startPull()
{
    m_pulling = true;
    m_retry.cancel();
    const auto work = [owner = m_owner](Connection& connection) { return ConversationStore::pulledUntil(connection, owner); };
    whenDone(m_database.read<QString>(work), this, [this](const Result<QString>& until) {
        if (!until) {
            finishPull(until.error());
            return;
        }
        const auto pull = std::make_shared<Pull>();
        pull->until = *until;
        if (const auto time = parseTimestamp(*until); time.ok()) {
            pull->since = toIsoString(*time - overlap);
        }
        readConversations(pull);
    });
}

void ConversationSync::readConversations(const PullPtr& pull)
{
    PostgrestQuery query(QStringLiteral("conversations"));
    query.select(QStringLiteral("id,title,learner,head,created_at,updated_at"))
        .eq(column("user_id"), m_owner.toString())
        .orderBy(column("updated_at"))
        .orderBy(column("id"))
        .limit(page)
        .offset(pull->offset);
    if (!pull->since.isEmpty()) {
        query.gte(column("updated_at"), pull->since);
    }
    whenDone(m_rest.select(query), this, [this, pull](const Result<QJsonArray>& rows) {
        if (!rows) {
            finishPull(rows.error());
            return;
        }
        for (const QJsonValue& value : *rows) {
            const QString stamp = value.toObject().value(QLatin1String("updated_at")).toString();
            if (parseTimestamp(stamp).ok()) {
                pull->until = stamp;
            }
            auto conversation = conversationFromRow(value.toObject());
            if (!conversation) {
                leaveOut(conversation.error());
                continue;
            }
            conversation.value().owner = m_owner;
            pull->conversations.append(std::move(conversation).value());
        }
        if (rows->size() == page) {
            pull->offset += page;
            readConversations(pull);
            return;
        }
        pull->offset = 0;
        readMessages(pull);
    });
}

void ConversationSync::readMessages(const PullPtr& pull)
{
    if (pull->asked >= pull->conversations.size()) {
        pull->offset = 0;
        readIds(pull);
        return;
    }
    QStringList ids;
    for (const StoredConversation& conversation : pull->conversations.mid(pull->asked, conversationsPerRequest)) {
        ids.append(conversation.id.toString());
    }
    PostgrestQuery query(QStringLiteral("messages"));
    query.select(QStringLiteral("id,conversation_id,parent_id,role,content,state,provider,model,details,created_at"))
        .in(column("conversation_id"), ids)
        .orderBy(column("created_at"))
        .orderBy(column("id"))
        .limit(page)
        .offset(pull->offset);
    if (!pull->since.isEmpty()) {
        query.gte(column("updated_at"), pull->since);
    }
    whenDone(m_rest.select(query), this, [this, pull](const Result<QJsonArray>& rows) {
        if (!rows) {
            finishPull(rows.error());
            return;
        }
        for (const QJsonValue& value : *rows) {
            auto message = messageFromRow(value.toObject());
            if (!message) {
                leaveOut(message.error());
                continue;
            }
            pull->messages.append(std::move(message).value());
        }
        if (rows->size() == page) {
            pull->offset += page;
        } else {
            pull->offset = 0;
            pull->asked += conversationsPerRequest;
        }
        readMessages(pull);
    });
}

void ConversationSync::readIds(const PullPtr& pull)
{
    PostgrestQuery query(QStringLiteral("conversations"));
    query.select(QStringLiteral("id"))
        .eq(column("user_id"), m_owner.toString())
        .orderBy(column("id"))
        .limit(idPage)
        .offset(pull->offset);
    whenDone(m_rest.select(query), this, [this, pull](const Result<QJsonArray>& rows) {
        if (!rows) {
            finishPull(rows.error());
            return;
        }
        for (const QJsonValue& row : *rows) {
            pull->ids.insert(row.toObject().value(QLatin1String("id")).toString());
        }
        if (rows->size() == idPage) {
            pull->offset += idPage;
            readIds(pull);
        } else if (pull->ids.isEmpty()) {
            makeSureOfNone(pull);
        } else {
            merge(pull);
        }
    });
}

/// Tables look empty to whom they show nothing, such as a session without its second step. A function
/// of the academy says which it is.
void ConversationSync::makeSureOfNone(const PullPtr& pull)
{
    whenDone(m_rest.rpc(QStringLiteral("tutor_status"), {}), this, [this, pull](const Result<QJsonValue>& status) {
        if (status) {
            merge(pull);
        } else {
            finishPull(status.error());
        }
    });
}

void ConversationSync::merge(const PullPtr& pull)
{
    const auto work = [pull, owner = m_owner](Connection& connection) -> Result<QList<ConversationId>> {
        QList<ConversationId> changed;
        bool leftOut = false;
        for (const StoredConversation& conversation : pull->conversations) {
            const auto known = ConversationStore::find(connection, conversation.id);
            const auto waits = isWaiting(connection, conversation.id);
            if (!known || !waits) {
                return known ? waits.error() : known.error();
            }
            if (*waits) {
                leftOut = true;
                continue;
            }
            bool isNews = !*known || (*known)->title != conversation.title || !((*known)->head == conversation.head);
            if (Result<void> kept = ConversationStore::mirror(connection, conversation); !kept) {
                return kept.error();
            }
            for (const StoredMessage& message : pull->messages) {
                if (!(message.conversation == conversation.id)) {
                    continue;
                }
                const auto here = ConversationStore::message(connection, message.id);
                if (!here) {
                    return here.error();
                }
                const auto keptIn = [](const StoredMessage& one) { return one.details.value(QLatin1String("kept")); };
                isNews = isNews || !*here || (*here)->text != message.text || (*here)->state != message.state
                    || keptIn(**here) != keptIn(message);
                if (Result<void> kept = ConversationStore::mirror(connection, message); !kept) {
                    return kept.error();
                }
            }
            if (Result<void> mended = ConversationStore::mendHead(connection, conversation.id); !mended) {
                return mended.error();
            }
            if (isNews) {
                changed.append(conversation.id);
            }
        }
        const auto mirrored = ConversationStore::mirrored(connection, owner);
        if (!mirrored) {
            return mirrored.error();
        }
        for (const ConversationId& conversation : *mirrored) {
            const auto waits = isWaiting(connection, conversation);
            const auto draft = ConversationStore::draft(connection, conversation);
            if (!waits || !draft) {
                return waits ? draft.error() : waits.error();
            }
            if (pull->ids.contains(conversation.toString()) || *waits || !draft->isEmpty()) {
                continue;
            }
            if (Result<void> gone = ConversationStore::remove(connection, conversation); !gone) {
                return gone.error();
            }
            changed.append(conversation);
        }
        if (leftOut) {
            return changed; // it is asked for again, from where this pull began
        }
        if (Result<void> kept = ConversationStore::setPulledUntil(connection, owner, pull->until); !kept) {
            return kept.error();
        }
        return changed;
    };
    whenDone(m_database.run<QList<ConversationId>>(work), this,
        [this](const Result<QList<ConversationId>>& changed) { finishPull(changed); });
}

void ConversationSync::finishPull(const Result<QList<ConversationId>>& result)
{
    m_pulling = false;
    if (result) {
        m_backoff.reset();
    } else if (isWorthAskingAgain(result.error())) {
        const auto wait = std::max(m_backoff.next(), result.error().retryAfter.value_or(std::chrono::milliseconds(0)));
        m_retry = m_scheduler.after(wait, [this] { pull(); });
    }
    const auto waiting = std::exchange(m_waiting, std::exchange(m_waitingNext, {}));
    for (const AsyncPromise<int>& promise : waiting) {
        promise.resolve(result ? Result<int>(int(result->size())) : Result<int>(result.error()));
    }
    if (!m_waiting.isEmpty()) {
        startPull();
    }
    if (result && !result->isEmpty()) {
        Q_EMIT changed(*result);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorMemory.h"

#include "base/Log.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/Outgoing.h"
#include "tutor/TutorRecords.h"
#include "tutor/teaching/ErrorMemory.h"

#include <QJsonArray>

namespace {

constexpr int mostDue = 3;

/// Members of what a learner keeps with a message, see Outgoing:
/// {words: [{word, meaning, sentence, language}], forgotten: [ids of mistakes], noNote}.
const QLatin1String wordsMember("words");
const QLatin1String forgottenMember("forgotten");
const QLatin1String noNoteMember("noNote");

bool isForgotten(const QJsonObject& kept, const ItemId& mistake)
{
    return kept.value(forgottenMember).toArray().contains(mistake.toString());
}

void setForgotten(QJsonObject& kept, const ItemId& mistake, bool forgotten)
{
    QJsonArray ids = kept.value(forgottenMember).toArray();
    for (qsizetype i = ids.size(); i-- > 0;) {
        if (ids.at(i) == mistake.toString()) {
            ids.removeAt(i);
        }
    }
    if (forgotten) {
        ids.append(mistake.toString());
    }
    kept.insert(forgottenMember, ids);
}

void addWord(QJsonObject& kept, const LearnerError& saved)
{
    const QJsonObject word {{QStringLiteral("word"), saved.original}, {QStringLiteral("meaning"), saved.suggestion},
        {QStringLiteral("sentence"), saved.sentence}, {QStringLiteral("language"), saved.language}};
    QJsonArray words = kept.value(wordsMember).toArray();
    if (!words.contains(word)) {
        words.append(word);
    }
    kept.insert(wordsMember, words);
}

/// A path through the tree, as ReplyTeacher wants it.
struct Path
{
    LearnerCard learner;
    QString title;
    QList<TutorTurn> turns;
    QList<MessageId> replies; ///< ended before, oldest first
    QList<QStringList> before; ///< for each of these, what the learner had said
    MessageId said;
    QJsonObject kept; ///< with what was said

    QStringList learnerTexts() const
    {
        QStringList texts;
        for (const TutorTurn& turn : turns) {
            if (turn.role == TutorRole::Learner) {
                texts.append(turn.text);
            }
        }
        return texts;
    }
};

/// Up to the learner's words that `reply` answers.
Result<Path> pathTo(Connection& connection, const StoredMessage& reply)
{
    const auto conversation = ConversationStore::find(connection, reply.conversation);
    const auto messages = ConversationStore::path(connection, reply.id);
    if (!conversation || !messages) {
        return conversation ? messages.error() : conversation.error();
    }
    if (!*conversation) {
        return Error {ErrorKind::NotFound, QStringLiteral("unknown_conversation"), {}, {}};
    }
    Path path;
    path.learner = learnerFrom((*conversation)->learner);
    path.title = (*conversation)->title;
    for (const StoredMessage& message : *messages) {
        if (message.id == reply.id) {
            continue;
        }
        if (message.fromTutor) {
            path.replies.append(message.id);
            path.before.append(path.learnerTexts());
            path.turns.append({TutorRole::Tutor, message.text});
        } else {
            path.said = message.id;
            path.kept = message.details.value(Outgoing::keptMember).toObject();
            path.turns.append({TutorRole::Learner, message.text});
        }
    }
    return path;
}

struct Learnt
{
    TaughtMessage message;
    LearnerCard learner;
    bool remembered = false;
};

LessonNote noteOf(const Path& path, const TutorMessage& reply, const Recap& recap, WallTime now)
{
    const bool inHelp = isBelowB1(cefrFrom(path.learner.level));
    return {LessonNoteId(reply.conversation.toString() + QLatin1Char('/') + path.said.toString()), reply.conversation, path.title,
        recapNote(recap, inHelp ? path.learner.helpLanguage : path.learner.targetLanguage), now};
}

Result<Learnt> learnIn(Connection& connection, const TutorMessage& reply, WallTime now)
{
    const auto path = pathTo(connection, toStored(reply));
    const auto known = TeachingStore::of(connection, reply.conversation);
    if (!path || !known) {
        return path ? known.error() : path.error();
    }
    ReplyTeacher::Input input {path->learner, path->turns, reply.text, reply.aside, {}, reply.model == QLatin1String("notes")};
    for (qsizetype i = 0; i < path->replies.size(); ++i) {
        const auto taught = known->find(path->replies[i]);
        if (taught != known->end()) {
            input.earlier.append(taughtFrom(*taught, path->learner, path->before[i]));
        }
    }
    Learnt learnt {{reply.id, path->said, ReplyTeacher::teach(input)}, path->learner};
    const TaughtReply& taught = learnt.message.taught;
    if (Result<void> kept = TeachingStore::keep(connection, reply.id, toJson(taught)); !kept) {
        return kept.error();
    }
    for (const LearnerError& error : taught.errors) {
        const auto kept = isForgotten(path->kept, error.id)
            ? LearnerErrorStore::removePlace(connection, error.id, path->said)
            : LearnerErrorStore::keep(connection, error, path->said, now);
        if (!kept) {
            return kept.error();
        }
        learnt.remembered = learnt.remembered || *kept;
    }
    if (taught.recap) {
        const LessonNote note = noteOf(*path, reply, *taught.recap, now);
        const bool isUnwanted = path->kept.value(noNoteMember).toBool();
        const Result<void> kept
            = isUnwanted ? TeachingStore::removeNote(connection, note.id) : TeachingStore::keepNote(connection, note);
        if (!kept) {
            return kept.error();
        }
    }
    return learnt;
}

bool teaches(const TutorMessage& reply)
{
    return reply.role == TutorRole::Tutor && !reply.text.isEmpty() && !reply.refused
        && (reply.state == stream::State::Done || reply.state == stream::State::Stopped
            || reply.state == stream::State::Interrupted);
}

/// What a conversation that came from elsewhere has taught; telling it again changes nothing.
Result<bool> learnAll(Connection& connection, const ConversationId& conversation)
{
    const auto messages = ConversationStore::tree(connection, conversation);
    if (!messages) {
        return messages.error();
    }
    bool remembered = false;
    for (const StoredMessage& stored : *messages) {
        const QJsonObject kept = stored.details.value(Outgoing::keptMember).toObject();
        const QJsonArray words = kept.value(wordsMember).toArray();
        for (const QJsonValue& value : words) {
            const QJsonObject word = value.toObject();
            const auto field = [&word](const char* name) { return word.value(QLatin1String(name)).toString(); };
            if (field("word").isEmpty()) {
                continue;
            }
            const LearnerError saved = savedWord(field("word"), field("meaning"), field("sentence"), field("language"));
            const auto changed = isForgotten(kept, saved.id)
                ? LearnerErrorStore::removePlace(connection, saved.id, stored.id)
                : LearnerErrorStore::keep(connection, saved, stored.id, stored.createdAt);
            if (!changed) {
                return changed.error();
            }
            remembered = remembered || *changed;
        }
        if (const TutorMessage reply = messageFrom(stored); teaches(reply)) {
            const auto learnt = learnIn(connection, reply, reply.createdAt);
            if (!learnt) {
                return learnt.error();
            }
            remembered = remembered || learnt->remembered;
        }
    }
    return remembered;
}

} // namespace

TutorMemory::TutorMemory(
    AiTutorStreamManager& tutor, Database& database, Clock& clock, RandomSource& random, QObject* parent)
    : QObject(parent), m_database(database), m_clock(clock), m_random(random)
{
    connect(&tutor, &AiTutorStreamManager::replyFinished, this, &TutorMemory::learn);
}

void TutorMemory::setAccount(const UserId& owner, const DeviceId& device)
{
    m_owner = owner;
    m_device = device;
}

Outgoing TutorMemory::outgoing()
{
    return {m_owner, m_device, OpId(m_random.uuid()), m_clock.monotonic(), m_clock.wall()};
}

Async<void> TutorMemory::adoptRemote(const QList<ConversationId>& conversations)
{
    const AsyncPromise<void> promise;
    const auto work = [conversations](Connection& connection) -> Result<bool> {
        bool remembered = false;
        for (const ConversationId& conversation : conversations) {
            const auto learnt = learnAll(connection, conversation);
            if (!learnt) {
                return learnt.error();
            }
            remembered = remembered || *learnt;
        }
        return remembered;
    };
    whenDone(m_database.run<bool>(work), this, [this, promise](const Result<bool>& remembered) {
        if (!remembered) {
            qCWarning(lcTutor) << "what came from elsewhere taught nothing:" << remembered.error().code;
            Q_EMIT failed(remembered.error());
            promise.resolve(remembered.error());
            return;
        }
        if (*remembered) {
            Q_EMIT mistakesChanged();
        }
        Q_EMIT lessonNotesChanged();
        promise.resolve(Result<void>());
    });
    return promise.future();
}

void TutorMemory::learn(const TutorMessage& reply)
{
    if (!teaches(reply)) {
        return;
    }
    const auto work = [reply, now = m_clock.wall()](Connection& connection) { return learnIn(connection, reply, now); };
    whenDone(m_database.run<Learnt>(work), this, [this, reply](const Result<Learnt>& learnt) {
        if (!learnt) {
            qCWarning(lcTutor) << "what a reply taught was not kept:" << learnt.error().code;
            Q_EMIT failed(learnt.error());
            return;
        }
        tell(reply, learnt->message, learnt->learner, learnt->remembered);
    });
}

void TutorMemory::tell(const TutorMessage& reply, const TaughtMessage& message, const LearnerCard& learner, bool remembered)
{
    if (remembered) {
        Q_EMIT mistakesChanged();
    }
    if (message.taught.recap) {
        Q_EMIT lessonNotesChanged();
    }
    if (message.taught.answerShown) {
        StudyEvent event;
        event.id = StudyEventId(m_random.uuid());
        event.pack = PackId(learner.exercise.pack);
        event.item = ItemId(learner.exercise.item);
        event.kind = QStringLiteral("answer_shown");
        event.skill = learner.exercise.skill.isEmpty() ? QStringLiteral("language") : learner.exercise.skill;
        event.happenedAt = m_clock.wall();
        event.payload = {{QStringLiteral("conversation"), reply.conversation.toString()}};
        Q_EMIT studied(event);
    }
    Q_EMIT learned(reply.conversation, message);
}

Async<LearnerCard> TutorMemory::prepare(const LearnerCard& card)
{
    return m_database.read<LearnerCard>([card, now = m_clock.wall()](Connection& connection) -> Result<LearnerCard> {
        LearnerCard prepared = card;
        if (!card.dueErrors.isEmpty() || card.task != TutorTask::Talk) {
            return prepared;
        }
        const auto due = LearnerErrorStore::due(connection, card.targetLanguage, now, mostDue);
        if (!due) {
            return due.error();
        }
        for (const LearnerError& error : *due) {
            prepared.dueErrors.append(dueLine(error));
        }
        return prepared;
    });
}

Async<QList<TaughtMessage>> TutorMemory::taughtIn(const ConversationId& conversation)
{
    return m_database.read<QList<TaughtMessage>>([conversation](Connection& connection) -> Result<QList<TaughtMessage>> {
        const auto known = TeachingStore::of(connection, conversation);
        if (!known) {
            return known.error();
        }
        QList<TaughtMessage> messages;
        for (auto it = known->begin(); it != known->end(); ++it) {
            const auto reply = ConversationStore::message(connection, it.key());
            if (!reply) {
                return reply.error();
            }
            const auto path = *reply ? pathTo(connection, **reply) : Result<Path>(Path());
            if (!path) {
                return path.error();
            }
            messages.append({it.key(), path->said, taughtFrom(it.value(), path->learner, path->learnerTexts())});
        }
        return messages;
    });
}

Async<void> TutorMemory::saveWord(const QString& word, const QString& meaning, const QString& sentence,
    const QString& language, const MessageId& message)
{
    if (word.trimmed().isEmpty()) {
        return readyAsync<void>(Result<void>(Error {ErrorKind::Invalid, QStringLiteral("empty"), {}, {}}));
    }
    return rememberMistake(savedWord(word, meaning, sentence, language), message);
}

Async<void> TutorMemory::rememberMistake(const LearnerError& mistake, const MessageId& message)
{
    const AsyncPromise<void> promise;
    const auto work = [mistake, message, now = m_clock.wall(), out = outgoing()](Connection& connection) -> Result<bool> {
        const auto change = [&mistake](QJsonObject& kept) {
            setForgotten(kept, mistake.id, false);
            if (mistake.isWord()) {
                addWord(kept, mistake);
            }
        };
        if (Result<void> noted = out.changeKept(connection, message, change); !noted) {
            return noted.error();
        }
        return LearnerErrorStore::keep(connection, mistake, message, now);
    };
    whenDone(m_database.run<bool>(work), this, [this, promise](const Result<bool>& kept) {
        if (!kept) {
            promise.resolve(Result<void>(kept.error()));
            return;
        }
        promise.resolve(Result<void>());
        Q_EMIT mistakesChanged();
        Q_EMIT workKept();
    });
    return promise.future();
}

Async<QList<LearnerError>> TutorMemory::mistakes()
{
    return m_database.read<QList<LearnerError>>(&LearnerErrorStore::all);
}

Async<void> TutorMemory::forgetMistake(const ItemId& mistake)
{
    const AsyncPromise<void> promise;
    const auto work = [mistake, out = outgoing()](Connection& connection) -> Result<void> {
        const auto places = LearnerErrorStore::places(connection, mistake);
        if (!places) {
            return places.error();
        }
        for (const MessageId& message : *places) {
            const auto change = [&mistake](QJsonObject& kept) { setForgotten(kept, mistake, true); };
            if (Result<void> noted = out.changeKept(connection, message, change); !noted) {
                return noted;
            }
        }
        return LearnerErrorStore::forget(connection, mistake);
    };
    whenDone(m_database.run<void>(work), this, [this, promise](const Result<void>& gone) {
        promise.resolve(gone);
        Q_EMIT mistakesChanged();
        Q_EMIT workKept();
    });
    return promise.future();
}

Async<QList<LessonNote>> TutorMemory::lessonNotes(int limit)
{
    return m_database.read<QList<LessonNote>>(
        [limit](Connection& connection) { return TeachingStore::notes(connection, limit); });
}

Async<void> TutorMemory::removeLessonNote(const LessonNoteId& note)
{
    const AsyncPromise<void> promise;
    // Its id names what the learner had said.
    const MessageId said(note.toString().section(QLatin1Char('/'), 1));
    const auto work = [note, said, out = outgoing()](Connection& connection) -> Result<void> {
        const auto change = [](QJsonObject& kept) { kept.insert(noNoteMember, true); };
        if (Result<void> noted = out.changeKept(connection, said, change); !noted) {
            return noted;
        }
        return TeachingStore::removeNote(connection, note);
    };
    whenDone(m_database.run<void>(work), this, [this, promise](const Result<void>& gone) {
        promise.resolve(gone);
        Q_EMIT lessonNotesChanged();
        Q_EMIT workKept();
    });
    return promise.future();
}

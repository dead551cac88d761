// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TutorController.h"

#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/TimeText.h"

#include <algorithm>

namespace {

const char* stateName(stream::State state)
{
    switch (state) {
    case stream::State::Queued:
        return "queued";
    case stream::State::Connecting:
        return "connecting";
    case stream::State::Thinking:
        return "thinking";
    case stream::State::Writing:
        return "writing";
    case stream::State::Done:
        return "done";
    case stream::State::Stopped:
        return "stopped";
    case stream::State::Interrupted:
        return "interrupted";
    case stream::State::Failed:
        return "failed";
    }
    return "";
}

} // namespace

TutorController::TutorController(AppSettings& settings, Clock& clock, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock)
{
}

TutorController::~TutorController() = default;

void TutorController::attach(AiTutorStreamManager* tutor)
{
    m_scope = std::make_unique<QObject>();
    m_tutor = tutor;
    m_all.clear();
    m_current.clear();
    m_conversation = {};
    m_loading = tutor != nullptr;
    m_messages.setMessages({});
    if (m_tutor) {
        connect(m_tutor, &AiTutorStreamManager::messageChanged, m_scope.get(),
            [this](const TutorMessage& message) { adopt(message); });
        connect(m_tutor, &AiTutorStreamManager::typingChanged, m_scope.get(), [this] { publish(); });
        connect(m_tutor, &AiTutorStreamManager::rateLimitChanged, m_scope.get(), [this] { publish(); });
        connect(m_tutor, &AiTutorStreamManager::conversationsChanged, m_scope.get(), [this] { reload(); });
        connect(m_tutor, &AiTutorStreamManager::errorOccurred, m_scope.get(),
            [this](const ConversationId& conversation, const Error& error) {
                if (conversation == m_conversation) {
                    m_error = errorSentence(error);
                    publish();
                }
            });
        reload();
    }
    publish();
    publishConversations();
}

void TutorController::setProvider(const QString& name, bool notesOnly)
{
    m_provider = name;
    m_notesOnly = notesOnly;
    publish();
}

void TutorController::retranslate()
{
    QList<MessageRow> rows;
    for (const TutorMessage& message : std::as_const(m_current)) {
        rows.append(rowOf(message));
    }
    m_messages.setMessages(rows);
    publishConversations();
    publish();
}

void TutorController::present(
    const TutorState& state, const QList<ConversationRow>& conversations, const QList<MessageRow>& messages)
{
    m_scope.reset();
    m_tutor.clear();
    m_conversations.setRows(conversations);
    m_messages.setMessages(messages);
    m_state = state;
    Q_EMIT stateChanged();
}

void TutorController::setSearch(const QString& search)
{
    if (search != m_search) {
        m_search = search;
        publishConversations();
        Q_EMIT searchChanged();
    }
}

void TutorController::setDraft(const QString& draft)
{
    if (draft != m_draft) {
        m_draft = draft;
        Q_EMIT draftChanged();
    }
}

void TutorController::reload()
{
    whenDone(m_tutor->conversations(), m_scope.get(), [this](const Result<QList<TutorConversation>>& found) {
        m_loading = false;
        if (found.ok()) {
            m_all = *found;
        } else {
            m_error = errorSentence(found.error());
        }
        publishConversations();
        publish();
    });
}

QString TutorController::textOf(const QString& message) const
{
    const MessageRow* row = m_messages.find(message);
    return row ? row->text : QString();
}

void TutorController::open(const QString& conversation)
{
    if (!m_tutor || conversation == m_conversation.toString()) {
        return;
    }
    m_conversation = ConversationId(conversation);
    m_error.clear();
    m_current.clear();
    m_messages.setMessages({});
    const ConversationId wanted = m_conversation;
    whenDone(m_tutor->messages(wanted), m_scope.get(), [this, wanted](const Result<QList<TutorMessage>>& found) {
        if (!(wanted == m_conversation)) {
            return;
        }
        if (!found.ok()) {
            m_error = errorSentence(found.error());
            publish();
            return;
        }
        // Replies that changed while the list was read are newer than it.
        const QList<TutorMessage> newer = std::exchange(m_current, *found);
        for (const TutorMessage& message : newer) {
            adopt(message);
        }
        retranslate();
    });
    publishConversations();
    publish();
}

void TutorController::startNew()
{
    m_conversation = {};
    m_error.clear();
    m_current.clear();
    m_messages.setMessages({});
    publishConversations();
    publish();
}

LearnerCard TutorController::learner() const
{
    LearnerCard card;
    card.helpLanguage = m_settings.language();
    return card;
}

void TutorController::send()
{
    const QString text = m_draft.trimmed();
    if (!m_tutor || text.isEmpty() || m_state.streaming) {
        return;
    }
    m_error.clear();
    if (m_conversation.isEmpty()) {
        m_conversation = m_tutor->startTutorConversation(learner(), text);
        if (m_conversation.isEmpty()) {
            publish();
            return;
        }
    } else if (m_tutor->continueTutorConversation(m_conversation, text).isEmpty()) {
        publish();
        return;
    }
    setDraft({});
    publish();
}

void TutorController::stop()
{
    if (m_tutor && !m_conversation.isEmpty()) {
        m_tutor->cancelTutorStream(m_conversation);
    }
}

void TutorController::retry()
{
    if (m_tutor && !m_conversation.isEmpty()) {
        m_error.clear();
        if (!m_tutor->retryTutorReply(m_conversation).isEmpty()) {
            publish();
        }
    }
}

void TutorController::adopt(const TutorMessage& message)
{
    if (!(message.conversation == m_conversation) && !m_conversation.isEmpty()) {
        return;
    }
    if (m_conversation.isEmpty()) {
        return;
    }
    for (TutorMessage& known : m_current) {
        if (known.id == message.id) {
            known = message;
            m_messages.putMessage(rowOf(message));
            return;
        }
    }
    // Another reply to the same words takes the place of the earlier one on the screen.
    if (message.role == TutorRole::Tutor) {
        for (qsizetype i = 0; i < m_current.size(); ++i) {
            if (m_current.at(i).role == TutorRole::Tutor && m_current.at(i).parent == message.parent) {
                m_messages.removeMessage(m_current.at(i).id.toString());
                m_current.removeAt(i);
                break;
            }
        }
    }
    m_current.append(message);
    m_messages.putMessage(rowOf(message));
}

MessageRow TutorController::rowOf(const TutorMessage& message) const
{
    MessageRow row;
    row.message = message.id.toString();
    row.mine = message.role == TutorRole::Learner;
    row.text = message.text;
    row.state = QString::fromLatin1(stateName(message.state));
    row.streaming = !row.mine && !stream::isFinal(message.state);
    if (row.mine) {
        row.footer = TimeText::time(TimeText::local(message.createdAt), m_settings.locale());
        return row;
    }
    switch (message.state) {
    case stream::State::Queued:
        row.stateText = message.retryIn ? tr("Trying again in a moment") : tr("Waiting for its turn");
        break;
    case stream::State::Connecting:
        row.stateText = tr("Connecting");
        break;
    case stream::State::Thinking:
        row.stateText = tr("Thinking");
        break;
    case stream::State::Writing:
        row.stateText = tr("Writing");
        break;
    case stream::State::Done:
        if (message.finish == FinishReason::Length) {
            row.stateText = tr("Cut at its longest length");
            row.tone = QStringLiteral("warning");
        }
        break;
    case stream::State::Stopped:
        row.stateText = tr("You stopped this reply");
        row.tone = QStringLiteral("neutral");
        break;
    case stream::State::Interrupted:
        row.stateText = tr("The reply was interrupted; what arrived is kept");
        row.tone = QStringLiteral("warning");
        break;
    case stream::State::Failed:
        row.stateText = tr("No reply");
        row.tone = QStringLiteral("danger");
        break;
    }
    if (message.error) {
        row.error = errorSentence(*message.error);
    }
    row.canRetry = message.state == stream::State::Failed || message.state == stream::State::Interrupted
        || message.state == stream::State::Stopped;
    QStringList titles;
    for (const TutorCitation& citation : message.citations) {
        if (!titles.contains(citation.title)) {
            titles.append(citation.title);
        }
    }
    if (!titles.isEmpty()) {
        row.sources = tr("From your notes: %1").arg(titles.join(QStringLiteral(" · ")));
    }
    if (stream::isFinal(message.state)) {
        QStringList parts;
        if (!message.model.isEmpty()) {
            parts.append(message.model == QLatin1String("notes") ? tr("Notes tutor") : message.model);
        }
        parts.append(TimeText::time(TimeText::local(message.createdAt), m_settings.locale()));
        row.footer = parts.join(QStringLiteral(" · "));
    }
    return row;
}

void TutorController::publishConversations()
{
    QList<ConversationRow> rows;
    const QDateTime now = TimeText::local(m_clock.wall());
    for (const TutorConversation& entry : std::as_const(m_all)) {
        if (!m_search.isEmpty() && !entry.title.contains(m_search, Qt::CaseInsensitive)) {
            continue;
        }
        ConversationRow row;
        row.conversation = entry.id.toString();
        row.title = entry.title;
        const QDateTime at = TimeText::local(entry.updatedAt);
        row.when = at.date() == now.date() ? TimeText::time(at, m_settings.locale())
                                           : TimeText::day(at, now, m_settings.locale());
        row.current = entry.id == m_conversation;
        rows.append(row);
    }
    m_conversations.setRows(rows);
}

void TutorController::publish()
{
    TutorState state;
    state.available = m_tutor != nullptr;
    state.loading = m_loading;
    state.conversation = m_conversation.toString();
    state.provider = m_provider;
    state.notesOnly = m_notesOnly;
    state.error = m_error;
    for (const TutorConversation& entry : std::as_const(m_all)) {
        if (entry.id == m_conversation) {
            state.title = entry.title;
        }
    }
    if (m_tutor && !m_conversation.isEmpty()) {
        const TutorTyping typing = m_tutor->typing(m_conversation);
        state.streaming = typing != TutorTyping::Idle;
        switch (typing) {
        case TutorTyping::Idle:
            break;
        case TutorTyping::Queued: {
            const int place = m_tutor->queuePosition(m_conversation);
            state.activity = place > 1 ? tr("Waiting: number %1 in the queue").arg(place) : tr("Waiting for its turn");
            break;
        }
        case TutorTyping::Connecting:
            state.activity = tr("Connecting");
            break;
        case TutorTyping::Thinking:
            state.activity = tr("Thinking");
            break;
        case TutorTyping::Writing:
            state.activity = tr("Writing");
            break;
        }
        const TutorRateLimitStatus limit = m_tutor->rateLimitStatus();
        if (limit.nextSlotIn && limit.nextSlotIn->count() > 1000) {
            state.limit = tr("The next message can go in %n second(s).", nullptr,
                static_cast<int>((limit.nextSlotIn->count() + 999) / 1000));
        }
    }
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

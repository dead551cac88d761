// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TalkTeaching.h"

#include "tutor/teaching/ErrorMemory.h"
#include "viewmodels/TeachingWords.h"

TalkTeaching::TalkTeaching(QObject* parent) : QObject(parent)
{
}

TalkTeaching::~TalkTeaching() = default;

void TalkTeaching::attach(TutorMemory* memory)
{
    m_scope = std::make_unique<QObject>();
    m_memory = memory;
    m_taught.clear();
    m_notes.clear();
    m_cards.clear();
    if (!m_memory) {
        return;
    }
    connect(m_memory, &TutorMemory::learned, m_scope.get(),
        [this](const ConversationId& conversation, const TaughtMessage& message) {
            if (conversation == m_conversation) {
                m_taught.insert(message.reply, message);
                Q_EMIT changed();
                Q_EMIT learned(message.said);
            }
        });
    connect(m_memory, &TutorMemory::mistakesChanged, m_scope.get(), [this] { readCards(); });
    connect(m_memory, &TutorMemory::lessonNotesChanged, m_scope.get(), [this] { readNotes(); });
    connect(m_memory, &TutorMemory::failed, m_scope.get(), [this](const Error& error) { Q_EMIT failed(error); });
    readCards();
    readNotes();
}

void TalkTeaching::open(const ConversationId& conversation, const LearnerCard& learner)
{
    m_conversation = conversation;
    m_learner = learner;
    m_taught.clear();
    if (!m_memory || conversation.isEmpty()) {
        return;
    }
    whenDone(m_memory->taughtIn(conversation), m_scope.get(), [this, conversation](const Result<QList<TaughtMessage>>& found) {
        if (!(conversation == m_conversation)) {
            return;
        }
        if (!found.ok()) {
            Q_EMIT failed(found.error());
            return;
        }
        for (const TaughtMessage& message : *found) {
            if (!m_taught.contains(message.reply)) {
                m_taught.insert(message.reply, message);
            }
        }
        Q_EMIT changed();
    });
}

void TalkTeaching::readCards()
{
    whenDone(m_memory->mistakes(), m_scope.get(), [this](const Result<QList<LearnerError>>& mistakes) {
        if (mistakes.ok()) {
            m_cards.clear();
            for (const LearnerError& mistake : *mistakes) {
                m_cards.insert(mistake.id);
            }
            Q_EMIT changed();
        }
    });
}

void TalkTeaching::readNotes()
{
    whenDone(m_memory->lessonNotes(), m_scope.get(), [this](const Result<QList<LessonNote>>& notes) {
        if (notes.ok()) {
            m_notes.clear();
            for (const LessonNote& note : *notes) {
                m_notes.insert(note.id.toString(), note.body);
            }
            Q_EMIT changed();
        }
    });
}

QList<LearnerError> TalkTeaching::errorsIn(const MessageId& reply, const QString& text) const
{
    return errorsFrom(m_taught.value(reply).taught.annotations, text, m_learner.targetLanguage);
}

void TalkTeaching::markWords(MessageRow& said, const MessageId& reply, const QString& language) const
{
    const QList<Annotation> annotations = m_taught.value(reply).taught.annotations;
    const QList<LearnerError> errors = errorsIn(reply, said.text);
    for (qsizetype i = 0; i < annotations.size(); ++i) {
        said.marked.append(TeachingWords::mark(annotations.at(i), m_cards.contains(errors.at(i).id), language));
    }
    said.corrections = TeachingWords::corrections(said.marked);
}

void TalkTeaching::addOutcomes(MessageRow& reply, const MessageId& said, const QString& language) const
{
    const auto found = m_taught.find(MessageId(reply.message));
    if (found != m_taught.end()) {
        const TaughtReply& taught = found->taught;
        reply.mayShowAnswer = taught.mayShowAnswer;
        reply.offersSimpler = taught.offerSimpler;
        reply.concerns = TeachingWords::concerns(taught, m_learner.level);
        if (taught.scene) {
            const auto scenario = scenarioNamed(taught.scene->scenario);
            reply.outcomeList.append(
                TeachingWords::sceneReport(*taught.scene, scenario ? scenario->title.in(language) : QString(), language));
        }
        if (taught.feedback && !taught.feedback->criteria.isEmpty()) {
            reply.outcomeList.append(TeachingWords::feedback(m_learner.task, *taught.feedback, language));
        }
    }
    const QString note = m_notes.value(m_conversation.toString() + QLatin1Char('/') + said.toString());
    if (!note.isEmpty()) {
        reply.outcomeList.append(TeachingWords::recap(note));
    }
}

void TalkTeaching::keepMark(const MessageId& reply, const QString& text, int mark, bool keep)
{
    const QList<LearnerError> errors = errorsIn(reply, text);
    if (!m_memory || mark < 0 || mark >= errors.size()) {
        return;
    }
    const LearnerError& error = errors.at(mark);
    whenDone(keep ? m_memory->rememberMistake(error, m_taught.value(reply).said) : m_memory->forgetMistake(error.id),
        m_scope.get(), [this](const Result<void>& done) {
            if (!done.ok()) {
                Q_EMIT failed(done.error());
            }
        });
}

Async<void> TalkTeaching::saveWord(
    const QString& word, const QString& meaning, const QString& sentence, const MessageId& message)
{
    return m_memory ? m_memory->saveWord(word, meaning, sentence, m_learner.targetLanguage, message)
                    : readyAsync<void>(Result<void>(Error {ErrorKind::Invalid, QStringLiteral("empty"), {}, {}}));
}

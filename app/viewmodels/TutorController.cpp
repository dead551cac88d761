// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TutorController.h"

#include "domain/LanguageName.h"
#include "study/StudyLibrary.h"
#include "viewmodels/AppSettings.h"
#include "tutor/teaching/AskPhrases.h"
#include "tutor/teaching/Sentences.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/ExerciseTalk.h"
#include "viewmodels/TeachingWords.h"
#include "viewmodels/TimeText.h"
#include "viewmodels/Toasts.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds UndoTime = 6s; ///< a little more than the toast with the undo stands
constexpr std::chrono::milliseconds SearchPause = 200ms;
/// What is known of the learner without any academy: {level-<language>, correction, language, beside};
/// `language` was chosen while `beside` was studied.
const QString LearnerKey = QStringLiteral("learner");

constexpr std::array modes {std::pair {CorrectionMode::Fluency, "fluency"}, std::pair {CorrectionMode::Accuracy, "accuracy"},
    std::pair {CorrectionMode::Exam, "exam"}};

CorrectionMode modeFrom(const QString& name)
{
    for (const auto& [mode, known] : modes) {
        if (name == QLatin1String(known)) {
            return mode;
        }
    }
    return CorrectionMode::Fluency;
}

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

/// Why a reply with words is not all it was to be, and what can be done; empty when it is.
QString endOf(FinishReason finish)
{
    switch (finish) {
    case FinishReason::Length:
        return TutorController::tr("Cut at its longest length. “Continue” brings the rest.");
    case FinishReason::Filtered:
        return TutorController::tr("The provider's safety filter ended this reply. Ask in other words, or go on with your lesson.");
    case FinishReason::ContextFull:
        return TutorController::tr("The talk has become too long for this model, so the reply stops here. Start a new talk.");
    case FinishReason::Tool:
        return TutorController::tr("The model wanted to use a tool, which tutors here may not. Ask for another reply.");
    case FinishReason::Paused:
        return TutorController::tr("The provider paused this reply before its end. Ask for another reply.");
    case FinishReason::Stop:
    case FinishReason::Refusal:
    case FinishReason::Continuation:
    case FinishReason::Error:
    case FinishReason::Interrupted:
    case FinishReason::Other:
        break;
    }
    return {};
}

QString cautionFor(LearnerConcern concern)
{
    switch (concern) {
    case LearnerConcern::None:
        break;
    case LearnerConcern::Distress:
        return TutorController::tr("A tutor is only a program. If things are bad, talk to somebody you trust, or call 112.");
    case LearnerConcern::PersonalData:
        return TutorController::tr("This looks like something private. A tutor never needs to know it.");
    }
    return {};
}

} // namespace

TutorController::TutorController(AppSettings& settings, Clock& clock, Scheduler& scheduler, Toasts& toasts, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock), m_scheduler(scheduler), m_toasts(toasts)
{
    connect(&m_messages, &ChatModel::sentencesSaid, this, &TutorController::sentencesSaid);
    connect(&m_teaching, &TalkTeaching::changed, this, [this] { showRows(); });
    connect(&m_teaching, &TalkTeaching::learned, this, [this](const MessageId& said) {
        const MessageRow* row = m_messages.find(said.toString());
        if (row && !row->corrections.isEmpty()) {
            Q_EMIT sentencesSaid(row->corrections);
        }
    });
    connect(&m_teaching, &TalkTeaching::failed, this, [this](const Error& error) {
        m_error = errorSentence(error);
        publish();
    });
    m_card = learner();
}

TutorController::~TutorController() = default;

void TutorController::attach(
    AiTutorStreamManager* tutor, TutorMemory* memory, ReplyReports* reports, StudyLibrary* library)
{
    m_scope = std::make_unique<QObject>();
    m_tutor = tutor;
    m_memory = memory;
    m_reports = reports;
    m_library = library;
    m_teaching.attach(memory);
    m_card = learner();
    m_beginning = false;
    m_all.clear();
    m_hits.clear();
    m_current.clear();
    m_conversation = {};
    m_wanted = {};
    m_removed.clear();
    m_ticking.cancel();
    m_searching.cancel();
    m_forgetting.cancel();
    m_loading = tutor != nullptr;
    m_messages.setMessages({});
    if (m_tutor) {
        connect(m_tutor, &AiTutorStreamManager::messageChanged, m_scope.get(),
            [this](const TutorMessage& message) { adopt(message); });
        connect(m_tutor, &AiTutorStreamManager::typingChanged, m_scope.get(), [this] { publish(); });
        connect(m_tutor, &AiTutorStreamManager::rateLimitChanged, m_scope.get(), [this] {
            publish();
            countDown();
        });
        connect(m_tutor, &AiTutorStreamManager::conversationsChanged, m_scope.get(), [this] { reload(); });
        connect(m_tutor, &AiTutorStreamManager::branchChanged, m_scope.get(), [this](const ConversationId& conversation) {
            if (conversation == m_conversation) {
                readBranch();
            }
        });
        connect(m_tutor, &AiTutorStreamManager::errorOccurred, m_scope.get(),
            [this](const ConversationId& conversation, const Error& error) {
                if (conversation == m_conversation) {
                    m_error = errorSentence(error);
                    publish();
                }
            });
        connect(m_tutor, &AiTutorStreamManager::examRunningChanged, m_scope.get(), [this] { publish(); });
        reload();
        readBranch();
    }
    if (m_reports) {
        connect(m_reports, &ReplyReports::reported, m_scope.get(), [this] { readBranch(); });
        connect(m_reports, &ReplyReports::hasTeacherChanged, m_scope.get(), [this] { showRows(); });
    }
    if (m_library) {
        connect(m_library, &StudyLibrary::changed, m_scope.get(), [this] { followStudy(); });
    }
    showScenes();
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
    if (!m_scope) {
        return; // what present() shows stays
    }
    showRows();
    showScenes();
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
    if (search == m_search) {
        return;
    }
    m_search = search;
    m_hits.clear();
    if (m_tutor && m_search.trimmed().size() >= 2) {
        m_searching = m_scheduler.after(SearchPause, [this] { findInHistory(); });
    } else {
        m_searching.cancel();
        publishConversations();
    }
    Q_EMIT searchChanged();
}

void TutorController::findInHistory()
{
    const QString words = m_search;
    whenDone(m_tutor->searchHistory(words), m_scope.get(), [this, words](const Result<QList<TutorSearchHit>>& hits) {
        if (words != m_search) {
            return;
        }
        m_hits = hits.ok() ? *hits : QList<TutorSearchHit>();
        if (!hits.ok()) {
            m_error = errorSentence(hits.error());
            publish();
        }
        publishConversations();
    });
}

void TutorController::setDraft(const QString& draft)
{
    if (draft != m_draft) {
        m_draft = draft;
        if (m_tutor) {
            m_tutor->keepDraft(m_conversation, m_draft);
        }
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
    m_wanted = {};
    m_error.clear();
    m_current.clear();
    m_messages.setMessages({});
    m_draft.clear();
    Q_EMIT draftChanged();
    m_teaching.open(m_conversation, card());
    readBranch();
    publishConversations();
    publish();
}

void TutorController::openAt(const QString& conversation, const QString& message)
{
    open(conversation);
    if (const int line = m_messages.lineOf(message); line >= 0) {
        Q_EMIT lineFound(line);
        return;
    }
    m_wanted = MessageId(message);
    show(message);
}

void TutorController::readBranch()
{
    const ConversationId wanted = m_conversation;
    whenDone(m_tutor->draft(wanted), m_scope.get(), [this, wanted](const Result<QString>& draft) {
        if (wanted == m_conversation && draft.ok() && m_draft.isEmpty() && !draft->isEmpty()) {
            m_draft = *draft;
            Q_EMIT draftChanged();
        }
    });
    if (wanted.isEmpty()) {
        return;
    }
    m_current.clear();
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
        showRows();
        publish();
        if (const int line = m_messages.lineOf(m_wanted.toString()); !m_wanted.isEmpty() && line >= 0) {
            m_wanted = {};
            Q_EMIT lineFound(line);
        }
    });
}

void TutorController::startNew()
{
    startAs(learner());
}

void TutorController::startScene(const QString& scene)
{
    LearnerCard card = learner();
    card.task = TutorTask::Scenario;
    card.scenario = scene;
    startAs(card);
}

void TutorController::startWriting(const QString& brief)
{
    LearnerCard card = learner();
    card.task = TutorTask::Writing;
    card.brief = brief.trimmed();
    startAs(card);
}

void TutorController::startExercise(
    const std::shared_ptr<const Pack>& pack, const UnitId& unit, const ItemId& item, bool solved)
{
    const PackItem* found = pack->item(item);
    if (!m_tutor || !found || m_tutor->isExamRunning()) {
        return;
    }
    const LearnerCard wanted = ExerciseTalk::card(*pack, unit, *found, solved, learner());
    const auto known = std::ranges::find_if(m_all, [this, &wanted](const TutorConversation& entry) {
        return entry.learner.task == TutorTask::Exercise && entry.learner.exercise.pack == wanted.exercise.pack
            && entry.learner.exercise.item == wanted.exercise.item && entry.id.toString() != m_removed;
    });
    if (known == m_all.end()) {
        startAs(wanted);
        return;
    }
    open(known->id.toString());
    // Its solution may have been shown since.
    teach(wanted);
}

void TutorController::startAs(const LearnerCard& card)
{
    m_card = card;
    m_conversation = {};
    m_teaching.open(m_conversation, m_card);
    m_wanted = {};
    m_error.clear();
    m_current.clear();
    m_messages.setMessages({});
    m_draft.clear();
    Q_EMIT draftChanged();
    if (m_tutor) {
        readBranch();
    }
    publishConversations();
    publish();
}

void TutorController::remove(const QString& conversation)
{
    if (!m_tutor) {
        return;
    }
    forgetRemoved();
    m_removed = conversation;
    if (conversation == m_conversation.toString()) {
        startNew();
    }
    publishConversations();
    m_forgetting = m_scheduler.after(UndoTime, [this] { forgetRemoved(); });
    m_toasts.show(tr("The conversation was deleted."), QStringLiteral("info"), tr("Undo"), [this, conversation] {
        if (m_removed == conversation) {
            m_removed.clear();
            m_forgetting.cancel();
            open(conversation);
            publishConversations();
        }
    });
}

void TutorController::forgetRemoved()
{
    m_forgetting.cancel();
    const QString gone = std::exchange(m_removed, {});
    if (m_tutor && !gone.isEmpty()) {
        whenDone(m_tutor->deleteConversation(ConversationId(gone)), m_scope.get(), [this](const Result<void>& deleted) {
            if (!deleted.ok()) {
                m_error = errorSentence(deleted.error());
                publish();
                reload();
            }
        });
    }
}

LearnerCard TutorController::learner() const
{
    LearnerCard card;
    card.level = level();
    card.helpLanguage = m_settings.language();
    card.correction = modeFrom(kept(QStringLiteral("correction")));
    card.targetLanguage = newLanguage();
    return card;
}

/// Of what was studied last, or stands on the shelf first.
QString TutorController::studiedLanguage() const
{
    const QList<PackSummary> packs = m_library ? m_library->packs() : QList<PackSummary>();
    if (packs.isEmpty()) {
        return LearnerCard().targetLanguage;
    }
    const auto studied = std::ranges::find(packs, m_library->overview().studied, &PackSummary::id);
    return studied == packs.end() ? packs.first().targetLanguage : studied->targetLanguage;
}

QString TutorController::newLanguage() const
{
    const QString studied = studiedLanguage();
    const QString chosen = kept(QStringLiteral("language"));
    return kept(QStringLiteral("beside")) == studied && languages().contains(chosen) ? chosen : studied;
}

QStringList TutorController::languages() const
{
    QStringList all;
    for (const PackSummary& pack : m_library ? m_library->packs() : QList<PackSummary>()) {
        if (!all.contains(pack.targetLanguage)) {
            all.append(pack.targetLanguage);
        }
    }
    return all;
}

void TutorController::chooseLanguage(const QString& language)
{
    if (!m_library) {
        return;
    }
    keep(QStringLiteral("language"), language);
    keep(QStringLiteral("beside"), studiedLanguage());
    followStudy();
}

/// A talk that has not begun is in the language that is studied, and at its level.
void TutorController::followStudy()
{
    if (m_library->isOpen() && !kept(QStringLiteral("beside")).isEmpty() && kept(QStringLiteral("beside")) != studiedLanguage()) {
        keep(QStringLiteral("language"), {});
        keep(QStringLiteral("beside"), {});
    }
    if (m_conversation.isEmpty() && m_card.task != TutorTask::Exercise) {
        const LearnerCard now = learner();
        m_card.targetLanguage = now.targetLanguage;
        m_card.level = now.level;
    }
    showScenes();
    publish();
    Q_EMIT stateChanged(); // the level is a property of its own
}

/// Of the conversation that is open.
LearnerCard TutorController::card() const
{
    for (const TutorConversation& entry : m_all) {
        if (entry.id == m_conversation) {
            return entry.learner;
        }
    }
    return m_card;
}

QString TutorController::kept(const QString& name) const
{
    return m_settings.store().value(LearnerKey).toObject().value(name).toString();
}

void TutorController::keep(const QString& name, const QString& value)
{
    QJsonObject all = m_settings.store().value(LearnerKey).toObject();
    all.insert(name, value);
    m_settings.store().setValue(LearnerKey, all);
}

QString TutorController::level() const
{
    const QString language = newLanguage();
    if (const QString chosen = kept(QStringLiteral("level-") + language); !chosen.isEmpty()) {
        return chosen;
    }
    QString found;
    for (const PackSummary& pack : m_library ? m_library->packs() : QList<PackSummary>()) {
        const bool studied = pack.id == m_library->overview().studied;
        if (pack.targetLanguage == language && !pack.cefr.isEmpty() && (found.isEmpty() || studied)) {
            found = pack.cefr;
        }
    }
    // Talks know the five levels from A1 to C1.
    return found.isEmpty()                        ? LearnerCard().level
        : found.startsWith(QLatin1String("pre")) ? QStringLiteral("A1")
        : found == QLatin1String("C2")           ? QStringLiteral("C1")
                                                 : found;
}

void TutorController::setLevel(const QString& level)
{
    keep(QStringLiteral("level-") + newLanguage(), level);
    if (m_conversation.isEmpty()) {
        m_card.level = level;
    }
    showScenes();
    publish();
    Q_EMIT stateChanged();
}

void TutorController::setMode(const QString& mode)
{
    LearnerCard changed = card();
    changed.correction = modeFrom(mode);
    if (m_conversation.isEmpty()) {
        keep(QStringLiteral("correction"), mode);
    }
    teach(changed);
}

/// How the learner of this conversation is taught from now on.
void TutorController::teach(const LearnerCard& changed)
{
    if (!m_conversation.isEmpty() && m_tutor) {
        whenDone(m_tutor->setLearner(m_conversation, changed), m_scope.get(), [this](const Result<void>& done) {
            if (!done.ok()) {
                m_error = errorSentence(done.error());
                publish();
            }
        });
    }
    // The list hears of it in a moment; the switch must not jump back until then.
    for (TutorConversation& entry : m_all) {
        if (entry.id == m_conversation) {
            entry.learner = changed;
        }
    }
    m_card = changed;
    m_teaching.setLearner(changed);
    publish();
}

void TutorController::rename(const QString& conversation, const QString& title)
{
    if (!m_tutor || title.trimmed().isEmpty()) {
        return;
    }
    whenDone(m_tutor->renameConversation(ConversationId(conversation), title), m_scope.get(), [this](const Result<void>& done) {
        if (!done.ok()) {
            m_error = errorSentence(done.error());
            publish();
        }
    });
}

void TutorController::send()
{
    const QString text = m_draft.trimmed();
    if (!m_tutor || text.isEmpty() || m_state.streaming || m_beginning) {
        return;
    }
    m_error.clear();
    if (!m_conversation.isEmpty()) {
        if (!m_tutor->continueTutorConversation(m_conversation, text).isEmpty()) {
            m_draft.clear();
            Q_EMIT draftChanged();
        }
        publish();
        return;
    }
    prepareAndBegin(text);
}

void TutorController::prepareAndBegin(const QString& text)
{
    if (!m_memory) {
        begin(m_card, text);
        return;
    }
    // A talk opens with what is due; meanwhile nothing else is sent.
    m_beginning = true;
    whenDone(m_memory->prepare(m_card), m_scope.get(), [this, text](const Result<LearnerCard>& prepared) {
        m_beginning = false;
        if (m_conversation.isEmpty()) {
            begin(prepared.ok() ? *prepared : m_card, text);
        }
    });
}

void TutorController::begin(const LearnerCard& card, const QString& text)
{
    m_card = card;
    m_conversation = m_tutor->startTutorConversation(card, text);
    if (!m_conversation.isEmpty()) {
        m_teaching.open(m_conversation, card);
        m_tutor->keepDraft({}, {});
        if (const auto scene = scenarioNamed(card.scenario)) {
            rename(m_conversation.toString(), scene->title.in(m_settings.language()));
        } else if (card.task == TutorTask::Exercise) {
            rename(m_conversation.toString(), card.exercise.prompt.section(QLatin1Char('\n'), 0, 0));
        }
        m_draft.clear();
        Q_EMIT draftChanged();
    }
    publishConversations();
    publish();
}

void TutorController::ask(const QString& what)
{
    const bool begins = m_conversation.isEmpty() && what == QLatin1String("hint") && !m_beginning;
    if (!m_tutor || (m_conversation.isEmpty() && !begins) || m_state.streaming) {
        return;
    }
    const LearnerCard learner = card();
    const QString language = isBelowB1(cefrFrom(learner.level)) ? learner.helpLanguage : learner.targetLanguage;
    const QString words = what == QLatin1String("simpler") ? askText(Ask::Simpler, language)
        : what == QLatin1String("answer")                   ? askText(Ask::ShowAnswer, language)
        : what == QLatin1String("recap")                    ? askText(Ask::Recap, language)
        : what == QLatin1String("endscene")                 ? askText(Ask::EndScene, language)
        : what == QLatin1String("hint")                     ? askText(learner.exercise.solved ? Ask::Explain : Ask::Hint, language)
        : what == QLatin1String("leave")                    ? tr("Please leave your role for a moment and help me.")
                                                            : askText(Ask::Explain, language);
    m_error.clear();
    if (begins) {
        prepareAndBegin(words);
        return;
    }
    m_tutor->continueTutorConversation(m_conversation, words);
    publish();
}

void TutorController::edit(const QString& message, const QString& text)
{
    if (m_tutor && !text.trimmed().isEmpty()) {
        m_error.clear();
        m_tutor->editLearnerMessage(m_conversation, MessageId(message), text.trimmed());
        publish();
    }
}

void TutorController::regenerate(const QString& message)
{
    if (m_tutor) {
        m_error.clear();
        m_tutor->regenerateTutorReply(m_conversation, MessageId(message));
        publish();
    }
}

void TutorController::goOn(const QString& message)
{
    if (m_tutor) {
        m_error.clear();
        m_tutor->continueInterruptedReply(m_conversation, MessageId(message));
        publish();
    }
}

void TutorController::show(const QString& message)
{
    if (m_tutor) {
        whenDone(m_tutor->switchBranch(MessageId(message)), m_scope.get(), [this](const Result<void>& switched) {
            if (!switched.ok()) {
                m_error = errorSentence(switched.error());
                publish();
            }
        });
    }
}

void TutorController::stop()
{
    if (m_tutor && !m_conversation.isEmpty()) {
        m_tutor->cancelTutorStream(m_conversation);
    }
}

void TutorController::tryNow()
{
    if (m_tutor) {
        m_tutor->retryNow(m_conversation);
    }
}

void TutorController::useOther()
{
    if (m_tutor && !m_tutor->useOtherTutorNow(m_conversation)) {
        m_toasts.show(tr("There is no other tutor. Add one in the settings."));
    }
}

void TutorController::keepMark(const QString& message, int mark, bool keep)
{
    m_teaching.keepMark(replyTo(MessageId(message)), textOf(message), mark, keep);
}

void TutorController::saveWord(const QString& word, const QString& meaning, const QString& message)
{
    QString sentence;
    for (const QString& candidate : sentencesOf(withoutMarkup(textOf(message)))) {
        if (sentence.isEmpty() && isQuotedFrom(word, candidate)) {
            sentence = candidate;
        }
    }
    whenDone(m_teaching.saveWord(word, meaning, sentence, MessageId(message)), this, [this, word](const Result<void>& saved) {
        if (saved.ok()) {
            m_toasts.show(tr("“%1” is among your cards now.").arg(word.simplified()), QStringLiteral("positive"));
        } else {
            m_error = errorSentence(saved.error());
            publish();
        }
    });
}

void TutorController::report(const QString& reply, const QString& reason, const QString& words)
{
    if (!m_reports) {
        return;
    }
    whenDone(m_reports->report(MessageId(reply), reasonFrom(reason), words), m_scope.get(), [this](const Result<void>& kept) {
        if (kept.ok()) {
            m_toasts.show(tr("Thank you. Your teachers will see this reply and why you reported it."), QStringLiteral("positive"));
        } else {
            m_error = errorSentence(kept.error());
            publish();
        }
    });
}

void TutorController::giveText(const QString& reply)
{
    for (const TutorMessage& message : std::as_const(m_current)) {
        const auto feedback = m_teaching.feedbackIn(message.id);
        if (message.id.toString() == reply && feedback) {
            Q_EMIT textGiven(message.parent, card().brief, textOf(message.parent.toString()), *feedback);
        }
    }
}

/// The reply of the branch that answers these words, once it has ended.
MessageId TutorController::replyTo(const MessageId& said) const
{
    for (const TutorMessage& message : m_current) {
        if (message.parent == said && message.role == TutorRole::Tutor && stream::isFinal(message.state)) {
            return message.id;
        }
    }
    return {};
}

void TutorController::showScenes()
{
    const Cefr mine = cefrFrom(level());
    QList<SceneRow> rows;
    for (const Scenario& scenario : shippedScenarios()) {
        SceneRow row;
        row.scene = scenario.id;
        row.title = scenario.title.in(m_settings.language());
        row.goal = scenario.goal.in(m_settings.language());
        row.manner = TeachingWords::manner(scenario.manner);
        row.levels = TeachingWords::levels(scenario.from, scenario.to);
        row.fits = mine >= scenario.from && mine <= scenario.to;
        rows.append(row);
    }
    std::ranges::stable_partition(rows, &SceneRow::fits);
    m_scenes.setRows(rows);
}

void TutorController::adopt(const TutorMessage& message)
{
    if (m_conversation.isEmpty() || !(message.conversation == m_conversation)) {
        return;
    }
    for (TutorMessage& known : m_current) {
        if (known.id == message.id) {
            known = message;
            m_messages.putMessage(rowOf(message));
            countDown();
            return;
        }
    }
    // A new message follows its parent; what followed it before is another branch now.
    qsizetype keep = 0;
    for (qsizetype i = m_current.size(); i-- > 0 && keep == 0;) {
        keep = m_current.at(i).id == message.parent ? i + 1 : 0;
    }
    m_current.resize(keep);
    m_current.append(message);
    showRows();
}

void TutorController::showRows()
{
    QList<MessageRow> rows;
    rows.reserve(m_current.size());
    for (const TutorMessage& message : std::as_const(m_current)) {
        rows.append(rowOf(message));
    }
    m_messages.setMessages(rows);
    countDown();
}

/// While a reply waits for another try, its line counts the seconds.
void TutorController::countDown()
{
    const bool waiting = !m_current.isEmpty() && m_current.last().retryAt && m_current.last().state == stream::State::Queued;
    if (!waiting) {
        m_ticking.cancel();
    } else if (!m_ticking.isScheduled()) {
        m_ticking = m_scheduler.every(1s, [this] {
            if (!m_current.isEmpty()) {
                m_messages.putMessage(rowOf(m_current.last()));
            }
        });
    }
}

MessageRow TutorController::rowOf(const TutorMessage& message) const
{
    MessageRow row;
    row.message = message.id.toString();
    row.mine = message.role == TutorRole::Learner;
    row.text = message.text;
    row.state = QString::fromLatin1(stateName(message.state));
    row.streaming = !row.mine && !stream::isFinal(message.state);
    row.newest = !m_current.isEmpty() && m_current.last().id == message.id;
    if (message.siblings > 1) {
        row.branch = tr("%1 of %2").arg(message.siblingIndex + 1).arg(message.siblings);
        row.earlier = message.previousSibling.toString();
        row.later = message.nextSibling.toString();
    }
    if (row.mine) {
        row.footer = TimeText::time(TimeText::local(message.createdAt), m_settings.locale());
        m_teaching.markWords(row, replyTo(message.id), m_settings.language());
        row.caution = cautionFor(concernOf(message.text));
    } else {
        describeReply(message, row);
        if (!row.streaming) {
            m_teaching.addOutcomes(row, message.parent, m_settings.language());
        }
    }
    return row;
}

void TutorController::describeReply(const TutorMessage& message, MessageRow& row) const
{
    switch (message.state) {
    case stream::State::Queued:
        row.waits = true;
        if (message.retryAt) {
            const auto left = std::chrono::duration_cast<std::chrono::seconds>(*message.retryAt - m_clock.monotonic() + 999ms);
            row.stateText = left > 0s ? tr("Trying again in %n second(s)", nullptr, static_cast<int>(left.count()))
                                      : tr("Trying again");
        } else {
            const int place = m_tutor ? m_tutor->queuePosition(message.conversation) : 0;
            row.stateText = place > 1 ? tr("Waiting: number %1 in the queue").arg(place) : tr("Waiting for its turn");
        }
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
        row.stateText = endOf(message.finish);
        row.tone = row.stateText.isEmpty() ? QString() : QStringLiteral("warning");
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
    row.canContinue = message.canContinue();
    row.canRetry = stream::isFinal(message.state);
    for (qsizetype i = 0; i < message.citations.size(); ++i) {
        const TutorCitation& citation = message.citations.at(i);
        const auto same = std::ranges::find_if(row.sourceList, [&citation](const SourceRow& known) {
            return known.item == citation.item && known.title == citation.title;
        });
        const QString number = QString::number(i + 1);
        if (same == row.sourceList.end()) {
            row.sourceList.append({citation.pack, citation.item, citation.title, number});
        } else {
            same->number += QStringLiteral(", ") + number;
        }
    }
    row.reported = ReplyReports::isReported(message.kept);
    row.mayReport = m_reports && m_reports->hasTeacher() && !row.reported && stream::isFinal(message.state)
        && !message.text.trimmed().isEmpty();
    if (message.fallback) {
        const QString asked = message.fallback->model.isEmpty() ? message.fallback->provider : message.fallback->model;
        row.note = tr("%1 could not answer, so another tutor did.").arg(asked);
    }
    if (stream::isFinal(message.state)) {
        row.footer = footerOf(message);
    }
}

QString TutorController::footerOf(const TutorMessage& message) const
{
    const QLocale locale = m_settings.locale();
    QStringList parts;
    const bool notes = message.model == QLatin1String("notes");
    if (!message.model.isEmpty()) {
        parts.append(notes ? tr("Notes tutor") : message.model);
    }
    if (message.firstTokenAfter && !notes) {
        parts.append(tr("first word after %1 s").arg(locale.toString(double(message.firstTokenAfter->count()) / 1000, 'f', 1)));
    }
    if (const qint64 tokens = std::max<qint64>(0, message.usage.input) + std::max<qint64>(0, message.usage.output); tokens > 0) {
        const QString count = tr("%1 tokens").arg(locale.toString(tokens));
        parts.append(message.usageEstimated ? tr("about %1").arg(count) : count);
    }
    if (message.costMicros > 0) {
        parts.append(tr("$%1").arg(locale.toString(double(message.costMicros) / 1e6, 'f', message.costMicros < 10'000 ? 4 : 2)));
    }
    parts.append(TimeText::time(TimeText::local(message.createdAt), locale));
    return parts.join(QStringLiteral(" · "));
}

void TutorController::publishConversations()
{
    QList<ConversationRow> rows;
    const QDateTime now = TimeText::local(m_clock.wall());
    if (m_search.trimmed().size() >= 2) {
        for (const TutorSearchHit& hit : std::as_const(m_hits)) {
            ConversationRow row;
            row.conversation = hit.conversation.toString();
            row.message = hit.message.toString();
            row.title = hit.title;
            // The words, without the signs of Markdown around them.
            row.when = hit.excerpt.simplified().remove(QLatin1Char('*')).remove(QLatin1Char('`')).remove(QLatin1Char('#'));
            if (row.conversation != m_removed) {
                rows.append(row);
            }
        }
        m_conversations.setRows(rows);
        return;
    }
    for (const TutorConversation& entry : std::as_const(m_all)) {
        ConversationRow row;
        row.conversation = entry.id.toString();
        if (row.conversation == m_removed) {
            continue;
        }
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
    state.off = m_tutor && m_tutor->isExamRunning();
    state.loading = m_loading;
    state.conversation = m_conversation.toString();
    state.provider = m_provider;
    state.notesOnly = m_notesOnly;
    state.hasOther = m_tutor && m_tutor->providerOrder().size() > 1;
    state.error = m_error;
    for (const TutorConversation& entry : std::as_const(m_all)) {
        if (entry.id == m_conversation) {
            state.title = entry.title;
        }
    }
    const LearnerCard learner = card();
    const auto scene = learner.task == TutorTask::Scenario ? scenarioNamed(learner.scenario) : std::nullopt;
    state.level = learner.level;
    state.language = learner.targetLanguage;
    state.languages = languages();
    for (const QString& language : std::as_const(state.languages)) {
        state.languageNames.append(languageName(language));
    }
    for (const auto& [mode, name] : modes) {
        if (mode == learner.correction) {
            state.mode = QLatin1String(name);
        }
    }
    if (scene) {
        state.task = QStringLiteral("scene");
        state.scene = scene->title.in(m_settings.language());
        state.goal = scene->goal.in(m_settings.language());
        state.manner = TeachingWords::manner(scene->manner);
    } else if (learner.task == TutorTask::Exercise) {
        state.task = QStringLiteral("exercise");
        state.goal = QString(learner.exercise.prompt).replace(QStringLiteral("\n- "), QStringLiteral(" · ")).simplified();
        state.solved = learner.exercise.solved;
        state.exercise = learner.exercise.pack + QLatin1Char('/') + learner.exercise.unit;
    } else if (learner.task == TutorTask::Writing) {
        state.task = QStringLiteral("writing");
        state.goal = learner.brief;
    }
    state.talked = m_current.size() > 2;
    for (const TutorMessage& message : std::as_const(m_current)) {
        state.over = state.over || (message.role == TutorRole::Learner && askOf(message.text) == Ask::EndScene);
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

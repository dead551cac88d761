// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ExamController.h"

#include "exam/RealtimeExamSessionManager.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/TimeText.h"

#include <array>

using namespace std::chrono_literals;
using Phase = ExamSnapshot::Phase;

namespace {

constexpr std::array<std::chrono::seconds, 4> Announcements {30min, 15min, 5min, 1min};
constexpr auto RetryAfterRefusal = 5s;

QString phaseName(Phase phase)
{
    switch (phase) {
    case Phase::NotStarted:
    case Phase::Opening: return QStringLiteral("opening");
    case Phase::Refused:
    case Phase::LeaseTaken: return QStringLiteral("waiting");
    case Phase::Running: return QStringLiteral("writing");
    case Phase::Paused: return QStringLiteral("paused");
    case Phase::Locked: return QStringLiteral("locked");
    case Phase::Submitting: return QStringLiteral("handingIn");
    case Phase::Submitted: return QStringLiteral("handedIn");
    case Phase::Fenced: return QStringLiteral("elsewhere");
    case Phase::Expired:
    case Phase::Voided: return QStringLiteral("ended");
    }
    Q_UNREACHABLE();
}

/// The strings of an answer, with options by their text.
QString answerText(const ExamItem& item, const QJsonValue& answer)
{
    if (answer.isBool()) {
        return answer.toBool() ? ExamController::tr("True") : ExamController::tr("False");
    }
    if (answer.isString()) {
        for (const QList<ItemOption>& options : {item.options, item.right}) {
            for (const ItemOption& option : options) {
                if (option.id == answer.toString()) {
                    return option.text;
                }
            }
        }
        return answer.toString();
    }
    QStringList parts;
    const QVariantList values = answer.isArray() ? answer.toArray().toVariantList() : answer.toObject().toVariantMap().values();
    for (const QVariant& value : values) {
        parts.append(answerText(item, QJsonValue::fromVariant(value)));
    }
    return parts.join(QStringLiteral(", "));
}

ConnectionStatus connectionOf(const ExamSnapshot& now)
{
    const int waiting = int(std::max<qint64>(0, now.kept - now.received));
    switch (now.connection) {
    case ExamSnapshot::Connection::Unknown: return ConnectionStatus::connecting();
    case ExamSnapshot::Connection::Live: return ConnectionStatus::live();
    case ExamSnapshot::Connection::CatchingUp: return ConnectionStatus::catchingUp(waiting);
    case ExamSnapshot::Connection::Offline: return ConnectionStatus::offline(waiting);
    case ExamSnapshot::Connection::NeedsSignIn: return ConnectionStatus::needsSignIn(waiting);
    }
    Q_UNREACHABLE();
}

} // namespace

ExamController::ExamController(AppSettings& settings, Scheduler& scheduler, QObject* parent) :
    QObject(parent),
    m_settings(settings),
    m_scheduler(scheduler)
{
    connect(&m_form, &ItemForm::edited, this, [this](const QJsonObject& answer, bool typing) {
        if (m_session) {
            m_session->setAnswer(m_shown, answer,
                typing ? StudentExamSession::Edit::Typing : StudentExamSession::Edit::Complete);
        }
    });
    connect(&m_form, &ItemForm::left, this, &ExamController::flush);
    connect(&m_form, &ItemForm::pasted, this, [this](int characters) {
        if (m_session) {
            m_session->reportPaste(m_shown, characters);
        }
    });
}

ExamController::~ExamController() = default;

void ExamController::attach(RealtimeExamSessionManager& exams)
{
    detach();
    m_exams = &exams;
}

void ExamController::detach()
{
    leave();
    // What a session still has to keep goes into the profile's file, which may be closed right after.
    delete m_leaving;
    m_exams = nullptr;
}

void ExamController::retranslate()
{
    if (m_session) {
        m_shown = {};
        publish();
        publishTime();
    }
}

void ExamController::present(
    const ExamRoomState& state, const QList<PaletteRow>& palette, const QString& timeLeft)
{
    m_state = state;
    m_palette.setRows(palette);
    m_timeLeft = timeLeft;
    Q_EMIT stateChanged();
    Q_EMIT timeLeftChanged();
}

void ExamController::enter(const QString& sitting)
{
    if (!m_exams || (m_session && m_sitting == sitting)) {
        return;
    }
    leave();
    m_session = m_exams->startExamSession(SittingId(sitting));
    if (!m_session) {
        return;
    }
    m_sitting = sitting;
    connect(m_session.get(), &StudentExamSession::snapshotChanged, this, &ExamController::publish);
    connect(m_session.get(), &StudentExamSession::remainingChanged, this, &ExamController::publishTime);
    connect(m_session.get(), &StudentExamSession::messageReceived, this, [this](const ExamMessage& message) {
        m_message = message.text;
        Q_EMIT messageChanged();
    });
    m_session->reportScreens(m_screens);
    m_session->start();
    publish();
}

void ExamController::leave()
{
    m_retry.cancel();
    if (m_session) {
        m_session->flush();
        m_leaving = m_session.release();
        m_leaving->deleteLater(); // this may be called from its own signal
    }
    m_sitting.clear();
    m_shown = {};
    m_form.clear();
    m_palette.setRows({});
    m_announcedAt.reset();
    m_receiptShown = false;
    m_timeLeft.clear();
    m_message.clear();
    m_state = {};
    Q_EMIT stateChanged();
    Q_EMIT timeLeftChanged();
    Q_EMIT messageChanged();
}

void ExamController::tryAgain()
{
    m_retry.cancel();
    if (m_session) {
        m_session->start();
    }
}

void ExamController::goTo(const QString& item)
{
    if (m_session) {
        m_session->flush();
        m_session->visit(ItemId(item));
    }
}

qsizetype ExamController::currentIndex() const
{
    const QList<ExamItemState>& items = m_session->snapshot().items;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (items.at(i).item == m_session->snapshot().currentItem) {
            return i;
        }
    }
    return 0;
}

void ExamController::step(int by)
{
    if (!m_session) {
        return;
    }
    const qsizetype target = currentIndex() + by;
    const QList<ExamItemState>& items = m_session->snapshot().items;
    if (target >= 0 && target < items.size()) {
        goTo(items.at(target).item.toString());
    }
}

void ExamController::previous()
{
    step(-1);
}

void ExamController::next()
{
    step(1);
}

void ExamController::toggleFlag()
{
    if (m_session) {
        m_session->setFlagged(m_session->snapshot().currentItem, !m_state.flagged);
    }
}

void ExamController::handIn()
{
    if (m_session) {
        m_session->submit();
    }
}

void ExamController::putMessageAway()
{
    m_message.clear();
    Q_EMIT messageChanged();
}

void ExamController::windowFocused(bool focused)
{
    if (m_session) {
        m_session->reportFocus(focused);
    }
}

void ExamController::screensConnected(int count)
{
    m_screens = count;
    if (m_session) {
        m_session->reportScreens(count);
        publish();
    }
}

void ExamController::flush()
{
    if (m_session) {
        m_session->flush();
    }
}

void ExamController::publish()
{
    if (!m_session) {
        return;
    }
    const ExamSnapshot& now = m_session->snapshot();
    ExamRoomState state;
    state.phase = phaseName(now.phase);
    state.title = now.title;
    state.connection = connectionOf(now);
    state.kept = now.kept;
    state.received = now.received;
    state.allReceived = now.kept == now.received;
    state.keptText = tr("Kept here %1 · received by the school %2").arg(now.kept).arg(now.received);
    state.keptHint = state.allReceived ? tr("The school has everything you wrote.")
                                       : tr("Everything you wrote is safe on this computer; %n changes are still to be sent.",
                                           nullptr, int(now.kept - now.received));
    state.answered = now.answered;
    state.open = now.total - now.answered;
    state.flags = now.flagged;
    state.summary = tr("%1 of %2 answered").arg(now.answered).arg(now.total);
    if (!now.items.isEmpty()) {
        const qsizetype index = currentIndex();
        const ExamItemState& current = now.items.at(index);
        state.flagged = current.flagged;
        state.hasPrevious = index > 0;
        state.hasNext = index + 1 < now.items.size();
        state.position = current.number > 0 ? tr("Question %1 of %2").arg(current.number).arg(now.total) : tr("Information");
        if (current.section < m_session->paper().sections.size()) {
            state.section = m_session->paper().sections.at(current.section).title;
        }
    }
    cover(state, now);
    notice(state, now);
    if (now.receipt) {
        state.receipt = now.receipt->code;
        state.receiptTitle = now.receipt->onTime ? tr("Handed in on time") : tr("Handed in late");
        const QString when = TimeText::record(TimeText::local(now.receipt->submittedAt), m_settings.locale());
        state.receiptText = tr("The school received your paper on %1. Keep this code: it proves it.").arg(when);
    }
    if (now.phase == Phase::Refused && !m_retry.isScheduled()) {
        m_retry = m_scheduler.after(RetryAfterRefusal, [this] { tryAgain(); });
    } else if (now.phase != Phase::Refused) {
        m_retry.cancel();
    }
    publishPalette();
    showCurrentItem();
    m_form.setLocked(!now.editable);
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
    if (now.phase == Phase::Submitted && now.receipt && !std::exchange(m_receiptShown, true)) {
        Q_EMIT handedIn();
    }
}

void ExamController::cover(ExamRoomState& state, const ExamSnapshot& now) const
{
    switch (now.phase) {
    case Phase::NotStarted:
    case Phase::Opening:
        state.coverIcon = QStringLiteral("hourglass");
        state.coverTitle = tr("Opening your paper");
        state.coverText = tr("This takes a moment. Your time does not run yet.");
        break;
    case Phase::Refused:
        state.coverIcon = QStringLiteral("clock");
        state.coverTitle = now.refusal == QLatin1String("ACADEMY_NOT_OPEN") ? tr("Your teacher has not opened the sitting yet")
                                                                           : tr("The paper cannot be opened");
        state.coverText = now.problem ? errorSentence(*now.problem)
                                      : errorSentence({ErrorKind::Conflict, now.refusal, {}, {}});
        state.coverAction = tr("Try again");
        break;
    case Phase::LeaseTaken:
        state.coverIcon = QStringLiteral("monitor-smartphone");
        state.coverTitle = tr("Your exam is open on another computer");
        state.coverText = tr("Your teacher has been asked to move it here. Nothing you wrote is lost.");
        state.coverAction = tr("Ask again");
        break;
    case Phase::Paused:
        state.coverIcon = QStringLiteral("circle-pause");
        state.coverTitle = tr("The exam is paused");
        state.coverText = tr("Your teacher stopped the clock. You get this time back.");
        break;
    case Phase::Locked:
        state.coverIcon = QStringLiteral("lock");
        state.coverTitle = tr("Your answers are locked");
        state.coverText = tr("Please speak to your teacher. Everything you wrote is kept.");
        break;
    case Phase::Submitting:
        state.coverIcon = QStringLiteral("send");
        state.coverTitle = now.handIn == ExamMachine::HandIn::TimeUp ? tr("The time is over")
            : now.handIn == ExamMachine::HandIn::Collected           ? tr("Your teacher collects the papers")
                                                                     : tr("Handed in on this computer");
        state.coverText = now.storageFailed
            ? tr("Your last words are not on this computer's disk yet. Leave Neolingus open and call your teacher.")
            : now.connection == ExamSnapshot::Connection::Offline
            ? tr("Your paper is complete and safe here. It goes to the school by itself as soon as there is a network. Leave Neolingus open if you can.")
            : tr("Your paper is on its way to the school.");
        break;
    case Phase::Fenced:
        state.coverIcon = QStringLiteral("monitor-smartphone");
        state.coverTitle = tr("Your exam goes on at another computer");
        state.coverText = tr("What you wrote here is kept on this computer. Bring the exam back here to go on with it.");
        state.coverAction = tr("Bring it back here");
        break;
    case Phase::Expired:
        state.coverIcon = QStringLiteral("clock-alert");
        state.coverTitle = tr("The time is over");
        state.coverText = tr("What you wrote is kept and on its way to the school.");
        break;
    case Phase::Voided:
        state.coverIcon = QStringLiteral("circle-slash");
        state.coverTitle = tr("This attempt was ended by the school");
        state.coverText = tr("Please speak to your teacher. What you wrote is kept.");
        break;
    case Phase::Running:
    case Phase::Submitted:
        break;
    }
}

void ExamController::notice(ExamRoomState& state, const ExamSnapshot& now) const
{
    if (now.storageFailed) {
        state.noticeTone = QStringLiteral("danger");
        state.noticeTitle = tr("This computer's disk does not take your answers");
        state.notice = tr("Stop typing and call your teacher. What was kept before is safe.");
    } else if (now.connection == ExamSnapshot::Connection::Offline) {
        state.noticeTone = QStringLiteral("warning");
        state.noticeTitle = tr("No connection to the school");
        state.notice = tr("Go on writing: everything is kept on this computer and sent by itself later.");
    } else if (now.connection == ExamSnapshot::Connection::NeedsSignIn) {
        state.noticeTone = QStringLiteral("warning");
        state.noticeTitle = tr("The school asks you to sign in again");
        state.notice = tr("Go on writing: everything is kept on this computer. You can sign in after the exam.");
    } else if (now.quarantined > 0) {
        state.noticeTone = QStringLiteral("warning");
        state.noticeTitle = tr("The school did not take some of your changes");
        state.notice = tr("They are kept on this computer. Tell your teacher before you hand in.");
    } else if (!now.asides.isEmpty()) {
        state.noticeTone = QStringLiteral("warning");
        state.noticeTitle = tr("You see what you answered on the other computer");
        QStringList here;
        for (const ExamItemState& item : now.items) {
            if (const ExamItem* asked = m_session->paper().find(item.item); asked && now.asides.contains(item.item)) {
                here.append(tr("Question %1: here you had “%2”.").arg(item.number).arg(answerText(*asked, now.asides.value(item.item))));
            }
        }
        state.notice = here.join(u' ');
    } else if (m_screens > 1 && state.coverTitle.isEmpty()) {
        state.noticeTone = QStringLiteral("info");
        state.noticeTitle = tr("Another screen is connected");
        state.notice = tr("Your teacher sees that. It has no other consequence; unplug it if you do not need it.");
    }
}

void ExamController::publishPalette()
{
    const ExamSnapshot& now = m_session->snapshot();
    QList<PaletteRow> rows;
    for (const ExamItemState& item : now.items) {
        PaletteRow row;
        row.item = item.item.toString();
        row.label = item.number > 0 ? QString::number(item.number) : QStringLiteral("i");
        row.state = item.answered ? QStringLiteral("answered") : item.seen ? QStringLiteral("seen") : QStringLiteral("unseen");
        row.flagged = item.flagged;
        row.current = item.item == now.currentItem;
        if (item.section < m_session->paper().sections.size()) {
            row.section = m_session->paper().sections.at(item.section).title;
        }
        const QString word = item.answered ? tr("answered") : item.seen ? tr("seen") : tr("not seen yet");
        row.description = item.flagged ? tr("%1, flagged").arg(word) : word;
        rows.append(row);
    }
    m_palette.setRows(rows);
}

void ExamController::showCurrentItem()
{
    const ItemId wanted = m_session->snapshot().currentItem;
    if (wanted == m_shown) {
        return;
    }
    const ExamItem* item = m_session->paper().find(wanted);
    if (!item) {
        return;
    }
    m_shown = wanted;
    m_form.setItem(*item, m_settings.language(), m_session->answer(wanted));
    m_form.setStimulus(item->stimulus ? item->stimulus->title : QString(),
        item->stimulus ? item->stimulus->text : QString());
}

void ExamController::publishTime()
{
    if (!m_session) {
        return;
    }
    const auto remaining = m_session->snapshot().remaining;
    m_timeLeft = remaining ? TimeText::clock(*remaining) : QString();
    m_timeTone = !remaining || *remaining > 5min ? QStringLiteral("neutral")
        : *remaining > 1min                      ? QStringLiteral("warning")
                                                 : QStringLiteral("danger");
    Q_EMIT timeLeftChanged();
    if (!remaining) {
        return;
    }
    for (const auto mark : Announcements) {
        const bool crossed = m_announcedAt && *m_announcedAt > mark && *remaining <= mark;
        if (crossed) {
            Q_EMIT timeAnnounced(tr("%n minutes left", nullptr, int(mark / 1min)));
        }
    }
    m_announcedAt = remaining;
}

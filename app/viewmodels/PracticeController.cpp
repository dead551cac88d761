// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/PracticeController.h"

#include "study/PracticeSession.h"
#include "study/StudyLibrary.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/TimeText.h"

#include <algorithm>

using namespace std::chrono_literals;

PracticeController::PracticeController(AppSettings& settings, Scheduler& scheduler, QObject* parent)
    : QObject(parent), m_settings(settings)
{
    m_tick = scheduler.every(1s, [this] {
        if (m_session && m_session->snapshot().isMock) {
            m_session->tick();
        }
    });
}

PracticeController::~PracticeController() = default;

void PracticeController::attach(StudyLibrary* library)
{
    stop();
    m_library = library;
}

void PracticeController::present(const PracticeState& state, const QList<MarkRow>& marks)
{
    stop();
    m_marks.setRows(marks);
    m_state = state;
    Q_EMIT stateChanged();
}

void PracticeController::start(const QString& argument)
{
    if (!m_library || !m_library->isOpen()) {
        return;
    }
    stop();
    const PackId pack(argument.section(QLatin1Char('/'), 0, 0));
    m_pack = pack;
    const std::shared_ptr<const Pack> full = m_library->pack(pack);
    m_form.setAnswerLanguage(full ? full->targetLanguage : QString());
    const QString second = argument.section(QLatin1Char('/'), 1, 1);
    const QString language = m_settings.language();
    if (second == QLatin1String("mock")) {
        const MockExamId exam(argument.section(QLatin1Char('/'), 2));
        m_session = m_library->mockExam(pack, exam, this);
        const MockExam* found = full ? full->exam(exam) : nullptr;
        m_title = found ? found->title.in(language) : QString();
    } else {
        const UnitId unit(argument.section(QLatin1Char('/'), 1));
        m_session = m_library->practice(pack, unit, this);
        const PackUnit* found = full ? full->unit(unit) : nullptr;
        m_title = found ? found->title.in(language) : full ? full->title.in(language) : QString();
    }
    m_shownIndex = -1;
    connect(m_session, &PracticeSession::changed, this, &PracticeController::publish);
    m_session->start();
    publish();
}

void PracticeController::check()
{
    if (m_session) {
        m_session->answer(m_form.answer());
    }
}

void PracticeController::showSolution()
{
    if (m_session) {
        m_session->showSolution();
    }
}

void PracticeController::next()
{
    if (m_session) {
        if (m_session->snapshot().isMock && m_session->snapshot().phase == PracticePhase::Answering && m_form.isAnswered()) {
            check();
        }
        m_session->next();
    }
}

void PracticeController::goTo(int number)
{
    if (m_session) {
        m_session->goTo(number - 1);
    }
}

void PracticeController::tryAgain()
{
    if (m_session) {
        m_shownIndex = -1;
        m_session->tryAgain();
    }
}

void PracticeController::finish()
{
    if (m_session) {
        m_session->finish();
    }
}

void PracticeController::setTutorOff(bool off)
{
    if (std::exchange(m_tutorOff, off) != off) {
        publish();
    }
}

void PracticeController::askTutor()
{
    const std::shared_ptr<const Pack> pack = m_library ? m_library->pack(m_pack) : nullptr;
    if (!m_session || !pack || !m_state.mayAsk) {
        return;
    }
    const PracticeSnapshot& snapshot = m_session->snapshot();
    const ItemId item = snapshot.item.id();
    if (snapshot.phase == PracticePhase::Answering) {
        m_left = item;
        m_leftAnswer = m_form.answer();
    }
    // A practice of the whole pack: the notes are those of the unit where the exercise stands.
    const auto unit = std::ranges::find_if(pack->units, [&item](const PackUnit& one) { return one.items.contains(item); });
    Q_EMIT tutorWanted(pack, unit == pack->units.end() ? UnitId() : unit->id, item, snapshot.phase == PracticePhase::Judged);
}

void PracticeController::stop()
{
    if (m_session) {
        m_session->disconnect(this);
        m_session->deleteLater();
        m_session.clear();
    }
}

void PracticeController::publish()
{
    if (!m_session) {
        return;
    }
    const PracticeSnapshot& snapshot = m_session->snapshot();
    const QString language = m_settings.language();
    PracticeState state;
    state.title = m_title;
    state.mock = snapshot.isMock;
    state.last = snapshot.index + 1 >= snapshot.total;
    state.position = tr("%1 of %2", "position").arg(snapshot.index + 1).arg(snapshot.total);
    int done = 0;
    QList<MarkRow> marks;
    for (qsizetype i = 0; i < snapshot.marks.size(); ++i) {
        MarkRow row;
        row.number = static_cast<int>(i) + 1;
        row.current = i == snapshot.index;
        const int mark = snapshot.marks.at(i);
        row.mark = mark == 0 ? QStringLiteral("wrong")
            : mark == 1      ? QStringLiteral("right")
            : mark == 2      ? QStringLiteral("answered")
                             : QStringLiteral("open");
        done += mark >= 0 ? 1 : 0;
        marks.append(row);
    }
    m_marks.setRows(marks);
    const bool asked = snapshot.phase == PracticePhase::Answering || snapshot.phase == PracticePhase::Judged;
    state.tutorOff = asked && !snapshot.isMock && m_tutorOff;
    state.mayAsk = asked && !snapshot.isMock && !m_tutorOff;
    state.progress = snapshot.total == 0 ? 0 : static_cast<double>(done) / snapshot.total;
    if (snapshot.remaining) {
        state.timeLeft = TimeText::clock(*snapshot.remaining);
    }
    switch (snapshot.phase) {
    case PracticePhase::Loading:
        state.phase = QStringLiteral("loading");
        break;
    case PracticePhase::Answering:
        state.phase = QStringLiteral("answering");
        break;
    case PracticePhase::Judged:
        state.phase = QStringLiteral("judged");
        break;
    case PracticePhase::Finished:
        state.phase = QStringLiteral("finished");
        break;
    case PracticePhase::Failed:
        state.phase = QStringLiteral("failed");
        break;
    }
    const bool judged = snapshot.phase == PracticePhase::Judged && snapshot.verdict.has_value();
    if ((snapshot.phase == PracticePhase::Answering || judged)
        && (m_shownIndex != snapshot.index || m_shownJudged != judged)) {
        const bool sameItem = m_shownIndex == snapshot.index;
        const bool cameBack = !judged && snapshot.answer.isEmpty() && m_left == snapshot.item.id();
        m_form.setItem(snapshot.item.item, language,
            cameBack                                              ? std::exchange(m_leftAnswer, {})
                : snapshot.answer.isEmpty() && sameItem && judged ? m_form.answer()
                                                                  : snapshot.answer);
        m_left = {};
        m_form.setLocked(judged);
        if (judged) {
            m_form.judge(snapshot.verdict->correct, snapshot.verdict->wrongParts, snapshot.verdict->solution);
        }
        m_shownIndex = snapshot.index;
        m_shownJudged = judged;
    }
    if (judged) {
        const PracticeVerdict& verdict = *snapshot.verdict;
        if (verdict.needsPerson) {
            state.tone = QStringLiteral("info");
            state.verdict = tr("Kept. Compare it with the advice below, or show it to your teacher.");
        } else if (verdict.correct) {
            state.tone = QStringLiteral("positive");
            state.verdict = tr("Right");
        } else if (verdict.earned > Rational(0)) {
            state.tone = QStringLiteral("warning");
            state.verdict = tr("Partly right");
        } else {
            state.tone = QStringLiteral("danger");
            state.verdict = tr("Not yet");
        }
        state.feedback = verdict.feedback.in(language);
        state.explanation = verdict.explanation.in(language);
    }
    if (snapshot.phase == PracticePhase::Finished) {
        if (snapshot.result) {
            const PassVerdict& verdict = snapshot.result->verdict;
            const double percent = verdict.total ? verdict.total->toDouble() : 0;
            state.resultTitle = verdict.passed ? tr("Passed") : tr("Not passed yet");
            state.resultText = verdict.total ? tr("%1 % of the paper.").arg(m_settings.locale().toString(percent, 'f', 1)) : QString();
            if (snapshot.result->openItems > 0) {
                state.resultText += QLatin1Char(' ')
                    + tr("%n answer(s) that only a person can mark are not counted.", nullptr, snapshot.result->openItems);
            }
            state.resultShare = percent / 100;
        } else {
            state.resultTitle = tr("Practice finished");
            state.resultText = tr("%1 of %2 points").arg(m_settings.locale().toString(snapshot.earned.toDouble()), m_settings.locale().toString(snapshot.maximum.toDouble()));
            state.resultShare = snapshot.maximum > Rational(0) ? (snapshot.earned / snapshot.maximum).toDouble() : 0;
        }
    }
    if (snapshot.error) {
        state.error = errorSentence(*snapshot.error);
        state.errorDetails = errorDetails(*snapshot.error);
    }
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

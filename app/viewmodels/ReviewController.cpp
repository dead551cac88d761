// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ReviewController.h"

#include "study/ReviewSession.h"
#include "study/StudyLibrary.h"
#include "tutor/teaching/RuleNames.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"

#include <cmath>

ReviewController::ReviewController(AppSettings& settings, Clock& clock, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock)
{
}

ReviewController::~ReviewController() = default;

void ReviewController::attach(StudyLibrary* library)
{
    stop();
    m_library = library;
}

void ReviewController::present(const ReviewState& state)
{
    stop();
    m_state = state;
    Q_EMIT stateChanged();
}

void ReviewController::start(const QString& argument)
{
    if (!m_library || !m_library->isOpen()) {
        return;
    }
    stop();
    const QString language = m_settings.language();
    PackId pack(argument.section(QLatin1Char('/'), 0, 0));
    const UnitId unit(argument.section(QLatin1Char('/'), 1));
    m_title.clear();
    const QList<PackSummary> packs = m_library->packs();
    for (const PackSummary& summary : packs) {
        int waiting = 0;
        const QList<UnitSummary> units = m_library->units(summary.id);
        for (const UnitSummary& entry : units) {
            waiting += entry.due + entry.learning + entry.newCards;
            if (summary.id == pack && entry.unit == unit) {
                m_title = entry.title.in(language);
            }
        }
        if (pack.isEmpty() && waiting > 0) {
            pack = summary.id;
        }
        if (m_title.isEmpty() && summary.id == pack) {
            m_title = summary.title.in(language);
        }
    }
    if (pack.isEmpty()) {
        m_state = {};
        m_state.phase = QStringLiteral("finished");
        m_state.finishedText = tr("Nothing waits for review.");
        Q_EMIT stateChanged();
        return;
    }
    m_session = m_library->review(pack, unit, this);
    connect(m_session, &ReviewSession::changed, this, &ReviewController::publish);
    m_session->start();
    publish();
}

void ReviewController::reveal()
{
    if (m_session) {
        m_session->reveal();
    }
}

void ReviewController::rate(int rating)
{
    if (m_session && rating >= 1 && rating <= 4) {
        m_session->rate(static_cast<Rating>(rating));
    }
}

void ReviewController::stop()
{
    if (m_session) {
        m_session->disconnect(this);
        m_session->deleteLater();
        m_session.clear();
    }
}

QString ReviewController::interval(std::chrono::seconds length) const
{
    const double minutes = static_cast<double>(length.count()) / 60;
    if (minutes < 1) {
        return tr("< 1 min");
    }
    if (minutes < 60) {
        return tr("%1 min").arg(std::lround(minutes));
    }
    const double hours = minutes / 60;
    if (hours < 24) {
        return tr("%1 h").arg(std::lround(hours));
    }
    const double days = hours / 24;
    if (days < 30.5) {
        return tr("%n day(s)", nullptr, static_cast<int>(std::lround(days)));
    }
    const double months = days / 30.4375;
    if (months < 12) {
        return tr("%1 mo", "months").arg(m_settings.locale().toString(months, 'f', 1));
    }
    return tr("%1 y", "years").arg(m_settings.locale().toString(days / 365.25, 'f', 1));
}

void ReviewController::publish()
{
    if (!m_session) {
        return;
    }
    const ReviewSnapshot& snapshot = m_session->snapshot();
    const QString language = m_settings.language();
    ReviewState state;
    state.title = m_title;
    state.done = snapshot.done;
    state.fresh = snapshot.newLeft;
    state.learning = snapshot.learningLeft;
    state.due = snapshot.dueLeft;
    const int left = snapshot.newLeft + snapshot.learningLeft + snapshot.dueLeft;
    state.progress = snapshot.done + left == 0 ? 0 : static_cast<double>(snapshot.done) / (snapshot.done + left);
    switch (snapshot.phase) {
    case ReviewPhase::Loading:
        state.phase = QStringLiteral("loading");
        break;
    case ReviewPhase::Asking:
        state.phase = QStringLiteral("asking");
        break;
    case ReviewPhase::Revealed:
        state.phase = QStringLiteral("revealed");
        break;
    case ReviewPhase::Finished:
        state.phase = QStringLiteral("finished");
        state.progress = 1;
        state.finishedText = snapshot.done > 0 ? tr("%n card(s) reviewed. They come back when it is time.", nullptr, snapshot.done)
                                               : tr("Nothing waits for review.");
        if (snapshot.nextDue) {
            const auto wait = std::chrono::duration_cast<std::chrono::seconds>(*snapshot.nextDue - m_clock.wall());
            if (wait.count() > 0) {
                state.finishedText += QLatin1Char(' ') + tr("The next one is due in %1.").arg(interval(wait));
            }
        }
        break;
    case ReviewPhase::Failed:
        state.phase = QStringLiteral("failed");
        break;
    }
    if (snapshot.card) {
        state.front = snapshot.card->front.in(language);
        state.back = snapshot.card->back.in(language);
        state.hint = snapshot.card->mistake.isEmpty() ? snapshot.card->hint
                                                      : mistakeName(snapshot.card->rule, snapshot.card->mistake, language);
        state.example = snapshot.card->example;
        state.exampleGloss = snapshot.card->exampleGloss.in(language);
        state.cardPhase = snapshot.card->phase == CardPhase::New ? tr("New")
            : snapshot.card->phase == CardPhase::Review          ? tr("Review")
            : snapshot.card->phase == CardPhase::Relearning      ? tr("Learn again")
                                                                 : tr("Learning");
        for (const std::chrono::seconds next : snapshot.card->nextIn) {
            state.intervals.append(interval(next));
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/SittingsController.h"

#include "supabase/RestClient.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/SittingWords.h"
#include "viewmodels/TimeText.h"

#include <QJsonArray>

using namespace std::chrono_literals;

namespace {

TeacherSitting fromJson(const QJsonObject& json, const QDateTime& now)
{
    TeacherSitting row;
    row.sitting = json.value(QLatin1String("id")).toString();
    row.title = json.value(QLatin1String("title")).toString();
    row.className = json.value(QLatin1String("class_name")).toString();
    row.state = json.value(QLatin1String("state")).toString();
    row.students = json.value(QLatin1String("students")).toInt();
    row.started = json.value(QLatin1String("started")).toInt();
    row.submitted = json.value(QLatin1String("submitted")).toInt();
    const SittingWords words = SittingWords::of(row.state);
    row.stateLabel = words.label;
    row.stateTone = words.tone;
    const QDateTime opens = TimeText::local(json.value(QLatin1String("opens_at")).toString());
    row.when = opens.isValid() ? TimeText::moment(opens, now, QLocale()) : QString();
    row.duration = SittingsController::tr("%n minutes", nullptr, json.value(QLatin1String("duration_s")).toInt() / 60);
    row.counts = row.state == QLatin1String("scheduled")
        ? SittingsController::tr("%n students", nullptr, row.students)
        : SittingsController::tr("%1 of %2 started, %3 handed in").arg(row.started).arg(row.students).arg(row.submitted);
    const int unmarked = json.value(QLatin1String("needs_marking")).toInt();
    row.marking = unmarked == 0 ? QString() : SittingsController::tr("%n paper(s) are not marked yet. Their results show no verdict until they are.", nullptr, unmarked);
    row.canOpen = row.state == QLatin1String("scheduled");
    row.canWatch = row.state != QLatin1String("scheduled");
    row.live = row.state == QLatin1String("open");
    row.released = row.state == QLatin1String("released");
    row.canRelease = row.released || row.state == QLatin1String("closed");
    return row;
}

} // namespace

SittingsController::SittingsController(Clock& clock, Scheduler& scheduler, QObject* parent) :
    QObject(parent),
    m_clock(clock),
    m_scheduler(scheduler)
{
}

SittingsController::~SittingsController() = default;

void SittingsController::attach(RestClient& rest)
{
    detach();
    m_rest = &rest;
    m_scope = std::make_unique<QObject>();
    m_loading = true;
    refresh();
    m_tick = m_scheduler.every(10s, [this] { refresh(); });
}

void SittingsController::detach()
{
    m_scope.reset();
    m_tick.cancel();
    m_rest = nullptr;
    m_rows = {};
    m_busy = false;
    m_error.clear();
    m_errorDetails.clear();
    publish();
}

void SittingsController::retranslate()
{
    publish();
}

void SittingsController::present(const QList<TeacherSitting>& rows)
{
    m_loading = false;
    m_model.setRows(rows);
    Q_EMIT stateChanged();
}

void SittingsController::refresh()
{
    if (!m_rest) {
        return;
    }
    whenDone(m_rest->rpc(QStringLiteral("teacher_sittings"), {}), m_scope.get(), [this](const Result<QJsonValue>& answer) {
        m_loading = false;
        if (!answer) {
            fail(answer.error());
            return;
        }
        m_error.clear();
        m_errorDetails.clear();
        m_rows = answer->isArray() ? answer->toArray() : answer->toObject().value(QLatin1String("sittings")).toArray();
        publish();
    });
}

void SittingsController::openSitting(const QString& sitting)
{
    act(QStringLiteral("open_sitting"), sitting);
}

void SittingsController::releaseResults(const QString& sitting)
{
    act(QStringLiteral("release_results"), sitting);
}

void SittingsController::act(const QString& function, const QString& sitting)
{
    if (!m_rest || std::exchange(m_busy, true)) {
        return;
    }
    Q_EMIT stateChanged();
    whenDone(m_rest->rpc(function, {{QStringLiteral("p_sitting"), sitting}}), m_scope.get(),
        [this, function, sitting](const Result<QJsonValue>& answer) {
            m_busy = false;
            if (!answer) {
                fail(answer.error());
                return;
            }
            refresh();
            Q_EMIT stateChanged();
            if (function == QLatin1String("open_sitting")) {
                Q_EMIT opened(sitting);
            } else if (function == QLatin1String("release_results")) {
                sayReleased(answer->toObject());
            }
        });
}

void SittingsController::sayReleased(const QJsonObject& outcome)
{
    const int unmarked = outcome.value(QLatin1String("needs_marking")).toInt();
    const int ungraded = outcome.value(QLatin1String("ungraded")).toInt();
    QString words = tr("%n result(s) are with the students.", nullptr, outcome.value(QLatin1String("released")).toInt());
    if (unmarked > 0) {
        words += QLatin1Char(' ') + tr("%n paper(s) still wait for a mark: see Papers.", nullptr, unmarked);
    }
    if (ungraded > 0) {
        words += QLatin1Char(' ')
            + tr("%n paper(s) could not be graded, because the key of the exam has a mistake. Correct it and release again.", nullptr, ungraded);
    }
    Q_EMIT said(words, unmarked + ungraded > 0 ? QStringLiteral("warning") : QStringLiteral("positive"));
}

void SittingsController::publish()
{
    QList<TeacherSitting> rows;
    const QDateTime now = TimeText::local(m_clock.wall());
    for (const QJsonValue& row : m_rows) {
        rows.append(fromJson(row.toObject(), now));
    }
    m_model.setRows(rows);
    Q_EMIT stateChanged();
}

void SittingsController::fail(const Error& error)
{
    m_error = errorSentence(error);
    m_errorDetails = errorDetails(error);
    Q_EMIT stateChanged();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ReportsController.h"

#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/TimeText.h"

#include <algorithm>

namespace {

bool isUrgent(const ReplyReport& report)
{
    return report.reason == ReportReason::Unsafe || report.reason == ReportReason::Personal;
}

} // namespace

ReportsController::ReportsController(AppSettings& settings, Clock& clock, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock)
{
}

ReportsController::~ReportsController() = default;

void ReportsController::attach(ReplyReports* reports)
{
    m_scope = std::make_unique<QObject>();
    m_reports = reports;
    m_all.clear();
    m_most = PageLength;
    m_error.clear();
    publish();
}

void ReportsController::present(const QList<ReportRow>& rows)
{
    m_scope.reset();
    m_reports.clear();
    m_rows.setRows(rows);
    Q_EMIT changed();
}

int ReportsController::unseen() const
{
    return int(m_scope ? std::ranges::count(m_all, false, &ReplyReport::seen) : std::ranges::count(m_rows.rows(), false, &ReportRow::seen));
}

QString ReportsController::reasonText(ReportReason reason)
{
    switch (reason) {
    case ReportReason::Wrong:
        return tr("It says something wrong");
    case ReportReason::Level:
        return tr("It is too hard or too easy");
    case ReportReason::Unsuitable:
        return tr("It is unkind or does not belong here");
    case ReportReason::Unsafe:
        return tr("It frightens or could hurt somebody");
    case ReportReason::Personal:
        return tr("It asks for private things");
    case ReportReason::Other:
        break;
    }
    return tr("Something else");
}

void ReportsController::refresh()
{
    if (!m_reports) {
        return;
    }
    whenDone(m_reports->received(), m_scope.get(), [this, look = ++m_looks](const Result<QList<ReplyReport>>& found) {
        if (look != m_looks) {
            return; // older than what is known by now
        }
        const bool away = !found.ok() && (found.error().kind == ErrorKind::Offline || found.error().kind == ErrorKind::Timeout);
        m_error = found.ok() || away ? QString() : errorSentence(found.error());
        if (found.ok()) {
            m_all = *found;
            // What may be an emergency does not stand behind what is not.
            std::ranges::stable_partition(m_all, [](const ReplyReport& report) { return !report.seen && isUrgent(report); });
        }
        publish();
    });
}

int ReportsController::hidden() const
{
    return m_scope ? int(std::max<qsizetype>(0, m_all.size() - m_most)) : 0;
}

void ReportsController::showMore()
{
    m_most += PageLength;
    publish();
}

void ReportsController::settle(const QString& report)
{
    if (!m_reports) {
        return;
    }
    whenDone(m_reports->settle(ReplyReportId(report)), m_scope.get(), [this](const Result<void>& done) {
        if (done.ok()) {
            refresh();
            return;
        }
        m_error = errorSentence(done.error());
        publish();
    });
}

void ReportsController::publish()
{
    if (!m_scope) {
        return; // what present() shows stays
    }
    const QDateTime now = TimeText::local(m_clock.wall());
    QList<ReportRow> rows;
    for (const ReplyReport& report : m_all.mid(0, m_most)) {
        ReportRow row;
        row.report = report.id.toString();
        row.who = report.studentName;
        row.reason = reasonText(report.reason);
        row.words = report.words;
        row.reply = report.reply;
        const QString when = TimeText::moment(TimeText::local(report.createdAt), now, m_settings.locale());
        const QString model = report.model == QLatin1String("notes") ? tr("Notes tutor") : report.model;
        row.facts = model.isEmpty() ? when : tr("%1 · %2", "when, which model").arg(when, model);
        row.urgent = isUrgent(report);
        row.seen = report.seen;
        rows.append(row);
    }
    m_rows.setRows(rows);
    Q_EMIT changed();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/DiagnosticsController.h"

#include "realtime/UnifiedRealtimeManager.h"
#include "sync/SyncEngine.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/FigureWords.h"
#include "viewmodels/TimeText.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>
#include <QtConcurrent>

namespace {

struct ComponentWords
{
    const char* name;
    const char* title;
    const char* icon;
    const char* advice;
};

constexpr std::array words {
    ComponentWords {"auth", QT_TRANSLATE_NOOP("DiagnosticsController", "Sign-in"), "key-round",
        QT_TRANSLATE_NOOP("DiagnosticsController", "The academy's sign-in does not answer. Check the address in the settings and the network.")},
    ComponentWords {"rest", QT_TRANSLATE_NOOP("DiagnosticsController", "Data"), "database",
        QT_TRANSLATE_NOOP("DiagnosticsController", "The academy's data does not answer. What you do is kept here and sent later.")},
    ComponentWords {"realtime", QT_TRANSLATE_NOOP("DiagnosticsController", "Live updates"), "radio",
        QT_TRANSLATE_NOOP("DiagnosticsController", "Nothing arrives live. Pages still refresh by asking; a proxy may block web sockets.")},
    ComponentWords {"store", QT_TRANSLATE_NOOP("DiagnosticsController", "This computer"), "hard-drive",
        QT_TRANSLATE_NOOP("DiagnosticsController", "The file with your data is slow or refuses. Check that the disk has space.")},
};

void flatten(const QJsonObject& object, const QString& path, const QString& group, const QString& prefix, const QLocale& locale,
    QList<StatRow>& rows)
{
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry) {
        const QString own = FigureWords::label(entry.key());
        const QString label = prefix.isEmpty() ? own : prefix + QStringLiteral(", ") + own;
        const QString here = path + QLatin1Char('/') + entry.key();
        if (entry->isObject()) {
            flatten(entry->toObject(), here, group, label, locale, rows);
        } else {
            StatRow row;
            row.path = here;
            row.group = group;
            row.label = label;
            row.value = FigureWords::value(entry.key(), *entry, locale);
            row.first = rows.isEmpty() || rows.constLast().group != group;
            rows.append(row);
        }
    }
}

/// What kind of work this is, as its person calls it.
QString workName(const OutboxRow& row)
{
    struct Name
    {
        const char* type;
        const char* name;
    };
    static constexpr std::array names {
        Name {"review_log", QT_TRANSLATE_NOOP("DiagnosticsController", "A review")},
        Name {"study_event", QT_TRANSLATE_NOOP("DiagnosticsController", "An exercise")},
        Name {"writing", QT_TRANSLATE_NOOP("DiagnosticsController", "A text for your teacher")},
        Name {"report", QT_TRANSLATE_NOOP("DiagnosticsController", "A report of a reply")},
        Name {"attempt.op", QT_TRANSLATE_NOOP("DiagnosticsController", "An answer of an exam")},
    };
    for (const Name& entry : names) {
        if (row.opType == QLatin1String(entry.type)) {
            return DiagnosticsController::tr(entry.name);
        }
    }
    return row.lane.startsWith(QLatin1String("conversation:")) ? DiagnosticsController::tr("Part of a talk with the tutor")
                                                               : DiagnosticsController::tr("A change");
}

/// Why a part does not answer, in words; empty when the advice says it already.
QString issueText(const ComponentHealth& component)
{
    const QLatin1String status("http_");
    if (component.issue.startsWith(status)) {
        return DiagnosticsController::tr("It answered with the status %1.").arg(component.issue.mid(status.size()));
    }
    for (const ErrorKind kind : {ErrorKind::Offline, ErrorKind::Timeout, ErrorKind::Unauthorized, ErrorKind::Forbidden,
             ErrorKind::NotFound, ErrorKind::RateLimited, ErrorKind::Server, ErrorKind::Protocol, ErrorKind::Storage}) {
        if (component.detail == errorKindName(kind)) {
            return errorSentence({kind, component.issue, {}, {}});
        }
    }
    return {};
}

} // namespace

DiagnosticsController::DiagnosticsController(AppSettings& settings, QObject* parent) : QObject(parent), m_settings(settings) { }

DiagnosticsController::~DiagnosticsController() = default;

void DiagnosticsController::attach(UnifiedRealtimeManager* realtime, SyncEngine* sync)
{
    m_scope = std::make_unique<QObject>();
    m_realtime = realtime;
    m_sync = sync;
    m_held.clear();
    m_retrying = false;
    if (m_sync) {
        connect(m_sync, &SyncEngine::statusChanged, m_scope.get(), [this] {
            if (m_sync->status().quarantined != m_held.size()) {
                readHeld();
            }
        });
        readHeld();
    }
    m_checked = false;
    m_checking = false;
    m_status = {};
    m_stats = {};
    publish();
}

void DiagnosticsController::retranslate()
{
    publish();
}

void DiagnosticsController::present(
    const RealtimeHealthStatus& status, const QJsonObject& stats, const QList<OutboxRow>& held)
{
    m_status = status;
    m_held = held;
    m_stats = stats;
    m_checked = true;
    m_checking = false;
    publish();
}

void DiagnosticsController::check()
{
    if (!m_realtime || m_checking) {
        return;
    }
    m_checking = true;
    publish();
    whenDone(m_realtime->performHealthCheck(), m_scope.get(), [this](const Result<RealtimeHealthStatus>& answer) {
        m_checking = false;
        m_error = answer.ok() ? QString() : errorSentence(answer.error());
        if (answer.ok()) {
            m_status = *answer;
            m_checked = true;
        }
        refresh();
    });
}

void DiagnosticsController::refresh()
{
    if (m_realtime) {
        m_stats = m_realtime->comprehensiveStats();
    }
    publish();
}

void DiagnosticsController::readHeld()
{
    whenDone(m_sync->quarantined(), m_scope.get(), [this](const Result<QList<OutboxRow>>& rows) {
        if (rows.ok()) {
            m_held = *rows;
            publish();
        }
    });
}

void DiagnosticsController::retryHeld()
{
    if (!m_sync || std::exchange(m_retrying, true)) {
        return;
    }
    publish();
    whenDone(m_sync->retryQuarantined(), m_scope.get(), [this](const Result<int>& released) {
        m_retrying = false;
        m_error = released.ok() ? QString() : errorSentence(released.error());
        readHeld();
    });
}

void DiagnosticsController::publishHeld()
{
    QList<HeldRow> rows;
    const QLocale locale = m_settings.locale();
    for (const OutboxRow& row : std::as_const(m_held)) {
        HeldRow shown;
        shown.operation = row.opId.toString();
        shown.title = tr("%1, %2").arg(workName(row), TimeText::record(TimeText::local(row.createdWall), locale));
        shown.label = row.label;
        shown.reason = errorSentence({ErrorKind::Forbidden, row.lastError, {}, {}});
        rows.append(shown);
    }
    m_heldBack.setRows(rows);
}

void DiagnosticsController::exportReport()
{
    QJsonArray components;
    for (const ComponentHealth& component : std::as_const(m_status.components)) {
        components.append(QJsonObject {{QStringLiteral("name"), component.name},
            {QStringLiteral("level"), static_cast<int>(component.level)},
            {QStringLiteral("round_trip_us"), static_cast<qint64>(component.roundTrip.count())},
            {QStringLiteral("issue"), component.issue}});
    }
    const QJsonObject report {{QStringLiteral("checked_at"), m_status.checkedAt},
        {QStringLiteral("components"), components}, {QStringLiteral("memory_bytes"), m_status.memoryBytes},
        {QStringLiteral("statistics"), m_stats}};
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString stamp = QString(m_status.checkedAt).left(19).replace(QLatin1Char(':'), QLatin1Char('-'));
    const QString path = QDir(folder).filePath(
        QStringLiteral("neolingus-diagnostics-%1.json").arg(stamp.isEmpty() ? QStringLiteral("unchecked") : stamp));
    const QByteArray text = QJsonDocument(report).toJson();
    whenDone(QtConcurrent::run([folder, path, text]() -> Result<QString> {
        QDir().mkpath(folder);
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
            return Error {ErrorKind::Storage, QStringLiteral("export_failed"), file.errorString(), {}};
        }
        return path;
    }),
        this, [this](const Result<QString>& written) {
            m_exported = written.ok() ? *written : QString();
            m_error = written.ok() ? QString() : errorSentence(written.error());
            publish();
        });
}

HealthRow DiagnosticsController::rowOf(const ComponentHealth& component) const
{
    HealthRow row;
    row.component = component.name;
    row.title = component.name;
    row.icon = QStringLiteral("circle-dot");
    for (const ComponentWords& entry : words) {
        if (component.name == QLatin1String(entry.name)) {
            row.title = tr(entry.title);
            row.icon = QString::fromLatin1(entry.icon);
            row.advice = component.level == HealthLevel::Healthy ? QString()
                : component.level == HealthLevel::Degraded
                ? tr("It answers, but slowly or not always. If it stays so, check the network.")
                : tr(entry.advice);
        }
    }
    switch (component.level) {
    case HealthLevel::Healthy:
        row.tone = QStringLiteral("positive");
        row.level = tr("Healthy");
        break;
    case HealthLevel::Degraded:
        row.tone = QStringLiteral("warning");
        row.level = tr("Slow");
        break;
    case HealthLevel::Unhealthy:
        row.tone = QStringLiteral("danger");
        row.level = tr("Not answering");
        break;
    }
    if (component.roundTrip.count() < 0) {
        row.roundTrip = QStringLiteral("–");
    } else {
        const double milliseconds = static_cast<double>(component.roundTrip.count()) / 1000;
        row.roundTrip = tr("%1 ms").arg(m_settings.locale().toString(milliseconds, 'f', milliseconds < 10 ? 2 : 0));
    }
    row.details = issueText(component);
    return row;
}

void DiagnosticsController::publishFigures()
{
    QList<StatRow> rows;
    for (auto group = m_stats.constBegin(); group != m_stats.constEnd(); ++group) {
        flatten(group->toObject(), group.key(), FigureWords::group(group.key()), {}, m_settings.locale(), rows);
    }
    m_figures.setRows(rows);
}

void DiagnosticsController::publish()
{
    QList<HealthRow> rows;
    for (const ComponentHealth& component : std::as_const(m_status.components)) {
        rows.append(rowOf(component));
    }
    m_components.setRows(rows);
    publishFigures();
    publishHeld();
    DiagnosticsState state;
    state.held = m_held.isEmpty() ? QString() : tr("Your academy did not accept %n thing(s) you did.", nullptr, static_cast<int>(m_held.size()));
    state.retrying = m_retrying;
    state.checking = m_checking;
    state.checked = m_checked;
    state.exported = m_exported;
    state.error = m_error;
    if (m_checked) {
        switch (m_status.overall) {
        case HealthLevel::Healthy:
            state.tone = QStringLiteral("positive");
            state.headline = tr("Everything answers");
            break;
        case HealthLevel::Degraded:
            state.tone = QStringLiteral("warning");
            state.headline = tr("Something is not as it should be");
            break;
        case HealthLevel::Unhealthy:
            state.tone = QStringLiteral("danger");
            state.headline = tr("Something does not answer");
            break;
        }
        state.detail = tr("Measured at %1 · %2 MB of memory · %n channel(s)", nullptr, m_status.channels)
                           .arg(TimeText::time(TimeText::local(m_status.checkedAt), m_settings.locale()))
                           .arg(m_status.memoryBytes / (1024 * 1024));
    } else {
        state.headline = m_checking ? tr("Measuring") : tr("Not measured yet");
        state.detail = tr("A check asks every part for a real answer and measures how long it takes.");
    }
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

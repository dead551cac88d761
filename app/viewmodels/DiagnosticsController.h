// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "realtime/RealtimeHealth.h"
#include "viewmodels/RowModel.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;
class SyncEngine;
class UnifiedRealtimeManager;
struct OutboxRow;

/// One measured part of the program or the academy.
struct HealthRow
{
    Q_GADGET
    QML_VALUE_TYPE(healthRow)
    Q_PROPERTY(QString component MEMBER component)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString icon MEMBER icon)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString level MEMBER level)
    Q_PROPERTY(QString roundTrip MEMBER roundTrip)
    Q_PROPERTY(QString advice MEMBER advice)
    Q_PROPERTY(QString details MEMBER details)

public:
    QString component;
    QString title;
    QString icon;
    QString tone;
    QString level;     ///< healthy, slow, or not answering, in words
    QString roundTrip; ///< as measured
    QString advice;    ///< what is wrong and what to do
    QString details;

    QString key() const { return component; }
    bool operator==(const HealthRow&) const = default;
};

class HealthModel : public RowModel<HealthRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// One figure of the statistics.
struct StatRow
{
    Q_GADGET
    QML_VALUE_TYPE(statRow)
    Q_PROPERTY(QString group MEMBER group)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(bool first MEMBER first)

public:
    QString path;
    QString group;
    QString label;
    QString value;
    bool first = false; ///< of its group

    QString key() const { return path; }
    bool operator==(const StatRow&) const = default;
};

class StatModel : public RowModel<StatRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// Something the academy did not accept; it waits on this computer.
struct HeldRow
{
    Q_GADGET
    QML_VALUE_TYPE(heldRow)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString reason MEMBER reason)

public:
    QString operation;
    QString title;  ///< what it is, and from when
    QString label;  ///< the beginning of its own words
    QString reason; ///< why it was not accepted

    QString key() const { return operation; }
    bool operator==(const HeldRow&) const = default;
};

class HeldModel : public RowModel<HeldRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// One moment of the diagnostics page. A value.
struct DiagnosticsState
{
    Q_GADGET
    QML_VALUE_TYPE(diagnosticsState)
    Q_PROPERTY(bool checking MEMBER checking)
    Q_PROPERTY(bool checked MEMBER checked)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString headline MEMBER headline)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString exported MEMBER exported)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(QString held MEMBER held)
    Q_PROPERTY(bool retrying MEMBER retrying)

public:
    bool checking = false;
    bool checked = false;
    QString tone = QStringLiteral("neutral");
    QString headline;
    QString detail;
    QString exported; ///< the file of the last export
    QString error;
    QString held; ///< how much the academy did not accept, as a sentence; empty for nothing
    bool retrying = false;

    bool operator==(const DiagnosticsState&) const = default;
};

/// Health by real round trips, and figures; what the academy did not accept. Exports the first two
/// without secrets. GUI thread.
class DiagnosticsController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(DiagnosticsState state READ state NOTIFY stateChanged)
    Q_PROPERTY(HealthModel* components READ components CONSTANT)
    Q_PROPERTY(StatModel* figures READ figures CONSTANT)
    Q_PROPERTY(HeldModel* heldBack READ heldBack CONSTANT)

public:
    explicit DiagnosticsController(AppSettings& settings, QObject* parent = nullptr);
    ~DiagnosticsController() override;

    /// Null for both when nobody is there.
    void attach(UnifiedRealtimeManager* realtime, SyncEngine* sync);
    void retranslate();
    /// Shows a given check; the page gallery of the tests uses it.
    void present(const RealtimeHealthStatus& status, const QJsonObject& stats, const QList<OutboxRow>& held);

    const DiagnosticsState& state() const { return m_state; }
    HealthModel* components() { return &m_components; }
    StatModel* figures() { return &m_figures; }
    HeldModel* heldBack() { return &m_heldBack; }

    Q_INVOKABLE void check();
    /// Reads the figures again.
    Q_INVOKABLE void refresh();
    /// Writes health and figures to a file in the documents folder.
    Q_INVOKABLE void exportReport();
    /// Sends again what the academy did not accept.
    Q_INVOKABLE void retryHeld();

Q_SIGNALS:
    void stateChanged();

private:
    void publish();
    void publishFigures();
    void publishHeld();
    void readHeld();
    HealthRow rowOf(const ComponentHealth& component) const;

    AppSettings& m_settings;
    QPointer<UnifiedRealtimeManager> m_realtime;
    QPointer<SyncEngine> m_sync;
    std::unique_ptr<QObject> m_scope; ///< dies with what is attached, so that late answers are dropped
    QList<OutboxRow> m_held;
    bool m_retrying = false;
    RealtimeHealthStatus m_status;
    QJsonObject m_stats;
    DiagnosticsState m_state;
    HealthModel m_components;
    StatModel m_figures;
    HeldModel m_heldBack;
    QString m_exported;
    QString m_error;
    bool m_checking = false;
    bool m_checked = false;
};

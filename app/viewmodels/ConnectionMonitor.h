// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "viewmodels/ConnectionStatus.h"

#include <QObject>
#include <QPointer>

class AuthSession;
class RealtimeClient;
class RealtimeProgressManager;
class SyncEngine;

/// Turns the facts of session, socket, queue and what was read into the one honest chip. GUI thread.
class ConnectionMonitor : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(ConnectionStatus status READ status NOTIFY statusChanged)

public:
    ConnectionMonitor(Clock& clock, Scheduler& scheduler, QObject* parent = nullptr);

    /// Any of them may be null while there is none.
    void attach(AuthSession* session, RealtimeClient* realtime, SyncEngine* sync, RealtimeProgressManager* progress);
    const ConnectionStatus& status() const { return m_status; }
    void refresh();
    /// Shows a given status; the page gallery of the tests uses it.
    void present(const ConnectionStatus& status);

Q_SIGNALS:
    void statusChanged();

private:
    void show(const ConnectionStatus& status);
    ConnectionStatus look() const;
    ConnectionQuality::Grade grade();

    Clock& m_clock;
    QPointer<AuthSession> m_session;
    QPointer<RealtimeClient> m_realtime;
    QPointer<SyncEngine> m_sync;
    QPointer<RealtimeProgressManager> m_progress;
    ConnectionStatus m_status = ConnectionStatus::local();
    int m_reconnects = 0;             ///< as the socket counted them at the last look
    QList<MonotonicTime> m_reconnected; ///< when, the last few minutes
    ScheduledTask m_tick;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    explicit ConnectionMonitor(Scheduler& scheduler, QObject* parent = nullptr);

    /// Any of them may be null while there is none.
    void attach(AuthSession* session, RealtimeClient* realtime, SyncEngine* sync, RealtimeProgressManager* progress);
    const ConnectionStatus& status() const { return m_status; }
    void refresh();

Q_SIGNALS:
    void statusChanged();

private:
    ConnectionStatus look() const;

    QPointer<AuthSession> m_session;
    QPointer<RealtimeClient> m_realtime;
    QPointer<SyncEngine> m_sync;
    QPointer<RealtimeProgressManager> m_progress;
    ConnectionStatus m_status = ConnectionStatus::local();
    ScheduledTask m_tick;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QString>

#include <chrono>

/// What a health check measured, by real round trips. A value.
class HealthLevel
{
    Q_GADGET

public:
    enum Value { Healthy, Degraded, Unhealthy };
    Q_ENUM(Value)
};

/// One measured part: auth, rest, realtime or store.
struct ComponentHealth
{
    QString name;
    HealthLevel::Value level = HealthLevel::Unhealthy;
    std::chrono::microseconds roundTrip {-1}; ///< negative: no answer
    QString issue;                            ///< stable code of what is wrong, empty when healthy
    QString detail;                           ///< for support; no secrets
};

struct RealtimeHealthStatus
{
    HealthLevel::Value overall = HealthLevel::Unhealthy;
    QList<ComponentHealth> components;
    qint64 memoryBytes = 0; ///< resident memory of this process
    int connections = 0;    ///< open sockets to the academy
    int channels = 0;
    QString checkedAt;      ///< ISO time, UTC
};

Q_DECLARE_METATYPE(RealtimeHealthStatus)

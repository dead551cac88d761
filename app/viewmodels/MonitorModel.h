// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exam/MonitorRow.h"
#include "viewmodels/RowModel.h"

#include <QSet>
#include <QtQmlIntegration>

/// One student on the monitor, in words. A value.
struct MonitorLine
{
    Q_GADGET
    QML_VALUE_TYPE(monitorLine)
    Q_PROPERTY(QString student MEMBER student)
    Q_PROPERTY(QString attempt MEMBER attempt)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString group MEMBER group)
    Q_PROPERTY(QString status MEMBER status)
    Q_PROPERTY(QString statusLabel MEMBER statusLabel)
    Q_PROPERTY(QString statusIcon MEMBER statusIcon)
    Q_PROPERTY(QString statusTone MEMBER statusTone)
    Q_PROPERTY(QString items MEMBER items)
    Q_PROPERTY(QString answered MEMBER answered)
    Q_PROPERTY(QString safe MEMBER safe)
    Q_PROPERTY(bool allSafe MEMBER allSafe)
    Q_PROPERTY(QString connection MEMBER connection)
    Q_PROPERTY(QString lastSeen MEMBER lastSeen)
    Q_PROPERTY(QString timeLeft MEMBER timeLeft)
    Q_PROPERTY(QString incidents MEMBER incidents)
    Q_PROPERTY(QString lastIncident MEMBER lastIncident)
    Q_PROPERTY(bool typing MEMBER typing)
    Q_PROPERTY(bool paused MEMBER paused)
    Q_PROPERTY(bool selected MEMBER selected)

public:
    QString student;
    QString attempt; ///< empty: not started, nothing can be done yet
    QString name;
    QString group;
    QString status;
    QString statusLabel;
    QString statusIcon;
    QString statusTone;
    QString items;
    QString answered;
    QString safe; ///< "41 / 41": kept at the student's, received here
    bool allSafe = false;
    QString connection;
    QString lastSeen;
    QString timeLeft;
    QString incidents;
    QString lastIncident;
    bool typing = false;
    bool paused = false;
    bool selected = false;

    QString key() const { return student; }
    bool operator==(const MonitorLine&) const = default;
};

class MonitorModel : public RowModel<MonitorLine>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the monitor")

public:
    using RowModel::RowModel;
};

/// How often a status occurs; a click filters by it.
struct MonitorCount
{
    Q_GADGET
    QML_VALUE_TYPE(monitorCount)
    Q_PROPERTY(QString status MEMBER status)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString iconName MEMBER iconName)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(int count MEMBER count)
    Q_PROPERTY(bool chosen MEMBER chosen)

public:
    QString status;
    QString label;
    QString iconName;
    QString tone;
    int count = 0;
    bool chosen = false;

    QString key() const { return status; }
    bool operator==(const MonitorCount&) const = default;
};

class MonitorCountModel : public RowModel<MonitorCount>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the monitor")

public:
    using RowModel::RowModel;
};

/// Word, icon and tone of a status: shape, word and colour all tell it.
struct MonitorStatusWords
{
    QString label;
    QString icon;
    QString tone;
};
MonitorStatusWords monitorStatusWords(MonitorStatus status);

/// The row in words at the server's time `now`.
MonitorLine monitorLine(const MonitorRow& row, std::optional<WallTime> now, bool selected);

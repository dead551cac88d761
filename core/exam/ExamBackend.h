// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>

#include <memory>
#include <optional>

/// One private topic, listened to as long as this object lives. GUI thread.
class ExamTopic : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual bool isLive() const = 0;
    virtual void broadcast(const QString& event, const QJsonObject& payload) = 0;
    virtual void track(const QJsonObject& meta) = 0;
    /// Presence key → list of metas.
    virtual QJsonObject presence() const = 0;

Q_SIGNALS:
    void received(const QString& event, const QJsonObject& payload);
    void liveChanged(bool live);
    /// Messages may have been missed: catch up by a call.
    void gap();
    void presenceChanged();
};

/// The academy as exams see it: functions to call, private topics to hear, and somebody to tell
/// that operations are waiting. The seam that lets tests play the academy. GUI thread.
class ExamBackend
{
public:
    virtual ~ExamBackend() = default;

    virtual Async<QJsonValue> call(const QString& function, const QJsonObject& arguments) = 0;
    virtual std::unique_ptr<ExamTopic> open(
        const QString& topic, const std::optional<QString>& presenceKey = std::nullopt)
        = 0;
    virtual void pokeUploads() = 0;
};

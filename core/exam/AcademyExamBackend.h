// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exam/ExamBackend.h"

class RealtimeClient;
class RestClient;
class SyncEngine;

/// Exams over the real academy: functions by REST, private topics on the shared socket, uploads by
/// the sync engine. Everything passed in outlives it.
class AcademyExamBackend final : public ExamBackend
{
public:
    AcademyExamBackend(RestClient& rest, RealtimeClient& realtime, SyncEngine& sync);

    Async<QJsonValue> call(const QString& function, const QJsonObject& arguments) override;
    std::unique_ptr<ExamTopic> open(
        const QString& topic, const std::optional<QString>& presenceKey) override;
    void pokeUploads() override;

    qint64 calls() const { return m_calls; }
    /// Messages received on all topics so far.
    qint64 topicMessages() const { return *m_messages; }

private:
    RestClient& m_rest;
    RealtimeClient& m_realtime;
    SyncEngine& m_sync;
    qint64 m_calls = 0;
    std::shared_ptr<qint64> m_messages = std::make_shared<qint64>(0);
};

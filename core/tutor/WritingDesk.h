// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "sync/LaneUploader.h"
#include "tutor/TutorSettings.h"
#include "tutor/teaching/Rubric.h"

#include <QObject>

#include <memory>
#include <optional>

class Database;
class RestClient;
class Teachers;

using WritingId = Id<struct WritingTag>;

/// A learner's text with what was said of it. A value.
struct Writing
{
    WritingId id;
    UserId student;
    QString studentName; ///< for teachers; may be empty
    TutorTask task = TutorTask::Writing;
    QString brief;
    QString body;
    RubricFeedback tutor;
    std::optional<RubricFeedback> teacher; ///< has the last word
    QString comment; ///< the teacher's
    QString correctedBy; ///< their name; may be empty when it cannot be seen
    WallTime createdAt;
    WallTime correctedAt;
    bool waiting = false; ///< kept here, on its way to the academy
    QString refused; ///< the code with which the academy did not take it; kept here alone

    bool operator==(const Writing&) const = default;
};

/// Texts that learners send to their teachers with the tutor's feedback. What is sent is committed
/// here first and goes out through the queue, lane `writing:`, of which this is the uploader; what
/// was sent and corrected is read from the academy. GUI thread; everything passed in outlives it.
class WritingDesk : public QObject, public LaneUploader
{
    Q_OBJECT

public:
    WritingDesk(Database& database, RestClient& rest, Teachers& teachers, const UserId& owner, const DeviceId& device,
        Clock& clock, QObject* parent = nullptr);

    /// A guest has none.
    bool hasAcademy() const { return !m_owner.isEmpty(); }
    /// Somebody will read what is sent.
    bool hasTeacher() const;

    /// Keeps the text and sends it as soon as the academy can be reached. `id` makes sending it twice
    /// the same as once. Forbidden `guest`; Invalid `empty` without a text or without feedback.
    Async<void> send(const WritingId& id, TutorTask task, const QString& brief, const QString& body, const RubricFeedback& feedback);
    /// What waits to be sent and what the academy did not take, newest first.
    Async<QList<Writing>> waiting();
    /// What the academy has: a learner's own, a teacher's students'. Newest first.
    Async<QList<Writing>> sent();
    /// A teacher says it better. ACADEMY_BAD_INPUT when a criterion has no quote from the text.
    Async<void> correct(const WritingId& id, const RubricFeedback& feedback, const QString& comment);

    Async<UploadOutcome> upload(QString lane, QList<OutboxRow> rows) override;

Q_SIGNALS:
    /// Something to be sent was queued.
    void workKept();
    /// Something arrived at the academy.
    void delivered();
    void hasTeacherChanged();

private:
    struct Delivery;

    void findCourse(const std::shared_ptr<Delivery>& delivery);
    void deliver(const std::shared_ptr<Delivery>& delivery);

    Database& m_database;
    RestClient& m_rest;
    Teachers& m_teachers;
    Clock& m_clock;
    UserId m_owner;
    DeviceId m_device;
};

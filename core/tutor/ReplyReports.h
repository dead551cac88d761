// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "base/Random.h"
#include "sync/LaneUploader.h"

#include <QJsonObject>
#include <QObject>

#include <memory>

class Database;
class RestClient;
class Teachers;

using ReplyReportId = Id<struct ReplyReportTag>;

/// Why a learner reports a reply.
enum class ReportReason {
    Wrong, ///< it says what is not so
    Level, ///< too hard or too easy
    Unsuitable, ///< unkind, or nothing for a lesson
    Unsafe, ///< it frightens, or could hurt somebody
    Personal, ///< it asks who or where somebody is
    Other
};
/// As in the academy's law.
QString reasonName(ReportReason reason);
/// Other for what is none.
ReportReason reasonFrom(const QString& name);

/// A reply that somebody reported. A value.
struct ReplyReport
{
    ReplyReportId id;
    UserId student;
    QString studentName; ///< for teachers; may be empty
    ReportReason reason = ReportReason::Other;
    QString words; ///< the learner's; may be empty
    QString reply; ///< what the tutor said
    QString model;
    WallTime createdAt;
    bool seen = false; ///< a teacher has looked at it

    bool operator==(const ReplyReport&) const = default;
};

/// Replies of the tutor that learners find wrong or unsuitable, on their way to the teachers. A report
/// is committed here first, with its mark on the message, and goes out through the queue, lane
/// `report:`, of which this is the uploader. GUI thread; everything passed in outlives it.
class ReplyReports : public QObject, public LaneUploader
{
    Q_OBJECT

public:
    ReplyReports(Database& database, RestClient& rest, const Teachers& teachers, const UserId& owner, const DeviceId& device,
        Clock& clock, RandomSource& random, QObject* parent = nullptr);

    /// Somebody will see what is reported.
    bool hasTeacher() const;
    /// Whether this is what was kept with a message (TutorMessage::kept) that was reported.
    static bool isReported(const QJsonObject& kept);

    /// Keeps the report, marks the message, and sends it as soon as the academy can be reached. A
    /// message is reported once. Forbidden `guest`; NotFound `unknown_message`; Invalid `empty` for a
    /// message that is no reply with words.
    Async<void> report(const MessageId& reply, ReportReason reason, const QString& words);
    /// A teacher's: everything their students reported that no teacher has looked at, then what was
    /// looked at last; both newest first.
    Async<QList<ReplyReport>> received();
    /// A teacher has looked at it.
    Async<void> settle(const ReplyReportId& report);

    Async<UploadOutcome> upload(QString lane, QList<OutboxRow> rows) override;

Q_SIGNALS:
    /// The message carries its mark.
    void reported(const MessageId& reply);
    /// Something to be sent was queued.
    void workKept();
    void hasTeacherChanged();

private:
    struct Delivery;
    struct Reading;

    void deliver(const std::shared_ptr<Delivery>& delivery);
    void read(const std::shared_ptr<Reading>& reading);
    void name(const std::shared_ptr<Reading>& reading);

    Database& m_database;
    RestClient& m_rest;
    const Teachers& m_teachers;
    Clock& m_clock;
    RandomSource& m_random;
    UserId m_owner;
    DeviceId m_device;
};

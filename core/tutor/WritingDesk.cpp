// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/WritingDesk.h"

#include "store/Database.h"
#include "supabase/RestClient.h"
#include "tutor/Teachers.h"
#include "wire/Json.h"
#include "wire/PostgrestQuery.h"

#include <algorithm>

namespace {

constexpr qint64 mostShown = 100;

QString column(const char* name)
{
    return QString::fromLatin1(name);
}

QString laneOf(const UserId& owner)
{
    return QStringLiteral("writing:") + owner.toString();
}

QString taskName(TutorTask task)
{
    return task == TutorTask::Speaking ? QStringLiteral("speaking") : QStringLiteral("writing");
}

Writing writingFrom(const QJsonObject& json)
{
    const auto field = [&json](const char* name) { return json.value(QLatin1String(name)); };
    Writing writing;
    writing.id = WritingId(field("id").toString());
    writing.student = UserId(field("user_id").toString());
    writing.task = field("task").toString() == QLatin1String("speaking") ? TutorTask::Speaking : TutorTask::Writing;
    writing.brief = field("brief").toString();
    writing.body = field("body").toString();
    writing.tutor = verifyFeedback(writing.task, field("tutor").toArray(), writing.body);
    if (field("teacher").isArray()) {
        writing.teacher = verifyFeedback(writing.task, field("teacher").toArray(), writing.body);
    }
    writing.comment = field("teacher_comment").toString();
    writing.correctedBy = field("corrected_by").toString();
    writing.createdAt = parseTimestamp(field("created_at").toString()).valueOr({});
    writing.correctedAt = parseTimestamp(field("corrected_at").toString()).valueOr({});
    return writing;
}

} // namespace

struct WritingDesk::Delivery
{
    AsyncPromise<UploadOutcome> promise;
    QList<OutboxRow> rows;
    qsizetype next = 0;
    UploadOutcome outcome;
};

WritingDesk::WritingDesk(Database& database, RestClient& rest, Teachers& teachers, const UserId& owner, const DeviceId& device,
    Clock& clock, QObject* parent)
    : QObject(parent), m_database(database), m_rest(rest), m_teachers(teachers), m_clock(clock), m_owner(owner), m_device(device)
{
    connect(&m_teachers, &Teachers::changed, this, &WritingDesk::hasTeacherChanged);
}

bool WritingDesk::hasTeacher() const
{
    return m_teachers.any();
}

Async<void> WritingDesk::send(
    const WritingId& id, TutorTask task, const QString& brief, const QString& body, const RubricFeedback& feedback)
{
    if (m_owner.isEmpty()) {
        return readyAsync<void>(Result<void>(Error {ErrorKind::Forbidden, QStringLiteral("guest"), {}, {}}));
    }
    if (body.trimmed().isEmpty() || feedback.criteria.isEmpty()) {
        return readyAsync<void>(Result<void>(Error {ErrorKind::Invalid, QStringLiteral("empty"), {}, {}}));
    }
    NewOp op;
    op.opId = OpId(id.toString());
    op.owner = m_owner;
    op.device = m_device;
    op.lane = laneOf(m_owner);
    op.opType = QStringLiteral("writing");
    op.payload = toJson(QJsonValue(QJsonObject {{QStringLiteral("id"), id.toString()}, {QStringLiteral("task"), taskName(task)},
        {QStringLiteral("brief"), brief}, {QStringLiteral("body"), body}, {QStringLiteral("tutor"), toJson(feedback)},
        {QStringLiteral("created_at"), toIsoString(m_clock.wall())}}));
    op.label = body.simplified().left(80);
    op.createdSteady = m_clock.monotonic();
    op.createdWall = m_clock.wall();
    const AsyncPromise<void> promise;
    const auto keep = [op](Connection& connection) -> Result<void> {
        const auto row = Outbox::append(connection, op);
        return row ? Result<void>() : Result<void>(row.error());
    };
    whenDone(m_database.run<void>(keep), this, [this, promise](const Result<void>& kept) {
        if (kept) {
            Q_EMIT workKept();
        }
        promise.resolve(kept);
    });
    return promise.future();
}

Async<QList<Writing>> WritingDesk::waiting()
{
    return m_database.read<QList<Writing>>([lane = laneOf(m_owner)](Connection& connection) -> Result<QList<Writing>> {
        const auto rows = Outbox::nextBatch(connection, lane);
        const auto aside = Outbox::quarantined(connection);
        if (!rows || !aside) {
            return rows ? aside.error() : rows.error();
        }
        QList<OutboxRow> all = *rows;
        for (const OutboxRow& row : *aside) {
            if (row.lane == lane) {
                all.append(row);
            }
        }
        std::ranges::sort(all, std::ranges::greater(), &OutboxRow::seq);
        QList<Writing> list;
        for (const OutboxRow& row : std::as_const(all)) {
            Writing writing = writingFrom(parseJson(row.payload).valueOr({}).toObject());
            writing.waiting = !row.quarantined;
            writing.refused = row.quarantined ? row.lastError : QString();
            list.append(writing);
        }
        return list;
    });
}

Async<QList<Writing>> WritingDesk::sent()
{
    const AsyncPromise<QList<Writing>> promise;
    PostgrestQuery query(QStringLiteral("writing_feedback"));
    query.select(QStringLiteral("id,user_id,task,brief,body,tutor,teacher,teacher_comment,corrected_by,corrected_at,created_at"))
        .orderBy(column("created_at"), false)
        .orderBy(column("id"))
        .limit(mostShown);
    whenDone(m_rest.select(query), this, [this, promise](const Result<QJsonArray>& rows) {
        if (!rows) {
            promise.resolve(rows.error());
            return;
        }
        QList<Writing> list;
        QStringList people;
        for (const QJsonValue& row : *rows) {
            list.append(writingFrom(row.toObject()));
            for (const QString& person : {list.last().student.toString(), list.last().correctedBy}) {
                if (!person.isEmpty() && !people.contains(person)) {
                    people.append(person);
                }
            }
        }
        if (people.isEmpty()) {
            promise.resolve(list);
            return;
        }
        PostgrestQuery names(QStringLiteral("profiles"));
        names.select(QStringLiteral("user_id,display_name")).in(column("user_id"), people);
        whenDone(m_rest.select(names), this, [promise, list](const Result<QJsonArray>& found) {
            if (!found) {
                promise.resolve(found.error());
                return;
            }
            QHash<QString, QString> named;
            for (const QJsonValue& row : *found) {
                named.insert(row.toObject().value(QLatin1String("user_id")).toString(),
                    row.toObject().value(QLatin1String("display_name")).toString());
            }
            QList<Writing> known = list;
            for (Writing& writing : known) {
                writing.studentName = named.value(writing.student.toString());
                writing.correctedBy = named.value(writing.correctedBy);
            }
            promise.resolve(known);
        });
    });
    return promise.future();
}

Async<void> WritingDesk::correct(const WritingId& id, const RubricFeedback& feedback, const QString& comment)
{
    const AsyncPromise<void> promise;
    const QJsonObject arguments {{QStringLiteral("p_id"), id.toString()}, {QStringLiteral("p_feedback"), toJson(feedback)},
        {QStringLiteral("p_comment"), comment}};
    whenDone(m_rest.rpc(QStringLiteral("correct_feedback"), arguments), this, [promise](const Result<QJsonValue>& done) {
        promise.resolve(done ? Result<void>() : Result<void>(done.error()));
    });
    return promise.future();
}

Async<UploadOutcome> WritingDesk::upload(QString, QList<OutboxRow> rows)
{
    const auto delivery = std::make_shared<Delivery>();
    delivery->rows = rows;
    if (!m_teachers.any()) {
        findCourse(delivery);
    } else {
        deliver(delivery);
    }
    return delivery->promise.future();
}

/// A text belongs to the course of a class, whose teacher reads it.
void WritingDesk::findCourse(const std::shared_ptr<Delivery>& delivery)
{
    whenDone(m_teachers.look(), this, [this, delivery](const Result<void>& looked) {
        if (m_teachers.any()) {
            deliver(delivery);
        } else {
            // Stays queued: somebody may still be put into a class.
            delivery->promise.resolve(looked ? Error {ErrorKind::Server, QStringLiteral("no_course"), {}, {}} : looked.error());
        }
    });
}

void WritingDesk::deliver(const std::shared_ptr<Delivery>& delivery)
{
    if (delivery->next == delivery->rows.size()) {
        delivery->promise.resolve(delivery->outcome);
        return;
    }
    const OutboxRow row = delivery->rows.at(delivery->next++);
    const QJsonObject text = parseJson(row.payload).valueOr({}).toObject();
    const QJsonObject arguments {{QStringLiteral("p_id"), text.value(QLatin1String("id"))},
        {QStringLiteral("p_course"), m_teachers.course().toString()}, {QStringLiteral("p_task"), text.value(QLatin1String("task"))},
        {QStringLiteral("p_brief"), text.value(QLatin1String("brief"))}, {QStringLiteral("p_body"), text.value(QLatin1String("body"))},
        {QStringLiteral("p_feedback"), text.value(QLatin1String("tutor"))}};
    whenDone(m_rest.rpc(QStringLiteral("send_writing"), arguments), this, [this, delivery, row](const Result<QJsonValue>& kept) {
        if (kept) {
            delivery->outcome.acknowledged.append(row.opId);
            Q_EMIT delivered();
        } else {
            delivery->outcome.rejected.insert(row.opId, kept.error());
        }
        deliver(delivery);
    });
}

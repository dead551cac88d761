// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/StudySync.h"

#include "supabase/RestClient.h"
#include "sync/LaneUploader.h"
#include "wire/Json.h"

namespace {

struct Batch
{
    QJsonArray payloads;
    QList<OpId> unreadable;
};

Batch payloadsOf(const QList<OutboxRow>& rows)
{
    Batch batch;
    for (const OutboxRow& row : rows) {
        const Result<QJsonValue> payload = parseJson(row.payload);
        if (payload && payload->isObject()) {
            batch.payloads.append(*payload);
        } else {
            batch.unreadable.append(row.opId);
        }
    }
    return batch;
}

void acknowledge(UploadOutcome& outcome, const QJsonValue& ids)
{
    const QJsonArray list = ids.toArray();
    for (const QJsonValue& id : list) {
        outcome.acknowledged.append(OpId(id.toString()));
    }
}

UploadOutcome outcomeOf(const QJsonObject& answer, const Batch& batch)
{
    UploadOutcome outcome;
    acknowledge(outcome, answer.value(QLatin1String("accepted")));
    acknowledge(outcome, answer.value(QLatin1String("duplicates")));
    const QJsonArray rejected = answer.value(QLatin1String("rejected")).toArray();
    for (const QJsonValue& entry : rejected) {
        const QJsonObject object = entry.toObject();
        outcome.rejected.insert(OpId(object.value(QLatin1String("id")).toString()),
            Error {ErrorKind::Invalid, object.value(QLatin1String("code")).toString(), {}, {}});
    }
    for (const OpId& id : batch.unreadable) {
        outcome.rejected.insert(id, Error {ErrorKind::Invalid, QStringLiteral("payload_unreadable"), {}, {}});
    }
    return outcome;
}

/// Calls `function` with the batch under `argument`; resolves `promise` with what became of it and
/// of what is `waiting` beside it.
void push(RestClient& rest, QObject* context, const QString& function, const QString& argument,
    const Batch& batch, const QList<OpId>& waiting, const AsyncPromise<UploadOutcome>& promise)
{
    if (batch.payloads.isEmpty()) {
        UploadOutcome outcome = outcomeOf({}, batch);
        outcome.waiting = waiting;
        promise.resolve(outcome);
        return;
    }
    whenDone(rest.rpc(function, {{argument, batch.payloads}}), context,
        [batch, waiting, promise](const Result<QJsonValue>& answer) {
            if (!answer) {
                promise.resolve(answer.error());
                return;
            }
            if (!answer->isObject()) {
                promise.resolve(Error {ErrorKind::Protocol, QStringLiteral("json_shape"), {}, {}});
                return;
            }
            UploadOutcome outcome = outcomeOf(answer->toObject(), batch);
            outcome.waiting = waiting;
            promise.resolve(outcome);
        });
}

class ReviewUploader final : public LaneUploader
{
public:
    explicit ReviewUploader(RestClient& rest) : m_rest(rest) { }

    Async<UploadOutcome> upload(QString, QList<OutboxRow> rows) override
    {
        const AsyncPromise<UploadOutcome> promise;
        push(m_rest, &m_context, QStringLiteral("push_review_logs"), QStringLiteral("p_logs"),
            payloadsOf(rows), {}, promise);
        return promise.future();
    }

private:
    RestClient& m_rest;
    QObject m_context;
};

/// The person's courses and the packs that belong to them.
struct Courses
{
    QStringList enrolled;
    QHash<QString, QString> byPack;

    /// The course a pack's practice counts for; empty: none so far.
    QString of(const QString& pack) const
    {
        const QString course = byPack.value(pack.toLower());
        if (enrolled.contains(course)) {
            return course;
        }
        return enrolled.size() == 1 ? enrolled.first() : QString();
    }
};

class EventUploader final : public LaneUploader
{
public:
    explicit EventUploader(RestClient& rest) : m_rest(rest) { }

    Async<UploadOutcome> upload(QString, QList<OutboxRow> rows) override
    {
        const AsyncPromise<UploadOutcome> promise;
        const UserId owner = rows.isEmpty() ? UserId() : rows.first().owner;
        const auto enrolments = PostgrestQuery(QStringLiteral("enrolments"))
                                    .select(QStringLiteral("course_id"))
                                    .eq(QStringLiteral("user_id"), owner.toString());
        whenDone(m_rest.select(enrolments), &m_context, [this, rows, promise](const Result<QJsonArray>& enrolled) {
            if (!enrolled) {
                promise.resolve(enrolled.error());
                return;
            }
            Courses courses;
            for (const QJsonValue& row : *enrolled) {
                courses.enrolled.append(row.toObject().value(QLatin1String("course_id")).toString());
            }
            findPacks(rows, courses, promise);
        });
        return promise.future();
    }

private:
    void findPacks(const QList<OutboxRow>& rows, const Courses& known, const AsyncPromise<UploadOutcome>& promise)
    {
        const auto packs = PostgrestQuery(QStringLiteral("content_packs")).select(QStringLiteral("id,course_id"));
        whenDone(m_rest.select(packs), &m_context, [this, rows, known, promise](const Result<QJsonArray>& found) {
            if (!found) {
                promise.resolve(found.error());
                return;
            }
            Courses courses = known;
            for (const QJsonValue& row : *found) {
                const QJsonObject pack = row.toObject();
                courses.byPack.insert(pack.value(QLatin1String("id")).toString().toLower(),
                    pack.value(QLatin1String("course_id")).toString());
            }
            send(rows, courses, promise);
        });
    }

    void send(const QList<OutboxRow>& rows, const Courses& courses, const AsyncPromise<UploadOutcome>& promise)
    {
        const Batch all = payloadsOf(rows);
        Batch batch;
        batch.unreadable = all.unreadable;
        QList<OpId> waiting;
        for (const QJsonValue& value : all.payloads) {
            QJsonObject payload = value.toObject();
            const QString course = courses.of(payload.value(QLatin1String("pack_id")).toString());
            if (course.isEmpty()) {
                waiting.append(OpId(payload.value(QLatin1String("id")).toString()));
            } else {
                payload.insert(QStringLiteral("course_id"), course);
                batch.payloads.append(payload);
            }
        }
        push(m_rest, &m_context, QStringLiteral("push_study_events"), QStringLiteral("p_events"), batch,
            waiting, promise);
    }

    RestClient& m_rest;
    QObject m_context;
};

} // namespace

struct StudySync::Private
{
    explicit Private(RestClient& rest) : reviews(rest), events(rest) { }

    ReviewUploader reviews;
    EventUploader events;
};

StudySync::StudySync(RestClient& rest) : d(std::make_unique<Private>(rest)) { }
StudySync::~StudySync() = default;

LaneUploader& StudySync::reviews()
{
    return d->reviews;
}

LaneUploader& StudySync::events()
{
    return d->events;
}

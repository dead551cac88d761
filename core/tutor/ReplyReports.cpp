// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ReplyReports.h"

#include "store/Database.h"
#include "store/Outbox.h"
#include "supabase/RestClient.h"
#include "tutor/Outgoing.h"
#include "tutor/Teachers.h"
#include "wire/Json.h"
#include "wire/PostgrestQuery.h"

#include <QHash>
#include <QSet>

#include <array>
#include <utility>

namespace {

constexpr qint64 pageSize = 200;
constexpr qsizetype longestWords = 1'000;
constexpr qsizetype longestReply = 20'000;
const QLatin1String reportedMember("reported");

constexpr std::array reasonNames {std::pair {ReportReason::Wrong, "wrong"}, std::pair {ReportReason::Level, "level"},
    std::pair {ReportReason::Unsuitable, "unsuitable"}, std::pair {ReportReason::Unsafe, "unsafe"},
    std::pair {ReportReason::Personal, "personal"}, std::pair {ReportReason::Other, "other"}};

ReplyReport reportFrom(const QJsonObject& json)
{
    const auto field = [&json](const char* name) { return json.value(QLatin1String(name)).toString(); };
    ReplyReport report;
    report.id = ReplyReportId(field("id"));
    report.student = UserId(field("user_id"));
    report.reason = reasonFrom(field("reason"));
    report.words = field("words");
    report.reply = field("reply");
    report.model = field("model");
    report.createdAt = parseTimestamp(field("created_at")).valueOr({});
    report.seen = !field("settled_at").isEmpty();
    return report;
}

} // namespace

QString reasonName(ReportReason reason)
{
    for (const auto& [value, name] : reasonNames) {
        if (value == reason) {
            return QLatin1String(name);
        }
    }
    return QStringLiteral("other");
}

ReportReason reasonFrom(const QString& name)
{
    for (const auto& [value, known] : reasonNames) {
        if (name == QLatin1String(known)) {
            return value;
        }
    }
    return ReportReason::Other;
}

struct ReplyReports::Delivery
{
    AsyncPromise<UploadOutcome> promise;
    QList<OutboxRow> rows;
    qsizetype next = 0;
    UploadOutcome outcome;
};

struct ReplyReports::Reading
{
    AsyncPromise<QList<ReplyReport>> promise;
    QList<ReplyReport> list;
    QSet<QString> known;
    QString until; ///< of the oldest that was read, as the academy writes it
    bool unseen = true;
};

ReplyReports::ReplyReports(Database& database, RestClient& rest, const Teachers& teachers, const UserId& owner,
    const DeviceId& device, Clock& clock, RandomSource& random, QObject* parent)
    : QObject(parent), m_database(database), m_rest(rest), m_teachers(teachers), m_clock(clock), m_random(random),
      m_owner(owner), m_device(device)
{
    connect(&m_teachers, &Teachers::changed, this, &ReplyReports::hasTeacherChanged);
}

bool ReplyReports::hasTeacher() const
{
    return m_teachers.any();
}

bool ReplyReports::isReported(const QJsonObject& kept)
{
    return kept.contains(reportedMember);
}

Async<void> ReplyReports::report(const MessageId& reply, ReportReason reason, const QString& words)
{
    if (m_owner.isEmpty()) {
        return readyAsync<void>(Result<void>(Error {ErrorKind::Forbidden, QStringLiteral("guest"), {}, {}}));
    }
    const Outgoing out {m_owner, m_device, OpId(m_random.uuid()), m_clock.monotonic(), m_clock.wall()};
    const auto keep = [out, reply, reason, words](Connection& connection) -> Result<bool> {
        const auto found = ConversationStore::message(connection, reply);
        if (!found || !*found) {
            return found ? Error {ErrorKind::NotFound, QStringLiteral("unknown_message"), {}, {}} : found.error();
        }
        const StoredMessage& message = **found;
        if (!message.fromTutor || message.text.trimmed().isEmpty()) {
            return Error {ErrorKind::Invalid, QStringLiteral("empty"), {}, {}};
        }
        if (isReported(message.details.value(Outgoing::keptMember).toObject())) {
            return false;
        }
        const auto mark = [reason](QJsonObject& kept) { kept.insert(reportedMember, reasonName(reason)); };
        if (Result<void> marked = out.changeKept(connection, reply, mark); !marked) {
            return marked.error();
        }
        NewOp op;
        op.opId = out.op;
        op.owner = out.owner;
        op.device = out.device;
        op.lane = QStringLiteral("report:") + out.owner.toString();
        op.opType = QStringLiteral("report");
        op.payload = toJson(QJsonValue(QJsonObject {{QStringLiteral("p_id"), out.op.toString()},
            {QStringLiteral("p_message"), reply.toString()}, {QStringLiteral("p_reason"), reasonName(reason)},
            {QStringLiteral("p_words"), words.trimmed().left(longestWords)},
            {QStringLiteral("p_reply"), message.text.left(longestReply)},
            {QStringLiteral("p_model"), message.details.value(QLatin1String("model")).toString().left(200)}}));
        op.label = message.text.simplified().left(80);
        op.createdSteady = out.steady;
        op.createdWall = out.wall;
        const auto row = Outbox::append(connection, op);
        return row ? Result<bool>(true) : Result<bool>(row.error());
    };
    const AsyncPromise<void> promise;
    whenDone(m_database.run<bool>(keep), this, [this, promise, reply](const Result<bool>& kept) {
        if (kept) {
            Q_EMIT reported(reply);
            Q_EMIT workKept();
        }
        promise.resolve(kept ? Result<void>() : Result<void>(kept.error()));
    });
    return promise.future();
}

Async<QList<ReplyReport>> ReplyReports::received()
{
    const auto reading = std::make_shared<Reading>();
    read(reading);
    return reading->promise.future();
}

/// Page by page what nobody has looked at, then one page of the rest. A page begins at the moment at
/// which the one before ended, so that nothing that comes or goes meanwhile is passed over.
void ReplyReports::read(const std::shared_ptr<Reading>& reading)
{
    PostgrestQuery query(QStringLiteral("tutor_reports"));
    query.neq(QStringLiteral("user_id"), m_owner.toString());
    query.select(QStringLiteral("id,user_id,reason,words,reply,model,created_at,settled_at"))
        .orderBy(QStringLiteral("created_at"), false)
        .orderBy(QStringLiteral("id"))
        .limit(pageSize);
    reading->unseen ? query.isNull(QStringLiteral("settled_at")) : query.isNotNull(QStringLiteral("settled_at"));
    if (!reading->until.isEmpty()) {
        query.lte(QStringLiteral("created_at"), reading->until);
    }
    whenDone(m_rest.select(query), this, [this, reading](const Result<QJsonArray>& rows) {
        if (!rows) {
            reading->promise.resolve(rows.error());
            return;
        }
        const qsizetype before = reading->list.size();
        for (const QJsonValue& row : *rows) {
            const ReplyReport report = reportFrom(row.toObject());
            if (!reading->known.contains(report.id.toString())) {
                reading->known.insert(report.id.toString());
                reading->list.append(report);
            }
            reading->until = row.toObject().value(QLatin1String("created_at")).toString();
        }
        if (reading->unseen && rows->size() == pageSize && reading->list.size() > before) {
            read(reading);
        } else if (std::exchange(reading->unseen, false)) {
            reading->until.clear();
            read(reading);
        } else {
            name(reading);
        }
    });
}

void ReplyReports::name(const std::shared_ptr<Reading>& reading)
{
    QStringList people;
    for (const ReplyReport& report : std::as_const(reading->list)) {
        if (const QString person = report.student.toString(); !people.contains(person)) {
            people.append(person);
        }
    }
    if (people.isEmpty()) {
        reading->promise.resolve(reading->list);
        return;
    }
    PostgrestQuery names(QStringLiteral("profiles"));
    names.select(QStringLiteral("user_id,display_name")).in(QStringLiteral("user_id"), people);
    whenDone(m_rest.select(names), this, [reading](const Result<QJsonArray>& found) {
        QHash<QString, QString> named;
        for (const QJsonValue& row : found.valueOr({})) {
            named.insert(row.toObject().value(QLatin1String("user_id")).toString(),
                row.toObject().value(QLatin1String("display_name")).toString());
        }
        for (ReplyReport& report : reading->list) {
            report.studentName = named.value(report.student.toString());
        }
        reading->promise.resolve(reading->list);
    });
}

Async<void> ReplyReports::settle(const ReplyReportId& report)
{
    const AsyncPromise<void> promise;
    whenDone(m_rest.rpc(QStringLiteral("settle_report"), {{QStringLiteral("p_id"), report.toString()}}), this,
        [promise](const Result<QJsonValue>& done) { promise.resolve(done ? Result<void>() : Result<void>(done.error())); });
    return promise.future();
}

Async<UploadOutcome> ReplyReports::upload(QString, QList<OutboxRow> rows)
{
    const auto delivery = std::make_shared<Delivery>();
    delivery->rows = rows;
    deliver(delivery);
    return delivery->promise.future();
}

void ReplyReports::deliver(const std::shared_ptr<Delivery>& delivery)
{
    if (delivery->next == delivery->rows.size()) {
        delivery->promise.resolve(delivery->outcome);
        return;
    }
    const OutboxRow row = delivery->rows.at(delivery->next++);
    const QJsonObject arguments = parseJson(row.payload).valueOr({}).toObject();
    whenDone(m_rest.rpc(QStringLiteral("report_reply"), arguments), this, [this, delivery, row](const Result<QJsonValue>& kept) {
        if (kept) {
            delivery->outcome.acknowledged.append(row.opId);
        } else {
            delivery->outcome.rejected.insert(row.opId, kept.error());
        }
        deliver(delivery);
    });
}

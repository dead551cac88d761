// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/FakeScheduler.h"

#include "exam/ExamBackend.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QPointer>

#include <functional>
#include <map>
#include <set>

/// A topic that the test speaks into.
class FakeTopic final : public ExamTopic
{
public:
    bool isLive() const override { return live; }
    void broadcast(const QString& event, const QJsonObject& payload) override
    {
        sent.append({event, payload});
    }
    void track(const QJsonObject& meta) override { tracked.append(meta); }
    QJsonObject presence() const override { return members; }

    void say(const QString& event, const QJsonObject& payload = {})
    {
        Q_EMIT received(event, payload);
    }

    bool live = true;
    QList<std::pair<QString, QJsonObject>> sent;
    QList<QJsonObject> tracked;
    QJsonObject members;
};

/// One sitting with one attempt, by the rules of the academy's functions that a student's program
/// depends on. Its clock is its own; the network between is the test's to cut.
class FakeExamAcademy final : public ExamBackend
{
public:
    explicit FakeExamAcademy(FakeScheduler& scheduler) : m_time(scheduler) { }

    // What the test decides
    bool online = true;
    bool repliesLost = false; ///< requests arrive, answers do not
    bool signedIn = true;
    bool sittingOpen = true;
    std::chrono::seconds length{3600};
    std::function<void()> poke = [] {};

    // What arrived
    struct Op
    {
        QString id;
        qint64 seq;
        qint64 lease;
        QString item, kind, branch;
        QJsonObject payload;
    };
    QList<Op> ops;
    QList<QJsonObject> beats;
    QList<QJsonObject> incidents;
    std::map<QString, int> calls;
    std::set<qint64> acknowledgedCommands;
    QHash<QString, QPointer<FakeTopic>> topics;

    // The attempt
    qint64 lease = 0;
    QString device;
    QString state = QStringLiteral("active");
    bool paused = false;
    bool locked = false;
    QString askingDevice;
    std::chrono::microseconds extra{0};
    std::chrono::microseconds clockSet{0}; ///< somebody set the academy's clock
    QString receipt;
    int nextBeatMs = 10'000;
    QString refusesItem;       ///< operations on this item are rejected for good
    std::set<QString> forgets; ///< op ids accepted but lost behind our back

    WallTime now() const
    {
        return WallTime(std::chrono::seconds(1'800'000'000)) + m_time.monotonic() + clockSet;
    }
    WallTime end() const
    {
        const auto pausing = m_pausedAt ? now() - *m_pausedAt : std::chrono::microseconds(0);
        return std::min(m_startedAt + length + extra + m_pausedFor + pausing, m_collectedAt);
    }

    void command(const QString& kind, const QJsonObject& payload = {})
    {
        if (kind == QLatin1String("pause")) {
            paused = true;
            m_pausedAt = now();
        } else if (kind == QLatin1String("resume") && m_pausedAt) {
            paused = false;
            m_pausedFor += now() - *m_pausedAt;
            m_pausedAt.reset();
        } else if (kind == QLatin1String("lock") || kind == QLatin1String("unlock")) {
            locked = kind == QLatin1String("lock");
        } else if (kind == QLatin1String("extend")) {
            extra += std::chrono::seconds(payload.value(QLatin1String("seconds")).toInteger());
        } else if (kind == QLatin1String("collect")) {
            m_collectedAt = now();
        } else if (kind == QLatin1String("grant_takeover")) {
            ++lease;
            device = askingDevice;
        }
        m_commands.append(QJsonObject{{QStringLiteral("id"), ++m_lastCommand},
            {QStringLiteral("kind"), kind}, {QStringLiteral("payload"), payload},
            {QStringLiteral("issued_at"), toIsoString(now())}});
    }

    /// Another device writes an answer under the lease that holds.
    void write(const QString& item, const QString& text)
    {
        m_main.insert({acked() + 1,
            Op{QStringLiteral("theirs-") + item, acked() + 1, lease, item, QStringLiteral("answer"),
                QStringLiteral("main"), {{QStringLiteral("text"), text}}}});
    }

    qint64 acked() const
    {
        qint64 seq = 0;
        while (m_main.contains(seq + 1)) {
            ++seq;
        }
        return seq;
    }
    /// The answers as the database would fold them.
    QHash<QString, QJsonObject> answers() const
    {
        QHash<QString, QJsonObject> folded;
        for (const auto& [seq, op] : m_main) {
            if (op.kind == QLatin1String("answer")) {
                folded.insert(op.item, op.payload);
            }
        }
        return folded;
    }
    int countOf(const QString& branch) const
    {
        return int(std::count_if(
            ops.begin(), ops.end(), [&](const Op& op) { return op.branch == branch; }));
    }
    FakeTopic* topic(const QString& name) const { return topics.value(name).data(); }

    Async<QJsonValue> call(const QString& function, const QJsonObject& arguments) override
    {
        ++calls[function];
        if (!online) {
            return failure(ErrorKind::Offline, "connection_refused");
        }
        if (!signedIn) {
            return failure(ErrorKind::Unauthorized, "needs_sign_in");
        }
        const Result<QJsonValue> answer = serve(function, arguments);
        if (repliesLost) {
            return failure(ErrorKind::Timeout, "timeout");
        }
        return readyAsync<QJsonValue>(answer);
    }
    std::unique_ptr<ExamTopic> open(const QString& name, const std::optional<QString>&) override
    {
        auto made = std::make_unique<FakeTopic>();
        topics.insert(name, made.get());
        return made;
    }
    void pokeUploads() override { poke(); }

    static QJsonObject paper()
    {
        return parseJson(
            R"({"exam_id":"exam","title":"Mock","sections":[{"id":"s","title":"All","items":[
            {"id":"i","type":"info","prompt":"Read this first"},
            {"id":"c","type":"choice","prompt":"?","points":1,"options":[{"id":"a","text":"A"},{"id":"b","text":"B"}]},
            {"id":"t","type":"short","prompt":"?","points":1},
            {"id":"e","type":"essay","prompt":"?","points":10,"minWords":1,"maxWords":200},
            {"id":"d","type":"dictation","prompt":"?","points":1,"stimulus":{"id":"x","asset":"00","maxPlays":2}}]}]})")
            ->toObject();
    }

private:
    static Async<QJsonValue> failure(ErrorKind kind, const char* code)
    {
        return readyAsync<QJsonValue>(Error{kind, QString::fromLatin1(code), {}, {}});
    }
    static Error refuse(ErrorKind kind, const char* code)
    {
        return Error{kind, QString::fromLatin1(code), {}, {}};
    }
    QString word() const
    {
        if (state != QLatin1String("active")) {
            return state;
        }
        return locked        ? QStringLiteral("locked")
            : paused         ? QStringLiteral("paused")
            : now() >= end() ? QStringLiteral("ended")
                             : QStringLiteral("active");
    }
    QJsonObject facts() const
    {
        return {{QStringLiteral("server_time"), toIsoString(now())},
            {QStringLiteral("effective_end"), toIsoString(end())},
            {QStringLiteral("state"), word()}, {QStringLiteral("paused"), paused},
            {QStringLiteral("acked_seq"), acked()},
            {QStringLiteral("chain_head"), QString(64, QLatin1Char('0'))}};
    }

    Result<QJsonValue> serve(const QString& function, const QJsonObject& in)
    {
        if (function == QLatin1String("start_attempt")) {
            return start(in);
        }
        const qint64 theirLease = in.value(QLatin1String("p_lease")).toInteger();
        if (function == QLatin1String("push_ops")) {
            return push(theirLease, in.value(QLatin1String("p_ops")).toArray());
        }
        if (function == QLatin1String("beat")) {
            return theirLease < lease
                ? Result<QJsonValue>(refuse(ErrorKind::Conflict, "ACADEMY_FENCED"))
                : beat(in.value(QLatin1String("p_beat")).toObject());
        }
        if (function == QLatin1String("submit")) {
            return theirLease < lease
                ? Result<QJsonValue>(refuse(ErrorKind::Conflict, "ACADEMY_FENCED"))
                : submit(in.value(QLatin1String("p_last_seq")).toInteger());
        }
        if (function == QLatin1String("report_incident")) {
            const QJsonArray reports = in.value(QLatin1String("p_incidents")).toArray();
            for (const QJsonValue& report : reports) {
                incidents.append(report.toObject());
            }
            return QJsonValue(QJsonObject());
        }
        return refuse(ErrorKind::NotFound, "PGRST202");
    }

    Result<QJsonValue> start(const QJsonObject& in)
    {
        const QString asking = in.value(QLatin1String("p_device")).toString();
        if (lease == 0) {
            if (!sittingOpen) {
                return refuse(ErrorKind::Conflict, "ACADEMY_NOT_OPEN");
            }
            lease = 1;
            device = asking;
            m_startedAt = now();
        } else if (asking != device) {
            askingDevice = asking;
            return refuse(ErrorKind::Conflict, "ACADEMY_LEASE_TAKEN");
        }
        QJsonObject answer = facts();
        QJsonObject folded;
        const auto all = answers();
        for (auto it = all.begin(); it != all.end(); ++it) {
            folded.insert(it.key(), it.value());
        }
        answer.insert(QStringLiteral("attempt_id"), QStringLiteral("attempt-1"));
        answer.insert(QStringLiteral("lease"), lease);
        answer.insert(QStringLiteral("started_at"), toIsoString(m_startedAt));
        answer.insert(QStringLiteral("base_seconds"), qint64(length.count()));
        answer.insert(QStringLiteral("paper"), paper());
        answer.insert(QStringLiteral("answers"), folded);
        answer.insert(
            QStringLiteral("receipt"), receipt.isEmpty() ? QJsonValue() : QJsonValue(receipt));
        if (!receipt.isEmpty()) {
            answer.insert(QStringLiteral("submitted_at"), toIsoString(now()));
        }
        return QJsonValue(answer);
    }

    Result<QJsonValue> push(qint64 theirLease, const QJsonArray& batch)
    {
        QJsonArray results;
        for (const QJsonValue& value : batch) {
            const QJsonObject json = value.toObject();
            Op op{json.value(QLatin1String("op_id")).toString(),
                json.value(QLatin1String("seq")).toInteger(),
                json.value(QLatin1String("lease")).toInteger(),
                json.value(QLatin1String("item_id")).toString(),
                json.value(QLatin1String("kind")).toString(), {},
                parseJson(json.value(QLatin1String("body")).toString().toUtf8())
                    .valueOr({})
                    .toObject()};
            if (op.item == refusesItem) {
                results.append(QJsonObject{{QStringLiteral("op_id"), op.id},
                    {QStringLiteral("status"), QStringLiteral("rejected")},
                    {QStringLiteral("code"), QStringLiteral("ACADEMY_BAD_INPUT")}});
                continue;
            }
            QString status = QStringLiteral("duplicate");
            if (!m_known.contains(op.id)) {
                const bool late
                    = now() > end() + std::chrono::seconds(10) || state != QLatin1String("active");
                op.branch = theirLease < lease ? QStringLiteral("fenced")
                    : late                     ? QStringLiteral("late")
                                               : QStringLiteral("main");
                status
                    = op.branch == QLatin1String("main") ? QStringLiteral("accepted") : op.branch;
                if (forgets.erase(op.id) == 0) {
                    m_known.insert(op.id);
                    ops.append(op);
                    if (op.branch != QLatin1String("fenced")) {
                        Q_ASSERT(!m_main.contains(op.seq));
                        m_main.insert({op.seq, op});
                    }
                }
            }
            results.append(
                QJsonObject{{QStringLiteral("op_id"), op.id}, {QStringLiteral("status"), status}});
        }
        QJsonObject answer = facts();
        answer.insert(QStringLiteral("lease"), lease);
        answer.insert(QStringLiteral("results"), results);
        return QJsonValue(answer);
    }

    Result<QJsonValue> beat(const QJsonObject& said)
    {
        beats.append(said);
        const QJsonArray acks = said.value(QLatin1String("acks")).toArray();
        for (const QJsonValue& id : acks) {
            acknowledgedCommands.insert(id.toInteger());
        }
        const qint64 cursor = said.value(QLatin1String("cmd_cursor")).toInteger();
        QJsonArray pending;
        for (const QJsonObject& issued : std::as_const(m_commands)) {
            if (issued.value(QLatin1String("id")).toInteger() > cursor) {
                pending.append(issued);
            }
        }
        QJsonObject answer = facts();
        answer.insert(QStringLiteral("commands"), pending);
        answer.insert(QStringLiteral("next_beat_ms"), nextBeatMs);
        return QJsonValue(answer);
    }

    Result<QJsonValue> submit(qint64 lastSeq)
    {
        QJsonArray missing;
        for (qint64 seq = acked() + 1; seq <= lastSeq; ++seq) {
            if (!m_main.contains(seq)) {
                missing.append(seq);
            }
        }
        if (missing.isEmpty() && state != QLatin1String("submitted")) {
            receipt = QStringLiteral("AAAA-BBBB");
            m_onTime
                = state == QLatin1String("active") && now() <= end() + std::chrono::seconds(10);
            state = QStringLiteral("submitted");
            m_submittedAt = now();
        }
        QJsonObject answer{{QStringLiteral("state"), state}, {QStringLiteral("missing"), missing},
            {QStringLiteral("on_time"), m_onTime}};
        if (!receipt.isEmpty()) {
            answer.insert(QStringLiteral("receipt"), receipt);
            answer.insert(QStringLiteral("submitted_at"), toIsoString(m_submittedAt));
        }
        return QJsonValue(answer);
    }

    FakeScheduler& m_time;
    WallTime m_startedAt;
    WallTime m_submittedAt;
    WallTime m_collectedAt{std::chrono::seconds(4'000'000'000)};
    std::optional<WallTime> m_pausedAt;
    std::chrono::microseconds m_pausedFor{0};
    std::map<qint64, Op> m_main;
    QSet<QString> m_known;
    QList<QJsonObject> m_commands;
    qint64 m_lastCommand = 0;
    bool m_onTime = true;
};

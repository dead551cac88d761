// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/StudyOps.h"

#include "wire/Json.h"

namespace {

UserId laneOwner(const UserId& owner)
{
    return owner.isEmpty() ? UserId(QStringLiteral("guest")) : owner;
}

} // namespace

NewOp reviewOp(const ReviewLog& log, const UserId& owner, const QString& label)
{
    NewOp op;
    op.opId = OpId(log.id.toString());
    op.owner = owner;
    op.device = log.device;
    op.lane = reviewLane(laneOwner(owner));
    op.opType = QStringLiteral("review_log");
    op.label = label;
    op.createdWall = log.reviewedAt;
    op.payload = toJson(QJsonObject {{QStringLiteral("id"), log.id.toString()},
        {QStringLiteral("card_id"), log.card.toString()}, {QStringLiteral("pack_id"), log.pack.toString()},
        {QStringLiteral("rating"), int(log.rating)},
        {QStringLiteral("reviewed_at"), toIsoString(log.reviewedAt)},
        {QStringLiteral("elapsed_ms"), qint64(log.elapsed.count())},
        {QStringLiteral("device"), log.device.toString()}, {QStringLiteral("seq"), log.seq}});
    return op;
}

NewOp studyOp(const StudyEvent& event, const UserId& owner, const QString& label)
{
    NewOp op;
    op.opId = OpId(event.id.toString());
    op.owner = owner;
    op.device = event.device;
    op.lane = studyLane(laneOwner(owner));
    op.opType = QStringLiteral("study_event");
    op.label = label;
    op.createdWall = event.happenedAt;
    op.payload = toJson(QJsonObject {{QStringLiteral("id"), event.id.toString()},
        {QStringLiteral("pack_id"), event.pack.toString()}, {QStringLiteral("kind"), event.kind},
        {QStringLiteral("skill"), event.skill}, {QStringLiteral("item_id"), event.item.toString()},
        {QStringLiteral("correct"), event.correct ? QJsonValue(*event.correct) : QJsonValue()},
        {QStringLiteral("happened_at"), toIsoString(event.happenedAt)},
        {QStringLiteral("payload"), event.payload}});
    return op;
}

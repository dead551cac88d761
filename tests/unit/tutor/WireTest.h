// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "tutor/TutorProviders.h"
#include "tutor/WholeReply.h"

#include <QTest>

#include <algorithm>

/// What the tests of the wires share: a body fed whole or in pieces, and self-made frames written
/// with ' for ".
namespace wiretest {

inline WholeReply replyOf(TutorWire wire, const QByteArray& body, const QList<qsizetype>& cuts = {})
{
    const auto decoder = tutorProvider(wire).decoder(200, {});
    WholeReply reply;
    qsizetype from = 0;
    for (const qsizetype cut : cuts) {
        reply.add(decoder->feed(QByteArrayView(body).sliced(from, cut - from)));
        from = cut;
    }
    reply.add(decoder->feed(QByteArrayView(body).sliced(from)));
    reply.add(decoder->end());
    reply.add(decoder->feed("data: {}\n\n"));
    reply.add(decoder->end());
    return reply;
}

inline WholeReply replyByteByByte(TutorWire wire, const QByteArray& body)
{
    const auto decoder = tutorProvider(wire).decoder(200, {});
    WholeReply reply;
    for (qsizetype i = 0; i < body.size(); ++i) {
        reply.add(decoder->feed(QByteArrayView(body).sliced(i, 1)));
    }
    reply.add(decoder->end());
    return reply;
}

inline QList<qsizetype> randomCuts(SeededRandom& random, qsizetype size, int count)
{
    QList<qsizetype> cuts;
    for (int i = 0; i < count; ++i) {
        cuts.append(qsizetype(random.below(quint64(size) + 1)));
    }
    std::sort(cuts.begin(), cuts.end());
    return cuts;
}

/// Two parts cut at every byte, single bytes, and parts cut at random.
inline bool isSameAtEveryCut(TutorWire wire, const QByteArray& body, const WholeReply& whole)
{
    for (qsizetype cut = 0; cut <= body.size(); ++cut) {
        if (replyOf(wire, body, {cut}) != whole) {
            qWarning("differs when cut at byte %lld", qlonglong(cut));
            return false;
        }
    }
    SeededRandom random(2026);
    for (int round = 0; round < 20; ++round) {
        if (replyOf(wire, body, randomCuts(random, body.size(), int(random.below(8)))) != whole) {
            return false;
        }
    }
    return replyByteByByte(wire, body) == whole;
}

/// "stop: end_turn", "error: quota", "interrupted: ".
inline QString endingOf(const WholeReply& reply)
{
    const QString detail = reply.failure ? reply.failure->error.code : reply.finished.value_or(TutorFinished {}).raw;
    return finishReasonName(reply.finishReason()) + QStringLiteral(": ") + detail;
}

inline QByteArray frame(const QByteArray& json)
{
    return "data: " + QByteArray(json).replace('\'', '"') + "\n\n";
}

inline QByteArray named(const QByteArray& name, const QByteArray& json)
{
    return "event: " + name + '\n' + frame(json);
}

} // namespace wiretest

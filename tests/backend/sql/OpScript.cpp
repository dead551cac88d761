// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/OpScript.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

OpScript::OpScript(int lastSeq, QByteArray head) : m_seq(lastSeq), m_head(std::move(head)) { }

QJsonObject OpScript::next(const QString& item, const QString& kind, const QJsonObject& payload)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QByteArray body = QJsonDocument(payload).toJson(QJsonDocument::Compact);
    const QByteArray previous = m_head;
    ++m_seq;
    m_head
        = QCryptographicHash::hash(QByteArrayList{previous, id.toUtf8(), QByteArray::number(m_seq),
                                       item.toUtf8(), kind.toUtf8(), body}
                                       .join('\n'),
            QCryptographicHash::Sha256)
              .toHex();
    return {{u"op_id"_s, id}, {u"seq"_s, m_seq}, {u"item_id"_s, item}, {u"kind"_s, kind},
        {u"body"_s, QString::fromUtf8(body)}, {u"payload"_s, payload},
        {u"steady_us"_s, m_seq * 1000}, {u"wall"_s, u"2026-11-23T18:00:00.000000+01:00"_s},
        {u"prev_hash"_s, QString::fromLatin1(previous)}, {u"hash"_s, QString::fromLatin1(m_head)}};
}

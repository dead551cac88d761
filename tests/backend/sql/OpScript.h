// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

/// Writes the operations of one attempt as a student's program does: numbered, chained, hashed.
class OpScript
{
public:
    explicit OpScript(int lastSeq = 0, QByteArray head = QByteArray(64, '0'));

    /// The next operation, as push_ops takes it.
    QJsonObject next(const QString& item, const QString& kind, const QJsonObject& payload = {});
    QJsonObject answer(const QString& item, const QJsonObject& payload)
    {
        return next(item, QStringLiteral("answer"), payload);
    }
    QJsonObject text(const QString& item, const QString& text)
    {
        return answer(item, {{QStringLiteral("text"), text}});
    }

    int lastSeq() const { return m_seq; }
    QByteArray head() const { return m_head; }

private:
    int m_seq;
    QByteArray m_head;
};

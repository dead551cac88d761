// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

/// A text id that cannot be mixed up with an id of another kind. Empty means "none".
template <typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(QString text) : m_text(std::move(text)) { }

    const QString& toString() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }

    bool operator==(const Id&) const = default;
    auto operator<=>(const Id& other) const { return m_text.compare(other.m_text) <=> 0; }
    friend size_t qHash(const Id& id, size_t seed = 0) { return qHash(id.m_text, seed); }

private:
    QString m_text;
};

using UserId = Id<struct UserTag>;
using ClassId = Id<struct ClassTag>;
using CourseId = Id<struct CourseTag>;
using ExamId = Id<struct ExamTag>;
using SittingId = Id<struct SittingTag>;
using AttemptId = Id<struct AttemptTag>;
using ItemId = Id<struct ItemTag>;
using OpId = Id<struct OpTag>;
using CommandId = Id<struct CommandTag>;
using DeviceId = Id<struct DeviceTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using PackId = Id<struct PackTag>;
using CardId = Id<struct CardTag>;

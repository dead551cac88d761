// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QStringList>

/// Who is on a channel: the fold of presence_state and presence_diff messages, matched by phx_ref.
/// A key (one person) may have several metas (one per socket). Diffs that arrive before the first
/// state are kept and applied after it. Source: supabase-protocol A14. A value type.
class Presence
{
public:
    /// What one message changed, by key. A key whose metas were replaced was updated: it neither
    /// left nor joined.
    struct Change
    {
        QStringList joined;
        QStringList left;
        QStringList updated;

        bool isEmpty() const { return joined.isEmpty() && left.isEmpty() && updated.isEmpty(); }
        bool operator==(const Change&) const = default;
    };

    Change applyState(const QJsonObject& state);
    Change applyDiff(const QJsonObject& diff);
    /// A new join: the next state replaces everything, and diffs wait for it.
    void expectState();
    Change clear();

    bool isEmpty() const { return m_metas.isEmpty(); }
    QStringList keys() const { return m_metas.keys(); }
    /// What each socket of this key tracked, with its phx_ref.
    QList<QJsonObject> metas(const QString& key) const { return m_metas.value(key); }

private:
    using Metas = QMap<QString, QList<QJsonObject>>;
    static Metas read(const QJsonObject& members);
    static void merge(Metas& into, const QJsonObject& diff);
    Change replaceBy(Metas metas);

    Metas m_metas;
    QList<QJsonObject> m_waitingDiffs;
    bool m_hasState = false;
};

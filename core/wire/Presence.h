// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QStringList>

/// Who is on a channel: the fold of presence_state and presence_diff messages, matched by phx_ref.
/// A key (one person) may have several metas (one per socket). Diffs that arrive before the first
/// state are kept and applied after it. Where leaving lingers, who left stays among the others until
/// settle(), and coming back meanwhile is neither leaving nor joining. Source: supabase-protocol A14,
/// E15. A value type.
class Presence
{
public:
    enum class Leaving { AtOnce, Lingers };
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

    explicit Presence(Leaving leaving = Leaving::AtOnce) : m_lingers(leaving == Leaving::Lingers) { }

    Change applyState(const QJsonObject& state);
    Change applyDiff(const QJsonObject& diff);
    /// A new join: the next state replaces everything, and diffs wait for it.
    void expectState();
    /// Nobody is there, nor lingers.
    Change clear();
    /// Who left and is still shown.
    QStringList lingering() const { return m_lingering.keys(); }
    /// These have left, unless they are back.
    Change settle(const QStringList& keys);

    bool isEmpty() const { return m_metas.isEmpty() && m_lingering.isEmpty(); }
    /// In alphabetical order.
    QStringList keys() const;
    /// What each socket of this key tracked, with its phx_ref.
    QList<QJsonObject> metas(const QString& key) const
    {
        return m_metas.value(key, m_lingering.value(key));
    }

private:
    using Metas = QMap<QString, QList<QJsonObject>>;
    static Metas read(const QJsonObject& members);
    static void merge(Metas& into, const QJsonObject& diff);
    Change replaceBy(Metas metas);

    Metas m_metas;
    Metas m_lingering;
    QList<QJsonObject> m_waitingDiffs;
    bool m_hasState = false;
    bool m_lingers = false;
};

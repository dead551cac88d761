// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Presence.h"

#include <QJsonArray>

#include <algorithm>

namespace {

constexpr qsizetype LargestWait = 256;

QString refOf(const QJsonObject& meta)
{
    return meta.value(QLatin1String("phx_ref")).toString();
}

bool holds(const QList<QJsonObject>& metas, const QString& ref)
{
    return std::any_of(
        metas.begin(), metas.end(), [&ref](const QJsonObject& meta) { return refOf(meta) == ref; });
}

} // namespace

Presence::Metas Presence::read(const QJsonObject& members)
{
    Metas read;
    for (auto member = members.begin(); member != members.end(); ++member) {
        const QJsonArray metas = member.value().toObject().value(QLatin1String("metas")).toArray();
        for (const QJsonValue& meta : metas) {
            read[member.key()].append(meta.toObject());
        }
    }
    return read;
}

void Presence::merge(Metas& into, const QJsonObject& diff)
{
    const Metas joins = read(diff.value(QLatin1String("joins")).toObject());
    const Metas leaves = read(diff.value(QLatin1String("leaves")).toObject());
    for (auto join = joins.begin(); join != joins.end(); ++join) {
        QList<QJsonObject>& metas = into[join.key()];
        erase_if(metas, [&](const QJsonObject& meta) { return holds(*join, refOf(meta)); });
        metas.append(*join);
    }
    for (auto leave = leaves.begin(); leave != leaves.end(); ++leave) {
        QList<QJsonObject> metas = into.value(leave.key());
        erase_if(metas, [&](const QJsonObject& meta) { return holds(*leave, refOf(meta)); });
        if (metas.isEmpty()) {
            into.remove(leave.key());
        } else {
            into.insert(leave.key(), metas);
        }
    }
}

Presence::Change Presence::replaceBy(Metas metas)
{
    Change change;
    for (auto now = metas.begin(); now != metas.end(); ++now) {
        const auto before = m_metas.constFind(now.key());
        const auto lingering = m_lingering.constFind(now.key());
        const bool isBack = lingering != m_lingering.constEnd();
        if (before == m_metas.constEnd() && !isBack) {
            change.joined.append(now.key());
        } else if (*(isBack ? lingering : before) != *now) {
            change.updated.append(now.key());
        }
        m_lingering.remove(now.key());
    }
    for (auto before = m_metas.constBegin(); before != m_metas.constEnd(); ++before) {
        if (metas.contains(before.key())) {
            continue;
        }
        if (m_lingers) {
            m_lingering.insert(before.key(), *before);
        } else {
            change.left.append(before.key());
        }
    }
    m_metas = std::move(metas);
    return change;
}

Presence::Change Presence::applyState(const QJsonObject& state)
{
    Metas metas = read(state);
    for (const QJsonObject& diff : std::as_const(m_waitingDiffs)) {
        merge(metas, diff);
    }
    m_waitingDiffs.clear();
    m_hasState = true;
    return replaceBy(std::move(metas));
}

Presence::Change Presence::applyDiff(const QJsonObject& diff)
{
    if (!m_hasState) {
        m_waitingDiffs.append(diff);
        if (m_waitingDiffs.size() < LargestWait) {
            return {};
        }
        return applyState({}); // a server that sends no state
    }
    Metas metas = m_metas;
    merge(metas, diff);
    return replaceBy(std::move(metas));
}

void Presence::expectState()
{
    m_hasState = false;
    m_waitingDiffs.clear();
}

Presence::Change Presence::clear()
{
    expectState();
    Change change = replaceBy({});
    change.left.append(settle(lingering()).left);
    return change;
}

Presence::Change Presence::settle(const QStringList& keys)
{
    Change change;
    for (const QString& key : keys) {
        if (m_lingering.remove(key) > 0) {
            change.left.append(key);
        }
    }
    return change;
}

QStringList Presence::keys() const
{
    QStringList keys = m_metas.keys() + m_lingering.keys();
    keys.sort();
    return keys;
}

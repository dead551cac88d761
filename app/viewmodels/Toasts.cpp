// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/Toasts.h"

using namespace std::chrono_literals;

Toasts::Toasts(Scheduler& scheduler, QObject* parent) : QObject(parent), m_scheduler(scheduler) { }

void Toasts::show(const QString& text, const QString& tone, const QString& action, std::function<void()> act)
{
    const QString id = QString::number(++m_last);
    ToastRow row;
    row.toast = id;
    row.text = text;
    row.tone = tone;
    row.action = action;
    m_rows.putRow(row);
    Live live;
    live.act = std::move(act);
    live.expiry = m_scheduler.after(5s, [this, id] { dismiss(id); });
    m_live.insert_or_assign(id, std::move(live));
    if (m_rows.rowCount() > 3) {
        dismiss(m_rows.rows().constFirst().toast);
    }
}

void Toasts::press(const QString& toast)
{
    const auto found = m_live.find(toast);
    if (found == m_live.end()) {
        return;
    }
    const auto act = found->second.act;
    dismiss(toast);
    if (act) {
        act();
    }
}

void Toasts::dismiss(const QString& toast)
{
    m_rows.removeRow(toast);
    // The expiry itself may be running: its handle must outlive this call.
    const auto found = m_live.find(toast);
    if (found != m_live.end()) {
        auto kept = std::make_shared<Live>(std::move(found->second));
        m_live.erase(found);
        QMetaObject::invokeMethod(this, [kept] { kept->expiry.cancel(); }, Qt::QueuedConnection);
    }
}

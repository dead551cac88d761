// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/HeatStrip.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

HeatStrip::HeatStrip(QQuickItem* parent) : QQuickPaintedItem(parent)
{
    setImplicitSize(120, 14);
    connect(this, &HeatStrip::colorsChanged, this, [this] { update(); });
}

void HeatStrip::setItems(const QString& items)
{
    if (items == m_items) {
        return;
    }
    m_items = items;
    update();
    Q_EMIT itemsChanged();
}

void HeatStrip::paint(QPainter* painter)
{
    const qsizetype count = m_items.size();
    if (count == 0) {
        return;
    }
    const qreal gap = count > 40 ? 1 : 2;
    const qreal cell = std::clamp((width() - gap * static_cast<qreal>(count - 1)) / static_cast<qreal>(count), 1.0, 14.0);
    painter->setRenderHint(QPainter::Antialiasing, cell > 4);
    qreal x = 0;
    for (const QChar state : std::as_const(m_items)) {
        const QRectF full(std::round(x), 0, std::max(1.0, std::floor(cell)), height());
        const qreal radius = cell > 4 ? 2 : 0;
        painter->setPen(Qt::NoPen);
        if (state == QLatin1Char('a')) {
            painter->setBrush(m_answered);
            painter->drawRoundedRect(full, radius, radius);
        } else if (state == QLatin1Char('f')) {
            painter->setBrush(m_flagged);
            QPolygonF flag;
            flag << full.topLeft() << full.topRight() << full.bottomRight()
                 << QPointF(full.center().x(), full.bottom() - height() * 0.3) << full.bottomLeft();
            painter->drawPolygon(flag);
        } else if (state == QLatin1Char('s')) {
            painter->setBrush(m_seen);
            painter->drawRoundedRect(full.adjusted(0, height() / 2, 0, 0), radius, radius);
        } else {
            painter->setBrush(m_unseen);
            painter->drawRect(full.adjusted(0, height() - 2, 0, 0));
        }
        x += cell + gap;
    }
}

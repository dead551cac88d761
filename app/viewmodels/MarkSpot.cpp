// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MarkSpot.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace {

constexpr qreal Stroke = 1.6;
/// Below the words, for the line and for whoever aims badly.
constexpr qreal Below = 4;

} // namespace

MarkSpot::MarkSpot(QQuickItem* parent) : QQuickPaintedItem(parent)
{
    connect(this, &MarkSpot::changed, this, [this] {
        polish();
        update();
    });
}

void MarkSpot::updatePolish()
{
    QString text = m_laidText;
    text.replace(QLatin1Char('\n'), QChar::LineSeparator);
    QTextLayout layout(text, m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    layout.setTextOption(option);
    QList<QRectF> pieces;
    qreal y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(m_wrapWidth);
        const int from = std::max(m_start, line.textStart());
        const int to = std::min(m_start + m_length, line.textStart() + line.textLength());
        if (from < to) {
            const qreal left = line.cursorToX(from);
            const qreal right = line.cursorToX(to);
            pieces.append(QRectF(QPointF(std::min(left, right), y), QPointF(std::max(left, right), y + line.height() + Below)));
        }
        y += line.height() * m_lineHeight;
    }
    layout.endLayout();
    QRectF spot;
    for (const QRectF& piece : std::as_const(pieces)) {
        spot = spot.united(piece);
    }
    for (QRectF& piece : pieces) {
        piece.translate(-spot.topLeft());
    }
    m_pieces = pieces;
    if (spot != m_spot) {
        m_spot = spot;
        Q_EMIT spotChanged();
    }
    update();
}

bool MarkSpot::contains(const QPointF& point) const
{
    return std::ranges::any_of(m_pieces, [&point](const QRectF& piece) { return piece.adjusted(-3, -3, 3, 3).contains(point); });
}

void MarkSpot::paint(QPainter* painter)
{
    painter->setRenderHint(QPainter::Antialiasing);
    QPen pen(m_color, Stroke);
    pen.setCapStyle(Qt::FlatCap);
    if (m_group == QLatin1String("words")) {
        pen.setDashPattern({3.5, 2});
    }
    painter->setPen(pen);
    for (const QRectF& piece : std::as_const(m_pieces)) {
        const qreal y = piece.bottom() - Below + 0.5;
        if (m_group == QLatin1String("spelling")) {
            QPainterPath wave(QPointF(piece.left(), y + 1));
            bool up = true;
            for (qreal x = piece.left(); x < piece.right(); x += 3, up = !up) {
                wave.quadTo(QPointF(x + 1.5, y + (up ? -1.5 : 3.5)), QPointF(std::min(x + 3, piece.right()), y + 1));
            }
            painter->drawPath(wave);
        } else {
            painter->drawLine(QPointF(piece.left(), y), QPointF(piece.right(), y));
            if (m_group == QLatin1String("order")) {
                painter->drawLine(QPointF(piece.left(), y + 3), QPointF(piece.right(), y + 3));
            }
        }
    }
}

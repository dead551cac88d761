// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TabularText.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

qreal digitWidth(const QFontMetricsF& metrics)
{
    qreal widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    }
    return widest;
}

} // namespace

TabularText::TabularText(QQuickItem* parent) : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

void TabularText::setText(const QString& text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    measure();
    Q_EMIT textChanged();
}

void TabularText::setColor(const QColor& color)
{
    if (color == m_color) {
        return;
    }
    m_color = color;
    update();
    Q_EMIT colorChanged();
}

void TabularText::setFont(const QFont& font)
{
    if (font == m_font) {
        return;
    }
    m_font = font;
    measure();
    Q_EMIT fontChanged();
}

void TabularText::setHorizontalAlignment(int alignment)
{
    if (alignment != m_alignment) {
        m_alignment = alignment;
        update();
        Q_EMIT alignmentChanged();
    }
}

void TabularText::measure()
{
    const QFontMetricsF metrics(m_font);
    const qreal digit = digitWidth(metrics);
    qreal width = 0;
    for (const QChar character : std::as_const(m_text)) {
        width += character.isDigit() ? digit : metrics.horizontalAdvance(character);
    }
    setImplicitSize(std::ceil(width), std::ceil(metrics.height()));
    setBaselineOffset(metrics.ascent());
    update();
}

void TabularText::paint(QPainter* painter)
{
    const QFontMetricsF metrics(m_font);
    const qreal digit = digitWidth(metrics);
    painter->setFont(m_font);
    painter->setPen(m_color);
    const qreal spare = std::max(0.0, width() - implicitWidth());
    qreal x = m_alignment == Qt::AlignRight ? spare : m_alignment == Qt::AlignHCenter ? spare / 2 : 0;
    for (const QChar character : std::as_const(m_text)) {
        const qreal advance = metrics.horizontalAdvance(character);
        const qreal cell = character.isDigit() ? digit : advance;
        painter->drawText(QPointF(x + (cell - advance) / 2, metrics.ascent()), character);
        x += cell;
    }
}

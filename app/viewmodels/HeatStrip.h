// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QtQmlIntegration>

/// One student's paper at a glance: a cell per item. `items` holds one character per item:
/// "." unseen, "s" seen, "a" answered, "f" flagged. Shape and colour both tell the state.
class HeatStrip : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString items READ items WRITE setItems NOTIFY itemsChanged)
    Q_PROPERTY(QColor answered MEMBER m_answered NOTIFY colorsChanged)
    Q_PROPERTY(QColor flagged MEMBER m_flagged NOTIFY colorsChanged)
    Q_PROPERTY(QColor seen MEMBER m_seen NOTIFY colorsChanged)
    Q_PROPERTY(QColor unseen MEMBER m_unseen NOTIFY colorsChanged)

public:
    explicit HeatStrip(QQuickItem* parent = nullptr);

    QString items() const { return m_items; }
    void setItems(const QString& items);
    void paint(QPainter* painter) override;

Q_SIGNALS:
    void itemsChanged();
    void colorsChanged();

private:
    QString m_items;
    QColor m_answered;
    QColor m_flagged;
    QColor m_seen;
    QColor m_unseen;
};

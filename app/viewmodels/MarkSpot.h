// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QQuickPaintedItem>
#include <QtQmlIntegration>

/// The place of some words inside a Text, with a line below them. Lays the same words out the way
/// Text does (Wrap, a proportional line height) without drawing them, so that nothing of what is
/// read moves. `spot` is where it has to stand in the coordinates of the Text. GUI thread.
class MarkSpot : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString laidText MEMBER m_laidText NOTIFY changed)
    Q_PROPERTY(QFont font MEMBER m_font NOTIFY changed)
    Q_PROPERTY(qreal wrapWidth MEMBER m_wrapWidth NOTIFY changed)
    Q_PROPERTY(qreal lineHeight MEMBER m_lineHeight NOTIFY changed)
    Q_PROPERTY(int start MEMBER m_start NOTIFY changed)
    Q_PROPERTY(int length MEMBER m_length NOTIFY changed)
    Q_PROPERTY(QString group MEMBER m_group NOTIFY changed)
    Q_PROPERTY(QColor color MEMBER m_color NOTIFY changed)
    Q_PROPERTY(QRectF spot READ spot NOTIFY spotChanged)

public:
    explicit MarkSpot(QQuickItem* parent = nullptr);

    QRectF spot() const { return m_spot; }
    /// Only the words count, not the corners between two lines of them.
    bool contains(const QPointF& point) const override;
    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();
    void spotChanged();

protected:
    void updatePolish() override;

private:
    QString m_laidText;
    QFont m_font;
    qreal m_wrapWidth = 0;
    qreal m_lineHeight = 1;
    int m_start = 0;
    int m_length = 0;
    QString m_group;
    QColor m_color;
    QRectF m_spot;
    QList<QRectF> m_pieces; ///< one per line, relative to the spot
};

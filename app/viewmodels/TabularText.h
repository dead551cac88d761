// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QQuickPaintedItem>
#include <QtQmlIntegration>

/// One line of text whose digits all take the same width, for timers and counts that change while
/// somebody looks at them. (The toolkit of our base line cannot switch on a font's tabular digits.)
class TabularText : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    Q_PROPERTY(QFont font READ font WRITE setFont NOTIFY fontChanged)
    Q_PROPERTY(int horizontalAlignment READ horizontalAlignment WRITE setHorizontalAlignment NOTIFY alignmentChanged)

public:
    explicit TabularText(QQuickItem* parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString& text);
    QColor color() const { return m_color; }
    void setColor(const QColor& color);
    QFont font() const { return m_font; }
    void setFont(const QFont& font);
    /// Qt::AlignLeft, AlignRight or AlignHCenter, as Text has it.
    int horizontalAlignment() const { return m_alignment; }
    void setHorizontalAlignment(int alignment);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void textChanged();
    void colorChanged();
    void fontChanged();
    void alignmentChanged();

private:
    void measure();

    QString m_text;
    QColor m_color;
    QFont m_font;
    int m_alignment = Qt::AlignLeft;
};

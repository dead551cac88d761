// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQuickTextDocument>
#include <QtQmlIntegration>

/// Puts Markdown into a text field with the air between lines and paragraphs that reading needs.
/// HTML inside it is shown as what it is, text. GUI thread.
class MarkdownFormat : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* document READ document WRITE setDocument NOTIFY documentChanged)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(double lineHeight READ lineHeight WRITE setLineHeight NOTIFY shapeChanged)
    Q_PROPERTY(double spacing READ spacing WRITE setSpacing NOTIFY shapeChanged)

public:
    using QObject::QObject;

    QQuickTextDocument* document() const { return m_document; }
    void setDocument(QQuickTextDocument* document);
    QString text() const { return m_text; }
    void setText(const QString& text);
    double lineHeight() const { return m_lineHeight; } ///< 1 is the font's own
    void setLineHeight(double factor);
    double spacing() const { return m_spacing; } ///< below a paragraph, in pixels
    void setSpacing(double pixels);

    /// Writes the text again; a field empties its document when it is complete.
    Q_INVOKABLE void apply();

Q_SIGNALS:
    void documentChanged();
    void textChanged();
    void shapeChanged();

private:
    QQuickTextDocument* m_document = nullptr;
    QString m_text;
    double m_lineHeight = 1;
    double m_spacing = 8;
};

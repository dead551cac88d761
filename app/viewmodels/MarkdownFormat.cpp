// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MarkdownFormat.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>

void MarkdownFormat::setDocument(QQuickTextDocument* document)
{
    if (document != m_document) {
        m_document = document;
        apply();
        Q_EMIT documentChanged();
    }
}

void MarkdownFormat::setText(const QString& text)
{
    if (text != m_text) {
        m_text = text;
        apply();
        Q_EMIT textChanged();
    }
}

void MarkdownFormat::setLineHeight(double factor)
{
    if (!qFuzzyCompare(factor, m_lineHeight)) {
        m_lineHeight = factor;
        apply();
        Q_EMIT shapeChanged();
    }
}

void MarkdownFormat::setSpacing(double pixels)
{
    if (!qFuzzyCompare(pixels, m_spacing)) {
        m_spacing = pixels;
        apply();
        Q_EMIT shapeChanged();
    }
}

void MarkdownFormat::apply()
{
    QTextDocument* document = m_document ? m_document->textDocument() : nullptr;
    if (!document) {
        return;
    }
    document->setUndoRedoEnabled(false);
    document->setMarkdown(m_text,
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    document->setIndentWidth(20);
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(m_lineHeight * 100, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(0);
        const bool more = block.textList() && block.next().isValid() && block.next().textList();
        format.setBottomMargin(!block.next().isValid() ? 0 : more ? m_spacing / 2 : m_spacing);
        cursor.setBlockFormat(format);
    }
}

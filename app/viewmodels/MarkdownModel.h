// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/MarkdownBlock.h"

#include <QAbstractListModel>
#include <QtQmlIntegration>

/// The blocks of a finished text, for a view. Role: `block`, a markdownBlock. GUI thread.
class MarkdownModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)

public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString text() const { return m_text; }
    void setText(const QString& text);

Q_SIGNALS:
    void textChanged();

private:
    QString m_text;
    QList<MarkdownBlock> m_blocks;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MarkdownModel.h"

#include "viewmodels/MarkdownStream.h"

int MarkdownModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_blocks.size());
}

QVariant MarkdownModel::data(const QModelIndex& index, int role) const
{
    if (role != Qt::UserRole || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    return QVariant::fromValue(m_blocks.at(index.row()));
}

QHash<int, QByteArray> MarkdownModel::roleNames() const
{
    return {{Qt::UserRole, "block"}};
}

void MarkdownModel::setText(const QString& text)
{
    if (text != m_text) {
        beginResetModel();
        m_text = text;
        m_blocks = MarkdownStream::parse(text);
        endResetModel();
        Q_EMIT textChanged();
    }
}

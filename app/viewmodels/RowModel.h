// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QMetaProperty>
#include <QSet>

/// A list model over gadgets: every property of `Row` is a role of the same name. `setRows` turns a
/// whole new list into the fewest inserts, moves, removals and changes, so that views keep their
/// place and their selection. `Row` needs `QString key() const`, unique in the list, and operator==.
template <typename Row>
class RowModel : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
            return {};
        }
        const int property = role - Qt::UserRole;
        if (property < 0 || property >= Row::staticMetaObject.propertyCount()) {
            return {};
        }
        return Row::staticMetaObject.property(property).readOnGadget(&m_rows.at(index.row()));
    }

    QHash<int, QByteArray> roleNames() const override
    {
        QHash<int, QByteArray> names;
        for (int i = 0; i < Row::staticMetaObject.propertyCount(); ++i) {
            names.insert(Qt::UserRole + i, Row::staticMetaObject.property(i).name());
        }
        return names;
    }

    const QList<Row>& rows() const { return m_rows; }

    const Row* find(const QString& key) const
    {
        for (const Row& row : m_rows) {
            if (row.key() == key) {
                return &row;
            }
        }
        return nullptr;
    }

    void setRows(const QList<Row>& target)
    {
        QSet<QString> wanted;
        for (const Row& row : target) {
            wanted.insert(row.key());
        }
        for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
            if (!wanted.contains(m_rows.at(i).key())) {
                beginRemoveRows({}, i, i);
                m_rows.removeAt(i);
                endRemoveRows();
            }
        }
        for (int i = 0; i < target.size(); ++i) {
            place(i, target.at(i));
        }
    }

    /// Changes one row where it stands, or appends it.
    void putRow(const Row& row)
    {
        for (int i = 0; i < m_rows.size(); ++i) {
            if (m_rows.at(i).key() == row.key()) {
                change(i, row);
                return;
            }
        }
        insert(static_cast<int>(m_rows.size()), row);
    }

    void removeRow(const QString& key)
    {
        for (int i = 0; i < m_rows.size(); ++i) {
            if (m_rows.at(i).key() == key) {
                beginRemoveRows({}, i, i);
                m_rows.removeAt(i);
                endRemoveRows();
                return;
            }
        }
    }

private:
    void place(int at, const Row& row)
    {
        if (at < m_rows.size() && m_rows.at(at).key() == row.key()) {
            change(at, row);
            return;
        }
        for (int i = at + 1; i < m_rows.size(); ++i) {
            if (m_rows.at(i).key() == row.key()) {
                beginMoveRows({}, i, i, {}, at);
                m_rows.move(i, at);
                endMoveRows();
                change(at, row);
                return;
            }
        }
        insert(at, row);
    }

    void change(int at, const Row& row)
    {
        if (!(m_rows.at(at) == row)) {
            m_rows[at] = row;
            Q_EMIT dataChanged(index(at), index(at));
        }
    }

    void insert(int at, const Row& row)
    {
        beginInsertRows({}, at, at);
        m_rows.insert(at, row);
        endInsertRows();
    }

    QList<Row> m_rows;
};

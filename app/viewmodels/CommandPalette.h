// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/RowModel.h"

#include <QObject>
#include <QtQmlIntegration>

#include <functional>

/// One thing the palette can do.
struct CommandRow
{
    Q_GADGET
    QML_VALUE_TYPE(commandRow)
    Q_PROPERTY(QString command MEMBER command)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString iconName MEMBER iconName)
    Q_PROPERTY(QString group MEMBER group)
    Q_PROPERTY(QString shortcut MEMBER shortcut)

public:
    QString command;
    QString title;
    QString iconName;
    QString group;
    QString shortcut;

    QString key() const { return command; }
    bool operator==(const CommandRow&) const = default;
};

class CommandModel : public RowModel<CommandRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the palette")

public:
    using RowModel::RowModel;
};

/// Every page and action, found by typing a few letters of its name. Accents and case do not
/// matter; letters may be left out ("lvm" finds "Live monitor"). GUI thread.
class CommandPalette : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(CommandModel* commands READ commands CONSTANT)

public:
    using QObject::QObject;

    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    CommandModel* commands() { return &m_model; }
    /// What there is to do now; asked again each time the palette opens.
    void setSource(std::function<QList<CommandRow>()> source);

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void run(const QString& command);

    /// How well `title` answers `filter`; negative when it does not. Higher is better.
    static int score(const QString& title, const QString& filter);

Q_SIGNALS:
    void filterChanged();
    void chosen(const QString& command);

private:
    std::function<QList<CommandRow>()> m_source;
    QString m_filter;
    CommandModel m_model;
};

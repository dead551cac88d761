// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/RowModel.h"

#include <QObject>
#include <QStringList>
#include <QtQmlIntegration>

/// Who sits in front of the program; decides which pages exist.
class Role
{
    Q_GADGET

public:
    enum Value { Nobody = 1, Guest = 2, Student = 4, Teacher = 8 };
    Q_ENUM(Value)
};

/// One page of the program, as the rail, the command palette and the page host see it.
struct PageInfo
{
    Q_GADGET
    QML_VALUE_TYPE(pageInfo)
    Q_PROPERTY(QString page MEMBER page)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString iconName MEMBER iconName)
    Q_PROPERTY(QString file MEMBER file)
    Q_PROPERTY(QString shortcut MEMBER shortcut)
    Q_PROPERTY(bool framed MEMBER framed)
    Q_PROPERTY(bool current MEMBER current)

public:
    QString page;
    QString title;
    QString iconName;
    QString file;     ///< below the folder of pages
    QString shortcut; ///< a key sequence, empty for none
    bool framed = true;
    bool inRail = true;
    bool atBottom = false;
    bool current = false;

    QString key() const { return page; }
    bool operator==(const PageInfo&) const = default;
};

class PageModel : public RowModel<PageInfo>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the navigator")

public:
    using RowModel::RowModel;
};

/// The registry of pages and the place where the reader is. Knows nothing of QML: a page is a name,
/// an argument (an id, usually) and a file. GUI thread.
class Navigator : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(PageInfo current READ current NOTIFY currentChanged)
    Q_PROPERTY(QString argument READ argument NOTIFY currentChanged)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY currentChanged)
    Q_PROPERTY(bool teaching READ isTeaching NOTIFY currentChanged)
    Q_PROPERTY(PageModel* railTop READ railTop CONSTANT)
    Q_PROPERTY(PageModel* railBottom READ railBottom CONSTANT)
    Q_PROPERTY(PageModel* shortcuts READ shortcuts CONSTANT)

public:
    explicit Navigator(QObject* parent = nullptr);

    PageInfo current() const;
    QString argument() const { return m_argument; }
    bool canGoBack() const { return !m_trail.isEmpty(); }
    bool isTeaching() const { return m_role == Role::Teacher; }
    PageModel* railTop() { return &m_railTop; }
    PageModel* railBottom() { return &m_railBottom; }
    PageModel* shortcuts() { return &m_shortcuts; }

    /// Pages this role may open, in the order of the rail.
    QList<PageInfo> pages() const;
    Role::Value role() const { return m_role; }
    /// Changes who is here; leaves a page that the new role may not see.
    void setRole(Role::Value role);
    /// The page a role starts on.
    QString homePage() const;
    /// Fetches the titles again after the language changed.
    void retranslate();

    Q_INVOKABLE void open(const QString& page, const QString& argument = {});
    Q_INVOKABLE void back();
    /// Opens a page and forgets the way there.
    void reset(const QString& page);

Q_SIGNALS:
    void currentChanged();

private:
    struct Place
    {
        QString page;
        QString argument;
    };

    void publish();

    Role::Value m_role = Role::Nobody;
    QString m_page;
    QString m_argument;
    QList<Place> m_trail;
    PageModel m_railTop;
    PageModel m_railBottom;
    PageModel m_shortcuts;
};

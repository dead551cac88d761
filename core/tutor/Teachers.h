// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"

#include <QJsonObject>
#include <QObject>

class Database;
class RestClient;

/// Whether somebody teaches this learner at the academy, so that nothing is promised in the name of a
/// teacher who is not there. What was true last holds without a network. GUI thread; everything
/// passed in outlives it.
class Teachers : public QObject
{
    Q_OBJECT

public:
    /// An empty owner is a guest, whom nobody teaches.
    Teachers(Database& database, RestClient& rest, const UserId& owner, QObject* parent = nullptr);

    /// Somebody has this learner in a class.
    bool any() const { return !m_course.isEmpty(); }
    /// The course of that class; of several, the one that was joined last.
    const CourseId& course() const { return m_course; }

    /// Asks the academy. Errors: those of RestClient, Storage.
    Async<void> look();

Q_SIGNALS:
    void changed();

private:
    void adopt(const CourseId& course);
    Async<void> keep();

    Database& m_database;
    RestClient& m_rest;
    UserId m_owner;
    CourseId m_course;
    bool m_asked = false;
};

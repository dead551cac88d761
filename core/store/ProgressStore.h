// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

#include <optional>

class Database;

/// A course_progress row as the academy last sent it.
struct StoredProgress
{
    UserId user;
    CourseId course;
    qint64 version = 0;
    QJsonObject row;
};

/// What home shows while there is no network: progress rows and the last lists the academy sent.
/// `database` must outlive the store. These rows come from the academy and never reach the outbox.
class ProgressStore
{
public:
    explicit ProgressStore(Database& database);

    /// Answers false, and changes nothing, when the stored version is the same or newer.
    Async<bool> save(StoredProgress progress);
    Async<std::optional<StoredProgress>> find(UserId user, CourseId course);
    Async<QList<StoredProgress>> forUser(UserId user);
    Async<QList<StoredProgress>> forCourse(CourseId course);

    Async<void> saveSittings(UserId user, QJsonArray sittings);
    Async<QJsonArray> sittings(UserId user);
    /// The whole answer of student_home.
    Async<void> saveHome(UserId user, QJsonObject home);
    Async<QJsonObject> home(UserId user);

private:
    Database& m_database;
};

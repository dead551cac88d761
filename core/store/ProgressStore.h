// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"

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

/// What home shows while there is no network: progress rows and the academy's last answer; and what
/// its owner wrote about papers and did not keep yet. `database` must outlive the store. Nothing of
/// it ever reaches the outbox.
class ProgressStore
{
public:
    explicit ProgressStore(Database& database);

    /// Answers false, and changes nothing, when the stored version is the same or newer.
    Async<bool> save(StoredProgress progress);
    Async<std::optional<StoredProgress>> find(UserId user, CourseId course);
    Async<QList<StoredProgress>> forUser(UserId user);
    Async<QList<StoredProgress>> forCourse(CourseId course);

    /// The whole answer of student_home.
    Async<void> saveHome(UserId user, QJsonObject home);
    Async<QJsonObject> home(UserId user);
    /// Marks that a teacher began and did not keep, by the paper and the question they are about.
    Async<void> saveMarkDrafts(UserId user, QJsonObject drafts);
    Async<QJsonObject> markDrafts(UserId user);

private:
    Database& m_database;
};

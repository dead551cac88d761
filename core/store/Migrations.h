// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QList>
#include <QString>
#include <QStringList>

/// One step of the local schema.
struct Migration
{
    int version = 0;
    QString name;
    QStringList statements;
};

/// Reads the files NNN_name.sql of a folder, in order. Storage store_migration when a number is
/// missing or double, or a file cannot be read or split.
Result<QList<Migration>> readMigrations(const QString& folder);

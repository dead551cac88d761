// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/PgAnswer.h"

#include <QByteArray>
#include <QJsonObject>

struct pg_conn;

/// One connection of a test to PostgreSQL. Blocking; one thread at a time.
class PgSession
{
public:
    explicit PgSession(const QByteArray& conninfo);
    ~PgSession();
    Q_DISABLE_COPY_MOVE(PgSession)

    bool isOpen() const;

    /// Runs a script without parameters; the answer is that of its last statement, or the first
    /// error. A transaction that an error left open is rolled back.
    PgAnswer run(const QString& script);
    /// Runs one statement with text parameters ($1 …); a null string is NULL.
    PgAnswer run(const QString& statement, const QStringList& parameters);

private:
    PgAnswer taken(void* result);

    pg_conn* m_connection = nullptr;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/PgSession.h"
#include "support/PostgresFixture.h"

#include <QString>

#include <memory>
#include <string>

/// The database of the conversations: the bootstrap of an academy with the tables of schema.sql in
/// place of the law. Every conversation begins with empty tables. Blocking; one thread.
class ReplayDatabase final
{
public:
    /// False with errorText() when PostgreSQL could not be prepared.
    [[nodiscard]] bool start();
    /// Removes what the last conversation left.
    [[nodiscard]] bool clear();

    PgSession& sql() { return *m_sql; }
    std::string conninfo() const;
    QString errorText() const { return m_error; }

private:
    PostgresFixture m_postgres;
    std::unique_ptr<PgSession> m_sql;
    QString m_error;
};

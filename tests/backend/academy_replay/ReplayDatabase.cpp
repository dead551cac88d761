// SPDX-License-Identifier: GPL-3.0-or-later
#include "ReplayDatabase.h"

#include <QDir>

namespace {

const QString name = QStringLiteral("replay");
const QString superuser = QStringLiteral("supabase_admin");

} // namespace

bool ReplayDatabase::start()
{
    const QString source = PostgresFixture::sourceDir();
    bool isReady = m_postgres.start() && m_postgres.createDatabase(name);
    const QDir bootstrap(source + QStringLiteral("/app/academy/postgres/sql"));
    for (const QString& file :
        bootstrap.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        isReady = isReady && m_postgres.applyFile(name, superuser, bootstrap.filePath(file));
    }
    isReady = isReady
        && m_postgres.applyFile(
            name, superuser, source + QStringLiteral("/tests/backend/academy_replay/schema.sql"));
    if (!isReady) {
        m_error = m_postgres.errorText();
        return false;
    }
    m_sql = std::make_unique<PgSession>(m_postgres.conninfo(name));
    // So that texts of the conversations' scripts mean the same everywhere.
    return m_sql->run(QStringLiteral("set timezone = 'UTC'; set lc_monetary = 'C'")).ok();
}

bool ReplayDatabase::clear()
{
    const PgAnswer cleared = m_sql->run(QStringLiteral(
        "truncate todos, notes, notes_rls_full, docs, flt, alltypes, nopk, secretcol, toast,"
        " \"Camel Table\", other.things, realtime.messages;"
        "alter table other.things drop column if exists extra"));
    m_error = cleared.message;
    return cleared.ok();
}

std::string ReplayDatabase::conninfo() const
{
    return m_postgres.conninfo(name).toStdString();
}

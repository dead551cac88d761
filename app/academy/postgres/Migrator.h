// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "base/Result.h"

#include <string>
#include <vector>

namespace academy {

/// An SQL file of the program. A migration's file name is "<version>_<name>.sql".
struct SqlFile
{
    std::string fileName;
    std::string text;

    std::string version() const;
    std::string name() const;
};

/// Brings a database to the program's schema. Blocking; used before the academy serves. Errors
/// carry a sentence in `detail` and one of the codes "bootstrap_failed", "migration_failed",
/// "migration_newer", "migration_changed", "seed_failed". Each file is one transaction: it is
/// applied whole or not at all.
class Migrator final
{
public:
    /// What hosted Supabase provides, as the superuser. The files may be run again; they are, at
    /// every start.
    static Result<void> bootstrap(PgConnection& superuser, const std::vector<SqlFile>& files);

    /// Applies the migrations that are not recorded yet in supabase_migrations.schema_migrations
    /// and records them as the Supabase command line does. Refuses a database that has a migration
    /// the program does not know, or knows with other statements. Returns how many were applied.
    static Result<int> migrate(PgConnection& owner, const std::vector<SqlFile>& files);

    /// Runs the seed once, recorded in supabase_migrations.seed_files.
    static Result<void> seed(PgConnection& owner, const SqlFile& file);
};

} // namespace academy

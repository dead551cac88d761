// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/postgres/Migrator.h"

#include "academy/postgres/SqlScript.h"
#include "base/Log.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

namespace academy {

namespace {

Error failure(const char* code, const std::string& sentence)
{
    return Error{ErrorKind::Storage, QString::fromLatin1(code), QString::fromStdString(sentence),
        std::nullopt};
}

Error fileFailure(const char* code, const SqlFile& file, const PgError& error)
{
    int position = 0;
    std::from_chars(error.position.data(), error.position.data() + error.position.size(), position);
    std::string where = file.fileName;
    if (position > 0) {
        where += " line " + std::to_string(sqlLine(file.text, position));
    }
    std::string sentence = where + ": " + error.message + " (SQLSTATE " + error.sqlState + ")";
    for (const std::string& more : {error.detail, error.hint}) {
        if (!more.empty()) {
            sentence += " " + more;
        }
    }
    return failure(code, sentence);
}

/// One file and what records it, in one transaction.
Result<void> applyWhole(PgConnection& connection, const SqlFile& file, const char* code,
    const std::function<PgResult()>& record)
{
    for (const std::string& sql : {std::string("begin"), file.text}) {
        if (const PgResult result = connection.run(sql); !result.ok()) {
            const Error error = fileFailure(code, file, result.error());
            (void)connection.run("rollback");
            return error;
        }
    }
    if (record) {
        if (const PgResult result = record(); !result.ok()) {
            const Error error = fileFailure(code, file, result.error());
            (void)connection.run("rollback");
            return error;
        }
    }
    // A file may have changed session settings; the next one starts from the role's own.
    for (const char* sql : {"commit", "reset all"}) {
        if (const PgResult result = connection.run(sql); !result.ok()) {
            return fileFailure(code, file, result.error());
        }
    }
    return {};
}

std::string arrayLiteral(const std::vector<std::string>& values)
{
    std::string literal = "{";
    for (const std::string& value : values) {
        literal += literal.size() > 1 ? ",\"" : "\"";
        for (const char c : value) {
            if (c == '"' || c == '\\') {
                literal += '\\';
            }
            literal += c;
        }
        literal += '"';
    }
    return literal + '}';
}

Result<void> sameAsRecorded(PgConnection& owner, const SqlFile& file, const PgParams& own)
{
    const PgResult other = owner.run("select 1 from supabase_migrations.schema_migrations "
                                     "where version = $1 and (name, statements) is distinct from ($2, $3::text[])",
        own);
    if (!other.ok()) {
        return failure("migration_failed", other.error().message);
    }
    if (other.rows() > 0) {
        return failure("migration_changed",
            "The database was made by a preview of this program whose migration " + file.fileName
                + " was another one. Nothing was changed. Move the data folder away to begin with a new "
                  "one, or go back to the program that made it.");
    }
    return {};
}

} // namespace

std::string SqlFile::version() const
{
    return fileName.substr(0, std::min(fileName.find('_'), fileName.find('.')));
}

std::string SqlFile::name() const
{
    const std::string stem = fileName.substr(0, fileName.rfind(".sql"));
    const std::size_t mark = stem.find('_');
    return mark == std::string::npos ? std::string() : stem.substr(mark + 1);
}

Result<void> Migrator::bootstrap(PgConnection& superuser, const std::vector<SqlFile>& files)
{
    for (const SqlFile& file : files) {
        if (auto done = applyWhole(superuser, file, "bootstrap_failed", {}); !done) {
            return done;
        }
    }
    return {};
}

Result<int> Migrator::migrate(PgConnection& owner, const std::vector<SqlFile>& files)
{
    const PgResult recorded
        = owner.run("select version from supabase_migrations.schema_migrations order by version");
    if (!recorded.ok()) {
        return failure("migration_failed", recorded.error().message);
    }
    std::set<std::string> applied;
    for (int row = 0; row < recorded.rows(); ++row) {
        applied.emplace(recorded.text(row, 0));
    }
    for (const std::string& version : applied) {
        if (std::ranges::none_of(
                files, [&](const SqlFile& file) { return file.version() == version; })) {
            return failure("migration_newer",
                "The database was changed by migration " + version
                    + ", which this program does not know: it belongs to a newer version of the "
                      "academy. Update the program; nothing was changed.");
        }
    }
    int count = 0;
    for (const SqlFile& file : files) {
        const PgParams own{file.version(), file.name(), arrayLiteral(sqlStatements(file.text))};
        if (applied.contains(file.version())) {
            if (auto same = sameAsRecorded(owner, file, own); !same) {
                return same.error();
            }
            continue;
        }
        const auto record = [&] {
            return owner.run("insert into supabase_migrations.schema_migrations "
                             "(version, name, statements) values ($1, $2, $3)",
                own);
        };
        if (const auto done = applyWhole(owner, file, "migration_failed", record); !done) {
            return done.error();
        }
        qCInfo(lcAcademy) << "applied migration" << file.fileName.c_str();
        ++count;
    }
    return count;
}

Result<void> Migrator::seed(PgConnection& owner, const SqlFile& file)
{
    const PgResult known = owner.run(
        "select 1 from supabase_migrations.seed_files where path = $1", PgParams{file.fileName});
    if (!known.ok()) {
        return failure("seed_failed", known.error().message);
    }
    if (known.rows() > 0) {
        return {};
    }
    return applyWhole(owner, file, "seed_failed", [&] {
        return owner.run("insert into supabase_migrations.seed_files (path, hash) "
                         "values ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'))",
            PgParams{file.fileName, file.text});
    });
}

} // namespace academy

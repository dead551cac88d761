// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <optional>

/// A private PostgreSQL 15 for a test: a fresh cluster in a short temporary folder, reachable only
/// through its unix socket, with logical decoding on. The server is a child of the test and dies
/// with it, whatever happens. When the test runs as root the server runs as "postgres" (or
/// "nobody"). Its superuser is "supabase_admin", as on a hosted project. Blocking; one thread.
class PostgresFixture
{
public:
    /// Whether commits reach the disk. Only figures need that.
    enum class Durability { Off, On };

    PostgresFixture() = default;
    ~PostgresFixture();
    Q_DISABLE_COPY_MOVE(PostgresFixture)

    /// Creates and starts the cluster. False with errorText() when that fails.
    [[nodiscard]] bool start(Durability durability = Durability::Off);
    /// Creates a database, empty or as a copy of another that nobody uses.
    [[nodiscard]] bool createDatabase(const QString& name, const QString& from = {});
    /// Applies the bootstrap, the migrations and, if wanted, the seed of this source tree, each
    /// file in one transaction and by the role that applies it in an academy.
    [[nodiscard]] bool applyLaw(const QString& database, bool withSeed);
    /// Runs one file in one transaction.
    [[nodiscard]] bool applyFile(const QString& database, const QString& role, const QString& path);

    /// A libpq connection string.
    QByteArray conninfo(
        const QString& database, const QString& role = QStringLiteral("supabase_admin")) const;
    QString errorText() const { return m_error; }

    /// The directory of the repository that is under test.
    static QString sourceDir();

private:
    bool fail(const QString& text);
    bool runAsOwner(const QString& program, const QStringList& arguments);
    QStringList dropped(const QStringList& command) const;

    std::optional<QTemporaryDir> m_directory;
    QProcess m_server;
    QString m_programs;
    QString m_owner;
    QString m_error;
};

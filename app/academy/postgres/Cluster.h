// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace academy {

/// Where a private cluster lives and which programs run it.
struct ClusterOptions
{
    std::filesystem::path dataDir; ///< the academy's data directory
    /// Also serve on this port of 127.0.0.1, to the role "postgres" with its password.
    std::optional<std::uint16_t> loopbackPort = {};
    std::optional<std::filesystem::path> programDir
        = {}; ///< PostgreSQL's bin directory, else searched
};

/// A private PostgreSQL (15 or newer) of the academy's own: created on first start, reachable only
/// through a unix socket in a directory of mode 0700 (unless a loopback port is asked for), logical
/// decoding on, fsync on. When the academy runs as root the server runs as the user "postgres" (or
/// "nobody"). It stops when the academy stops or dies; a server left over from a killed academy is
/// stopped before the next start. start() and stop() belong to the main thread, and start() comes
/// before any other thread exists, because it forks. Errors carry a sentence for people in `detail`
/// and one of the codes "postgres_missing", "data_dir", "data_dir_busy", "data_dir_version",
/// "postgres_start".
class Cluster final
{
public:
    explicit Cluster(ClusterOptions options);
    ~Cluster();
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    Result<void> start();
    /// Fast shutdown; returns when the server is gone.
    void stop();

    /// A libpq connection string for the database "postgres" as the given role, by default the
    /// superuser; append " replication=database" for a replication connection. Any thread.
    std::string conninfo(const std::string& role = "supabase_admin") const;
    /// The server's process, to be watched; 0 when it is not running.
    int processId() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Keys.h"
#include "academy/functions/FunctionHost.h"
#include "academy/http/Server.h"
#include "base/Result.h"

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace academy {

struct FunctionsOptions
{
    /// Holds a folder with an index.ts for each function; none: no functions.
    std::optional<std::filesystem::path> directory;
    std::optional<std::filesystem::path> deno; ///< the program; else "deno" is searched
    std::filesystem::path dataDir; ///< of the academy: for sockets, logs and compiled code
    std::string url; ///< where functions reach the academy
    /// The host of `url` when it has a certificate of its own making.
    std::optional<std::string> ownCertificateHost{};
};

/// `/functions/v1/<name>`: the Edge Functions of a folder, each served by a Deno process of its own,
/// which gets the academy's environment and the variables a hosted function has (SUPABASE_URL,
/// SUPABASE_ANON_KEY, SUPABASE_SERVICE_ROLE_KEY). Nothing is decided here: a function checks its
/// callers itself. Without the function the answer is 404, as a hosted project's. start() and stop()
/// on the main thread.
class FunctionsService final
{
public:
    FunctionsService(boost::asio::io_context& io, Keys keys, FunctionsOptions options);
    ~FunctionsService();
    FunctionsService(const FunctionsService&) = delete;
    FunctionsService& operator=(const FunctionsService&) = delete;

    void attach(Server& server);
    /// Starts every function. Error code "usage" when there is no Deno or nothing to serve,
    /// "data_dir" when there is no place for a socket; the sentence in `detail`.
    Result<void> start();
    void stop();

private:
    struct Hosts;

    Result<FunctionProgram> program(
        const std::string& name, const std::filesystem::path& deno) const;
    Result<void> prepareSockets();

    boost::asio::io_context& m_io;
    Keys m_keys;
    FunctionsOptions m_options;
    std::filesystem::path m_sockets;
    std::shared_ptr<Hosts> m_hosts; ///< outlives the service in tunnels that are still open
};

} // namespace academy

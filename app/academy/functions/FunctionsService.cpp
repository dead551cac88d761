// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/functions/FunctionsService.h"

#include "academy/functions/Tunnel.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <string_view>

namespace academy {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostTunnels = 512;
/// Of a socket's address, with room for the longest name of a function.
constexpr std::size_t longestSocketFolder = 60;
constexpr std::size_t longestName = 40;

Error failure(const char* code, const std::string& sentence)
{
    return Error{ErrorKind::Invalid, QString::fromLatin1(code), QString::fromStdString(sentence),
        std::nullopt};
}

std::optional<fs::path> found(const fs::path& program)
{
    if (program.has_parent_path()) {
        std::error_code failed;
        const fs::path whole = fs::absolute(program, failed);
        return access(whole.c_str(), X_OK) == 0 ? std::optional(whole) : std::nullopt;
    }
    const char* variable = std::getenv("PATH");
    std::string_view folders = variable == nullptr ? "/usr/local/bin:/usr/bin" : variable;
    while (!folders.empty()) {
        const std::size_t end = std::min(folders.find(':'), folders.size());
        const fs::path candidate = fs::path(folders.substr(0, end)) / program;
        if (candidate.is_absolute() && access(candidate.c_str(), X_OK) == 0) {
            return candidate;
        }
        folders.remove_prefix(std::min(end + 1, folders.size()));
    }
    return std::nullopt;
}

/// The names of a folder's functions; folders that begin with "_" are shared code.
std::vector<std::string> functionsIn(const fs::path& directory)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(directory, failed)) {
        const std::string name = entry.path().filename().string();
        if (name.size() <= longestName && name.front() != '_' && name.front() != '.'
            && fs::is_regular_file(entry.path() / "index.ts", failed)) {
            names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// The academy's own variables without those that are set here.
std::vector<std::string> environmentWithout(const std::vector<std::string>& added)
{
    std::vector<std::string> lines = added;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view line(*entry);
        const std::string_view name = line.substr(0, line.find('=') + 1);
        if (std::none_of(added.begin(), added.end(),
                [name](const std::string& own) { return own.starts_with(name); })) {
            lines.emplace_back(line);
        }
    }
    return lines;
}

} // namespace

struct FunctionsService::Hosts
{
    std::map<std::string, std::shared_ptr<FunctionHost>> byName; ///< fixed once the server serves
    std::atomic<std::size_t> tunnels = 0;
};

FunctionsService::FunctionsService(
    boost::asio::io_context& io, Keys keys, FunctionsOptions options)
    : m_io(io), m_keys(std::move(keys)), m_options(std::move(options)),
      m_hosts(std::make_shared<Hosts>())
{
}

FunctionsService::~FunctionsService()
{
    stop();
}

void FunctionsService::attach(Server& server)
{
    server.forward("/functions/v1", [hosts = m_hosts](OpenRequest request) {
        const std::size_t slash = std::min(request.path.find('/', 1), request.path.size());
        const std::string name
            = request.path.empty() ? std::string() : request.path.substr(1, slash - 1);
        const std::string target
            = request.path + (request.query.empty() ? std::string() : '?' + request.query);
        const bool isFull = ++hosts->tunnels > mostTunnels;
        const auto tunnel
            = std::make_shared<Tunnel>(std::move(request), [hosts] { --hosts->tunnels; });
        const auto host = hosts->byName.find(name);
        if (host == hosts->byName.end()) {
            tunnel->refuse(404, "NOT_FOUND", "Requested function was not found");
        } else if (isFull) {
            tunnel->refuse(503, "BUSY", "The academy has no room for another call");
        } else {
            tunnel->open(host->second->program().socket.string(), target);
        }
    });
}

Result<void> FunctionsService::start()
{
    if (!m_options.directory) {
        return {};
    }
    std::error_code failed;
    m_options.directory = fs::canonical(*m_options.directory, failed);
    const std::vector<std::string> names = failed ? std::vector<std::string>() : functionsIn(*m_options.directory);
    if (names.empty()) {
        return failure("usage", "There are no functions in the folder given with --functions: each is a "
                                "folder with an index.ts.");
    }
    const auto deno = found(m_options.deno.value_or("deno"));
    if (!deno) {
        return failure("usage", "Functions need Deno, and there is none. Install it (npm has it as the "
                                "package \"deno\"), or say where it is with --deno.");
    }
    if (const auto prepared = prepareSockets(); !prepared) {
        return prepared;
    }
    for (const std::string& name : names) {
        auto made = program(name, *deno);
        if (!made) {
            return made.error();
        }
        const auto host = std::make_shared<FunctionHost>(m_io, std::move(*made));
        m_hosts->byName.emplace(name, host);
        host->start();
    }
    return {};
}

Result<void> FunctionsService::prepareSockets()
{
    m_sockets = m_options.dataDir / "functions";
    std::error_code failed;
    fs::create_directories(m_sockets, failed);
    if (!failed && m_sockets.string().size() > longestSocketFolder) {
        std::string pattern = "/tmp/neolingus-functions-XXXXXX";
        const char* made = mkdtemp(pattern.data());
        failed = made == nullptr ? std::make_error_code(std::errc::io_error) : failed;
        m_sockets = pattern;
    }
    if (!failed) {
        fs::permissions(m_sockets, fs::perms::owner_all, failed);
    }
    return failed ? Result<void>(failure("data_dir",
               "The directory " + m_sockets.string() + " for the functions' sockets cannot be prepared."))
                  : Result<void>();
}

Result<FunctionProgram> FunctionsService::program(
    const std::string& name, const fs::path& deno) const
{
    FunctionProgram made;
    std::error_code failed;
    const fs::path data = fs::absolute(m_options.dataDir, failed) / "functions";
    made.name = name;
    made.socket = fs::absolute(m_sockets, failed) / (name + ".sock");
    made.log = data / (name + ".log");
    const std::string folder = m_options.directory->string();
    const std::string socket = made.socket.string();
    // Deno separates the paths of a permission with commas and cannot escape them.
    if ((folder + socket).find(',') != std::string::npos) {
        return failure("usage", "The folders of the functions and of the academy must not have a comma "
                                "in their names.");
    }
    made.command = {deno.string(), "run", "--quiet", "--no-prompt", "--no-remote", "--no-npm",
        "--no-lock", "--unstable-no-legacy-abort", "--allow-net", "--allow-env",
        "--allow-read=" + folder + ',' + socket, "--allow-write=" + socket};
    if (m_options.ownCertificateHost) {
        made.command.push_back(
            "--unsafely-ignore-certificate-errors=" + *m_options.ownCertificateHost);
    }
    made.command.push_back((*m_options.directory / name / "index.ts").string());
    const char* around = std::getenv("NO_PROXY");
    made.environment = environmentWithout({"DENO_SERVE_ADDRESS=unix:" + socket,
        "DENO_DIR=" + (data / "compiled").string(), "DENO_NO_UPDATE_CHECK=1", "NO_COLOR=1",
        std::string("NO_PROXY=") + (around == nullptr ? "" : std::string(around) + ',')
            + "127.0.0.1,localhost"
            + (m_options.ownCertificateHost ? ',' + *m_options.ownCertificateHost : ""),
        "SUPABASE_URL=" + m_options.url, "SUPABASE_ANON_KEY=" + m_keys.anonKey,
        "SUPABASE_SERVICE_ROLE_KEY=" + m_keys.serviceRoleKey});
    return made;
}

void FunctionsService::stop()
{
    for (const auto& [name, host] : m_hosts->byName) {
        host->stop();
    }
    if (!m_sockets.empty() && m_sockets != m_options.dataDir / "functions") {
        std::error_code ignored;
        fs::remove(m_sockets, ignored);
    }
}

} // namespace academy

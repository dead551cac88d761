// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/postgres/Cluster.h"

#include "academy/postgres/Pg.h"
#include "academy/postgres/Process.h"
#include "base/Log.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

namespace academy {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr int oldestMajor = 15;
constexpr const char* longestSocketName = "/.s.PGSQL.65535";
constexpr int usualPort = 5432;
constexpr std::size_t longestSocketPath = 103;
constexpr const char* superuser = "supabase_admin";
constexpr const char* rootHome = "/var/lib/neolingus-academy";

Error failure(const char* code, const std::string& sentence)
{
    return Error{ErrorKind::Storage, QString::fromLatin1(code), QString::fromStdString(sentence),
        std::nullopt};
}

std::string contents(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

int leadingNumber(std::string_view text)
{
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string lastLine(std::string text)
{
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    const std::size_t start = text.rfind('\n');
    return start == std::string::npos ? text : text.substr(start + 1);
}

/// The major version a server program reports ("postgres (PostgreSQL) 15.4"), 0 when it is none.
int majorVersion(const fs::path& folder, const ProcessUser& user)
{
    std::error_code unknown;
    if (!fs::exists(folder / "postgres", unknown) || !fs::exists(folder / "initdb", unknown)) {
        return 0;
    }
    const ProgramOutput output = runProgram({(folder / "postgres").string(), "-V"}, user);
    const std::size_t mark = output.text.rfind(") ");
    return output.status == 0 && mark != std::string::npos
        ? leadingNumber(std::string_view(output.text).substr(mark + 2))
        : 0;
}

std::vector<fs::path> usualFolders()
{
    std::vector<fs::path> folders;
    std::error_code unknown;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", unknown)) {
        folders.push_back(version.path() / "bin");
    }
    std::istringstream path(std::getenv("PATH") == nullptr ? "" : std::getenv("PATH"));
    for (std::string folder; std::getline(path, folder, ':');) {
        if (folder.starts_with('/')) {
            folders.emplace_back(folder);
        }
    }
    return folders;
}

bool isPrivateFolderOf(const fs::path& folder, const ProcessUser& user)
{
    struct stat entry
    {
    };
    return lstat(folder.c_str(), &entry) == 0 && S_ISDIR(entry.st_mode) && entry.st_uid == user.uid
        && (entry.st_mode & 0077) == 0;
}

bool makePrivateFolder(const fs::path& folder, const ProcessUser& user)
{
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return false;
    }
    return chown(folder.c_str(), user.uid, user.gid) == 0 && chmod(folder.c_str(), 0700) == 0;
}

std::string escaped(const std::string& value)
{
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') {
            text += '\\';
        }
        text += c;
    }
    return text + '\'';
}

} // namespace

class Cluster::Private final
{
public:
    explicit Private(ClusterOptions wanted) : options(std::move(wanted)) { }
    ~Private()
    {
        if (lock >= 0) {
            close(lock);
        }
    }

    Result<void> prepareDataDir();
    Result<void> placeHome();
    Result<void> findPrograms();
    Result<void> stopLeftover();
    Result<void> initialise();
    Result<void> prepareSocketDir();
    Result<void> writeAccess();
    Result<void> launch();
    std::string conninfo(const std::string& role) const;

    ClusterOptions options;
    ProcessUser user;
    fs::path home; ///< holds cluster/ and run/, reachable for `user`
    fs::path cluster; ///< PostgreSQL's data directory
    fs::path sockets;
    fs::path programs;
    ChildProcess server;
    int lock = -1;
};

Result<void> Cluster::Private::prepareDataDir()
{
    std::error_code failed;
    options.dataDir = fs::absolute(options.dataDir, failed).lexically_normal();
    const bool isNew = fs::create_directories(options.dataDir, failed);
    if (failed) {
        return failure("data_dir",
            "The data directory " + options.dataDir.string()
                + " cannot be created: " + failed.message() + ".");
    }
    if (geteuid() == 0) {
        // Another user must pass through it to the cluster; what is inside is closed file by file.
        fs::permissions(options.dataDir, fs::perms::group_exec | fs::perms::others_exec,
            fs::perm_options::add, failed);
    } else if (isNew) {
        chmod(options.dataDir.c_str(), 0700);
    }
    const std::string lockFile = (options.dataDir / "academy.lock").string();
    lock = open(lockFile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) {
        return failure("data_dir",
            "The data directory " + options.dataDir.string()
                + " cannot be written: " + std::generic_category().message(errno) + ".");
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        return failure("data_dir_busy",
            "Another academy is already running on the data directory " + options.dataDir.string()
                + ".");
    }
    const auto found = ProcessUser::forServer();
    if (!found) {
        return failure("data_dir",
            "PostgreSQL must not run as root, and this computer has no user \"postgres\" or "
            "\"nobody\" to run it as.");
    }
    user = *found;
    return {};
}

/// Normally the data directory itself. When its path is closed to the user PostgreSQL runs as, a
/// directory below /var/lib, to which a link in the data directory points.
Result<void> Cluster::Private::placeHome()
{
    home = options.dataDir;
    const fs::path link = options.dataDir / "home";
    std::error_code failed;
    if (fs::is_symlink(link, failed)) {
        home = fs::read_symlink(link, failed);
    } else if (!canEnter(home.string(), user)) {
        fs::create_directories(rootHome, failed);
        std::string pattern = std::string(rootHome) + "/academy-XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr || chmod(rootHome, 0711) != 0
            || chmod(pattern.c_str(), 0711) != 0 || symlink(pattern.c_str(), link.c_str()) != 0) {
            return failure("data_dir",
                "The user " + user.name + " cannot reach " + home.string() + ", and " + rootHome
                    + " cannot be written. Choose another --data directory.");
        }
        home = pattern;
    }
    if (!fs::is_directory(home, failed)) {
        return failure("data_dir",
            "The database of this data directory should be in " + home.string()
                + ", but that directory is gone.");
    }
    cluster = home / "cluster";
    return {};
}

Result<void> Cluster::Private::findPrograms()
{
    std::error_code unknown;
    const bool exists = fs::exists(cluster / "PG_VERSION", unknown);
    const int wanted = exists ? leadingNumber(contents(cluster / "PG_VERSION")) : 0;
    const auto folders = options.programDir ? std::vector{*options.programDir} : usualFolders();
    int best = 0;
    int newest = 0;
    for (const fs::path& folder : folders) {
        const int major = majorVersion(fs::absolute(folder, unknown), user);
        newest = std::max(newest, major);
        if (major >= oldestMajor && major > best && (wanted == 0 || major == wanted)) {
            best = major;
            programs = fs::absolute(folder, unknown);
        }
    }
    if (best != 0) {
        return {};
    }
    if (newest >= oldestMajor) {
        return failure("data_dir_version",
            "The data directory was made by PostgreSQL " + std::to_string(wanted)
                + ", but only PostgreSQL " + std::to_string(newest) + " was found.");
    }
    return failure("postgres_missing",
        newest == 0 ? "No PostgreSQL server was found. Install PostgreSQL 15 or newer (Debian: apt "
                      "install postgresql), or name its program directory with --pg-bin."
                    : "PostgreSQL " + std::to_string(newest)
                + " was found, but the academy needs PostgreSQL 15 or newer.");
}

/// A server whose academy was killed gets the kernel's signal and is usually on its way out.
Result<void> Cluster::Private::stopLeftover()
{
    const int pid = leadingNumber(contents(cluster / "postmaster.pid"));
    const std::string commandLine = contents("/proc/" + std::to_string(pid) + "/cmdline");
    ChildProcess leftover;
    if (pid <= 0 || commandLine.find(cluster.string()) == std::string::npos
        || !leftover.adopt(pid)) {
        return {};
    }
    qCInfo(lcAcademy) << "stopping the PostgreSQL server that an earlier academy left behind";
    leftover.signal(SIGINT);
    if (!leftover.waitForEnd(60s)) {
        leftover.signal(SIGQUIT);
        if (!leftover.waitForEnd(15s)) {
            return failure("data_dir_busy",
                "The PostgreSQL server with process id " + std::to_string(pid)
                    + " still uses the data directory and does not stop.");
        }
    }
    return {};
}

Result<void> Cluster::Private::initialise()
{
    std::error_code failed;
    if (fs::exists(cluster / "PG_VERSION", failed)) {
        return {};
    }
    const fs::path fresh = home / "cluster.new";
    fs::remove_all(fresh, failed);
    if (!makePrivateFolder(fresh, user)) {
        return failure("data_dir",
            "The database directory " + fresh.string()
                + " cannot be created: " + std::generic_category().message(errno) + ".");
    }
    const ProgramOutput output = runProgram(
        {(programs / "initdb").string(), "-D", fresh.string(), "-U", superuser, "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"},
        user);
    if (output.status != 0) {
        fs::remove_all(fresh, failed);
        return failure(
            "data_dir", "PostgreSQL could not create its database: " + lastLine(output.text) + ".");
    }
    fs::rename(fresh, cluster, failed);
    if (failed) {
        return failure("data_dir",
            "The new database cannot be moved to " + cluster.string() + ": " + failed.message()
                + ".");
    }
    return {};
}

Result<void> Cluster::Private::prepareSocketDir()
{
    std::error_code failed;
    sockets = home / "run";
    if (sockets.string().size() + std::string_view(longestSocketName).size() > longestSocketPath) {
        const fs::path link = sockets;
        sockets = fs::read_symlink(link, failed);
        if (failed || !isPrivateFolderOf(sockets, user)) {
            std::string pattern = "/tmp/neolingus-XXXXXX";
            fs::remove(link, failed);
            if (mkdtemp(pattern.data()) == nullptr || symlink(pattern.c_str(), link.c_str()) != 0) {
                return failure(
                    "data_dir", "No directory for the database's socket can be created.");
            }
            sockets = pattern;
        }
    }
    if (!makePrivateFolder(sockets, user)) {
        return failure("data_dir",
            "The directory " + sockets.string() + " for the database's socket cannot be prepared.");
    }
    return {};
}

/// Who may connect is said anew at every start, because it depends on the options.
Result<void> Cluster::Private::writeAccess()
{
    std::ofstream access(cluster / "pg_hba.conf");
    access << "# Through the private socket, whose directory only this user may enter.\n"
              "local all all trust\nlocal replication all trust\n";
    if (options.loopbackPort) {
        access << "# --db-port: the development password, from this computer only.\n"
                  "host all postgres 127.0.0.1/32 scram-sha-256\n"
                  "host replication postgres 127.0.0.1/32 scram-sha-256\n";
    }
    access.close();
    if (!access) {
        return failure(
            "data_dir", "The file " + (cluster / "pg_hba.conf").string() + " cannot be written.");
    }
    return {};
}

Result<void> Cluster::Private::launch()
{
    std::vector<std::string> command{
        (programs / "postgres").string(), "-D", cluster.string(), "-k", sockets.string()};
    command.insert(command.end(),
        {"-c", options.loopbackPort ? "listen_addresses=127.0.0.1" : "listen_addresses=", "-c",
            "port=" + std::to_string(options.loopbackPort.value_or(usualPort))});
    for (const char* setting : {"unix_socket_permissions=0700", "wal_level=logical",
             "max_connections=80", "shared_buffers=128MB", "max_replication_slots=10",
             "max_wal_senders=10", "max_slot_wal_keep_size=1GB", "fsync=on", "full_page_writes=on",
             "synchronous_commit=on", "timezone=UTC", "log_timezone=UTC", "jit=off",
             "max_parallel_workers_per_gather=0",
             // Statements and error details name people and answers: they stay out of the log.
             "log_min_messages=log", "log_min_error_statement=panic", "log_statement=none",
             "log_parameter_max_length_on_error=0"}) {
        command.insert(command.end(), {"-c", setting});
    }
    const std::string logFile = (options.dataDir / "postgres.log").string();
    constexpr int attempts = 20;
    for (int attempt = 1;; ++attempt) {
        std::error_code unknown;
        const auto logged = fs::exists(logFile, unknown) ? fs::file_size(logFile, unknown) : 0;
        if (!server.start(command, user, logFile, SIGINT)) {
            return failure("postgres_start", "The PostgreSQL server could not be started.");
        }
        bool ended = false;
        for (int i = 0; i < 6000 && !ended; ++i) {
            PgConnection connection;
            if (connection.open(conninfo(superuser))) {
                return {};
            }
            ended = server.waitForEnd(20ms);
        }
        const std::string said = contents(logFile).substr(logged);
        // Backends of a killed server may need a moment to notice that it is gone.
        const bool stillThere = said.find("shared memory block") != std::string::npos
            || said.find("postmaster.pid") != std::string::npos;
        if (!ended || !stillThere || attempt == attempts) {
            return failure("postgres_start",
                "The PostgreSQL server did not start"
                    + (ended ? ": " + lastLine(said) : std::string(" within two minutes"))
                    + ". Its log is " + logFile + ".");
        }
        poll(nullptr, 0, 250);
    }
}

std::string Cluster::Private::conninfo(const std::string& role) const
{
    return "host=" + escaped(sockets.string())
        + " port=" + std::to_string(options.loopbackPort.value_or(usualPort))
        + " dbname=postgres user=" + escaped(role)
        + " application_name=neolingus-academy connect_timeout=10 client_encoding=UTF8"
          " sslmode=disable gssencmode=disable";
}

Cluster::Cluster(ClusterOptions options) : d(std::make_unique<Private>(std::move(options))) { }

Cluster::~Cluster()
{
    stop();
}

Result<void> Cluster::start()
{
    for (const auto step : {&Private::prepareDataDir, &Private::placeHome, &Private::findPrograms,
             &Private::stopLeftover, &Private::initialise, &Private::prepareSocketDir,
             &Private::writeAccess, &Private::launch}) {
        if (const auto done = (d.get()->*step)(); !done) {
            return done.error();
        }
    }
    return {};
}

void Cluster::stop()
{
    if (d->server.pid() == 0) {
        return;
    }
    d->server.signal(SIGINT);
    if (!d->server.waitForEnd(30s)) {
        d->server.signal(SIGQUIT);
        if (!d->server.waitForEnd(10s)) {
            d->server.signal(SIGKILL);
            d->server.waitForEnd(5s);
        }
    }
    if (d->sockets.parent_path() != d->home) {
        std::error_code ignored;
        fs::remove(d->home / "run", ignored);
        fs::remove(d->sockets, ignored);
    }
}

std::string Cluster::conninfo(const std::string& role) const
{
    return d->conninfo(role);
}

int Cluster::processId() const
{
    return d->server.pid();
}

} // namespace academy

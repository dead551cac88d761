// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/Academy.h"

#include "academy/auth/AuthService.h"
#include "academy/auth/KeyFile.h"
#include "academy/functions/FunctionsService.h"
#include "academy/http/LanCertificate.h"
#include "academy/postgres/Migrator.h"
#include "academy/postgres/PgPool.h"
#include "academy/realtime/RealtimeService.h"
#include "academy/rest/RestService.h"
#include "base/Log.h"
#include "wire/CertificateWords.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>

#include <boost/asio/executor_work_guard.hpp>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <thread>
#include <vector>

namespace academy {

namespace {

constexpr int exitDatabaseEnded = 1;
constexpr int exitUsage = 2;
constexpr int exitPortTaken = 3;
constexpr int exitNoPostgres = 4;
constexpr int exitDataDir = 5;
constexpr int exitMigration = 6;

int exitCode(const QString& code)
{
    if (code == QLatin1String("usage") || code == QLatin1String("listen_failed")) {
        return exitUsage;
    }
    if (code == QLatin1String("port_taken")) {
        return exitPortTaken;
    }
    if (code == QLatin1String("postgres_missing")) {
        return exitNoPostgres;
    }
    const bool migration = code.startsWith(QLatin1String("migration_"))
        || code == QLatin1String("bootstrap_failed") || code == QLatin1String("seed_failed");
    return migration ? exitMigration : exitDataDir;
}

SqlFile sqlFile(const QString& folder, const QString& name)
{
    QFile file(folder + QLatin1Char('/') + name);
    const bool readable = file.open(QIODevice::ReadOnly);
    return {name.toStdString(), readable ? file.readAll().toStdString() : std::string()};
}

std::vector<SqlFile> sqlFiles(const QString& folder)
{
    std::vector<SqlFile> files;
    const QStringList names
        = QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString& name : names) {
        files.push_back(sqlFile(folder, name));
    }
    return files;
}

/// Whether a port of this computer is free; taken again by whoever asked, so only for a message.
bool isFree(std::uint16_t port)
{
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor acceptor(io, boost::asio::ip::tcp::v4());
    boost::system::error_code taken;
    acceptor.set_option(boost::asio::socket_base::reuse_address(true), taken);
    acceptor.bind({boost::asio::ip::address_v4::loopback(), port}, taken);
    return !taken;
}

/// The address other computers of the local network know this one by.
std::string addressOnTheNetwork()
{
    ifaddrs* all = nullptr;
    std::string found = "127.0.0.1";
    if (getifaddrs(&all) != 0) {
        return found;
    }
    for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
        const bool isUsable = one->ifa_addr != nullptr && one->ifa_addr->sa_family == AF_INET
            && (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
        char text[INET_ADDRSTRLEN];
        if (isUsable
            && inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr,
                   text, sizeof text)
                != nullptr) {
            found = text;
            break;
        }
    }
    freeifaddrs(all);
    return found;
}

/// A handler that throws costs its own connection, never the academy.
void runIo(boost::asio::io_context& io)
{
    for (;;) {
        try {
            io.run();
            return;
        } catch (const std::exception& thrown) {
            qCWarning(lcAcademy) << "an io handler failed:" << thrown.what();
        }
    }
}

/// `/` says what this is, with the public key: who joins in a classroom types an address, compares
/// words, and needs no key. `/healthz` says whether the database answers.
void attachStatus(Server& server, PgPool& pool, const Keys& keys)
{
    server.handle("/", [&keys](const std::shared_ptr<const Request>&, const Respond& respond) {
        respond(Response::json(200,
            R"({"name":"neolingus-academy","version":")" NEOLINGUS_VERSION R"(","publishable_key":)"
                + jsonQuoted(keys.publishableKey) + '}'));
    });
    server.handle(
        "/healthz", [&pool](const std::shared_ptr<const Request>&, const Respond& respond) {
            const bool taken = pool.submit([respond](PgConnection& connection) {
                const bool alive = connection.run("select 1").ok();
                respond(Response::json(alive ? 200 : 503,
                    alive ? R"({"status":"ok"})" : R"({"status":"the database does not answer"})"));
            });
            if (!taken) {
                respond(Response::json(503, R"({"status":"busy"})"));
            }
        });
}

} // namespace

Academy::Academy(Arguments arguments)
    : m_arguments(std::move(arguments)), m_server(m_io),
      m_cluster({m_arguments.dataDir, m_arguments.databasePort, m_arguments.postgresPrograms})
{
}

int Academy::run()
{
    const auto port = m_server.listen(m_arguments.address, m_arguments.port);
    if (!port) {
        const std::string where = m_arguments.address + " port " + std::to_string(m_arguments.port);
        Error error = port.error();
        error.detail = QString::fromStdString(error.code == QLatin1String("port_taken")
                ? "Another program already serves on " + where
                    + ". Stop it, or choose another port with --port (0 takes any free one)."
                : "The academy cannot listen on " + where + ": " + error.detail.toStdString()
                    + ".");
        return complain(error);
    }
    const std::string host = m_arguments.lan && m_arguments.address == Arguments::everyAddress
        ? addressOnTheNetwork()
        : m_arguments.address;
    const bool v6 = host.find(':') != std::string::npos;
    m_url = (m_arguments.lan ? "https://" : "http://") + (v6 ? "[" + host + "]" : host) + ":"
        + std::to_string(*port);
    if (m_arguments.databasePort && !isFree(*m_arguments.databasePort)) {
        return complain({ErrorKind::Conflict, QStringLiteral("port_taken"),
            QStringLiteral(
                "Another program already serves on 127.0.0.1 port %1. Stop it, or choose "
                "another port with --db-port.")
                .arg(*m_arguments.databasePort),
            std::nullopt});
    }
    if (const auto started = m_cluster.start(); !started) {
        return complain(started.error());
    }
    if (const auto ready = prepareDatabase(); !ready) {
        return complain(ready.error());
    }
    if (const auto encrypted = m_arguments.lan ? encrypt() : Result<void>(); !encrypted) {
        return complain(encrypted.error());
    }
    const int code = serve();
    m_cluster.stop();
    return code;
}

Result<void> Academy::encrypt()
{
    const auto certificate = LanCertificate::open(m_arguments.dataDir);
    if (!certificate) {
        return certificate.error();
    }
    m_fingerprint = certificate->fingerprint;
    return m_server.encrypt(certificate->certificatePem, certificate->keyPem);
}

Result<void> Academy::prepareDatabase()
{
    auto keys = KeyFile(m_arguments.dataDir / "keys.json")
                    .open(m_arguments.demo, m_arguments.es256, m_random, m_clock.wall());
    if (!keys) {
        return keys.error();
    }
    m_keys = std::move(*keys);
    PgConnection superuser;
    PgConnection owner;
    const auto unreachable = [](const PgConnection& connection) {
        return Error{ErrorKind::Storage, QStringLiteral("postgres_start"),
            QString::fromStdString("The database does not answer: " + connection.lastError() + "."),
            std::nullopt};
    };
    if (!superuser.open(m_cluster.conninfo())) {
        return unreachable(superuser);
    }
    if (auto done = Migrator::bootstrap(superuser, sqlFiles(QStringLiteral(":/academy/bootstrap")));
        !done) {
        return done;
    }
    if (m_arguments.databasePort
        && !superuser.run("alter role postgres with password 'postgres'").ok()) {
        return unreachable(superuser);
    }
    if (!owner.open(m_cluster.conninfo("postgres"))) {
        return unreachable(owner);
    }
    const auto migrated
        = Migrator::migrate(owner, sqlFiles(QStringLiteral(":/academy/migrations")));
    if (!migrated) {
        return migrated.error();
    }
    return m_arguments.demo
        ? Migrator::seed(owner, sqlFile(QStringLiteral(":/academy"), QStringLiteral("seed.sql")))
        : Result<void>();
}

Result<void> Academy::writePortFile() const
{
    if (!m_arguments.portFile) {
        return {};
    }
    const auto text = [](const std::string& value) { return QString::fromStdString(value); };
    QJsonObject facts{{QStringLiteral("url"), text(m_url)},
        {QStringLiteral("anon_key"), text(m_keys.anonKey)},
        {QStringLiteral("service_role_key"), text(m_keys.serviceRoleKey)},
        {QStringLiteral("publishable_key"), text(m_keys.publishableKey)},
        {QStringLiteral("secret_key"), text(m_keys.secretKey)},
        {QStringLiteral("pid"), static_cast<qint64>(getpid())}};
    if (m_arguments.databasePort) {
        facts.insert(QStringLiteral("db_url"),
            QStringLiteral("postgresql://postgres:postgres@127.0.0.1:%1/postgres")
                .arg(*m_arguments.databasePort));
    }
    if (m_arguments.lan) {
        facts.insert(QStringLiteral("certificate_words"), certificateWords(m_fingerprint));
        facts.insert(
            QStringLiteral("certificate_sha256"), QString::fromLatin1(m_fingerprint.toHex()));
    }
    QSaveFile file(text(m_arguments.portFile->string()));
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(QJsonDocument(facts).toJson()) > 0 && file.commit();
    if (!written) {
        return Error{ErrorKind::Storage, QStringLiteral("data_dir"),
            QStringLiteral("The port file %1 cannot be written: %2.")
                .arg(file.fileName(), file.errorString()),
            std::nullopt};
    }
    return {};
}

int Academy::serve()
{
    PgPool restPool(
        {.conninfo = m_cluster.conninfo("authenticator"), .threads = 8, .maxThreads = 32});
    PgPool authPool(
        {.conninfo = m_cluster.conninfo("supabase_auth_admin"), .threads = 2, .maxThreads = 8});
    PgPool realtimePool({.conninfo = m_cluster.conninfo(), .threads = 2, .maxThreads = 8});

    AuthOptions accounts{.publicUrl = m_url, .development = m_arguments.demo};
    accounts.tokenLifetime = m_arguments.tokenLife.value_or(accounts.tokenLifetime);
    if (m_arguments.demo && !m_arguments.likeHosted) {
        accounts.resendFloor = std::chrono::seconds(1);
        accounts.manualLinking = true;
        accounts.securePasswordChange = true;
    }
    AuthService auth(authPool, m_keys, m_clock, m_random, accounts);
    RestService rest(restPool, m_keys, m_clock, m_cluster.conninfo("authenticator"));
    RealtimeOptions limits{.replicationConninfo = m_cluster.conninfo()};
    if (m_arguments.likeHosted) {
        limits.refusedJoinDelay = std::chrono::seconds(5);
        limits.refusedHandshakeDelay = std::chrono::seconds(2);
        limits.sockets = 200;
        limits.joinsPerSecond = 100;
        limits.messagesPerSecond = 100;
        limits.batchMessages = 100;
    } else if (m_arguments.demo) {
        limits.presenceCalls = 0;
    }
    RealtimeService realtime(m_io, realtimePool, m_keys, m_clock, limits);
    attachStatus(m_server, restPool, m_keys);
    auth.attach(m_server);
    rest.attach(m_server);
    realtime.attach(m_server);
    FunctionsOptions served{m_arguments.functions, m_arguments.deno, m_arguments.dataDir, m_url};
    if (m_arguments.lan) {
        served.ownCertificateHost = QUrl(QString::fromStdString(m_url)).host().toStdString();
    }
    FunctionsService functions(m_io, m_keys, served);
    functions.attach(m_server);
    if (const auto loaded = rest.start(); !loaded) {
        return complain(loaded.error());
    }

    if (const auto started = functions.start(); !started) {
        return complain(started.error());
    }

    auto work = boost::asio::make_work_guard(m_io);
    std::vector<std::thread> threads;
    const unsigned count = std::clamp(std::thread::hardware_concurrency(), 2U, 4U);
    for (unsigned i = 0; i < count; ++i) {
        threads.emplace_back([this] { runIo(m_io); });
    }
    m_server.start();
    realtime.start();
    int code = 0;
    if (const auto written = writePortFile(); !written) {
        code = complain(written.error());
    } else {
        if (!m_arguments.demo) {
            std::cout << "The keys of this academy are in "
                      << (m_arguments.dataDir / "keys.json").string() << '\n';
        }
        if (m_arguments.databasePort) {
            std::cout << "Database at postgresql://postgres:postgres@127.0.0.1:"
                      << *m_arguments.databasePort << "/postgres\n";
        }
        if (m_arguments.lan) {
            std::cout << "LAN mode: every computer of the local network can reach this academy; "
                         "connections are encrypted.\nThe words of its certificate, which students "
                         "compare: "
                      << certificateWords(m_fingerprint).toStdString() << '\n';
        }
        std::cout << "Academy ready at " << m_url << std::endl;
        code = awaitEnd();
    }
    m_server.stop();
    functions.stop();
    realtime.stop();
    rest.stop();
    for (PgPool* pool : {&restPool, &authPool, &realtimePool}) {
        pool->stop();
    }
    work.reset();
    m_io.stop();
    for (std::thread& thread : threads) {
        thread.join();
    }
    if (m_arguments.portFile) {
        std::error_code ignored;
        std::filesystem::remove(*m_arguments.portFile, ignored);
    }
    return code;
}

int Academy::awaitEnd() const
{
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    const int signals = signalfd(-1, &wanted, SFD_CLOEXEC);
    const int database = static_cast<int>(syscall(SYS_pidfd_open, m_cluster.processId(), 0));
    std::vector<pollfd> watched{{signals, POLLIN, 0}, {database, POLLIN, 0}};
    while (poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) { }
    close(signals);
    close(database);
    if (watched[0].revents != 0) {
        return 0;
    }
    std::cerr << "neolingus-academy: the PostgreSQL server ended unexpectedly; its log is "
              << (m_arguments.dataDir / "postgres.log").string() << ". Start the academy again."
              << std::endl;
    return exitDatabaseEnded;
}

int Academy::complain(const Error& error)
{
    std::cerr << "neolingus-academy: " << error.detail.toStdString() << std::endl;
    return exitCode(error.code);
}

} // namespace academy

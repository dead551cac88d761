// SPDX-License-Identifier: GPL-3.0-or-later
// The academy with a crowd. First N sockets on one topic, each with three listeners (changes of a
// table, broadcasts, presence): from COMMIT to every socket, for 100 and 1,000 sockets. Then 200
// sockets of 40 people under row-level security, everybody's row changed five times a second.
#include "base/Clock.h"
#include "bench/Figure.h"
#include "support/AcademyFixture.h"
#include "wire/Jwt.h"

#include <QCoreApplication>
#include <QFile>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <libpq-fe.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <map>
#include <stdexcept>

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
namespace beast = boost::beast;

namespace {

constexpr int Rounds = 100;
constexpr std::string_view Secret = "super-secret-jwt-token-with-at-least-32-characters-long";

void require(bool holds, const char* what)
{
    if (!holds) {
        throw std::runtime_error(what);
    }
}

std::string studentId(int number)
{
    std::array<char, 37> text {};
    std::snprintf(text.data(), text.size(), "33333333-0000-4000-8000-%012d", number);
    return text.data();
}

std::string tokenOf(const std::string& subject)
{
    return signJwt({{QStringLiteral("role"), QStringLiteral("authenticated")},
                       {QStringLiteral("sub"), QString::fromStdString(subject)},
                       {QStringLiteral("exp"), qint64(1'983'812'996)}},
        QByteArrayView(Secret.data(), qsizetype(Secret.size())))
        .toStdString();
}

/// One client, as small as it can be: it joins, and notes when which version arrived.
class Listener final
{
public:
    using Heard = std::function<void(qint64 version)>;

    Listener(boost::asio::io_context& io, quint16 port, const std::string& key, Heard heard)
        : m_stream(io), m_heard(std::move(heard))
    {
        beast::get_lowest_layer(m_stream).socket().connect({boost::asio::ip::address_v4::loopback(), port});
        beast::get_lowest_layer(m_stream).socket().set_option(boost::asio::ip::tcp::no_delay(true));
        m_stream.handshake("localhost", "/realtime/v1/websocket?vsn=2.0.0&apikey=" + key);
    }
    void join(const std::string& payload)
    {
        m_stream.write(boost::asio::buffer(R"(["1","1","realtime:crowd","phx_join",)" + payload + "]"));
        read();
    }
    bool isReady() const { return m_isReady; }

private:
    void read()
    {
        m_stream.async_read(m_buffer, [this](beast::error_code failed, std::size_t bytes) {
            if (failed) {
                return;
            }
            const std::string_view text(static_cast<const char*>(m_buffer.cdata().data()), bytes);
            if (const auto found = text.find("\"version\":"); found != std::string_view::npos
                && text.find("\"postgres_changes\",") != std::string_view::npos) {
                m_heard(std::strtoll(text.data() + found + 10, nullptr, 10));
            } else if (text.find("Subscribed to PostgreSQL") != std::string_view::npos) {
                m_isReady = true;
            }
            m_buffer.clear();
            read();
        });
    }

    beast::websocket::stream<beast::tcp_stream> m_stream;
    beast::flat_buffer m_buffer;
    Heard m_heard;
    bool m_isReady = false;
};

class Database final
{
public:
    explicit Database(const AcademyFixture& academy)
        : m_connection(PQconnectdb(("host=" + academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres").constData()),
            &PQfinish)
    {
        require(PQstatus(m_connection.get()) == CONNECTION_OK, "no database connection");
    }
    void run(const std::string& sql)
    {
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(m_connection.get(), sql.c_str()), &PQclear);
        const auto status = PQresultStatus(result.get());
        require(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, PQresultErrorMessage(result.get()));
    }

private:
    std::unique_ptr<PGconn, decltype(&PQfinish)> m_connection;
};

/// CPU time of a process in seconds, and its resident memory in MB.
std::pair<double, double> cost(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    require(stat.open(QIODevice::ReadOnly), "the academy is gone");
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    const double ticks = fields[11].toDouble() + fields[12].toDouble();
    return {ticks / double(sysconf(_SC_CLK_TCK)), fields[21].toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6};
}

struct Outcome
{
    std::vector<std::chrono::nanoseconds> times;
    double cpuMicroseconds = 0; ///< of the academy, per delivery
    double megabytes = 0;
};

/// Sockets that all hear of every change of `rows`; each round changes them in one transaction.
Outcome measure(AcademyFixture& academy, int sockets, int people, const std::string& config, std::chrono::milliseconds every)
{
    boost::asio::io_context io;
    Database database(academy);
    std::map<qint64, Steady::time_point> committed;
    Outcome outcome;
    qint64 heard = 0;
    static qint64 version = 1000;
    std::vector<std::unique_ptr<Listener>> listeners;
    for (int i = 0; i < sockets; ++i) {
        listeners.push_back(std::make_unique<Listener>(io, academy.port(), academy.anonKey().toStdString(), [&](qint64 which) {
            const auto known = committed.find(which);
            if (known != committed.end()) {
                outcome.times.push_back(Steady::now() - known->second);
                ++heard;
            }
        }));
        const std::string token = tokenOf(studentId(1 + i % people));
        std::string own = config;
        if (const auto place = own.find("PERSON"); place != std::string::npos) {
            own.replace(place, 6, studentId(1 + i % people));
        }
        listeners.back()->join("{\"config\":" + own + ",\"access_token\":\"" + token + "\"}");
    }
    const auto until = [&io](const auto& holds, std::chrono::seconds most, const char* what) {
        const auto deadline = Steady::now() + most;
        while (!holds()) {
            require(Steady::now() < deadline, what);
            io.run_one_for(100ms);
        }
    };
    until(
        [&] { return std::all_of(listeners.begin(), listeners.end(), [](const auto& one) { return one->isReady(); }); }, 120s,
        "not everybody was subscribed");

    std::string who;
    for (int i = 1; i <= people; ++i) {
        who += (who.empty() ? "'" : ",'") + studentId(i) + "'";
    }
    database.run("insert into public.course_progress (user_id, course_id) select person, '11111111-0000-4000-8000-000000000001'"
                 " from unnest(array["
        + who + "]::uuid[]) person on conflict do nothing");
    const int warmup = 5;
    std::pair<double, double> before;
    for (int round = 0; round < warmup + Rounds; ++round) {
        if (round == warmup) {
            outcome.times.clear();
            before = cost(academy.processId());
        }
        const auto next = Steady::now() + every;
        const qint64 wanted = heard + sockets;
        ++version;
        database.run("begin");
        database.run("update public.course_progress set version = " + std::to_string(version) + " where user_id in (" + who + ")");
        // What is heard is compared with the moment before COMMIT was sent.
        committed[version] = Steady::now();
        database.run("commit");
        until([&] { return heard >= wanted; }, 60s, "a change did not reach everybody");
        while (Steady::now() < next) {
            io.run_one_for(std::chrono::duration_cast<std::chrono::milliseconds>(next - Steady::now()) + 1ms);
        }
    }
    const auto after = cost(academy.processId());
    outcome.cpuMicroseconds = (after.first - before.first) * 1e6 / double(Rounds * sockets);
    outcome.megabytes = after.second;
    return outcome;
}

QString named(const char* text, int sockets)
{
    return QStringLiteral("academy_%1_%2").arg(sockets).arg(QLatin1String(text));
}

void print(const QString& p50, const QString& p99, const Outcome& outcome)
{
    printFigure(p50, percentileMs(outcome.times, 50), QStringLiteral("ms"), QStringLiteral("goal when idle"), 5);
    printFigure(p99, percentileMs(outcome.times, 99), QStringLiteral("ms"), QStringLiteral("goal when idle"), 25);
}

} // namespace

int main(int argc, char* argv[])
try {
    const QCoreApplication app(argc, argv);
    rlimit descriptors {};
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
    AcademyFixture academy;
    require(academy.start(), "the academy did not start");

    const std::string changes = R"("postgres_changes":[{"event":"*","schema":"public","table":"course_progress"}])";
    const std::string three = "{\"broadcast\":{\"self\":true},\"presence\":{\"enabled\":true}," + changes + "}";
    const Outcome hundred = measure(academy, 100, 1, three, 20ms);
    const Outcome thousand = measure(academy, 1000, 1, three, 20ms);
    for (const auto& [sockets, outcome] : {std::pair(100, &hundred), std::pair(1000, &thousand)}) {
        print(named("sockets_commit_to_socket_p50", sockets), named("sockets_commit_to_socket_p99", sockets), *outcome);
    }
    printFigure(QStringLiteral("academy_1000_sockets_cpu_per_delivery"), thousand.cpuMicroseconds, QStringLiteral("us"),
        QStringLiteral("with 100 sockets"), hundred.cpuMicroseconds);
    printFigure(QStringLiteral("academy_1000_sockets_memory"), thousand.megabytes, QStringLiteral("MB"), QStringLiteral("with 100 sockets"),
        hundred.megabytes);
    printFigure(QStringLiteral("academy_slope_p50_per_100_sockets"),
        (percentileMs(thousand.times, 50) - percentileMs(hundred.times, 50)) / 9, QStringLiteral("ms"), QStringLiteral("p50 of 100 sockets"),
        percentileMs(hundred.times, 50));

    // As the program subscribes: to the rows of its own person.
    const Outcome secured = measure(academy, 200, 40,
        R"({"postgres_changes":[{"event":"*","schema":"public","table":"course_progress","filter":"user_id=eq.PERSON"}]})", 200ms);
    print(QStringLiteral("academy_200_sockets_5_changes_rls_p50"), QStringLiteral("academy_200_sockets_5_changes_rls_p99"), secured);
    printFigure(QStringLiteral("academy_200_sockets_5_changes_rls_cpu"), secured.cpuMicroseconds * 1000 / 1e4, QStringLiteral("% of a core"),
        QStringLiteral("deliveries per second"), 1000);
    printFigure(QStringLiteral("academy_200_sockets_memory"), secured.megabytes, QStringLiteral("MB"), QStringLiteral("with 1,000 sockets"),
        thousand.megabytes);
    return 0;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The academy, idle and with a crowd. First five people's sockets under row-level security and one
// change at a time, of which one of them hears; and one broadcast of the database at a time, which
// all hear ("bench_academy idle" stops after these). Then N sockets on one topic, each with three listeners (changes of a
// table, broadcasts, presence): from COMMIT to every socket, for 100 and 1,000 sockets. Then 200
// sockets of 40 people under row-level security, everybody's row changed five times a second.
// A delivery has arrived when the kernel has it for the client (its own time stamp): who listens
// shares the machine, so one thread is all of them, looks every millisecond, and says what it costs.
#include "base/Clock.h"
#include "bench/Figure.h"
#include "support/AcademyFixture.h"
#include "wire/Jwt.h"

#include <QCoreApplication>
#include <QFile>

#include <libpq-fe.h>
#include <arpa/inet.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>
#include <stdexcept>

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
/// What the kernel stamps arrivals with.
using Wall = std::chrono::system_clock;

namespace {

/// Some people have progress in another course too, which does not change.
constexpr std::string_view Course = "'11111111-0000-4000-8000-000000000001'";
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

/// A thousand clients that cost as little as they can: one thread, one epoll, frames looked at where
/// they lie.
class Crowd final
{
public:
    using Heard = std::function<void(qint64 version, Wall::time_point arrived)>;

    Crowd(quint16 port, std::string key, Heard heard)
        : m_port(port), m_key(std::move(key)), m_heard(std::move(heard)), m_epoll(epoll_create1(EPOLL_CLOEXEC))
    {
    }
    ~Crowd()
    {
        for (const Member& member : m_members) {
            ::close(member.socket);
        }
        ::close(m_epoll);
    }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// One more client, which joins the topic of all.
    void join(const std::string& payload)
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_members.push_back({socket, {}});
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        require(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "no connection");
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const int stamps = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
        require(::setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof stamps) == 0, "no time stamps");
        say(socket,
            "GET /realtime/v1/websocket?vsn=2.0.0&apikey=" + m_key
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        std::string answer;
        while (!answer.ends_with("\r\n\r\n")) {
            char c = 0;
            require(::recv(socket, &c, 1, 0) == 1, "no answer to a handshake");
            answer.push_back(c);
        }
        require(answer.starts_with("HTTP/1.1 101"), "a handshake was refused");
        const std::string text = R"(["1","1","realtime:crowd","phx_join",)" + payload + "]";
        // A key of zeros leaves the text as it is.
        const auto size = text.size();
        require(size > 125 && size < 65536, "a join of an unforeseen size");
        std::string frame("\x81\xfe", 2);
        frame += char(size >> 8);
        frame += char(size & 0xff);
        frame.append(4, '\0');
        say(socket, frame + text);
        epoll_event wanted {};
        wanted.events = EPOLLIN;
        wanted.data.u64 = m_members.size() - 1;
        require(epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &wanted) == 0, "no epoll");
    }
    std::size_t size() const { return m_members.size(); }
    std::size_t ready() const { return m_ready; }

    /// Waits a millisecond and hears what has come.
    void listen()
    {
        // Not in epoll, where each arrival would wake it at the sender's cost.
        const timespec pause {0, 1'000'000};
        ::nanosleep(&pause, nullptr);
        std::array<epoll_event, 256> events {};
        int count = 0;
        do {
            count = epoll_wait(m_epoll, events.data(), int(events.size()), 0);
            for (int i = 0; i < count; ++i) {
                read(m_members[events[size_t(i)].data.u64]);
            }
        } while (count == int(events.size()));
    }

private:
    struct Member
    {
        int socket;
        std::string rest; ///< of a frame that has not come whole
    };

    static void say(int socket, const std::string& bytes)
    {
        require(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == ssize_t(bytes.size()), "a client could not send");
    }

    void read(Member& member)
    {
        iovec place {m_bytes.data(), m_bytes.size()};
        msghdr message {};
        message.msg_iov = &place;
        message.msg_iovlen = 1;
        message.msg_control = m_control.data();
        message.msg_controllen = m_control.size();
        const ssize_t size = ::recvmsg(member.socket, &message, MSG_DONTWAIT);
        require(size > 0, "a client lost its connection");
        m_arrived = {};
        for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
            if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPING) {
                scm_timestamping stamps {};
                std::memcpy(&stamps, CMSG_DATA(part), sizeof stamps);
                m_arrived = Wall::time_point(std::chrono::seconds(stamps.ts[0].tv_sec) + std::chrono::nanoseconds(stamps.ts[0].tv_nsec));
            }
        }
        std::string_view bytes(m_bytes.data(), size_t(size));
        if (!member.rest.empty()) {
            bytes = member.rest.append(bytes);
        }
        const std::string_view left = frames(bytes);
        if (left.size() != member.rest.size() || left.empty()) {
            member.rest = std::string(left);
        }
    }

    /// What is left behind the last whole frame.
    std::string_view frames(std::string_view bytes)
    {
        while (bytes.size() >= 2) {
            const auto at = [&bytes](size_t i) { return size_t(static_cast<unsigned char>(bytes[i])); };
            size_t head = 2;
            size_t size = at(1);
            if (size == 126 && bytes.size() >= 4) {
                head = 4;
                size = at(2) << 8 | at(3);
            }
            require(size < 65536, "a frame of an unforeseen size");
            if (bytes.size() < head + size || (head == 2 && size > 125)) {
                break;
            }
            hear(bytes.substr(head, size));
            bytes.remove_prefix(head + size);
        }
        return bytes;
    }

    void hear(std::string_view text)
    {
        if (text.find("\"postgres_changes\",{\"data\"") != std::string_view::npos) {
            const auto found = text.find("\"version\":");
            require(found != std::string_view::npos, "a change without a version");
            require(m_arrived > Wall::time_point(), "an arrival without a time stamp");
            m_heard(std::strtoll(text.data() + found + 10, nullptr, 10), m_arrived);
        } else if (const auto told = text.find("\"told\":"); told != std::string_view::npos) {
            require(m_arrived > Wall::time_point(), "an arrival without a time stamp");
            m_heard(std::strtoll(text.data() + told + 7, nullptr, 10), m_arrived);
        } else if (text.find("Subscribed to PostgreSQL") != std::string_view::npos) {
            ++m_ready;
        }
    }

    quint16 m_port;
    std::string m_key;
    Heard m_heard;
    int m_epoll;
    std::vector<Member> m_members;
    std::array<char, 65536> m_bytes {};
    alignas(cmsghdr) std::array<char, 256> m_control {};
    Wall::time_point m_arrived;
    std::size_t m_ready = 0;
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

double ownCpuMicroseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
}

using Times = std::vector<std::chrono::nanoseconds>;

/// Who listens to what, and what happens how often.
struct Scene
{
    int sockets;
    int people; ///< who take turns at the sockets
    std::string config; ///< of everybody's join; PERSON stands for who it is
    std::chrono::milliseconds every;
    int rounds = 100;
    std::size_t hearers = 0; ///< of each round; 0 = every socket
    /// What each round commits; the rows of all people when empty.
    std::function<std::string(qint64 version)> statement = {};
};

struct Outcome
{
    Times times; ///< of every delivery
    Times first, middle, last; ///< of each round's deliveries
    Times commits; ///< how long COMMIT itself took
    Times afterCommit; ///< of every delivery, from the answer to COMMIT
    double cpuMicroseconds = 0; ///< of the academy, per delivery
    double listenerMicroseconds = 0; ///< of this process, per delivery
    double megabytes = 0;
};

/// Each round is one transaction, and over when all who should have heard of it.
Outcome measure(AcademyFixture& academy, const Scene& scene)
{
    const int sockets = scene.sockets;
    const int people = scene.people;
    const std::size_t hearers = scene.hearers == 0 ? size_t(sockets) : scene.hearers;
    Database database(academy);
    Outcome outcome;
    static qint64 version = 1000;
    Wall::time_point committed;
    Times round;
    Crowd crowd(academy.port(), academy.anonKey().toStdString(), [&](qint64 which, Wall::time_point arrived) {
        if (which == version) {
            round.push_back(arrived - committed);
        }
    });
    const auto until = [&crowd](const auto& holds, std::chrono::seconds most, const char* what) {
        const auto deadline = Steady::now() + most;
        while (!holds()) {
            require(Steady::now() < deadline, what);
            crowd.listen();
        }
    };
    for (int i = 0; i < sockets; ++i) {
        const std::string person = studentId(1 + i % people);
        std::string own = scene.config;
        if (const auto place = own.find("PERSON"); place != std::string::npos) {
            own.replace(place, 6, person);
        }
        crowd.join("{\"config\":" + own + ",\"access_token\":\"" + tokenOf(person) + "\"}");
    }
    until([&] { return crowd.ready() == crowd.size(); }, 120s, "not everybody was subscribed");

    std::string who;
    for (int i = 1; i <= people; ++i) {
        who += (who.empty() ? "'" : ",'") + studentId(i) + "'";
    }
    database.run("insert into public.course_progress (user_id, course_id) select person, " + std::string(Course) + " from unnest(array[" + who
        + "]::uuid[]) person on conflict do nothing");
    const auto statement = [&] {
        return scene.statement ? scene.statement(version)
                               : "update public.course_progress set version = " + std::to_string(version) + " where course_id = "
                + std::string(Course) + " and user_id in (" + who + ")";
    };
    const int warmup = 5;
    std::pair<double, double> before;
    double ownBefore = 0;
    for (int turn = 0; turn < warmup + scene.rounds; ++turn) {
        if (turn == warmup) {
            outcome = {};
            before = cost(academy.processId());
            ownBefore = ownCpuMicroseconds();
        }
        const auto next = Steady::now() + scene.every;
        round.clear();
        ++version;
        database.run("begin");
        database.run(statement());
        // What is heard is compared with the moment before COMMIT was sent.
        committed = Wall::now();
        database.run("commit");
        outcome.commits.push_back(Wall::now() - committed);
        until([&] { return round.size() >= hearers; }, 60s, "a change did not reach everybody");
        require(round.size() == hearers, "a change reached somebody else");
        std::sort(round.begin(), round.end());
        for (const auto time : round) {
            outcome.afterCommit.push_back(std::max<std::chrono::nanoseconds>(time - outcome.commits.back(), 0ns));
        }
        outcome.times.insert(outcome.times.end(), round.begin(), round.end());
        outcome.first.push_back(round.front());
        outcome.middle.push_back(round[round.size() / 2]);
        outcome.last.push_back(round.back());
        while (Steady::now() < next) {
            crowd.listen();
        }
    }
    const auto after = cost(academy.processId());
    const double deliveries = double(scene.rounds) * double(hearers);
    outcome.cpuMicroseconds = (after.first - before.first) * 1e6 / deliveries;
    outcome.listenerMicroseconds = (ownCpuMicroseconds() - ownBefore) / deliveries;
    outcome.megabytes = after.second;
    return outcome;
}

void print(const QString& name, const Outcome& outcome)
{
    const auto figure = [&name](const char* what, double value, const char* unit, const char* peer, double peerValue) {
        printFigure(name + QLatin1String(what), value, QLatin1String(unit), QLatin1String(peer), peerValue);
    };
    const double commit = percentileMs(outcome.commits, 50);
    figure("_p50", percentileMs(outcome.times, 50), "ms", "goal when idle", 5);
    figure("_p99", percentileMs(outcome.times, 99), "ms", "goal when idle", 25);
    figure("_first_socket_p50", percentileMs(outcome.first, 50), "ms", "COMMIT itself", commit);
    figure("_middle_socket_p50", percentileMs(outcome.middle, 50), "ms", "COMMIT itself", commit);
    figure("_last_socket_p50", percentileMs(outcome.last, 50), "ms", "COMMIT itself", commit);
    figure("_cpu_per_delivery", outcome.cpuMicroseconds, "us", "the listener's own", outcome.listenerMicroseconds);
}

/// From before COMMIT was sent, and from its answer, to the sockets of who should hear.
void printIdle(const QString& name, const Outcome& outcome)
{
    const auto figure = [&name](const char* what, double value, const char* peer, double peerValue) {
        printFigure(name + QLatin1String(what), value, QStringLiteral("ms"), QLatin1String(peer), peerValue);
    };
    figure("_p50", percentileMs(outcome.times, 50), "goal", 5);
    figure("_p99", percentileMs(outcome.times, 99), "goal", 25);
    figure("_after_commit_p50", percentileMs(outcome.afterCommit, 50), "COMMIT itself, p50", percentileMs(outcome.commits, 50));
    figure("_after_commit_p99", percentileMs(outcome.afterCommit, 99), "COMMIT itself, p99", percentileMs(outcome.commits, 99));
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

    const int fewPeople = 5;
    const Scene oneChange {fewPeople, fewPeople, R"({"postgres_changes":[{"event":"*","schema":"public","table":"course_progress"}]})", 25ms, 200, 1,
        [](qint64 version) {
            return "update public.course_progress set version = " + std::to_string(version) + " where course_id = " + std::string(Course)
                + " and user_id = '" + studentId(1 + int(version % fewPeople)) + "'";
        }};
    printIdle(QStringLiteral("academy_idle_change"), measure(academy, oneChange));
    Scene oneBroadcast = oneChange;
    oneBroadcast.hearers = fewPeople;
    oneBroadcast.statement = [](qint64 version) {
        return "select realtime.send('{\"told\":" + std::to_string(version) + "}', 'news', 'crowd', false)";
    };
    printIdle(QStringLiteral("academy_idle_broadcast"), measure(academy, oneBroadcast));
    if (argc > 1 && std::string_view(argv[1]) == "idle") {
        return 0;
    }

    const std::string changes = R"("postgres_changes":[{"event":"*","schema":"public","table":"course_progress"}])";
    const std::string three = "{\"broadcast\":{\"self\":true},\"presence\":{\"enabled\":true}," + changes + "}";
    const Outcome hundred = measure(academy, {100, 1, three, 20ms});
    const Outcome thousand = measure(academy, {1000, 1, three, 20ms});
    print(QStringLiteral("academy_100_sockets"), hundred);
    print(QStringLiteral("academy_1000_sockets"), thousand);
    printFigure(QStringLiteral("academy_1000_sockets_memory"), thousand.megabytes, QStringLiteral("MB"), QStringLiteral("with 100 sockets"),
        hundred.megabytes);
    printFigure(QStringLiteral("academy_slope_p50_per_100_sockets"),
        (percentileMs(thousand.times, 50) - percentileMs(hundred.times, 50)) / 9, QStringLiteral("ms"), QStringLiteral("p50 of 100 sockets"),
        percentileMs(hundred.times, 50));

    // As the program subscribes: to the rows of its own person.
    const Outcome secured = measure(academy,
        {200, 40, R"({"postgres_changes":[{"event":"*","schema":"public","table":"course_progress","filter":"user_id=eq.PERSON"}]})", 200ms});
    print(QStringLiteral("academy_200_sockets_5_changes_rls"), secured);
    printFigure(QStringLiteral("academy_200_sockets_5_changes_rls_cpu"), secured.cpuMicroseconds * 1000 / 1e4, QStringLiteral("% of a core"),
        QStringLiteral("deliveries per second"), 1000);
    printFigure(QStringLiteral("academy_200_sockets_memory"), secured.megabytes, QStringLiteral("MB"), QStringLiteral("with 1,000 sockets"),
        thousand.megabytes);
    return 0;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ReplicationStream.h"

#include "academy/postgres/Pg.h"
#include "academy/realtime/CommitGate.h"
#include "base/Log.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

namespace academy {
namespace {

using namespace std::chrono_literals;

constexpr auto statusEvery = 5s;
constexpr auto firstRetry = 100ms;
constexpr auto lastRetry = 2000ms;
/// Between two looks whether there is room for more.
constexpr auto lookAgain = 2ms;
/// Values are written in the one form PgTypes reads.
constexpr char settings[] = " options='-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres"
                            " -c bytea_output=hex -c extra_float_digits=1'";

void putNumber(std::string& out, std::uint64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xffU));
    }
}

std::uint64_t getNumber(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char c : bytes.substr(0, 8)) {
        value = (value << 8U) | static_cast<unsigned char>(c);
    }
    return value;
}

} // namespace

class ReplicationStream::Private
{
public:
    Private(std::string conninfo, std::vector<std::string> publications, Events events)
        : m_conninfo(std::move(conninfo)), m_publications(std::move(publications)),
          m_events(std::move(events)), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }
    ~Private()
    {
        stop();
        close(m_wake);
    }
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    void start()
    {
        m_thread = std::thread([this] { work(); });
    }

    void stop()
    {
        m_stopping = true;
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(m_wake, &one, sizeof one);
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

private:
    void work()
    {
        auto retry = std::chrono::milliseconds(firstRetry);
        while (!m_stopping) {
            PgConnection connection;
            m_gate = CommitGate();
            if (m_gate.open(m_conninfo + " replication=false")
                && connection.open(m_conninfo + " replication=database" + settings)
                && begin(connection)) {
                retry = firstRetry;
                m_events.live(true);
                stream(connection);
                m_events.live(false);
            }
            if (!m_stopping) {
                qCInfo(lcAcademy, "The change stream is away, next try in %lld ms: %s",
                    static_cast<long long>(retry.count()), connection.lastError().c_str());
                wait(-1, retry);
                retry = std::min(retry * 2, std::chrono::milliseconds(lastRetry));
            }
        }
    }

    bool begin(PgConnection& connection)
    {
        // A temporary slot is gone with its connection; the name only has to be new.
        const std::string slot
            = "academy_realtime_" + std::to_string(getpid()) + '_' + std::to_string(++m_generation);
        PGresult* const created = execute(connection.native(),
            "CREATE_REPLICATION_SLOT " + slot + " TEMPORARY LOGICAL pgoutput (SNAPSHOT 'nothing')");
        const bool hasSlot = PQresultStatus(created) == PGRES_TUPLES_OK;
        PQclear(created);
        if (!hasSlot) {
            if (!m_stopping) {
                qCWarning(
                    lcAcademy, "No replication slot: %s", PQerrorMessage(connection.native()));
            }
            return false;
        }
        std::string names;
        for (const std::string& publication : m_publications) {
            names += (names.empty() ? "\"" : ",\"") + publication + '"';
        }
        const std::string sql = "START_REPLICATION SLOT " + slot
            + " LOGICAL 0/0 (proto_version '1', publication_names '" + names + "')";
        PGresult* const started = execute(connection.native(), sql);
        const bool streaming = PQresultStatus(started) == PGRES_COPY_BOTH;
        PQclear(started);
        return streaming;
    }

    /// The answer to one command, null when stop() came first: a slot waits for every transaction
    /// that runs while it is made.
    PGresult* execute(PGconn* pg, const std::string& sql) const
    {
        if (PQsendQuery(pg, sql.c_str()) != 1) {
            return nullptr;
        }
        while (PQisBusy(pg) != 0) {
            wait(PQsocket(pg), 1000ms);
            if (m_stopping || PQconsumeInput(pg) == 0) {
                return nullptr;
            }
        }
        PGresult* const answer = PQgetResult(pg);
        // The end of the command, which a command that begins to copy does not have.
        if (PQresultStatus(answer) != PGRES_COPY_BOTH) {
            PQclear(PQgetResult(pg));
        }
        return answer;
    }

    void stream(PgConnection& connection)
    {
        PGconn* const pg = connection.native();
        m_received = 0;
        auto nextStatus = std::chrono::steady_clock::now() + statusEvery;
        while (!m_stopping) {
            const auto now = std::chrono::steady_clock::now();
            if (now >= nextStatus) {
                nextStatus = now + statusEvery;
                if (!sendStatus(pg)) {
                    return;
                }
            }
            if (m_events.ready && !m_events.ready()) {
                wait(-1, lookAgain);
                continue;
            }
            char* buffer = nullptr;
            const int length = PQgetCopyData(pg, &buffer, 1);
            if (length > 0) {
                const std::string_view bytes(buffer, static_cast<std::size_t>(length));
                const Next next = take(bytes);
                PQfreemem(buffer);
                if (next == Next::Stop || (next == Next::Answer && !sendStatus(pg))) {
                    return;
                }
                continue;
            }
            if (length < 0) {
                return;
            }
            wait(
                PQsocket(pg), std::chrono::ceil<std::chrono::milliseconds>(nextStatus - now) + 1ms);
            if (PQconsumeInput(pg) == 0) {
                return;
            }
        }
    }

    enum class Next { Read, Answer, Stop };

    /// Handles one message; Answer when the server wants to hear from us now.
    Next take(std::string_view bytes)
    {
        if (bytes.front() == 'k' && bytes.size() >= 18) {
            m_received = std::max(m_received, getNumber(bytes.substr(1)));
            return bytes[17] != 0 ? Next::Answer : Next::Read;
        }
        if (bytes.front() != 'w' || bytes.size() < 25) {
            return Next::Read;
        }
        m_received = std::max(m_received, getNumber(bytes.substr(9)));
        auto message = pgoutput::decode(bytes.substr(25));
        if (!message) {
            // A new stream tells everybody to look for what this one lost.
            qCWarning(lcAcademy, "A message of the change stream could not be read");
            return Next::Stop;
        }
        const auto* const begin = std::get_if<pgoutput::Begin>(&*message);
        if (begin != nullptr && !m_gate.await(begin->transaction, m_stopping)) {
            return Next::Stop;
        }
        m_events.message(std::move(*message));
        return Next::Read;
    }

    bool sendStatus(PGconn* pg) const
    {
        std::string status = "r";
        putNumber(status, m_received);
        putNumber(status, m_received);
        putNumber(status, m_received);
        // The client's clock is for statistics only.
        putNumber(status, 0);
        status.push_back('\0');
        return PQputCopyData(pg, status.data(), static_cast<int>(status.size())) == 1
            && PQflush(pg) >= 0;
    }

    void wait(int socket, std::chrono::milliseconds atMost) const
    {
        std::array<pollfd, 2> watched{pollfd{m_wake, POLLIN, 0}, pollfd{socket, POLLIN, 0}};
        poll(watched.data(), socket < 0 ? 1 : 2, static_cast<int>(atMost.count()));
    }

    std::string m_conninfo;
    std::vector<std::string> m_publications;
    Events m_events;
    int m_wake;
    std::thread m_thread;
    std::atomic<bool> m_stopping{false};
    CommitGate m_gate;
    std::uint64_t m_received = 0;
    int m_generation = 0;
};

ReplicationStream::ReplicationStream(
    std::string conninfo, std::vector<std::string> publications, Events events)
    : d(std::make_unique<Private>(std::move(conninfo), std::move(publications), std::move(events)))
{
}

ReplicationStream::~ReplicationStream() = default;

void ReplicationStream::start()
{
    d->start();
}

void ReplicationStream::stop()
{
    d->stop();
}

} // namespace academy

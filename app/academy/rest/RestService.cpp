// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestService.h"

#include "academy/auth/Caller.h"
#include "academy/rest/RestError.h"
#include "academy/rest/RestRequest.h"
#include "academy/rest/SchemaReader.h"
#include "base/Log.h"

#include <algorithm>

namespace academy {

using namespace std::chrono_literals;

namespace {

constexpr auto listenSlice = 250ms;
/// A name that is not known is looked up again in the catalogue, but not more often than this.
constexpr auto rereadPause = 1s;
/// Who has waited longer than this for a connection is told so.
constexpr auto longestWait = 10s;

RestError tokenError(const Error& error, std::string_view token)
{
    const auto refusal = [](const char* code, const std::string& message) {
        return RestError{401, code, message, {}, {}, {}, {}};
    };
    if (error.code == QLatin1String("jwt_expired")) {
        return refusal("PGRST303", "JWT expired");
    }
    if (error.code == QLatin1String("jwt_not_yet_valid")) {
        return refusal("PGRST303", "JWT not yet valid");
    }
    if (error.code == QLatin1String("jwt_signature")) {
        return refusal("PGRST301", "No suitable key or wrong key type");
    }
    if (error.code == QLatin1String("jwt_algorithm")) {
        return refusal("PGRST301", "Wrong or unsupported encoding algorithm");
    }
    const auto parts = std::ranges::count(token, '.') + 1;
    return refusal("PGRST301",
        parts == 3 ? "JWSError: the token is not a valid JWT"
                   : "Expected 3 parts in JWT; got " + std::to_string(parts));
}

RestError noConnection()
{
    return {
        504, "PGRST003", "Timed out acquiring connection from connection pool.", {}, {}, {}, {}};
}

bool isUnknownName(const RestError& error)
{
    return error.code == "PGRST202" || error.code == "PGRST204" || error.code == "PGRST205"
        || error.code == "PGRST200" || error.code == "PGRST106" || error.code == "42703"
        || error.code == "42704";
}

} // namespace

RestService::RestService(
    PgPool& pool, const Keys& keys, const Clock& clock, std::string listenConninfo)
    : m_pool(pool), m_keys(keys), m_clock(clock), m_listenConninfo(std::move(listenConninfo))
{
}

RestService::~RestService()
{
    stop();
}

void RestService::attach(Server& server)
{
    server.handle("/rest/v1",
        behindApiKey(
            [this](std::shared_ptr<const Request> request, Respond respond) {
                if (request->method() == "OPTIONS") {
                    respond(answerOptions(*request));
                    return;
                }
                const MonotonicTime asked = m_clock.monotonic();
                const bool taken
                    = m_pool.submit([this, request, respond, asked](PgConnection& connection) {
                          respond(m_clock.monotonic() - asked > longestWait
                                  ? noConnection().response()
                                  : answer(*request, connection));
                      });
                if (!taken) {
                    respond(noConnection().response());
                }
            },
            m_keys, m_clock));
}

Result<void> RestService::start()
{
    PgConnection connection;
    if (!connection.open(m_listenConninfo) || reread(connection) == nullptr) {
        return Error{ErrorKind::Storage, QStringLiteral("postgres_start"),
            QString::fromStdString(
                "The database's catalogue cannot be read: " + connection.lastError() + "."),
            std::nullopt};
    }
    m_listener = std::thread([this] { listen(); });
    return {};
}

void RestService::stop()
{
    m_stopping = true;
    m_wake.notify_all();
    if (m_listener.joinable()) {
        m_listener.join();
    }
}

void RestService::listen()
{
    PgConnection connection;
    while (!m_stopping) {
        if (!connection.isOpen()) {
            if (!connection.open(m_listenConninfo) || !connection.run("listen pgrst").ok()) {
                connection.close();
                std::unique_lock lock(m_mutex);
                m_wake.wait_for(lock, listenSlice);
                continue;
            }
            // What was said while nobody listened is not heard again.
            reread(connection);
        }
        if (!connection.notifications(listenSlice).empty()) {
            reread(connection);
        }
    }
}

std::shared_ptr<const Schema> RestService::schema() const
{
    const std::lock_guard lock(m_mutex);
    return m_schema;
}

std::shared_ptr<const Schema> RestService::reread(PgConnection& connection)
{
    auto fresh = SchemaReader(connection).read();
    if (fresh == nullptr) {
        qCWarning(lcAcademy) << "the schema cannot be read";
        return nullptr;
    }
    const std::lock_guard lock(m_mutex);
    m_schema = fresh;
    m_readAt = m_clock.monotonic();
    return fresh;
}

Response RestService::answer(const Request& request, PgConnection& connection)
{
    const auto rollback = [&] {
        if (connection.isOpen()) {
            (void)connection.run("rollback");
        }
    };
    const auto known = schema();
    try {
        return run(request, connection, *known);
    } catch (const RestError& error) {
        rollback();
        if (!isUnknownName(error)) {
            return error.response();
        }
        {
            const std::lock_guard lock(m_mutex);
            if (m_clock.monotonic() - m_readAt < rereadPause) {
                return error.response();
            }
        }
    }
    const auto fresh = reread(connection);
    try {
        return run(request, connection, fresh == nullptr ? *known : *fresh);
    } catch (const RestError& error) {
        rollback();
        return error.response();
    }
}

Response RestService::answerOptions(const Request& request) const
{
    const auto known = schema();
    try {
        return allowedMethods(RestTarget::of(request, *known), *known);
    } catch (const RestError& error) {
        return error.response();
    }
}

Response RestService::run(
    const Request& request, PgConnection& connection, const Schema& known) const
{
    RestTarget target = RestTarget::of(request, known);
    const auto caller = callerOf(request, m_keys, m_clock.wall());
    if (!caller) {
        throw tokenError(caller.error(), request.bearer());
    }
    return RestRequest(request, std::move(target), *caller, known).run(connection);
}

} // namespace academy

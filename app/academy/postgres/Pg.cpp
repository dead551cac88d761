// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/postgres/Pg.h"

#include <libpq-fe.h>
#include <poll.h>

#include <charconv>
#include <utility>

namespace academy {

namespace {

std::string field(const PGresult* result, int code)
{
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string() : std::string(text);
}

std::string trimmed(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

void ignoreNotice(void*, const PGresult*) { }

} // namespace

PgParams::PgParams(std::initializer_list<std::string_view> values)
{
    for (const std::string_view value : values) {
        add(std::string(value));
    }
}

std::string PgParams::add(std::string value)
{
    m_values.emplace_back(std::move(value));
    return "$" + std::to_string(m_values.size());
}

std::string PgParams::addNull()
{
    m_values.emplace_back(std::nullopt);
    return "$" + std::to_string(m_values.size());
}

PgResult::PgResult(pg_result* result) : m_result(result)
{
    switch (PQresultStatus(result)) {
    case PGRES_EMPTY_QUERY:
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
        return;
    default:
        break;
    }
    m_error = PgError{field(result, PG_DIAG_SQLSTATE), field(result, PG_DIAG_MESSAGE_PRIMARY),
        field(result, PG_DIAG_MESSAGE_DETAIL), field(result, PG_DIAG_MESSAGE_HINT),
        field(result, PG_DIAG_STATEMENT_POSITION)};
    if (m_error->sqlState.empty()) {
        m_error->sqlState = "08006";
        m_error->message = trimmed(PQresultErrorMessage(result));
    }
}

PgResult::PgResult(PgError error) : m_error(std::move(error)) { }

PgResult::~PgResult()
{
    PQclear(m_result);
}

PgResult::PgResult(PgResult&& other) noexcept
    : m_result(std::exchange(other.m_result, nullptr)), m_error(std::move(other.m_error))
{
}

PgResult& PgResult::operator=(PgResult&& other) noexcept
{
    std::swap(m_result, other.m_result);
    std::swap(m_error, other.m_error);
    return *this;
}

int PgResult::rows() const
{
    return PQntuples(m_result);
}

int PgResult::columns() const
{
    return PQnfields(m_result);
}

bool PgResult::isNull(int row, int column) const
{
    return PQgetisnull(m_result, row, column) != 0;
}

std::string_view PgResult::text(int row, int column) const
{
    return {PQgetvalue(m_result, row, column),
        static_cast<std::size_t>(PQgetlength(m_result, row, column))};
}

std::int64_t PgResult::number(int row, int column) const
{
    const std::string_view digits = text(row, column);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::int64_t PgResult::affected() const
{
    const std::string_view digits = PQcmdTuples(m_result);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

PgConnection::~PgConnection()
{
    close();
}

PgConnection::PgConnection(PgConnection&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{
}

PgConnection& PgConnection::operator=(PgConnection&& other) noexcept
{
    std::swap(m_connection, other.m_connection);
    return *this;
}

bool PgConnection::open(const std::string& conninfo)
{
    close();
    m_connection = PQconnectdb(conninfo.c_str());
    if (!isOpen()) {
        return false;
    }
    PQsetNoticeReceiver(m_connection, ignoreNotice, nullptr);
    return true;
}

void PgConnection::close()
{
    PQfinish(std::exchange(m_connection, nullptr));
}

bool PgConnection::isOpen() const
{
    return m_connection != nullptr && PQstatus(m_connection) == CONNECTION_OK;
}

std::string PgConnection::lastError() const
{
    return m_connection == nullptr ? std::string("not connected")
                                   : trimmed(PQerrorMessage(m_connection));
}

PgResult PgConnection::run(const std::string& sql)
{
    PGresult* result = isOpen() ? PQexec(m_connection, sql.c_str()) : nullptr;
    return result == nullptr ? PgResult(PgError{"08006", lastError(), {}, {}, {}})
                             : PgResult(result);
}

PgResult PgConnection::run(const std::string& sql, const PgParams& params)
{
    if (!isOpen()) {
        return PgResult(PgError{"08006", lastError(), {}, {}, {}});
    }
    std::vector<const char*> values;
    values.reserve(params.size());
    for (const auto& value : params.values()) {
        if (value && value->find('\0') != std::string::npos) {
            return PgResult(
                PgError{"22021", "invalid byte sequence for encoding \"UTF8\": 0x00", {}, {}, {}});
        }
        values.push_back(value ? value->c_str() : nullptr);
    }
    PGresult* result = PQexecParams(m_connection, sql.c_str(), static_cast<int>(values.size()),
        nullptr, values.data(), nullptr, nullptr, 0);
    return result == nullptr ? PgResult(PgError{"08006", lastError(), {}, {}, {}})
                             : PgResult(result);
}

std::vector<PgNotification> PgConnection::notifications(std::chrono::milliseconds wait)
{
    std::vector<PgNotification> received;
    const auto collect = [&] {
        PQconsumeInput(m_connection);
        while (PGnotify* notice = PQnotifies(m_connection)) {
            received.push_back({notice->relname, notice->extra});
            PQfreemem(notice);
        }
    };
    if (!isOpen()) {
        return received;
    }
    collect();
    if (received.empty() && wait.count() > 0) {
        pollfd socket{PQsocket(m_connection), POLLIN, 0};
        if (poll(&socket, 1, static_cast<int>(wait.count())) > 0) {
            collect();
        }
    }
    return received;
}

std::string PgConnection::quotedLiteral(std::string_view text) const
{
    char* literal = PQescapeLiteral(m_connection, text.data(), text.size());
    std::string quoted = literal == nullptr ? std::string("NULL") : std::string(literal);
    PQfreemem(literal);
    return quoted;
}

std::string quotedIdentifier(std::string_view name)
{
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"') {
            quoted += '"';
        }
        quoted += c;
    }
    return quoted + '"';
}

} // namespace academy

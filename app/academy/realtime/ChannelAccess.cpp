// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ChannelAccess.h"

#include "base/Log.h"

namespace academy {
namespace {

constexpr char confined[] = "begin; set local statement_timeout = '2s'";
constexpr char become[]
    = "select set_config('realtime.topic', $1, true), set_config('request.jwt.claims', $2, true),"
      " set_config('request.jwt.claim.sub', $3, true),"
      " set_config('request.jwt.claim.role', $4, true),"
      " set_config('request.headers', '{}', true)";
constexpr char plantProbes[] = "insert into realtime.messages (topic, extension)"
                               " values ($1, 'broadcast'), ($1, 'presence') returning id";
constexpr char readProbes[]
    = "select extension from realtime.messages where topic = $1 and id in ($2::uuid, $3::uuid)";
constexpr char writeProbe[] = "insert into realtime.messages (topic, extension) values ($1, $2)";

constexpr auto isCanceled = "57014";

/// Becomes the reader but for the role, which the caller takes when it is ready.
bool begin(PgConnection& connection, const std::string& topic, const Identity& identity)
{
    return connection.run(confined).ok()
        && connection.run(become, {topic, identity.claims, identity.subject, identity.role}).ok();
}

/// Tries to write one kind of message; the transaction goes on either way. Nothing when a policy
/// took too long.
std::optional<bool> mayWrite(
    PgConnection& connection, const std::string& topic, std::string_view extension)
{
    if (!connection.run("savepoint probe").ok()) {
        return false;
    }
    const PgResult written = connection.run(writeProbe, {topic, extension});
    if (!written.ok() && written.error().sqlState == isCanceled) {
        return std::nullopt;
    }
    const PgResult undone = connection.run("rollback to savepoint probe");
    return written.ok() && undone.ok();
}

std::optional<ChannelAccess> probe(
    PgConnection& connection, const std::string& topic, const Identity& identity)
{
    ChannelAccess access{false, false, false, false};
    if (!begin(connection, topic, identity)) {
        return std::nullopt;
    }
    const PgResult probes = connection.run(plantProbes, {topic});
    if (!probes.ok() || probes.rows() != 2) {
        return std::nullopt;
    }
    if (!connection.run("select set_config('role', $1, true)", {identity.role}).ok()) {
        // A role that does not exist may do nothing.
        return access;
    }
    if (!connection.run("savepoint reading").ok()) {
        return std::nullopt;
    }
    const PgResult seen = connection.run(readProbes, {topic, probes.text(0, 0), probes.text(1, 0)});
    if (seen.ok()) {
        for (int row = 0; row < seen.rows(); ++row) {
            (seen.text(row, 0) == "broadcast" ? access.readBroadcast : access.readPresence) = true;
        }
    } else {
        qCInfo(lcAcademy, "The policies of realtime.messages failed: %s",
            seen.error().sqlState.c_str());
        if (seen.error().sqlState == isCanceled
            || !connection.run("rollback to savepoint reading").ok()) {
            return std::nullopt;
        }
    }
    const auto writeBroadcast = mayWrite(connection, topic, "broadcast");
    const auto writePresence
        = writeBroadcast ? mayWrite(connection, topic, "presence") : std::nullopt;
    if (!writePresence) {
        return std::nullopt;
    }
    access.writeBroadcast = *writeBroadcast;
    access.writePresence = *writePresence;
    return access;
}

} // namespace

std::optional<bool> ChannelAccess::mayPersist(
    PgConnection& connection, const std::string& topic, const Identity& identity)
{
    const bool ready = begin(connection, topic, identity);
    const bool known
        = ready && connection.run("select set_config('role', $1, true)", {identity.role}).ok();
    const auto allowed = known ? mayWrite(connection, topic, "persistence") : std::optional(false);
    const bool undone = connection.run("rollback").ok();
    return ready && undone ? allowed : std::nullopt;
}

std::optional<ChannelAccess> ChannelAccess::ofPrivateTopic(
    PgConnection& connection, const std::string& topic, const Identity& identity)
{
    auto access = probe(connection, topic, identity);
    if (const PgResult undone = connection.run("rollback"); !undone.ok()) {
        return std::nullopt;
    }
    return access;
}

} // namespace academy

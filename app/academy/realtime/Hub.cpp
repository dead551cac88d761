// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Hub.h"

#include "academy/realtime/RawJson.h"
#include "academy/realtime/SubscriptionCheck.h"
#include "base/Log.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cctype>

namespace academy {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view topicPrefix = "realtime:";
constexpr auto longestTokenCheck = std::chrono::minutes(5);
constexpr auto subscribeRetry = 1s;
constexpr std::size_t mostWaitingMessages = 1000;

/// The newest private broadcasts since a moment, oldest first.
constexpr char replaySql[]
    = "select id, event, payload::text, binary_payload is not null,"
      " encode(binary_payload, 'hex') from (select * from realtime.messages"
      " where topic = $1 and private and extension = 'broadcast'"
      " and inserted_at >= to_timestamp($2::int8 / 1000.0) at time zone current_setting('TimeZone')"
      " order by inserted_at desc limit $3::int4) newest order by inserted_at";

std::string fromHex(std::string_view hex)
{
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return bytes;
}

std::vector<DatabaseBroadcast> readReplay(
    PgConnection& connection, const std::string& topic, const JoinConfig::Replay& replay, bool& ok)
{
    std::vector<DatabaseBroadcast> messages;
    const PgResult rows = connection.run(
        replaySql, {topic, std::to_string(replay.sinceMilliseconds), std::to_string(replay.limit)});
    ok = rows.ok();
    for (int row = 0; ok && row < rows.rows(); ++row) {
        DatabaseBroadcast message;
        message.id = std::string(rows.text(row, 0));
        message.event = std::string(rows.text(row, 1));
        message.isJson = !rows.truth(row, 3);
        message.payload
            = message.isJson ? std::string(rows.text(row, 2)) : fromHex(rows.text(row, 4));
        messages.push_back(std::move(message));
    }
    return messages;
}

std::string noReadRights(const std::string& subTopic)
{
    return "You do not have permissions to read from this Channel topic: " + subTopic;
}

std::string reasonResponse(std::string_view reason)
{
    return "{\"reason\":" + RawJson::quoted(reason) + '}';
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

Hub::Hub(boost::asio::io_context& io, PgPool& pool, const TokenVerifier& verifier,
    RandomSource& random, RealtimeMetrics& metrics, RealtimeOptions options)
    : m_strand(boost::asio::make_strand(io)), m_pool(pool), m_verifier(verifier), m_random(random),
      m_metrics(metrics), m_options(std::move(options))
{
}

Hub::~Hub() = default;

void Hub::begin(TableCatalog& catalog)
{
    m_feed
        = std::make_shared<ChangeFeed>(m_strand, m_pool, catalog, m_metrics, m_options.recordBytes,
            [hub = weak_from_this()](const ChangeDelivery& delivery, pgoutput::PgTime committed) {
                if (const auto self = hub.lock()) {
                    self->deliverChange(delivery, committed);
                }
            });
}

template <typename Work> void Hub::onStrand(Work work)
{
    boost::asio::post(
        m_strand, [self = shared_from_this(), work = std::move(work)]() mutable { work(*self); });
}

Hub::PeerId Hub::connect(
    std::shared_ptr<Outlet> outlet, PhoenixVersion version, IdentityPtr identity)
{
    const PeerId id = ++m_lastPeer;
    onStrand([id, outlet = std::move(outlet), version, identity = std::move(identity)](
                 Hub& hub) mutable {
        ++hub.m_metrics.sockets;
        Peer& peer = hub.m_peers[id];
        peer.outlet = std::move(outlet);
        peer.version = version;
        peer.identity = std::move(identity);
        if (hub.m_closing) {
            peer.outlet->close(*hub.m_closing);
        }
    });
    return id;
}

void Hub::receive(PeerId peer, ClientMessage message, std::function<void()> handled)
{
    onStrand([peer, message = std::move(message), handled = std::move(handled)](Hub& hub) mutable {
        ++hub.m_metrics.framesIn;
        hub.handle(peer, std::move(message));
        handled();
    });
}

void Hub::disconnect(PeerId peer)
{
    onStrand([peer](Hub& hub) {
        const auto found = hub.m_peers.find(peer);
        if (found == hub.m_peers.end()) {
            return;
        }
        const auto channels = found->second.channels;
        for (const auto& [topic, id] : channels) {
            hub.removeChannel(id);
        }
        hub.m_peers.erase(peer);
        --hub.m_metrics.sockets;
        if (hub.m_peers.empty() && hub.m_closed) {
            std::exchange(hub.m_closed, nullptr)();
        }
    });
}

void Hub::broadcast(RoomBroadcast broadcast)
{
    onStrand([broadcast = std::move(broadcast)](
                 Hub& hub) { hub.fanOut(broadcast, std::nullopt, nullptr); });
}

void Hub::databaseBroadcast(DatabaseBroadcast message)
{
    onStrand([message = std::move(message)](Hub& hub) {
        RoomBroadcast broadcast;
        broadcast.topic = message.topic;
        broadcast.isPrivate = message.isPrivate;
        broadcast.event = message.event;
        broadcast.payload = message.payload;
        broadcast.isJson = message.isJson;
        broadcast.asUserBroadcast = true;
        broadcast.metadata = "{\"id\":" + RawJson::quoted(message.id) + '}';
        hub.fanOut(broadcast, std::nullopt, &message.id);
        hub.countDelivery(message.committed);
    });
}

void Hub::change(ChangePtr change)
{
    onStrand([change = std::move(change)](Hub& hub) {
        ++hub.m_metrics.changesDecoded;
        hub.m_feed->publish(change);
    });
}

void Hub::setStreaming(bool streaming)
{
    onStrand([streaming](Hub& hub) {
        hub.m_isStreaming = streaming;
        if (!streaming) {
            ++hub.m_metrics.replicationRestarts;
            return;
        }
        for (auto& [id, channel] : hub.m_channels) {
            hub.announceReadiness(*channel);
        }
    });
}

void Hub::closeAll(std::uint16_t code, std::function<void()> done)
{
    onStrand([code, done = std::move(done)](Hub& hub) mutable {
        hub.m_closing = code;
        hub.m_feed->stop();
        if (hub.m_peers.empty()) {
            done();
            return;
        }
        hub.m_closed = std::move(done);
        for (auto& [id, peer] : hub.m_peers) {
            peer.outlet->close(code);
        }
    });
}

// --- messages -------------------------------------------------------------------------------

void Hub::handle(PeerId id, ClientMessage message)
{
    const auto found = m_peers.find(id);
    if (found == m_peers.end()) {
        return;
    }
    Peer& peer = found->second;
    if (message.topic == "phoenix") {
        const bool isHeartbeat = message.event == "heartbeat";
        replyTo(peer, std::nullopt, message, isHeartbeat,
            isHeartbeat ? "{}" : reasonResponse("unmatched topic"));
        return;
    }
    if (peer.isJoining) {
        peer.waiting.push_back(std::move(message));
        if (peer.waiting.size() > mostWaitingMessages) {
            peer.outlet->close(1008);
        }
        return;
    }
    if (message.event == "phx_join") {
        join(id, std::move(message));
        return;
    }
    if (message.event == "phx_leave") {
        leave(id, message);
        return;
    }
    const auto joined = peer.channels.find(message.topic);
    if (joined == peer.channels.end()) {
        replyTo(peer, std::nullopt, message, false, reasonResponse("unmatched topic"));
        return;
    }
    handleChannelEvent(joined->second, message);
}

void Hub::handleChannelEvent(ChannelId id, const ClientMessage& message)
{
    if (message.event == "broadcast") {
        handleBroadcast(id, message);
    } else if (message.event == "presence") {
        handlePresence(id, message);
    } else if (message.event == "access_token") {
        handleAccessToken(id, message);
    }
}

void Hub::handleBroadcast(ChannelId id, const ClientMessage& message)
{
    const Channel& sender = *channel(id);
    const auto& user = message.userBroadcast;
    const std::size_t size = user ? user->payload.size() : message.payload.size();
    if (size > m_options.payloadBytes) {
        if (sender.config.acknowledge) {
            reply(sender, message.ref, false, "\"payload_size_exceeded\"");
        }
        return;
    }
    // Without the right to send there is no answer at all, not even an acknowledgement.
    if (!sender.access.writeBroadcast) {
        return;
    }
    RoomBroadcast broadcast;
    broadcast.topic = sender.subTopic;
    broadcast.isPrivate = sender.config.isPrivate;
    broadcast.asUserBroadcast = user.has_value();
    broadcast.event = user ? user->event : std::string();
    broadcast.payload = user ? user->payload : message.payload;
    broadcast.isJson = !user || user->isJson;
    fanOut(broadcast, id, nullptr);
    if (sender.config.acknowledge) {
        reply(sender, message.ref, true, "{}");
    }
}

void Hub::handlePresence(ChannelId id, const ClientMessage& message)
{
    Channel& sender = *channel(id);
    const MonotonicTime now = m_verifier.clock().monotonic();
    if (m_options.presenceCalls > 0) {
        auto& calls = sender.presenceCalls;
        while (!calls.empty() && now - calls.front() > m_options.presenceWindow) {
            calls.pop_front();
        }
        if (calls.size() >= m_options.presenceCalls) {
            closeWithError(id, "Client presence rate limit exceeded");
            return;
        }
        calls.push_back(now);
    }
    const auto object = RawJson::object(message.payload);
    const std::string event
        = object ? lowered(object->string("event").value_or(std::string())) : std::string();
    if (!sender.access.writePresence || (event != "track" && event != "untrack")) {
        reply(sender, message.ref, false, "{}");
        return;
    }
    std::optional<std::string> diff;
    if (event == "untrack") {
        diff = room(sender).presence.untrack(id);
    } else {
        const auto payload = object->find("payload").value_or("{}");
        if (!RawJson::isObject(payload)) {
            reply(
                sender, message.ref, false, reasonResponse("Presence track payload must be a map"));
            return;
        }
        if (payload.size() > m_options.payloadBytes) {
            closeWithError(id, "Track message size exceeded");
            return;
        }
        sender.hearsPresence = true;
        diff = room(sender).presence.track(
            id, sender.config.presenceKey, payload, presenceReference());
    }
    reply(sender, message.ref, true, "{}");
    if (diff) {
        fanOutPresence(sender, *diff);
    }
}

void Hub::handleAccessToken(ChannelId id, const ClientMessage& message)
{
    const Channel& current = *channel(id);
    const auto token = accessTokenOf(message.payload);
    if (!token || *token == current.identity->token) {
        return;
    }
    auto verified = m_verifier.verify(*token);
    if (const auto* refusal = std::get_if<TokenRefusal>(&verified)) {
        closeWithError(id, refusal->text);
        return;
    }
    reauthorize(id, std::get<IdentityPtr>(std::move(verified)));
}

void Hub::leave(PeerId id, const ClientMessage& message)
{
    const Peer& peer = m_peers.at(id);
    const auto joined = peer.channels.find(message.topic);
    if (joined == peer.channels.end()) {
        replyTo(peer, message.joinRef, message, true, "{}");
        return;
    }
    const ChannelId left = joined->second;
    reply(*channel(left), message.ref, true, "{}");
    closeChannel(left);
}

// --- joining --------------------------------------------------------------------------------

void Hub::join(PeerId id, ClientMessage message)
{
    Peer& peer = m_peers.at(id);
    if (!message.topic.starts_with(topicPrefix)) {
        replyTo(peer, std::nullopt, message, false, reasonResponse("unmatched topic"));
        return;
    }
    auto join = std::make_shared<Join>();
    join->peer = id;
    join->subTopic = message.topic.substr(topicPrefix.size());
    join->config = JoinConfig::read(message.payload, join->subTopic);
    join->message = std::move(message);
    peer.isJoining = true;
    if (join->subTopic.empty()) {
        refuseJoin(*join, "TopicNameRequired: You must provide a topic name");
        return;
    }
    if (peer.channels.size() >= m_options.channelsPerSocket
        && !peer.channels.contains(join->message.topic)) {
        refuseJoin(*join, "ChannelRateLimitReached: Too many channels");
        return;
    }
    const std::string& token = join->config.accessToken;
    auto verified = m_verifier.verify(token.empty() ? peer.identity->token : token);
    if (const auto* refusal = std::get_if<TokenRefusal>(&verified)) {
        refuseJoin(*join, refusal->reason());
        return;
    }
    join->identity = std::get<IdentityPtr>(std::move(verified));
    if (!join->config.isPrivate) {
        if (join->config.replay) {
            refuseJoin(*join, "UnableToReplayMessages: Replay is not allowed for public channels");
            return;
        }
        finishJoin(*join);
        return;
    }
    authorize(std::move(join));
}

void Hub::authorize(std::shared_ptr<Join> join)
{
    const bool submitted
        = m_pool.submit([self = shared_from_this(), join](PgConnection& connection) {
              const auto access
                  = ChannelAccess::ofPrivateTopic(connection, join->subTopic, *join->identity);
              if (!access) {
                  join->refusal = "UnableToConnectToProject: Realtime was unable to connect to the"
                                  " project database";
              } else if (!access->mayJoin()) {
                  join->refusal = "Unauthorized: " + noReadRights(join->subTopic);
              } else {
                  join->access = *access;
                  bool replayed = true;
                  if (join->config.replay && access->readBroadcast) {
                      join->replay
                          = readReplay(connection, join->subTopic, *join->config.replay, replayed);
                  }
                  if (!replayed) {
                      join->refusal
                          = "UnableToReplayMessages: Realtime was unable to replay messages";
                  }
              }
              self->onStrand([join](Hub& hub) {
                  if (join->refusal.empty()) {
                      hub.finishJoin(*join);
                  } else {
                      hub.refuseJoin(*join, join->refusal);
                  }
              });
          });
    if (!submitted) {
        refuseJoin(*join,
            "DatabaseLackOfConnections: Database can't accept more connections,"
            " Realtime won't connect");
    }
}

void Hub::refuseJoin(const Join& join, std::string reason)
{
    const auto answer = [peerId = join.peer, message = join.message, reason = std::move(reason)](
                            Hub& hub) {
        if (const auto peer = hub.m_peers.find(peerId); peer != hub.m_peers.end()) {
            hub.replyTo(peer->second, message.joinRef, message, false, reasonResponse(reason));
            hub.endJoin(peerId);
        }
    };
    if (m_options.refusedJoinDelay.count() == 0) {
        answer(*this);
        return;
    }
    auto timer = std::make_shared<boost::asio::steady_timer>(m_strand, m_options.refusedJoinDelay);
    timer->async_wait([self = shared_from_this(), timer, answer](const auto& error) {
        if (!error) {
            answer(*self);
        }
    });
}

void Hub::finishJoin(const Join& join)
{
    const auto found = m_peers.find(join.peer);
    if (found == m_peers.end()) {
        return;
    }
    Peer& peer = found->second;
    const ChannelId id = ++m_lastChannel;
    auto created = std::make_unique<Channel>(m_strand);
    Channel& channel = *created;
    channel.peer = join.peer;
    channel.topic = join.message.topic;
    channel.subTopic = join.subTopic;
    channel.joinRef = join.message.joinRef;
    channel.config = join.config;
    channel.identity = join.identity;
    channel.access = join.access;
    channel.hearsPresence = join.config.presence;
    if (channel.config.presenceKey.empty()) {
        channel.config.presenceKey = m_random.uuid().toStdString();
    }
    std::string bindings;
    for (const Binding& binding : join.config.bindings) {
        bindings += (bindings.empty() ? "" : ",") + binding.echo;
    }
    m_channels.emplace(id, std::move(created));
    ++m_metrics.channels;
    reply(channel, join.message.ref, true, "{\"postgres_changes\":[" + bindings + "]}");
    // Only now, so that a client sees the answer to its new join before the end of its old one.
    if (const auto old = peer.channels.find(channel.topic); old != peer.channels.end()) {
        closeChannel(old->second);
    }
    peer.channels[channel.topic] = id;
    room(channel).channels.insert(id);
    if (channel.config.presence && channel.access.readPresence) {
        push(channel, "presence_state", room(channel).presence.state());
    }
    for (const DatabaseBroadcast& message : join.replay) {
        channel.replayed.insert(message.id);
        const std::string metadata
            = "{\"id\":" + RawJson::quoted(message.id) + ",\"replayed\":true}";
        if (message.isJson) {
            push(channel, "broadcast",
                frames::broadcastPayload(message.event, message.payload, metadata));
        } else if (peer.version == PhoenixVersion::V2) {
            send(peer,
                frames::userBroadcast(
                    channel.topic, message.event, message.payload, false, metadata));
        }
    }
    watchExpiry(id);
    if (!channel.config.bindings.empty()) {
        subscribe(id);
    }
    channel.isReadinessDue = channel.config.replicationReady;
    if (m_isStreaming && channel.isReadinessDue) {
        announceReadiness(channel);
    }
    endJoin(join.peer);
}

void Hub::endJoin(PeerId id)
{
    Peer& peer = m_peers.at(id);
    peer.isJoining = false;
    while (true) {
        const auto current = m_peers.find(id);
        if (current == m_peers.end() || current->second.isJoining
            || current->second.waiting.empty()) {
            return;
        }
        ClientMessage next = std::move(current->second.waiting.front());
        current->second.waiting.pop_front();
        handle(id, std::move(next));
    }
}

// --- tokens ---------------------------------------------------------------------------------

void Hub::reauthorize(ChannelId id, IdentityPtr identity)
{
    Channel& current = *channel(id);
    const std::uint64_t attempt = ++current.tokenAttempt;
    if (!current.config.isPrivate) {
        adopt(id, std::move(identity), current.access);
        return;
    }
    const bool submitted = m_pool.submit([self = shared_from_this(), id, attempt, identity,
                                             topic = current.subTopic](PgConnection& connection) {
        const auto access = ChannelAccess::ofPrivateTopic(connection, topic, *identity);
        self->onStrand([id, attempt, identity, access, topic](Hub& hub) {
            // A newer token may have overtaken this one.
            const Channel* const asked = hub.channel(id);
            if (asked == nullptr || asked->tokenAttempt != attempt) {
                return;
            }
            if (!access) {
                hub.closeWithError(id, "Realtime was unable to connect to the project database");
            } else if (!access->mayJoin()) {
                hub.closeWithError(id, noReadRights(topic));
            } else {
                hub.adopt(id, identity, *access);
            }
        });
    });
    if (!submitted) {
        closeWithError(id, "Realtime was unable to connect to the project database");
    }
}

void Hub::adopt(ChannelId id, IdentityPtr identity, const ChannelAccess& access)
{
    Channel& current = *channel(id);
    const bool sameReader = current.identity->claims == identity->claims;
    current.identity = std::move(identity);
    current.access = access;
    watchExpiry(id);
    if (!current.config.bindings.empty() && !sameReader) {
        subscribe(id);
    }
}

void Hub::watchExpiry(ChannelId id)
{
    Channel& watched = *channel(id);
    const auto left = watched.identity->expiresAt - m_verifier.now();
    const auto wait = std::clamp<std::chrono::seconds>(left, 0s, longestTokenCheck);
    watched.expiry.expires_after(wait);
    watched.expiry.async_wait(
        [self = weak_from_this(), id](const boost::system::error_code& error) {
            const auto hub = self.lock();
            Channel* const current = error || !hub ? nullptr : hub->channel(id);
            if (current == nullptr) {
                return;
            }
            if (current->identity->expiresAt <= hub->m_verifier.now()) {
                hub->closeWithError(id, hub->m_verifier.expiryText(*current->identity));
            } else {
                hub->watchExpiry(id);
            }
        });
}

// --- changes of the database ----------------------------------------------------------------

void Hub::subscribe(ChannelId id)
{
    Channel& wanting = *channel(id);
    const std::uint64_t attempt = ++wanting.subscribeAttempt;
    const auto retry = [this, id, attempt] {
        auto timer = std::make_shared<boost::asio::steady_timer>(m_strand, subscribeRetry);
        timer->async_wait(
            [self = weak_from_this(), timer, id, attempt](const boost::system::error_code& error) {
                const auto hub = self.lock();
                Channel* const waiting = error || !hub ? nullptr : hub->channel(id);
                if (waiting != nullptr && waiting->subscribeAttempt == attempt) {
                    hub->subscribe(id);
                }
            });
    };
    const bool submitted = m_pool.submit(
        [self = shared_from_this(), id, attempt, retry, bindings = wanting.config.bindings,
            identity = wanting.identity](PgConnection& connection) {
            auto outcome = checkBindings(connection, bindings, identity);
            const bool isAway = !connection.isOpen();
            self->onStrand(
                [id, attempt, retry, isAway, outcome = std::move(outcome)](Hub& hub) mutable {
                    if (isAway) {
                        retry();
                    } else {
                        hub.subscribed(id, attempt, std::move(outcome));
                    }
                });
        });
    if (!submitted) {
        retry();
    }
}

void Hub::subscribed(ChannelId id, std::uint64_t attempt,
    std::variant<std::vector<Subscription>, std::string> outcome)
{
    Channel* const current = channel(id);
    if (current == nullptr || current->subscribeAttempt != attempt) {
        return;
    }
    if (const auto* error = std::get_if<std::string>(&outcome)) {
        m_feed->unsubscribe(id);
        current->isSubscribed = false;
        system(*current, "postgres_changes", false, *error);
        return;
    }
    m_feed->subscribe(id, std::get<std::vector<Subscription>>(std::move(outcome)));
    current->isSubscribed = true;
    if (m_isStreaming) {
        announceReadiness(*current);
    }
}

void Hub::announceReadiness(Channel& ready)
{
    if (ready.isSubscribed) {
        system(ready, "postgres_changes", true, "Subscribed to PostgreSQL");
    }
    if (ready.isReadinessDue) {
        ready.isReadinessDue = false;
        system(ready, "system", true, "Replication connection established");
    }
}

void Hub::deliverChange(const ChangeDelivery& delivery, pgoutput::PgTime committed)
{
    const Channel* const receiver = channel(delivery.channel);
    if (receiver == nullptr) {
        return;
    }
    // Counted before it is sent: whoever has received it finds it counted.
    ++m_metrics.changesDelivered;
    countDelivery(committed);
    const Peer& peer = m_peers.at(receiver->peer);
    send(peer,
        frames::message(peer.version, std::nullopt, std::nullopt, receiver->topic,
            "postgres_changes", delivery.payload));
}

void Hub::countDelivery(pgoutput::PgTime committed)
{
    using namespace std::chrono;
    constexpr sys_days pgEpoch = 2000y / January / 1;
    const auto latency = m_verifier.clock().wall().time_since_epoch()
        - duration_cast<microseconds>(pgEpoch.time_since_epoch()) - microseconds(committed);
    if (latency.count() > 0) {
        m_metrics.deliveryMicrosTotal += static_cast<std::uint64_t>(latency.count());
    }
    ++m_metrics.deliveries;
}

// --- sending --------------------------------------------------------------------------------

void Hub::fanOut(
    const RoomBroadcast& broadcast, std::optional<ChannelId> sender, const std::string* replayId)
{
    ++m_metrics.broadcasts;
    const auto found = m_rooms.find(roomKey(broadcast.isPrivate, broadcast.topic));
    if (found == m_rooms.end()) {
        return;
    }
    const std::string topic = std::string(topicPrefix) + broadcast.topic;
    OutFramePtr text1;
    OutFramePtr text2;
    OutFramePtr binary;
    const auto text = [&](PhoenixVersion version) {
        const bool isEnvelope = !broadcast.asUserBroadcast;
        return frames::message(version, std::nullopt, std::nullopt, topic, "broadcast",
            isEnvelope
                ? broadcast.payload
                : frames::broadcastPayload(broadcast.event, broadcast.payload, broadcast.metadata));
    };
    const auto frameFor = [&](PhoenixVersion version) -> const OutFramePtr& {
        if (version == PhoenixVersion::V2 && broadcast.asUserBroadcast) {
            if (!binary) {
                binary = frames::userBroadcast(topic, broadcast.event, broadcast.payload,
                    broadcast.isJson, broadcast.metadata);
            }
            if (binary || !broadcast.isJson) {
                return binary;
            }
        }
        OutFramePtr& frame = version == PhoenixVersion::V2 ? text2 : text1;
        if (!frame && broadcast.isJson) {
            frame = text(version);
        }
        return frame;
    };
    for (const ChannelId id : found->second.channels) {
        Channel& receiver = *channel(id);
        const bool isSender = sender == id;
        if (!receiver.access.readBroadcast || (isSender && !receiver.config.self)
            || (replayId != nullptr && receiver.replayed.erase(*replayId) > 0)) {
            continue;
        }
        const Peer& peer = m_peers.at(receiver.peer);
        if (const OutFramePtr& frame = frameFor(peer.version)) {
            send(peer, frame);
        }
    }
}

void Hub::fanOutPresence(const Channel& source, const std::string& diff)
{
    OutFramePtr frames[2];
    for (const ChannelId id : room(source).channels) {
        const Channel& receiver = *channel(id);
        if (!receiver.hearsPresence || !receiver.access.readPresence) {
            continue;
        }
        const Peer& peer = m_peers.at(receiver.peer);
        OutFramePtr& frame = frames[peer.version == PhoenixVersion::V2 ? 1 : 0];
        if (!frame) {
            frame = frames::message(
                peer.version, std::nullopt, std::nullopt, source.topic, "presence_diff", diff);
        }
        send(peer, frame);
    }
}

void Hub::closeWithError(ChannelId id, const std::string& message)
{
    system(*channel(id), "system", false, message);
    closeChannel(id);
}

void Hub::closeChannel(ChannelId id)
{
    const Channel& closed = *channel(id);
    const Peer& peer = m_peers.at(closed.peer);
    // Clients tell a late close from a current one by its ref, which is the join's.
    send(peer,
        frames::message(
            peer.version, closed.joinRef, closed.joinRef, closed.topic, "phx_close", "{}"));
    removeChannel(id);
}

void Hub::removeChannel(ChannelId id)
{
    const auto found = m_channels.find(id);
    const std::unique_ptr<Channel> removed = std::move(found->second);
    m_channels.erase(found);
    --m_metrics.channels;
    m_feed->unsubscribe(id);
    const std::string key = roomKey(*removed);
    Room& left = m_rooms[key];
    left.channels.erase(id);
    if (const auto diff = left.presence.untrack(id)) {
        fanOutPresence(*removed, *diff);
    }
    if (left.channels.empty()) {
        m_rooms.erase(key);
    }
    if (const auto peer = m_peers.find(removed->peer); peer != m_peers.end()) {
        const auto own = peer->second.channels.find(removed->topic);
        if (own != peer->second.channels.end() && own->second == id) {
            peer->second.channels.erase(own);
        }
    }
}

void Hub::system(
    const Channel& receiver, std::string_view extension, bool ok, std::string_view text)
{
    push(receiver, "system",
        "{\"message\":" + RawJson::quoted(text) + ",\"status\":\"" + (ok ? "ok" : "error")
            + "\",\"extension\":\"" + std::string(extension)
            + "\",\"channel\":" + RawJson::quoted(receiver.subTopic) + '}');
}

void Hub::push(const Channel& receiver, std::string_view event, std::string_view payload)
{
    const Peer& peer = m_peers.at(receiver.peer);
    send(peer,
        frames::message(
            peer.version, receiver.joinRef, std::nullopt, receiver.topic, event, payload));
}

void Hub::reply(const Channel& receiver, const std::optional<std::string>& ref, bool ok,
    std::string_view response)
{
    const Peer& peer = m_peers.at(receiver.peer);
    ClientMessage request;
    request.ref = ref;
    request.topic = receiver.topic;
    replyTo(peer, receiver.joinRef, request, ok, response);
}

void Hub::replyTo(const Peer& peer, const std::optional<std::string>& joinRef,
    const ClientMessage& message, bool ok, std::string_view response)
{
    send(peer,
        frames::message(peer.version, joinRef, message.ref, message.topic, "phx_reply",
            std::string("{\"status\":\"") + (ok ? "ok" : "error")
                + "\",\"response\":" + std::string(response) + '}'));
}

void Hub::send(const Peer& peer, OutFramePtr frame)
{
    if (frame) {
        ++m_metrics.framesOut;
        m_metrics.bytesOut += frame->bytes.size();
        peer.outlet->send(std::move(frame));
    }
}

std::string Hub::presenceReference()
{
    static constexpr char letters[]
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string reference = "F";
    quint64 bits = m_random.next();
    for (int i = 0; i < 10; ++i) {
        reference.push_back(letters[bits & 63U]);
        bits >>= 6U;
    }
    return reference;
}

Hub::Channel* Hub::channel(ChannelId id)
{
    const auto found = m_channels.find(id);
    return found == m_channels.end() ? nullptr : found->second.get();
}

std::string Hub::roomKey(const Channel& channel)
{
    return roomKey(channel.config.isPrivate, channel.subTopic);
}

std::string Hub::roomKey(bool isPrivate, std::string_view subTopic)
{
    return (isPrivate ? "private:" : "public:") + std::string(subTopic);
}

} // namespace academy

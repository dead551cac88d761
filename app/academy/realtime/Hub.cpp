// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Hub.h"

#include "academy/http/Message.h"
#include "academy/realtime/BroadcastStore.h"
#include "academy/realtime/RawJson.h"
#include "academy/realtime/SubscriptionCheck.h"
#include "base/Log.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cctype>
#include <thread>

namespace academy {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view topicPrefix = "realtime:";
constexpr auto longestTokenCheck = std::chrono::minutes(5);
constexpr auto subscribeRetry = 1s;
/// Up to here a peer's messages are read while a join of it is being decided.
constexpr std::size_t mostWaitingMessages = 100;
constexpr std::size_t mostWaitingBytes = 256 * 1024;
constexpr std::size_t mostHeldFrames = 10'000;
constexpr std::size_t mostUnjudgedChanges = 1000;
/// Sockets to write to that are worth waking another thread for.
constexpr std::size_t worthAHelper = 64;
constexpr auto databaseAway = "Realtime was unable to connect to the project database";

std::string noReadRights(const std::string& subTopic)
{
    return "You do not have permissions to read from this Channel topic: " + subTopic;
}

std::string reasonResponse(std::string_view reason)
{
    return "{\"reason\":" + jsonQuoted(reason) + '}';
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
    m_feed = std::make_shared<ChangeFeed>(m_strand, m_pool, catalog, m_metrics,
        ChangeFeed::Limits{m_options.judging, m_options.recordBytes},
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
        hub.handle(peer, std::move(message), std::move(handled));
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
        broadcast.metadata = "{\"id\":" + jsonQuoted(message.id) + '}';
        hub.fanOut(broadcast, std::nullopt, &message.id);
        hub.countDelivery(message.committed);
    });
}

void Hub::change(ChangePtr change)
{
    ++m_postedChanges;
    onStrand([change = std::move(change)](Hub& hub) {
        ++hub.m_metrics.changesDecoded;
        hub.m_feed->publish(change);
        --hub.m_postedChanges;
    });
}

bool Hub::isCongested() const
{
    return m_postedChanges + m_feed->unjudged() > mostUnjudgedChanges;
}

bool Hub::hasTooManyJoins() const
{
    return m_joins.exceeds(m_verifier.clock().monotonic(), m_options.joinsPerSecond);
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
            if (channel->hasLostBinding) {
                hub.subscribe(id);
            } else {
                hub.announceReadiness(*channel);
            }
        }
        for (const JoinPtr& join : std::exchange(hub.m_awaitingStream, {})) {
            if (!join->isOver) {
                hub.finishJoin(join);
            }
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

void Hub::handle(PeerId id, ClientMessage message, std::function<void()> handled)
{
    const auto found = m_peers.find(id);
    if (found == m_peers.end()) {
        handled();
        return;
    }
    Peer& peer = found->second;
    const bool mayPass = message.topic == "phoenix" && !peer.isHeldUp;
    if (!peer.isBusy || mayPass) {
        dispatch(id, std::move(message));
        handled();
        return;
    }
    peer.waitingBytes += message.payload.size();
    peer.waiting.push_back({std::move(message), nullptr});
    if (peer.waiting.size() < mostWaitingMessages && peer.waitingBytes < mostWaitingBytes) {
        handled();
    } else {
        // The socket is not read until this one has had its turn.
        peer.waiting.back().handled = std::move(handled);
    }
}

void Hub::handleWaiting(PeerId id)
{
    while (true) {
        const auto current = m_peers.find(id);
        if (current == m_peers.end() || current->second.isBusy || current->second.waiting.empty()) {
            return;
        }
        Waiting next = std::move(current->second.waiting.front());
        current->second.waiting.pop_front();
        current->second.waitingBytes -= next.message.payload.size();
        dispatch(id, std::move(next.message));
        if (next.handled) {
            next.handled();
        }
    }
}

void Hub::dispatch(PeerId id, ClientMessage message)
{
    Peer& peer = m_peers.at(id);
    if (message.topic == "phoenix") {
        const bool isHeartbeat = message.event == "heartbeat";
        replyTo(peer, std::nullopt, message, isHeartbeat,
            isHeartbeat ? "{}" : reasonResponse("unmatched topic"));
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
    m_messages.add(m_verifier.clock().monotonic());
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
    if (user && user->persist && sender.config.isPrivate) {
        persistBroadcast(id, message);
        return;
    }
    const bool acknowledge = sender.config.acknowledge;
    RoomBroadcast broadcast;
    broadcast.topic = sender.subTopic;
    broadcast.isPrivate = sender.config.isPrivate;
    broadcast.asUserBroadcast = user.has_value();
    broadcast.event = user ? user->event : std::string();
    broadcast.payload = user ? user->payload : message.payload;
    broadcast.isJson = !user || user->isJson;
    fanOut(broadcast, id, nullptr);
    // A channel that received too much is gone by now.
    if (const Channel* const still = acknowledge ? channel(id) : nullptr) {
        reply(*still, message.ref, true, "{}");
    }
}

void Hub::persistBroadcast(ChannelId id, const ClientMessage& message)
{
    const Channel& sender = *channel(id);
    const PeerId peer = sender.peer;
    m_peers.at(peer).isBusy = true;
    const bool submitted = m_pool.submit(
        [self = shared_from_this(), id, peer, message, topic = sender.subTopic,
            identity = sender.identity](PgConnection& connection) {
            std::variant<std::string, std::string> outcome(std::in_place_index<1>, databaseAway);
            const auto allowed = ChannelAccess::mayPersist(connection, topic, *identity);
            if (allowed && !*allowed) {
                outcome.emplace<1>(
                    "Unauthorized: You do not have permissions to persist messages of this Channel"
                    " topic: "
                    + topic);
            } else if (allowed) {
                auto kept = broadcaststore::persist(connection, topic, *message.userBroadcast);
                if (auto* row = std::get_if<std::string>(&kept)) {
                    outcome.emplace<0>(std::move(*row));
                }
            }
            self->onStrand([id, peer, message, outcome](Hub& hub) {
                hub.persisted(id, message, outcome);
                hub.resume(peer);
            });
        });
    if (!submitted) {
        persisted(id, message,
            std::variant<std::string, std::string>(std::in_place_index<1>, databaseAway));
        resume(peer);
    }
}

void Hub::persisted(ChannelId id, const ClientMessage& message,
    const std::variant<std::string, std::string>& outcome)
{
    const Channel* const sender = channel(id);
    if (sender == nullptr) {
        return;
    }
    if (outcome.index() == 1) {
        reply(*sender, message.ref, false, reasonResponse(std::get<1>(outcome)));
        return;
    }
    const std::string metadata = "{\"id\":" + jsonQuoted(std::get<0>(outcome)) + '}';
    if (sender->config.acknowledge) {
        reply(*sender, message.ref, true, metadata);
    }
    const auto& user = *message.userBroadcast;
    fanOut({sender->subTopic, true, user.event, user.payload, user.isJson, true, metadata}, id,
        nullptr);
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
    Peer& peer = m_peers.at(id);
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
    peer.isBusy = true;
    if (join->subTopic.empty()) {
        refuseJoin(join, "TopicNameRequired: You must provide a topic name");
        return;
    }
    m_joins.add(m_verifier.clock().monotonic());
    if (hasTooManyJoins()) {
        join->closesSocket = true;
        refuseJoin(join, "ClientJoinRateLimitReached: Too many joins per second");
        return;
    }
    if (peer.channels.size() >= m_options.channelsPerSocket
        && !peer.channels.contains(join->message.topic)) {
        refuseJoin(join, "ChannelRateLimitReached: Too many channels");
        return;
    }
    if (join->config.bindings.size() > m_options.bindingsPerChannel) {
        refuseJoin(join, "ChannelRateLimitReached: Too many changes asked for in one channel");
        return;
    }
    const std::string& token = join->config.accessToken;
    auto verified = m_verifier.verify(token.empty() ? peer.identity->token : token);
    if (const auto* refusal = std::get_if<TokenRefusal>(&verified)) {
        refuseJoin(join, refusal->reason());
        return;
    }
    join->identity = std::get<IdentityPtr>(std::move(verified));
    if (!join->config.isPrivate && join->config.replay) {
        refuseJoin(join, "UnableToReplayMessages: Replay is not allowed for public channels");
        return;
    }
    if (join->config.waitForChanges && join->config.bindings.empty()) {
        join->config.waitForChanges.reset();
    }
    if (join->config.waitForChanges) {
        const auto most = *join->config.waitForChanges;
        join->deadline = std::make_shared<boost::asio::steady_timer>(m_strand, most);
        join->deadline->async_wait([weak = weak_from_this(), join, most](const auto& error) {
            if (const auto hub = weak.lock(); hub && !error && !join->isOver) {
                hub->refuseJoin(join,
                    "PostgresChangesSubscribeTimeout: Timed out after "
                        + std::to_string(most.count())
                        + "ms waiting for the postgres_changes subscription");
            }
        });
    }
    if (join->config.isPrivate || join->config.waitForChanges) {
        authorize(join);
    } else {
        finishJoin(join);
    }
}

void Hub::authorize(const JoinPtr& join)
{
    const bool submitted
        = m_pool.submit([self = shared_from_this(), join](PgConnection& connection) {
              // Filled in here and read on the strand afterwards; a join that is over is looked at
              // there.
              if (join->config.isPrivate) {
                  const auto access
                      = ChannelAccess::ofPrivateTopic(connection, join->subTopic, *join->identity);
                  if (!access) {
                      join->refusal = std::string("UnableToConnectToProject: ") + databaseAway;
                  } else if (!access->mayJoin()) {
                      join->refusal = "Unauthorized: " + noReadRights(join->subTopic);
                  } else {
                      join->access = *access;
                  }
              }
              if (join->refusal.empty() && join->config.replay && join->access.readBroadcast) {
                  if (auto messages
                      = broadcaststore::replay(connection, join->subTopic, *join->config.replay)) {
                      join->replay = std::move(*messages);
                  } else {
                      join->refusal
                          = "UnableToReplayMessages: Realtime was unable to replay messages";
                  }
              }
              if (join->refusal.empty() && join->config.waitForChanges) {
                  auto outcome = checkBindings(connection, join->config.bindings, join->identity);
                  if (!connection.isOpen()) {
                      join->refusal = std::string("UnableToConnectToProject: ") + databaseAway;
                  } else if (const auto* error = std::get_if<std::string>(&outcome)) {
                      join->refusal = "RealtimeDisabledForConfiguration: " + *error;
                  } else {
                      join->subscriptions = std::get<std::vector<Subscription>>(std::move(outcome));
                  }
              }
              self->onStrand([join](Hub& hub) { hub.authorized(join); });
          });
    if (!submitted) {
        refuseJoin(join,
            "DatabaseLackOfConnections: Database can't accept more connections,"
            " Realtime won't connect");
    }
}

void Hub::authorized(const JoinPtr& join)
{
    if (join->isOver) {
        return;
    }
    if (!join->refusal.empty()) {
        refuseJoin(join, join->refusal);
    } else if (join->subscriptions && !m_isStreaming) {
        m_awaitingStream.push_back(join);
    } else {
        finishJoin(join);
    }
}

void Hub::refuseJoin(const JoinPtr& join, std::string reason)
{
    join->isOver = true;
    if (join->deadline) {
        join->deadline->cancel();
    }
    std::erase(m_awaitingStream, join);
    const auto answer = [join, reason = std::move(reason)](Hub& hub) {
        const auto found = hub.m_peers.find(join->peer);
        if (found == hub.m_peers.end()) {
            return;
        }
        Peer& peer = found->second;
        peer.isHeldUp = false;
        hub.replyTo(peer, join->message.joinRef, join->message, false, reasonResponse(reason));
        for (OutFramePtr& frame : std::exchange(peer.held, {})) {
            peer.outlet->send(std::move(frame));
        }
        if (join->closesSocket) {
            peer.outlet->close(1001);
        }
        hub.resume(join->peer);
    };
    if (m_options.refusedJoinDelay.count() == 0) {
        answer(*this);
        return;
    }
    if (const auto found = m_peers.find(join->peer); found != m_peers.end()) {
        found->second.isHeldUp = true;
    }
    auto timer = std::make_shared<boost::asio::steady_timer>(m_strand, m_options.refusedJoinDelay);
    timer->async_wait([self = shared_from_this(), timer, answer](const auto& error) {
        if (!error) {
            answer(*self);
        }
    });
}

void Hub::finishJoin(const JoinPtr& decided)
{
    Join& join = *decided;
    join.isOver = true;
    if (join.deadline) {
        join.deadline->cancel();
    }
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
        const std::string metadata = "{\"id\":" + jsonQuoted(message.id) + ",\"replayed\":true}";
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
    if (join.subscriptions) {
        subscribed(id, channel.subscribeAttempt, std::move(*join.subscriptions));
    } else if (!channel.config.bindings.empty()) {
        subscribe(id);
    }
    channel.isReadinessDue = channel.config.replicationReady;
    if (m_isStreaming && channel.isReadinessDue) {
        announceReadiness(channel);
    }
    resume(join.peer);
}

void Hub::resume(PeerId id)
{
    if (const auto peer = m_peers.find(id); peer != m_peers.end()) {
        peer->second.isBusy = false;
        handleWaiting(id);
    }
}

// --- tokens ---------------------------------------------------------------------------------

void Hub::reauthorize(ChannelId id, IdentityPtr identity)
{
    Channel& current = *channel(id);
    if (!current.config.isPrivate) {
        adopt(id, std::move(identity), current.access);
        return;
    }
    // What the peer says next is judged with its new rights.
    m_peers.at(current.peer).isBusy = true;
    const bool submitted = m_pool.submit([self = shared_from_this(), id, peer = current.peer,
                                             identity,
                                             topic = current.subTopic](PgConnection& connection) {
        const auto access = ChannelAccess::ofPrivateTopic(connection, topic, *identity);
        self->onStrand([id, peer, identity, access](Hub& hub) {
            // The old token may have expired meanwhile.
            if (hub.channel(id) != nullptr) {
                hub.reauthorized(id, identity, access);
            }
            hub.resume(peer);
        });
    });
    if (!submitted) {
        const PeerId peer = current.peer;
        closeWithError(id, databaseAway);
        resume(peer);
    }
}

void Hub::reauthorized(
    ChannelId id, IdentityPtr identity, const std::optional<ChannelAccess>& access)
{
    if (!access) {
        closeWithError(id, databaseAway);
    } else if (!access->mayJoin()) {
        closeWithError(id, noReadRights(channel(id)->subTopic));
    } else {
        adopt(id, std::move(identity), *access);
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
    ++wanting.subscribeAttempt;
    auto& waiting = m_peers.at(wanting.peer).toSubscribe;
    if (std::find(waiting.begin(), waiting.end(), id) == waiting.end()) {
        waiting.push_back(id);
    }
    subscribeNext(wanting.peer);
}

void Hub::subscribeNext(PeerId id)
{
    const auto found = m_peers.find(id);
    if (found == m_peers.end() || found->second.isSubscribing) {
        return;
    }
    Peer& peer = found->second;
    const Channel* wanting = nullptr;
    ChannelId next = 0;
    while (wanting == nullptr && !peer.toSubscribe.empty()) {
        next = peer.toSubscribe.front();
        peer.toSubscribe.pop_front();
        wanting = channel(next);
    }
    if (wanting == nullptr) {
        return;
    }
    const std::uint64_t attempt = wanting->subscribeAttempt;
    peer.isSubscribing = m_pool.submit(
        [self = shared_from_this(), id, next, attempt, bindings = wanting->config.bindings,
            identity = wanting->identity](PgConnection& connection) {
            auto outcome = checkBindings(connection, bindings, identity);
            const bool isAway = !connection.isOpen();
            self->onStrand(
                [id, next, attempt, isAway, outcome = std::move(outcome)](Hub& hub) mutable {
                    if (isAway) {
                        hub.subscribeLater(next, attempt);
                    } else {
                        hub.subscribed(next, attempt, std::move(outcome));
                    }
                    if (const auto asker = hub.m_peers.find(id); asker != hub.m_peers.end()) {
                        asker->second.isSubscribing = false;
                        hub.subscribeNext(id);
                    }
                });
        });
    if (!peer.isSubscribing) {
        subscribeLater(next, attempt);
        subscribeNext(id);
    }
}

void Hub::subscribeLater(ChannelId id, std::uint64_t attempt)
{
    auto timer = std::make_shared<boost::asio::steady_timer>(m_strand, subscribeRetry);
    timer->async_wait(
        [self = weak_from_this(), timer, id, attempt](const boost::system::error_code& error) {
            const auto hub = self.lock();
            const Channel* const waiting = error || !hub ? nullptr : hub->channel(id);
            if (waiting != nullptr && waiting->subscribeAttempt == attempt) {
                hub->subscribe(id);
            }
        });
}

void Hub::subscribed(ChannelId id, std::uint64_t attempt,
    std::variant<std::vector<Subscription>, std::string> outcome)
{
    Channel* const current = channel(id);
    if (current == nullptr || current->subscribeAttempt != attempt) {
        return;
    }
    current->hasLostBinding = false;
    if (const auto* error = std::get_if<std::string>(&outcome)) {
        m_feed->unsubscribe(id);
        current->isSubscribed = false;
        system(*current, "postgres_changes", false, *error);
        return;
    }
    auto subscriptions = std::get<std::vector<Subscription>>(std::move(outcome));
    for (Subscription& subscription : subscriptions) {
        subscription.asker = current->peer;
    }
    m_feed->subscribe(id, std::move(subscriptions));
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
    Channel* const receiver = channel(delivery.channel);
    if (receiver == nullptr) {
        return;
    }
    if (delivery.tooSlow) {
        endBinding(*receiver, delivery.tooSlow->binding);
        return;
    }
    if (!delivery.payload) {
        // Clients join again after this, and then look for what they missed.
        closeChannel(delivery.channel, "phx_error");
        return;
    }
    // Counted before it is sent: whoever has received it finds it counted.
    ++m_metrics.changesDelivered;
    countDelivery(committed);
    Peer& peer = m_peers.at(receiver->peer);
    if (m_sharedFrames.payload != delivery.payload) {
        m_sharedFrames = {delivery.payload, {}, {}};
    }
    auto& known
        = peer.version == PhoenixVersion::V2 ? m_sharedFrames.frames2 : m_sharedFrames.frames1;
    OutFramePtr& frame = known[receiver->topic];
    if (!frame) {
        frame = frames::message(peer.version, std::nullopt, std::nullopt, receiver->topic,
            "postgres_changes", *delivery.payload);
    }
    send(peer, frame);
}

void Hub::endBinding(Channel& ended, std::int64_t id)
{
    ended.hasLostBinding = true;
    const auto& bindings = ended.config.bindings;
    const auto binding = std::find_if(bindings.begin(), bindings.end(),
        [id](const Binding& candidate) { return candidate.id == id; });
    if (binding != bindings.end()) {
        system(ended, "postgres_changes", false, timedOut(*binding));
    }
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
    std::vector<ChannelId> receivers;
    for (const ChannelId id : found->second.channels) {
        Channel& receiver = *channel(id);
        const bool isSender = sender == id;
        if (!receiver.access.readBroadcast || (isSender && !receiver.config.self)
            || (replayId != nullptr && receiver.replayed.erase(*replayId) > 0)) {
            continue;
        }
        Peer& peer = m_peers.at(receiver.peer);
        if (const OutFramePtr& frame = frameFor(peer.version)) {
            send(peer, frame);
            receivers.push_back(id);
        }
    }
    const MonotonicTime now = m_verifier.clock().monotonic();
    m_messages.add(now, receivers.size());
    if (m_messages.exceeds(now, m_options.messagesPerSecond)) {
        // Who receives too much is the one to lose its channel, after the message.
        for (const ChannelId id : receivers) {
            closeWithError(id, "Too many messages per second");
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
        Peer& peer = m_peers.at(receiver.peer);
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

void Hub::closeChannel(ChannelId id, std::string_view event)
{
    const Channel& closed = *channel(id);
    Peer& peer = m_peers.at(closed.peer);
    // Clients tell a late close from a current one by its ref, which is the join's.
    send(peer,
        frames::message(peer.version, closed.joinRef, closed.joinRef, closed.topic, event, "{}"));
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
        "{\"message\":" + jsonQuoted(text) + ",\"status\":\"" + (ok ? "ok" : "error")
            + "\",\"extension\":\"" + std::string(extension)
            + "\",\"channel\":" + jsonQuoted(receiver.subTopic) + '}');
}

void Hub::push(const Channel& receiver, std::string_view event, std::string_view payload)
{
    Peer& peer = m_peers.at(receiver.peer);
    send(peer,
        frames::message(
            peer.version, receiver.joinRef, std::nullopt, receiver.topic, event, payload));
}

void Hub::reply(const Channel& receiver, const std::optional<std::string>& ref, bool ok,
    std::string_view response)
{
    Peer& peer = m_peers.at(receiver.peer);
    ClientMessage request;
    request.ref = ref;
    request.topic = receiver.topic;
    replyTo(peer, receiver.joinRef, request, ok, response);
}

void Hub::replyTo(Peer& peer, const std::optional<std::string>& joinRef,
    const ClientMessage& message, bool ok, std::string_view response)
{
    send(peer,
        frames::message(peer.version, joinRef, message.ref, message.topic, "phx_reply",
            std::string("{\"status\":\"") + (ok ? "ok" : "error")
                + "\",\"response\":" + std::string(response) + '}'));
}

void Hub::send(Peer& peer, OutFramePtr frame)
{
    if (!frame) {
        return;
    }
    ++m_metrics.framesOut;
    m_metrics.bytesOut += frame->bytes.size();
    if (peer.isHeldUp && peer.held.size() < mostHeldFrames) {
        peer.held.push_back(std::move(frame));
    } else if (peer.isHeldUp) {
        peer.outlet->close(1013);
    } else {
        peer.outlet->send(std::move(frame));
        if (m_unflushed.empty()) {
            // After what the strand does now and what it was told to do already.
            onStrand([](Hub& hub) { hub.flush(); });
        }
        if (m_unflushed.empty() || m_unflushed.back() != peer.outlet) {
            m_unflushed.push_back(peer.outlet);
        }
    }
}

void Hub::flush()
{
    using Outlets = std::vector<std::shared_ptr<Outlet>>;
    static const std::size_t mostHelpers = std::clamp(std::thread::hardware_concurrency(), 2U, 4U);
    const auto all = std::make_shared<const Outlets>(std::exchange(m_unflushed, {}));
    const std::size_t helpers = std::clamp<std::size_t>(all->size() / worthAHelper, 1, mostHelpers);
    const auto flushPart = [all, helpers](std::size_t part) {
        for (std::size_t i = part; i < all->size(); i += helpers) {
            (*all)[i]->flush();
        }
    };
    for (std::size_t part = 1; part < helpers; ++part) {
        boost::asio::post(m_strand.get_inner_executor(), [flushPart, part] { flushPart(part); });
    }
    flushPart(0);
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

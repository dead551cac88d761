// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/PgPool.h"
#include "academy/realtime/ChangeFeed.h"
#include "academy/realtime/ChannelAccess.h"
#include "academy/realtime/JoinConfig.h"
#include "academy/realtime/LogReader.h"
#include "academy/realtime/Outlet.h"
#include "academy/realtime/PresenceRoom.h"
#include "academy/realtime/RateMeter.h"
#include "academy/realtime/RealtimeMetrics.h"
#include "academy/realtime/RealtimeOptions.h"
#include "academy/realtime/TokenVerifier.h"
#include "base/Random.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace academy {

/// A broadcast for everyone in one room.
struct RoomBroadcast
{
    std::string topic; ///< without the "realtime:" prefix
    bool isPrivate = false;
    std::string event;
    std::string payload; ///< JSON text or raw bytes
    bool isJson = true;
    /// True for the binary layout, which vsn 1.0.0 clients get as text when it holds JSON.
    bool asUserBroadcast = false;
    std::string metadata; ///< JSON object text or empty
};

/// Everything realtime clients share: who is connected, which channels they joined, who is present,
/// and what goes to whom. All state lives on one strand, which never waits: the database is asked
/// on the pool and answers come back as posted work. Functions marked "any thread" post themselves;
/// the others belong to the strand. Source: supabase-protocol.md A3–A6, A11, A14–A18.
class Hub final : public std::enable_shared_from_this<Hub>
{
public:
    using PeerId = std::uint64_t;
    using ChannelId = std::uint64_t;

    Hub(boost::asio::io_context& io, PgPool& pool, const TokenVerifier& verifier,
        RandomSource& random, RealtimeMetrics& metrics, RealtimeOptions options);
    ~Hub();

    /// Must follow construction, before anything else.
    void begin(TableCatalog& catalog);

    /// Any thread. The peer's id is valid at once.
    PeerId connect(std::shared_ptr<Outlet> outlet, PhoenixVersion version, IdentityPtr identity);
    /// Any thread. `handled` is called on the strand when the next message may come: soon, unless
    /// the peer already has many messages waiting for a join to be decided.
    void receive(PeerId peer, ClientMessage message, std::function<void()> handled);
    /// Any thread.
    void disconnect(PeerId peer);
    /// Any thread.
    void broadcast(RoomBroadcast broadcast);
    /// Any thread: from the log.
    void databaseBroadcast(DatabaseBroadcast broadcast);
    void change(ChangePtr change);
    /// Any thread: the log is streaming or away.
    void setStreaming(bool streaming);
    /// Any thread. Closes everybody; `done` is called when nobody is left.
    void closeAll(std::uint16_t code, std::function<void()> done);
    /// Any thread: more changes wait to be judged than a reader of the log should add to.
    bool isCongested() const;
    /// Any thread: nobody may connect to join for now.
    bool hasTooManyJoins() const;

private:
    struct Waiting
    {
        ClientMessage message;
        std::function<void()> handled;
    };
    struct Peer
    {
        std::shared_ptr<Outlet> outlet;
        PhoenixVersion version = PhoenixVersion::V1;
        IdentityPtr identity;
        std::map<std::string, ChannelId> channels; ///< by full topic
        /// Messages that wait for a join to be decided, a broadcast to be kept or a token to be
        /// looked at: the protocol handles them in order.
        std::deque<Waiting> waiting;
        std::size_t waitingBytes = 0;
        bool isBusy = false;
        /// Channels whose bindings are to be looked at: one after the other, so that no peer takes
        /// every worker.
        std::deque<ChannelId> toSubscribe;
        bool isSubscribing = false;
        /// A refused join blocks its whole socket until it is answered, in both directions.
        bool isHeldUp = false;
        std::vector<OutFramePtr> held;
    };
    struct Channel
    {
        explicit Channel(const ChangeFeed::Strand& strand) : expiry(strand) { }
        PeerId peer = 0;
        std::string topic; ///< with the prefix
        std::string subTopic; ///< without it
        std::optional<std::string> joinRef;
        JoinConfig config;
        IdentityPtr identity;
        ChannelAccess access;
        boost::asio::steady_timer expiry;
        std::deque<MonotonicTime> presenceCalls;
        bool hearsPresence = false;
        std::uint64_t subscribeAttempt = 0;
        bool isSubscribed = false;
        bool hasLostBinding = false; ///< one of those it was subscribed with has ended
        bool isReadinessDue = false;
        std::unordered_set<std::string> replayed;
    };
    struct Room
    {
        std::set<ChannelId> channels;
        PresenceRoom presence;
    };
    /// A join on its way: what was asked, by whom, and what the database said.
    struct Join
    {
        PeerId peer = 0;
        ClientMessage message;
        std::string subTopic;
        JoinConfig config;
        IdentityPtr identity;
        ChannelAccess access;
        std::vector<DatabaseBroadcast> replay;
        std::string refusal; ///< why the database's answer means no
        /// Of a join that waits for changes: what it will listen to.
        std::optional<std::vector<Subscription>> subscriptions;
        std::shared_ptr<boost::asio::steady_timer> deadline;
        bool isOver = false;
        bool closesSocket = false;
    };
    using JoinPtr = std::shared_ptr<Join>;
    /// Frames of the text delivered last: who gets the same on the same topic shares one.
    struct SharedFrames
    {
        std::shared_ptr<const std::string> payload;
        std::map<std::string, OutFramePtr> frames1; ///< by topic, of vsn 1.0.0
        std::map<std::string, OutFramePtr> frames2;
    };

    template <typename Work> void onStrand(Work work);

    void handle(PeerId id, ClientMessage message, std::function<void()> handled);
    void dispatch(PeerId id, ClientMessage message);
    void handleWaiting(PeerId id);
    void handleChannelEvent(ChannelId id, const ClientMessage& message);
    void handleBroadcast(ChannelId id, const ClientMessage& message);
    void persistBroadcast(ChannelId id, const ClientMessage& message);
    void persisted(ChannelId id, const ClientMessage& message,
        const std::variant<std::string, std::string>& outcome);
    void handlePresence(ChannelId id, const ClientMessage& message);
    void handleAccessToken(ChannelId id, const ClientMessage& message);
    void leave(PeerId id, const ClientMessage& message);

    void join(PeerId id, ClientMessage message);
    void authorize(const JoinPtr& join);
    void authorized(const JoinPtr& join);
    void finishJoin(const JoinPtr& join);
    void refuseJoin(const JoinPtr& join, std::string reason);
    /// The peer's messages are handled again.
    void resume(PeerId id);

    void reauthorize(ChannelId id, IdentityPtr identity);
    void reauthorized(
        ChannelId id, IdentityPtr identity, const std::optional<ChannelAccess>& access);
    void adopt(ChannelId id, IdentityPtr identity, const ChannelAccess& access);
    void watchExpiry(ChannelId id);
    void subscribe(ChannelId id);
    void subscribeNext(PeerId id);
    void subscribeLater(ChannelId id, std::uint64_t attempt);
    void subscribed(ChannelId id, std::uint64_t attempt,
        std::variant<std::vector<Subscription>, std::string> outcome);
    void announceReadiness(Channel& channel);

    void closeWithError(ChannelId id, const std::string& message);
    void closeChannel(ChannelId id, std::string_view event = "phx_close");
    void removeChannel(ChannelId id);
    void system(const Channel& channel, std::string_view extension, bool ok, std::string_view text);
    void push(const Channel& channel, std::string_view event, std::string_view payload);
    void reply(const Channel& channel, const std::optional<std::string>& ref, bool ok,
        std::string_view response);
    void replyTo(Peer& peer, const std::optional<std::string>& joinRef,
        const ClientMessage& message, bool ok, std::string_view response);
    void send(Peer& peer, OutFramePtr frame);
    void flush();
    void fanOut(const RoomBroadcast& broadcast, std::optional<ChannelId> sender,
        const std::string* replayId);
    void fanOutPresence(const Channel& channel, const std::string& diff);
    void deliverChange(const ChangeDelivery& delivery, pgoutput::PgTime committed);
    void endBinding(Channel& channel, std::int64_t binding);
    void countDelivery(pgoutput::PgTime committed);
    std::string presenceReference();

    Channel* channel(ChannelId id);
    Room& room(const Channel& channel) { return m_rooms[roomKey(channel)]; }
    static std::string roomKey(const Channel& channel);
    static std::string roomKey(bool isPrivate, std::string_view subTopic);

    ChangeFeed::Strand m_strand;
    PgPool& m_pool;
    const TokenVerifier& m_verifier;
    RandomSource& m_random;
    RealtimeMetrics& m_metrics;
    RealtimeOptions m_options;
    std::shared_ptr<ChangeFeed> m_feed;
    std::atomic<PeerId> m_lastPeer{0};
    ChannelId m_lastChannel = 0;
    std::unordered_map<PeerId, Peer> m_peers;
    std::unordered_map<ChannelId, std::unique_ptr<Channel>> m_channels;
    std::unordered_map<std::string, Room> m_rooms;
    /// Joins that were promised an answer when changes arrive.
    std::vector<JoinPtr> m_awaitingStream;
    SharedFrames m_sharedFrames;
    /// Who was sent something and not yet flushed: a crowd is flushed by several threads.
    std::vector<std::shared_ptr<Outlet>> m_unflushed;
    RateMeter m_joins;
    RateMeter m_messages;
    std::atomic<std::size_t> m_postedChanges{0};
    bool m_isStreaming = false;
    std::optional<std::uint16_t> m_closing;
    std::function<void()> m_closed;
};

} // namespace academy

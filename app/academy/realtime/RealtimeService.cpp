// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/RealtimeService.h"

#include "academy/realtime/BroadcastApi.h"
#include "academy/realtime/Hub.h"
#include "academy/realtime/LogReader.h"
#include "academy/realtime/ReplicationStream.h"
#include "academy/realtime/Socket.h"
#include "base/Log.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/http/write.hpp>

#include <atomic>
#include <future>

namespace academy {
namespace {

using namespace std::chrono_literals;
namespace http = boost::beast::http;

constexpr auto closingTime = 1s;
constexpr auto forgetEvery = std::chrono::hours(1);

std::optional<PhoenixVersion> versionOf(const std::string& vsn)
{
    if (vsn.empty() || vsn.starts_with("1.0.")) {
        return PhoenixVersion::V1;
    }
    return vsn.starts_with("2.0.") ? std::optional(PhoenixVersion::V2) : std::nullopt;
}

/// Answers an upgrade with an ordinary response and closes the connection.
void refuse(
    Connection stream, unsigned status, const std::string& body, std::chrono::milliseconds delay)
{
    struct Refusal
    {
        explicit Refusal(Connection taken) : stream(std::move(taken)), timer(stream.get_executor())
        {
        }
        Connection stream;
        boost::asio::steady_timer timer;
        http::response<http::string_body> response;
    };
    auto refusal = std::make_shared<Refusal>(std::move(stream));
    refusal->response.result(status);
    refusal->response.version(11);
    refusal->response.keep_alive(false);
    if (!body.empty()) {
        refusal->response.set(http::field::content_type, "application/json; charset=utf-8");
        refusal->response.body() = body;
    }
    refusal->response.prepare_payload();
    refusal->timer.expires_after(delay);
    refusal->timer.async_wait([refusal](const boost::system::error_code& error) {
        if (error) {
            return;
        }
        refusal->stream.expires_after(10s);
        http::async_write(refusal->stream, refusal->response,
            [refusal](const boost::system::error_code&, std::size_t) {
                boost::system::error_code ignored;
                refusal->stream.socket().shutdown(
                    boost::asio::ip::tcp::socket::shutdown_send, ignored);
            });
    });
}

} // namespace

class RealtimeService::Private : public std::enable_shared_from_this<RealtimeService::Private>
{
public:
    Private(boost::asio::io_context& io, PgPool& workers, const Keys& keys, const Clock& clock,
        RealtimeOptions realtimeOptions)
        : options(std::move(realtimeOptions)), verifier(keys, clock), pool(workers),
          hub(std::make_shared<Hub>(io, workers, verifier, random, metrics, options)),
          api(hub, workers, verifier, metrics, options), housekeeping(boost::asio::make_strand(io))
    {
        hub->begin(catalog);
        reader.emplace(LogReader::Events{
            [this](ChangePtr change) { hub->change(std::move(change)); },
            [this](DatabaseBroadcast broadcast) { hub->databaseBroadcast(std::move(broadcast)); },
            [this](pgoutput::Oid table) { catalog.forget(table); },
        });
        stream.emplace(options.replicationConninfo,
            std::vector<std::string>{"supabase_realtime", "supabase_realtime_messages_publication"},
            ReplicationStream::Events{
                [this](bool live) {
                    reader->reset();
                    catalog.forgetAll();
                    hub->setStreaming(live);
                },
                [this](pgoutput::Message message) { reader->take(std::move(message)); },
                [this] { return !hub->isCongested(); },
            });
    }

    void upgrade(Connection socket, std::shared_ptr<const Request> request)
    {
        if (!request->path.ends_with("/websocket")) {
            refuse(std::move(socket), 404, R"({"message":"Not Found"})", {});
            return;
        }
        const auto version = versionOf(request->parameter("vsn"));
        if (!version) {
            refuse(std::move(socket), 403, {}, options.refusedHandshakeDelay);
            return;
        }
        if (hub->hasTooManyJoins()) {
            refuse(std::move(socket), 429, R"({"error":"Too many joins per second"})",
                options.refusedHandshakeDelay);
            return;
        }
        const std::string apiKey = request->apiKey();
        std::string reason = "API key is missing";
        if (!apiKey.empty()) {
            auto verified = verifier.verifyApiKey(apiKey);
            if (auto* identity = std::get_if<IdentityPtr>(&verified)) {
                auto place = takePlace();
                if (!place) {
                    refuse(std::move(socket), 429, R"({"error":"Too many connected users"})",
                        options.refusedHandshakeDelay);
                    return;
                }
                std::make_shared<Socket>(std::move(socket), hub, *version, std::move(*identity),
                    metrics, options, std::move(place))
                    ->accept(std::move(request));
                return;
            }
            const auto& refusal = std::get<TokenRefusal>(verified);
            // The handshake does not say how long ago.
            reason = refusal.text.starts_with("Token has expired") ? "Token has expired"
                                                                   : refusal.text;
        }
        refuse(std::move(socket), 401, "{\"error\":" + jsonQuoted(reason) + '}',
            options.refusedHandshakeDelay);
    }

    /// A socket's place among those that may be open; null when all are taken.
    Socket::Place takePlace() const
    {
        if (++*places > options.sockets) {
            --*places;
            return nullptr;
        }
        return {places.get(), [taken = places](void*) { --*taken; }};
    }

    /// Delivered broadcasts are kept for replay only as long as a hosted project keeps them.
    void forgetOldMessages()
    {
        const bool submitted = pool.submit([](PgConnection& connection) {
            if (!connection.run("select realtime.forget_messages()").ok()) {
                qCInfo(lcAcademy, "Old broadcasts could not be removed");
            }
        });
        if (!submitted) {
            qCInfo(lcAcademy, "Old broadcasts stay until the next round");
        }
        housekeeping.expires_after(forgetEvery);
        housekeeping.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
            if (const auto self = weak.lock(); self && !error) {
                self->forgetOldMessages();
            }
        });
    }

    RealtimeOptions options;
    RealtimeMetrics metrics;
    SystemRandom random;
    TokenVerifier verifier;
    TableCatalog catalog;
    PgPool& pool;
    std::shared_ptr<Hub> hub;
    BroadcastApi api;
    std::optional<LogReader> reader;
    std::optional<ReplicationStream> stream;
    std::shared_ptr<std::atomic<std::size_t>> places
        = std::make_shared<std::atomic<std::size_t>>(0);
    /// Touched on its own strand only.
    boost::asio::steady_timer housekeeping;
};

RealtimeService::RealtimeService(boost::asio::io_context& io, PgPool& pool, const Keys& keys,
    const Clock& clock, RealtimeOptions options)
    : d(std::make_shared<Private>(io, pool, keys, clock, std::move(options)))
{
}

RealtimeService::~RealtimeService() = default;

void RealtimeService::attach(Server& server)
{
    server.handle("/realtime/v1", [d = d](std::shared_ptr<const Request> request, Respond respond) {
        d->api.handle(request, std::move(respond));
    });
    server.handleUpgrade(
        "/realtime/v1", [d = d](Connection stream, std::shared_ptr<const Request> request) {
            d->upgrade(std::move(stream), std::move(request));
        });
}

void RealtimeService::start()
{
    d->stream->start();
    boost::asio::post(d->housekeeping.get_executor(), [d = d] { d->forgetOldMessages(); });
}

void RealtimeService::stop()
{
    d->stream->stop();
    boost::asio::post(d->housekeeping.get_executor(), [d = d] { d->housekeeping.cancel(); });
    auto everyoneLeft = std::make_shared<std::promise<void>>();
    auto left = everyoneLeft->get_future();
    d->hub->closeAll(1012, [everyoneLeft] { everyoneLeft->set_value(); });
    left.wait_for(closingTime);
}

const RealtimeMetrics& RealtimeService::metrics() const
{
    return d->metrics;
}

} // namespace academy

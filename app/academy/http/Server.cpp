// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/http/Server.h"

#include "academy/http/Session.h"
#include "base/Log.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <vector>

namespace academy {

namespace asio = boost::asio;
using Tcp = boost::asio::ip::tcp;

namespace {

template <typename Handler>
const Handler* longestMatch(
    const std::map<std::string, Handler>& handlers, std::string_view path, std::string& prefix)
{
    const Handler* best = nullptr;
    for (const auto& [candidate, handler] : handlers) {
        const bool matches = path == candidate
            || (path.size() > candidate.size() && path.starts_with(candidate)
                && path[candidate.size()] == '/');
        if (matches && (best == nullptr || candidate.size() > prefix.size())) {
            best = &handler;
            prefix = candidate;
        }
    }
    return best;
}

Error listenError(const boost::system::error_code& failed)
{
    const bool taken = failed == asio::error::address_in_use;
    return Error{taken ? ErrorKind::Conflict : ErrorKind::Server,
        taken ? QStringLiteral("port_taken") : QStringLiteral("listen_failed"),
        QString::fromStdString(failed.message()), std::nullopt};
}

} // namespace

class Server::Private final : public Routes, public std::enable_shared_from_this<Server::Private>
{
public:
    Private(asio::io_context& context, ServerLimits wanted)
        : limitsOfAll(wanted), io(context), acceptor(asio::make_strand(context)),
          pause(acceptor.get_executor())
    {
    }

    const ServerLimits& limits() const override { return limitsOfAll; }
    const RequestHandler* handlerFor(std::string_view path, std::string& prefix) const override
    {
        return longestMatch(handlers, path, prefix);
    }
    const UpgradeHandler* upgradeFor(std::string_view path, std::string& prefix) const override
    {
        return longestMatch(upgrades, path, prefix);
    }
    const ForwardHandler* forwardFor(std::string_view path, std::string& prefix) const override
    {
        return longestMatch(forwards, path, prefix);
    }
    void ended() override { --connections; }

    void accept()
    {
        acceptor.async_accept(asio::make_strand(io),
            [self = shared_from_this()](boost::system::error_code failed, Tcp::socket socket) {
                if (failed == asio::error::operation_aborted || !self->acceptor.is_open()) {
                    return;
                }
                if (failed) {
                    self->acceptLater(failed);
                    return;
                }
                self->welcome(std::move(socket));
                self->accept();
            });
    }

    void acceptLater(const boost::system::error_code& reason)
    {
        qCWarning(lcAcademy) << "cannot accept a connection:" << reason.message().c_str();
        pause.expires_after(std::chrono::milliseconds(100));
        pause.async_wait([self = shared_from_this()](boost::system::error_code failed) {
            if (!failed) {
                self->accept();
            }
        });
    }

    void welcome(Tcp::socket socket)
    {
        boost::system::error_code ignored;
        socket.set_option(Tcp::no_delay(true), ignored);
        const bool room = ++connections <= limitsOfAll.connections;
        boost::beast::tcp_stream stream(std::move(socket));
        auto session = std::make_shared<Session>(
            encryption ? Connection(std::move(stream), *encryption) : Connection(std::move(stream)),
            shared_from_this());
        std::erase_if(sessions, [](const auto& known) { return known.expired(); });
        sessions.push_back(session);
        room ? session->start() : session->refuse();
    }

    void close()
    {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        pause.cancel();
        for (const auto& known : sessions) {
            if (const auto session = known.lock()) {
                session->close();
            }
        }
        sessions.clear();
    }

    const ServerLimits limitsOfAll;
    asio::io_context& io;
    Tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::map<std::string, RequestHandler> handlers;
    std::map<std::string, UpgradeHandler> upgrades;
    std::map<std::string, ForwardHandler> forwards;
    std::optional<asio::ssl::context> encryption;
    std::vector<std::weak_ptr<Session>> sessions; ///< touched on the acceptor's strand only
    std::atomic<std::size_t> connections = 0;
};

Server::Server(asio::io_context& io, ServerLimits limits) : d(std::make_shared<Private>(io, limits))
{
}

Server::~Server()
{
    stop();
}

void Server::handle(std::string prefix, RequestHandler handler)
{
    d->handlers.insert_or_assign(std::move(prefix), std::move(handler));
}

void Server::handleUpgrade(std::string prefix, UpgradeHandler handler)
{
    d->upgrades.insert_or_assign(std::move(prefix), std::move(handler));
}

void Server::forward(std::string prefix, ForwardHandler handler)
{
    d->forwards.insert_or_assign(std::move(prefix), std::move(handler));
}

Result<std::uint16_t> Server::listen(const std::string& address, std::uint16_t port)
{
    boost::system::error_code failed;
    const auto ip = asio::ip::make_address(address, failed);
    if (failed) {
        return listenError(failed);
    }
    const Tcp::endpoint endpoint(ip, port);
    d->acceptor.open(endpoint.protocol(), failed);
    if (!failed) {
        fcntl(d->acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
        d->acceptor.set_option(asio::socket_base::reuse_address(true), failed);
    }
    if (!failed) {
        d->acceptor.bind(endpoint, failed);
    }
    if (!failed) {
        d->acceptor.listen(asio::socket_base::max_listen_connections, failed);
    }
    if (failed) {
        return listenError(failed);
    }
    return d->acceptor.local_endpoint().port();
}

Result<void> Server::encrypt(const std::string& certificatePem, const std::string& keyPem)
{
    boost::system::error_code failed;
    asio::ssl::context context(asio::ssl::context::tls_server);
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1
            | asio::ssl::context::no_tlsv1_1,
        failed);
    if (!failed) {
        context.use_certificate(asio::buffer(certificatePem), asio::ssl::context::pem, failed);
    }
    if (!failed) {
        context.use_private_key(asio::buffer(keyPem), asio::ssl::context::pem, failed);
    }
    if (failed) {
        return Error{ErrorKind::Server, QStringLiteral("data_dir"),
            QStringLiteral("The certificate of this academy cannot be used: %1.")
                .arg(QString::fromStdString(failed.message())),
            std::nullopt};
    }
    d->encryption.emplace(std::move(context));
    return {};
}

void Server::start()
{
    asio::dispatch(d->acceptor.get_executor(), [self = d] { self->accept(); });
}

void Server::stop()
{
    asio::post(d->acceptor.get_executor(), [self = d] { self->close(); });
}

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Server.h"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/http/serializer.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace academy {

/// Passes one request on to a function's socket and its answer back, each as it comes: nothing is
/// collected, and whoever leaves on one side ends the other at once. Lives as long as something is
/// on its way; on the connection's strand. Source: supabase-protocol.md, Edge Functions.
class Tunnel final : public std::enable_shared_from_this<Tunnel>
{
public:
    /// `over` is called when the tunnel has ended, on the strand.
    Tunnel(OpenRequest request, std::function<void()> over);
    ~Tunnel();
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;

    /// `target` is the path and query that the function sees.
    void open(const std::string& socket, const std::string& target);
    /// Answers with an error instead, in the words of a hosted project.
    void refuse(unsigned status, const std::string& code, const std::string& message);

private:
    using Local = boost::asio::local::stream_protocol;
    using Upstream = boost::beast::basic_stream<Local>;
    using Serializer = boost::beast::http::request_serializer<boost::beast::http::buffer_body>;

    void connect();
    void writeHead();
    void readBody();
    void writeBody();
    void watchClient();
    void readAnswer();
    void writeAnswer(std::size_t bytes);
    void answered(boost::beast::error_code reason);
    /// Lets the client read what was sent, then closes.
    void close();
    void abort();

    Connection m_client;
    boost::beast::flat_buffer m_buffer;
    std::unique_ptr<OpenRequest::Parser> m_parser;
    std::function<void()> m_over;
    std::string m_peer;
    std::optional<Upstream> m_upstream;
    std::optional<Serializer> m_serializer;
    boost::asio::steady_timer m_timer;
    std::string m_socket;
    std::string m_refusal;
    std::chrono::steady_clock::time_point m_bootsUntil;
    std::array<char, 16 * 1024> m_question;
    std::array<char, 16 * 1024> m_answer;
    std::array<char, 512> m_surplus; ///< what a client says after its request is not read
    bool m_hasAnswered = false;
    bool m_isClosing = false;
};

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/Arguments.h"
#include "academy/auth/Keys.h"
#include "academy/http/Server.h"
#include "academy/postgres/Cluster.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Result.h"

#include <QByteArray>

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <string>

namespace academy {

/// The whole program from its arguments to its exit code: takes the port, starts the database,
/// brings it to the program's schema, serves until a signal comes, and leaves in the opposite
/// order. Lives on the main thread; SIGINT and SIGTERM must be blocked before run().
class Academy final
{
public:
    explicit Academy(Arguments arguments);

    /// Returns the exit code; what went wrong has been said on stderr in a sentence.
    int run();

private:
    Result<void> prepareDatabase();
    Result<void> encrypt();
    Result<void> writePortFile() const;
    int serve();
    /// Blocks until a signal asks to stop (0) or the database server ends by itself (1).
    int awaitEnd() const;
    static int complain(const Error& error);

    Arguments m_arguments;
    SystemClock m_clock;
    SystemRandom m_random;
    boost::asio::io_context m_io;
    Server m_server;
    Cluster m_cluster;
    Keys m_keys;
    std::string m_url;
    QByteArray m_fingerprint; ///< of the certificate in LAN mode
};

} // namespace academy

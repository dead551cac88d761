// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Process.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace academy {

/// How the process of one function is started.
struct FunctionProgram
{
    std::string name;
    std::vector<std::string> command;
    std::vector<std::string> environment; ///< "NAME=value"
    std::filesystem::path socket; ///< where it will listen
    std::filesystem::path log; ///< gets what it prints
};

/// One Edge Function in a process of its own, started again when it ends. Any thread.
class FunctionHost final : public std::enable_shared_from_this<FunctionHost>
{
public:
    FunctionHost(boost::asio::io_context& io, FunctionProgram program);
    FunctionHost(const FunctionHost&) = delete;
    FunctionHost& operator=(const FunctionHost&) = delete;

    void start();
    /// Ends the process and waits for it.
    void stop();
    const FunctionProgram& program() const { return m_program; }

private:
    void launch();
    void ended();

    FunctionProgram m_program;
    std::mutex m_mutex; ///< guards everything below
    ChildProcess m_process;
    boost::asio::posix::stream_descriptor m_end; ///< readable when the process has ended
    boost::asio::steady_timer m_again;
    std::chrono::milliseconds m_pause;
    bool m_isStopped = false;
};

} // namespace academy

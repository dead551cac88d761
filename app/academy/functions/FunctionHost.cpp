// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/functions/FunctionHost.h"

#include "base/Log.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace academy {

namespace {

constexpr std::chrono::milliseconds firstPause(200);
constexpr std::chrono::milliseconds longestPause(30'000);
constexpr std::chrono::milliseconds politeEnd(2'000);
constexpr std::chrono::milliseconds forcedEnd(5'000);

} // namespace

FunctionHost::FunctionHost(boost::asio::io_context& io, FunctionProgram program)
    : m_program(std::move(program)), m_end(io), m_again(io), m_pause(firstPause)
{
}

void FunctionHost::start()
{
    const std::lock_guard lock(m_mutex);
    launch();
}

void FunctionHost::launch()
{
    std::error_code ignored;
    std::filesystem::remove(m_program.socket, ignored);
    const bool started = m_process.start(m_program.command, ProcessUser::self(),
        m_program.log.string(), SIGTERM, m_program.environment);
    const int descriptor
        = started ? static_cast<int>(syscall(SYS_pidfd_open, m_process.pid(), 0)) : -1;
    if (descriptor < 0) {
        qCWarning(lcAcademy) << "the function" << m_program.name.c_str() << "cannot be started";
        return;
    }
    m_end.assign(descriptor);
    m_end.async_wait(boost::asio::posix::stream_descriptor::wait_read,
        [self = shared_from_this()](const boost::system::error_code& failed) {
            if (!failed) {
                self->ended();
            }
        });
}

void FunctionHost::ended()
{
    const std::lock_guard lock(m_mutex);
    m_end.close();
    m_process.waitForEnd(std::chrono::milliseconds(0));
    if (m_isStopped) {
        return;
    }
    qCWarning(lcAcademy) << "the function" << m_program.name.c_str()
                         << "ended and is started again; its log is" << m_program.log.c_str();
    m_again.expires_after(m_pause);
    m_pause = std::min(m_pause * 2, longestPause);
    m_again.async_wait([self = shared_from_this()](const boost::system::error_code& failed) {
        const std::lock_guard again(self->m_mutex);
        if (!failed && !self->m_isStopped) {
            self->launch();
        }
    });
}

void FunctionHost::stop()
{
    const std::lock_guard lock(m_mutex);
    m_isStopped = true;
    m_again.cancel();
    m_process.signal(SIGTERM);
    if (!m_process.waitForEnd(politeEnd)) {
        m_process.signal(SIGKILL);
        m_process.waitForEnd(forcedEnd);
    }
    if (m_end.is_open()) {
        m_end.close();
    }
    std::error_code ignored;
    std::filesystem::remove(m_program.socket, ignored);
}

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace academy {

/// The operating-system user a program runs as.
struct ProcessUser
{
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    std::string name;

    /// The user of this process.
    static ProcessUser self();
    /// The same, or, when that is root, "postgres" or else "nobody".
    static std::optional<ProcessUser> forServer();
    bool isOther() const;
};

/// What a finished program left: its exit status (-1 when it was killed or could not be started)
/// and everything it printed on both streams.
struct ProgramOutput
{
    int status = -1;
    std::string text;
};

/// Runs a program to its end as `user`, with "/" as its folder and a clean environment.
ProgramOutput runProgram(const std::vector<std::string>& command, const ProcessUser& user);

/// A program that runs beside this one, in a session of its own so that the terminal's Ctrl-C does
/// not reach it. The kernel sends it `deathSignal` when the thread that started it ends.
class ChildProcess final
{
public:
    ChildProcess() = default;
    ~ChildProcess();
    ChildProcess(ChildProcess&&) noexcept;
    ChildProcess& operator=(ChildProcess&&) noexcept;

    /// Starts with both streams appended to `logFile`; false when no process could be made. The
    /// environment is a clean one unless given as "NAME=value" lines.
    bool start(const std::vector<std::string>& command, const ProcessUser& user,
        const std::string& logFile, int deathSignal,
        const std::vector<std::string>& variables = {});
    /// A foreign process to be watched and signalled, but not reaped.
    bool adopt(pid_t pid);
    void signal(int number) const;
    /// True when the process has ended within the time.
    bool waitForEnd(std::chrono::milliseconds time);
    pid_t pid() const { return m_pid; }

private:
    void forget();

    pid_t m_pid = 0;
    int m_descriptor = -1;
    bool m_ours = false;
};

/// True when `user` may enter the folder.
bool canEnter(const std::string& folder, const ProcessUser& user);

} // namespace academy

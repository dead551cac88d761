// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/postgres/Process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace academy {

namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts)
{
    std::vector<char*> list;
    list.reserve(texts.size() + 1);
    for (const std::string& text : texts) {
        list.push_back(const_cast<char*>(text.c_str()));
    }
    list.push_back(nullptr);
    return list;
}

const std::vector<std::string>& cleanEnvironment()
{
    static const std::vector<std::string> environment{
        "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=/"};
    return environment;
}

/// Runs in the child between fork and exec: nothing but system calls.
bool become(const ProcessUser& user)
{
    if (!user.isOther()) {
        return true;
    }
    return setgroups(user.groups.size(), user.groups.data()) == 0
        && setresgid(user.gid, user.gid, user.gid) == 0
        && setresuid(user.uid, user.uid, user.uid) == 0;
}

/// A listening socket or a lock must not live on in a program that outlives this one.
void closeEverythingElse()
{
    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
}

void unblockSignals()
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
}

int openProcess(pid_t pid)
{
    return static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
}

int reap(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) { }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

ProcessUser ProcessUser::self()
{
    ProcessUser user;
    user.uid = geteuid();
    user.gid = getegid();
    const passwd* entry = getpwuid(user.uid);
    user.name = entry == nullptr ? std::to_string(user.uid) : entry->pw_name;
    return user;
}

std::optional<ProcessUser> ProcessUser::forServer()
{
    if (geteuid() != 0) {
        return self();
    }
    ProcessUser user;
    const passwd* entry = nullptr;
    for (const char* name : {"postgres", "nobody"}) {
        entry = getpwnam(name);
        if (entry != nullptr && entry->pw_uid != 0) {
            user.uid = entry->pw_uid;
            user.gid = entry->pw_gid;
            user.name = name;
            int count = 64;
            user.groups.resize(static_cast<std::size_t>(count));
            getgrouplist(name, user.gid, user.groups.data(), &count);
            user.groups.resize(static_cast<std::size_t>(std::max(count, 0)));
            return user;
        }
    }
    return std::nullopt;
}

bool ProcessUser::isOther() const
{
    return uid != geteuid();
}

ProgramOutput runProgram(const std::vector<std::string>& command, const ProcessUser& user)
{
    ProgramOutput output;
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return output;
    }
    const auto arguments = pointers(command);
    const auto environment = pointers(cleanEnvironment());
    const pid_t pid = fork();
    if (pid == 0) {
        unblockSignals();
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        closeEverythingElse();
        if (become(user) && chdir("/") == 0) {
            execve(arguments[0], arguments.data(), environment.data());
        }
        _exit(127);
    }
    close(ends[1]);
    if (pid > 0) {
        std::array<char, 4096> buffer{};
        ssize_t bytes = 0;
        while ((bytes = read(ends[0], buffer.data(), buffer.size())) > 0
            || (bytes < 0 && errno == EINTR)) {
            output.text.append(
                buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(bytes, 0)));
        }
        output.status = reap(pid);
    }
    close(ends[0]);
    return output;
}

ChildProcess::~ChildProcess()
{
    forget();
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_pid(std::exchange(other.m_pid, 0)), m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_ours(std::exchange(other.m_ours, false))
{
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept
{
    std::swap(m_pid, other.m_pid);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_ours, other.m_ours);
    return *this;
}

bool ChildProcess::start(const std::vector<std::string>& command, const ProcessUser& user,
    const std::string& logFile, int deathSignal, const std::vector<std::string>& variables)
{
    const int log = open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) {
        return false;
    }
    const auto arguments = pointers(command);
    const auto environment = pointers(variables.empty() ? cleanEnvironment() : variables);
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        unblockSignals();
        setsid();
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, STDIN_FILENO);
        dup2(log, STDOUT_FILENO);
        dup2(log, STDERR_FILENO);
        closeEverythingElse();
        // Changing the user clears the death signal, so it is asked for afterwards.
        if (become(user) && prctl(PR_SET_PDEATHSIG, deathSignal) == 0 && getppid() == parent
            && chdir("/") == 0) {
            execve(arguments[0], arguments.data(), environment.data());
        }
        _exit(127);
    }
    close(log);
    if (pid < 0) {
        return false;
    }
    forget();
    m_pid = pid;
    m_ours = true;
    m_descriptor = openProcess(pid);
    return true;
}

bool ChildProcess::adopt(pid_t pid)
{
    forget();
    m_descriptor = openProcess(pid);
    m_pid = m_descriptor < 0 ? 0 : pid;
    return m_pid != 0;
}

void ChildProcess::signal(int number) const
{
    if (m_descriptor >= 0) {
        syscall(SYS_pidfd_send_signal, m_descriptor, number, nullptr, 0);
    }
}

bool ChildProcess::waitForEnd(std::chrono::milliseconds time)
{
    if (m_pid == 0) {
        return true;
    }
    pollfd process{m_descriptor, POLLIN, 0};
    if (poll(&process, 1, static_cast<int>(time.count())) <= 0) {
        return false;
    }
    if (m_ours) {
        reap(m_pid);
    }
    forget();
    return true;
}

void ChildProcess::forget()
{
    if (m_descriptor >= 0) {
        close(m_descriptor);
    }
    m_descriptor = -1;
    m_pid = 0;
    m_ours = false;
}

bool canEnter(const std::string& folder, const ProcessUser& user)
{
    if (!user.isOther()) {
        return access(folder.c_str(), X_OK) == 0;
    }
    const pid_t pid = fork();
    if (pid == 0) {
        _exit(become(user) && access(folder.c_str(), X_OK) == 0 ? 0 : 1);
    }
    return pid > 0 && reap(pid) == 0;
}

} // namespace academy

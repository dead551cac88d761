// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/Academy.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// The caller's PGHOST, PGOPTIONS and the like must not reach the academy's own connections.
void forgetPostgresEnvironment()
{
    std::vector<std::string> names;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const char* equals = std::strchr(*entry, '=');
        if (std::strncmp(*entry, "PG", 2) == 0 && equals != nullptr) {
            names.emplace_back(*entry, static_cast<std::size_t>(equals - *entry));
        }
    }
    for (const std::string& name : names) {
        unsetenv(name.c_str());
    }
}

/// Every thread inherits this; the main thread reads the two signals from a descriptor.
void blockSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

/// Every socket is a descriptor, and the usual soft limit is a thousand.
void allowManySockets()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int count, char** words)
{
    const std::vector<std::string_view> arguments(words + 1, words + count);
    auto parsed = academy::Arguments::parse(arguments);
    if (!parsed) {
        std::cerr << "neolingus-academy: " << parsed.error().detail.toStdString() << " Try --help."
                  << std::endl;
        return 2;
    }
    if (parsed->help) {
        std::cout << academy::Arguments::helpText();
        return 0;
    }
    if (parsed->version) {
        std::cout << "neolingus-academy " NEOLINGUS_VERSION << std::endl;
        return 0;
    }
    forgetPostgresEnvironment();
    blockSignals();
    allowManySockets();
    try {
        return academy::Academy(std::move(*parsed)).run();
    } catch (const std::exception& failed) {
        std::cerr << "neolingus-academy: the academy failed: " << failed.what() << std::endl;
        return 1;
    }
}

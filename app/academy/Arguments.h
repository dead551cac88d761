// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace academy {

/// What the command line asks for. Error code "usage", the sentence in `detail`.
struct Arguments
{
    static constexpr const char* everyAddress = "0.0.0.0";

    std::filesystem::path dataDir;
    std::string address = "127.0.0.1";
    std::uint16_t port = 54321;
    std::optional<std::uint16_t> databasePort; ///< PostgreSQL on loopback TCP, --demo only
    bool lan = false; ///< encrypted, for the local network
    bool demo = false;
    bool likeHosted = false; ///< delays and limits of a hosted project
    bool es256 = false; ///< sign users' tokens with a key of their own
    std::optional<std::chrono::seconds> tokenLife; ///< of access tokens; an hour when not given
    bool help = false;
    bool version = false;
    std::optional<std::filesystem::path> portFile;
    std::optional<std::filesystem::path> postgresPrograms;
    std::optional<std::filesystem::path> functions; ///< folder of Edge Functions to serve
    std::optional<std::filesystem::path> deno; ///< the program that runs them

    static Result<Arguments> parse(std::span<const std::string_view> words);
    static std::string_view helpText();
};

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/Arguments.h"

#include <charconv>
#include <cstdlib>

namespace academy {

namespace fs = std::filesystem;

namespace {

Error usage(const std::string& sentence)
{
    return Error{ErrorKind::Invalid, QStringLiteral("usage"), QString::fromStdString(sentence),
        std::nullopt};
}

fs::path usualDataDir(bool demo)
{
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    const fs::path base = data != nullptr && *data == '/' ? fs::path(data)
        : home != nullptr && *home == '/'                 ? fs::path(home) / ".local/share"
                                                          : fs::path("/var/lib");
    return base / (demo ? "neolingus-academy-demo" : "neolingus-academy");
}

bool isLoopback(const std::string& address)
{
    return address.starts_with("127.") || address == "::1";
}

template <typename Number> std::optional<Number> numberIn(const std::string& text)
{
    Number number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = failed == std::errc() && end == text.data() + text.size();
    return isWhole ? std::optional(number) : std::nullopt;
}

} // namespace

Result<Arguments> Arguments::parse(std::span<const std::string_view> words)
{
    Arguments arguments;
    bool isAddressGiven = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t equals = words[i].find('=');
        const std::string_view name = words[i].substr(0, equals);
        if (name == "--help" || name == "-h") {
            arguments.help = true;
            continue;
        }
        if (name == "--version") {
            arguments.version = true;
            continue;
        }
        if (name == "--demo") {
            arguments.demo = true;
            continue;
        }
        if (name == "--like-hosted") {
            arguments.likeHosted = true;
            continue;
        }
        if (name == "--lan") {
            arguments.lan = true;
            continue;
        }
        const bool known = name == "--data" || name == "--port" || name == "--port-file"
            || name == "--pg-bin" || name == "--listen" || name == "--jwt-alg"
            || name == "--db-port" || name == "--functions" || name == "--deno"
            || name == "--token-life";
        if (!known) {
            return usage("There is no option \"" + std::string(words[i]) + "\".");
        }
        if (equals == std::string_view::npos && i + 1 == words.size()) {
            return usage("The option " + std::string(name) + " needs a value.");
        }
        const std::string value(
            equals == std::string_view::npos ? words[++i] : words[i].substr(equals + 1));
        if (value.empty()) {
            return usage("The option " + std::string(name) + " needs a value.");
        }
        if (name == "--data") {
            arguments.dataDir = value;
        } else if (name == "--port-file") {
            arguments.portFile = value;
        } else if (name == "--pg-bin") {
            arguments.postgresPrograms = value;
        } else if (name == "--functions") {
            arguments.functions = value;
        } else if (name == "--deno") {
            arguments.deno = value;
        } else if (name == "--listen") {
            arguments.address = value;
            isAddressGiven = true;
        } else if (name == "--jwt-alg") {
            arguments.es256 = value == "es256";
            if (value != "es256" && value != "hs256") {
                return usage("--jwt-alg is es256 or hs256.");
            }
        } else if (name == "--token-life") {
            constexpr std::uint32_t aWeek = 7 * 86'400; // the longest of hosted projects
            const auto seconds = numberIn<std::uint32_t>(value);
            if (!seconds || *seconds < 1 || *seconds > aWeek) {
                return usage("--token-life needs a number of seconds from 1 to 604800.");
            }
            arguments.tokenLife = std::chrono::seconds(*seconds);
        } else if (const auto port = numberIn<std::uint16_t>(value); name == "--db-port") {
            if (!port || *port == 0) {
                return usage("\"" + value
                    + "\" is not a port for the database: give a number from 1 to 65535.");
            }
            arguments.databasePort = *port;
        } else if (port) {
            arguments.port = *port;
        } else {
            return usage("\"" + value + "\" is not a port: give a number from 0 to 65535.");
        }
    }
    if (arguments.lan && !isAddressGiven) {
        arguments.address = everyAddress;
    }
    if (arguments.demo && arguments.lan) {
        return usage("The demo academy has public keys and passwords, so it listens on this "
                     "computer only: --demo and --lan exclude each other.");
    }
    if (arguments.databasePort && !arguments.demo) {
        return usage("--db-port opens the database to everybody who knows the development "
                     "password, so it goes with --demo only.");
    }
    if (arguments.demo && !isLoopback(arguments.address)) {
        return usage(
            "The demo academy has public keys and passwords, so it listens on this computer "
            "only: --demo and --listen "
            + arguments.address + " exclude each other.");
    }
    if (arguments.deno && !arguments.functions) {
        return usage("--deno says what runs the functions, so it goes with --functions only.");
    }
    if (arguments.dataDir.empty()) {
        arguments.dataDir = usualDataDir(arguments.demo);
    }
    return arguments;
}

std::string_view Arguments::helpText()
{
    return R"(neolingus-academy: a private academy server that speaks the Supabase protocols

Usage: neolingus-academy [options]

  --data DIR        where the academy lives (default: neolingus-academy in the data folder of the
                    user, neolingus-academy-demo with --demo)
  --port N          the port to serve on (default 54321; 0 takes any free one)
  --listen ADDRESS  the address to serve on (default 127.0.0.1, this computer only)
  --demo            a demo academy with sample people, courses and a paper, and public keys
  --db-port N       with --demo: open the database too, at postgresql://postgres:postgres@127.0.0.1:N/postgres
                    (the official development stack uses 54322)
  --lan             for a classroom without the internet: serve every computer of the local network
                    (or --listen ADDRESS), encrypted with a certificate of the academy's own, whose
                    six words are printed for the students to compare; off by default
  --like-hosted     answer refused joins after 5 s and refused handshakes after 2 s, and count presence
                    messages also with --demo, as hosted projects do: for testing clients
  --jwt-alg ALG     es256: sign users' tokens with a key of their own from now on, published below
                    /auth/v1/.well-known/jwks.json; hs256 (default): with the shared secret until then
  --token-life N    how many seconds an access token lives (default 3600)
  --functions DIR   serve the Edge Functions in DIR (a folder with an index.ts each) below /functions/v1;
                    they see the academy's environment, the tutor's keys (TUTOR_OPENAI_KEY, …) among it
  --deno PATH       the Deno program that runs them (default: searched)
  --port-file FILE  write the address and the keys to FILE as JSON when the academy serves
  --pg-bin DIR      the program directory of PostgreSQL 15 or newer (default: searched)
  --help            show this text
  --version         show the version

Stop it with Ctrl-C or SIGTERM. Exit codes: 0 stopped, 1 the database failed while serving, 2 wrong
options, 3 the port is taken, 4 no PostgreSQL found, 5 the data directory cannot be used, 6 a
migration failed or the database is newer than the program.
)";
}

} // namespace academy

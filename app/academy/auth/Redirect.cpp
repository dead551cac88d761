// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Redirect.h"

#include <QUrl>

#include <boost/asio/ip/address.hpp>

namespace academy {

namespace {

bool isLoopbackAddress(const QString& host)
{
    boost::system::error_code failed;
    const auto address = boost::asio::ip::make_address(host.toStdString(), failed);
    return !failed && address.is_loopback();
}

} // namespace

std::string allowedRedirect(const std::string& wanted, const std::string& site)
{
    const QUrl target(QString::fromStdString(wanted), QUrl::StrictMode);
    const QUrl home(QString::fromStdString(site));
    const bool web
        = target.scheme() == QLatin1String("http") || target.scheme() == QLatin1String("https");
    if (!target.isValid() || !web || target.host().isEmpty() || !target.userInfo().isEmpty()) {
        return site;
    }
    const bool here
        = isLoopbackAddress(target.host()) || target.host() == QLatin1String("localhost");
    const bool sameSite = target.scheme() == home.scheme() && target.host() == home.host()
        && target.port() == home.port();
    return here || sameSite ? wanted : site;
}

std::string withParameters(const std::string& target, const std::string& pairs, bool inFragment)
{
    const std::size_t hash = target.find('#');
    const std::string base = target.substr(0, hash);
    if (inFragment) {
        return base + "#" + pairs;
    }
    return base + (base.find('?') == std::string::npos ? "?" : "&") + pairs;
}

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (plain) {
            encoded += c;
        } else {
            encoded += {'%', hex[byte >> 4U], hex[byte & 15U]};
        }
    }
    return encoded;
}

} // namespace academy

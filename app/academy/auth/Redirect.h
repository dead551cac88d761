// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace academy {

/// Where a browser may be sent with somebody's session: the academy's own site on any port of this
/// computer, and loopback addresses. Anything else becomes the site itself. Source:
/// supabase-protocol.md C5.
std::string allowedRedirect(const std::string& wanted, const std::string& site);

/// `target` with parameters added to its query or, for the implicit flow, as its fragment. The
/// pairs are "name=value" with the value percent-encoded already, joined by '&'.
std::string withParameters(const std::string& target, const std::string& pairs, bool inFragment);

/// Percent-encoding of everything but unreserved characters.
std::string percentEncoded(std::string_view text);

} // namespace academy

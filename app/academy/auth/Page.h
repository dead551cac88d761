// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"

#include <string>
#include <string_view>

namespace academy {

/// Text as it may stand in HTML and in its attributes.
std::string escaped(std::string_view text);

/// A small page for people. `body` is HTML. It loads nothing, runs nothing, is never framed or
/// kept.
Response page(std::string_view title, std::string_view body);

} // namespace academy

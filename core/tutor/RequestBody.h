// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// What the request builders of all wires share. Pure.
namespace requestbody {

/// A POST of `body` to `path` below the settings' base URL, with the quirks' fields merged over and
/// the dropped ones left out.
HttpRequest post(const TutorSettings& settings, const QString& path, QJsonObject body, const TutorQuirks& quirks);

/// The base URL with `path` behind it, however it ends.
QUrl below(const QUrl& baseUrl, const QString& path);

/// The quirks without the field that was rejected; empty when it is essential, was dropped already,
/// or too many repairs were made. `depth` names as many parts as one may drop: "a.b" for 2.
std::optional<TutorQuirks> withoutRejected(const TutorQuirks& quirks, const TutorFailure& failure,
    const QStringList& essential, int depth = 1);

} // namespace requestbody

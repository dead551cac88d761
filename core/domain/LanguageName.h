// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What a language calls itself, as a heading: "English", "Español"; with its country only when the tag
/// (BCP 47) names one. The tag itself for a language that is not known. Pure.
QString languageName(const QString& tag);

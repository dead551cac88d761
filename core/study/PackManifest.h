// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/Pack.h"

/// Decodes and checks a manifest (`pack.json`): first every shape rule of the pack format, then
/// every reference between its parts. Total: a manifest that passes can be studied without further
/// checks. Pure. Error codes: pack_shape, pack_duplicate_id, pack_reference, pack_options,
/// pack_pairs, pack_gaps, pack_answer; `detail` names the place.
Result<Pack> parsePackManifest(const QJsonObject& json);

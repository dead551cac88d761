// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Keys.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Result.h"

#include <QJsonObject>

#include <filesystem>

namespace academy {

/// Where an academy keeps its secret and keys: a JSON file of mode 0600 in the data directory.
class KeyFile final
{
public:
    explicit KeyFile(std::filesystem::path file);

    /// The keys of this data directory, made at random on first start. A demo academy has the
    /// well-known development keys, and a data directory stays what it was made as: a demo's
    /// accounts have a public password and must never stand behind real keys, nor the reverse.
    /// With `es256` users' tokens are signed with a key of their own from then on; the tokens
    /// signed before stay good. Errors carry a sentence in `detail`, codes "data_dir" and
    /// "data_dir_kind".
    Result<Keys> open(bool demo, bool es256, RandomSource& random, WallTime now) const;

    /// The keys of the official local development stack, public to everybody.
    static Keys developmentKeys();

private:
    Result<Keys> create(bool demo, bool es256, RandomSource& random, WallTime now) const;
    Result<Keys> addSigningKey(Keys keys, QJsonObject stored) const;
    Result<void> write(const QJsonObject& stored) const;

    std::filesystem::path m_file;
};

} // namespace academy

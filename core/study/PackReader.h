// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/Pack.h"
#include "study/PackArchive.h"

#include <memory>

/// Reads `*.apack` archives (zip: pack.json and media/…) and checks everything before anything is
/// used: archive, shape, references, hashes and, when present, the Ed25519 signature. Pure CPU and
/// file work: call it on a worker thread. Holds no state.
///
/// Errors are ErrorKind::Invalid with a code per defect: pack_not_zip, pack_too_large,
/// pack_bomb, pack_path, pack_no_manifest, pack_json, pack_shape, pack_duplicate_id,
/// pack_reference, pack_options, pack_pairs, pack_gaps, pack_asset, pack_signature,
/// pack_unknown_key. `detail` names the item and the field.
class PackReader
{
public:
    /// `trustedKeys`: key id → raw 32-byte Ed25519 public key.
    explicit PackReader(PackLimits limits = {}, QHash<QString, QByteArray> trustedKeys = {});

    Result<std::shared_ptr<const Pack>> read(const QByteArray& archive) const;
    /// Errors also: Storage `pack_unreadable`.
    Result<std::shared_ptr<const Pack>> readFile(const QString& path) const;
    /// A manifest without its archive: media files are not checked.
    Result<std::shared_ptr<const Pack>> readManifest(const QByteArray& json) const;

private:
    PackLimits m_limits;
    QHash<QString, QByteArray> m_trustedKeys;
};

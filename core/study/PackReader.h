// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "study/Pack.h"

#include <memory>

/// Upper limits of what a pack may hold; they stop zip bombs before memory is used.
struct PackLimits
{
    qint64 archiveBytes = 512LL * 1024 * 1024;
    qint64 unpackedBytes = 1024LL * 1024 * 1024;
    qint64 jsonBytes = 32LL * 1024 * 1024;
    qint64 entryBytes = 128LL * 1024 * 1024;
    int entries = 10'000;
    int ratio = 200; ///< unpacked : packed, per entry above 1 MiB
};

/// Reads `*.apack` archives (zip: pack.json and media/…) and checks everything before anything is
/// used: archive, shape, references, hashes and, when present, the Ed25519 signature over the
/// canonical manifest. Pure CPU and file work: call it on a worker thread. Holds no state.
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
    Result<std::shared_ptr<const Pack>> readFile(const QString& path) const;
    /// A manifest without its archive: shape and references are checked, media files are not.
    Result<std::shared_ptr<const Pack>> readManifest(const QByteArray& json) const;

private:
    PackLimits m_limits;
    QHash<QString, QByteArray> m_trustedKeys;
};

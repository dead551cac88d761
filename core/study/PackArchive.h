// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

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

/// The entries of a zip archive in memory, read within limits and never written to a disk. Worker
/// thread. Error codes: pack_not_zip, pack_too_large, pack_bomb, pack_path.
class PackArchive
{
public:
    /// Keeps a share of `bytes`.
    static Result<PackArchive> open(const QByteArray& bytes, const PackLimits& limits);
    ~PackArchive();
    PackArchive(PackArchive&& other) noexcept;
    PackArchive& operator=(PackArchive&& other) noexcept;

    bool contains(const QString& name) const { return m_entries.contains(name); }
    qint64 sizeOf(const QString& name) const { return m_entries.value(name).size; }
    /// The unpacked bytes; fails when they do not match the archive's own size and checksum.
    Result<QByteArray> entry(const QString& name, qint64 limit) const;

private:
    struct Entry
    {
        quint64 index = 0;
        qint64 size = 0;
    };
    struct Handle;

    explicit PackArchive(std::unique_ptr<Handle> handle);
    Result<void> list(const PackLimits& limits);

    std::unique_ptr<Handle> m_handle;
    QHash<QString, Entry> m_entries;
};

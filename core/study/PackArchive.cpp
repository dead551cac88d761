// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PackArchive.h"

#include <zip.h>

#include <QRegularExpression>

namespace {

Error defect(const char* code, const QString& detail)
{
    return Error {ErrorKind::Invalid, QLatin1String(code), detail, {}};
}

bool isSafePath(const QString& name)
{
    static const QRegularExpression safe(
        QStringLiteral("\\A(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?\\z"));
    return !name.isEmpty() && name.size() <= 255 && safe.match(name).hasMatch();
}

} // namespace

struct PackArchive::Handle
{
    QByteArray bytes; ///< libzip reads from them for as long as the archive is open
    zip_t* zip = nullptr;

    ~Handle()
    {
        if (zip) {
            zip_discard(zip);
        }
    }
    Handle() = default;
    Q_DISABLE_COPY_MOVE(Handle)
};

PackArchive::PackArchive(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) { }
PackArchive::~PackArchive() = default;
PackArchive::PackArchive(PackArchive&& other) noexcept = default;
PackArchive& PackArchive::operator=(PackArchive&& other) noexcept = default;

Result<PackArchive> PackArchive::open(const QByteArray& bytes, const PackLimits& limits)
{
    if (bytes.size() > limits.archiveBytes) {
        return defect("pack_too_large", QStringLiteral("%1 bytes").arg(bytes.size()));
    }
    if (bytes.isEmpty()) {
        return defect("pack_not_zip", QStringLiteral("nothing in it"));
    }
    auto handle = std::make_unique<Handle>();
    handle->bytes = bytes;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(
        handle->bytes.constData(), zip_uint64_t(handle->bytes.size()), 0, &error);
    if (source) {
        handle->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (!handle->zip) {
            zip_source_free(source);
        }
    }
    const QString reason = QString::fromUtf8(zip_error_strerror(&error));
    zip_error_fini(&error);
    if (!handle->zip) {
        return defect("pack_not_zip", reason);
    }
    PackArchive archive(std::move(handle));
    if (Result<void> listed = archive.list(limits); !listed) {
        return listed.error();
    }
    return archive;
}

Result<void> PackArchive::list(const PackLimits& limits)
{
    const zip_int64_t count = zip_get_num_entries(m_handle->zip, 0);
    if (count > limits.entries) {
        return defect("pack_bomb", QStringLiteral("%1 entries").arg(count));
    }
    qint64 total = 0;
    for (zip_uint64_t index = 0; index < zip_uint64_t(count); ++index) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat_index(m_handle->zip, index, ZIP_FL_ENC_RAW, &stat) != 0
            || !(stat.valid & ZIP_STAT_NAME) || !(stat.valid & ZIP_STAT_SIZE)
            || !(stat.valid & ZIP_STAT_COMP_SIZE)) {
            return defect("pack_not_zip", QStringLiteral("entry %1 has no name or size").arg(index));
        }
        const QString name = QString::fromUtf8(stat.name);
        if (!isSafePath(name) || m_entries.contains(name)) {
            return defect("pack_path", name);
        }
        if (stat.encryption_method != ZIP_EM_NONE) {
            return defect("pack_not_zip", name + QStringLiteral(" is encrypted"));
        }
        constexpr zip_uint64_t ratioMatters = 1024 * 1024;
        const bool inflated = stat.size > ratioMatters
            && stat.size / std::max<zip_uint64_t>(1, stat.comp_size) > zip_uint64_t(limits.ratio);
        if (stat.size > zip_uint64_t(limits.entryBytes) || inflated) {
            return defect("pack_bomb", QStringLiteral("%1 unpacks to %2 bytes").arg(name).arg(stat.size));
        }
        total += qint64(stat.size);
        if (total > limits.unpackedBytes) {
            return defect("pack_bomb", QStringLiteral("unpacks to more than %1 bytes").arg(limits.unpackedBytes));
        }
        if (!name.endsWith(QLatin1Char('/'))) {
            m_entries.insert(name, Entry {index, qint64(stat.size)});
        }
    }
    return {};
}

Result<QByteArray> PackArchive::entry(const QString& name, qint64 limit) const
{
    const Entry entry = m_entries.value(name);
    if (entry.size > limit) {
        return defect("pack_bomb", QStringLiteral("%1 unpacks to %2 bytes").arg(name).arg(entry.size));
    }
    zip_file_t* file = zip_fopen_index(m_handle->zip, entry.index, 0);
    if (!file) {
        return defect("pack_not_zip", name);
    }
    QByteArray bytes(entry.size, Qt::Uninitialized);
    qint64 filled = 0;
    zip_int64_t got = 0;
    while (filled < entry.size
        && (got = zip_fread(file, bytes.data() + filled, zip_uint64_t(entry.size - filled))) > 0) {
        filled += got;
    }
    // The checksum is verified when the end is reached, so one more byte is asked for.
    char beyond = 0;
    const bool whole = filled == entry.size && zip_fread(file, &beyond, 1) == 0;
    const bool closed = zip_fclose(file) == 0;
    if (!whole || !closed) {
        return defect("pack_not_zip", name + QStringLiteral(" is damaged"));
    }
    return bytes;
}

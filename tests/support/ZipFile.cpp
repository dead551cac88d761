// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ZipFile.h"

#include <zip.h>

#include <QtGlobal>

QByteArray zipOf(const QList<QPair<QString, QByteArray>>& entries, bool compressed)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
    Q_ASSERT(zip);
    for (const auto& [name, bytes] : entries) {
        zip_source_t* source
            = zip_source_buffer(zip, bytes.constData(), zip_uint64_t(bytes.size()), 0);
        const zip_int64_t index = zip_file_add(zip, name.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8);
        Q_ASSERT(index >= 0);
        zip_set_file_compression(
            zip, zip_uint64_t(index), compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    }
    const int closed = zip_close(zip);
    Q_ASSERT(closed == 0);
    Q_UNUSED(closed)
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    QByteArray archive(zip_source_tell(target), Qt::Uninitialized);
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, archive.data(), zip_uint64_t(archive.size()));
    zip_source_close(target);
    zip_source_free(target);
    return archive;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Reserve.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>

Result<void> Reserve::hold(qint64 bytes)
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadWrite)) {
        return Error {ErrorKind::Storage, QStringLiteral("store_unreadable"), file.errorString(), {}};
    }
    if (file.size() >= bytes) {
        return {};
    }
    const int error = posix_fallocate(file.handle(), 0, bytes);
    if (error != 0) {
        file.close();
        release();
        return Error {ErrorKind::Storage, QStringLiteral("store_full"),
            QStringLiteral("reserve: error %1").arg(error), {}};
    }
    return {};
}

bool Reserve::isHeld() const
{
    return QFileInfo(m_path).size() > 0;
}

void Reserve::release()
{
    QFile::remove(m_path);
}

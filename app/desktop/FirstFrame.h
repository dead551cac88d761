// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <ctime>

#include <unistd.h>

/// Writes how long this process has lived, by the kernel's own account, and its resident memory.
inline bool writeFirstFrame(const QString& path)
{
    const auto fields = [](const char* file) {
        QFile source(QString::fromLatin1(file));
        return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
    };
    const QByteArray stat = fields("/proc/self/stat");
    // Field 22 is the start time in clock ticks; the name in field 2 may hold spaces, so count from ')'.
    const QList<QByteArray> after = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    const double ticks = double(sysconf(_SC_CLK_TCK));
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double alive = double(now.tv_sec) + double(now.tv_nsec) / 1e9 - after.value(19).toDouble() / ticks;
    const qint64 rss = fields("/proc/self/statm").split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
    QFile out(path);
    return out.open(QIODevice::WriteOnly)
        && out.write(QJsonDocument(QJsonObject {{QStringLiteral("first_frame_ms"), alive * 1000.0},
                                       {QStringLiteral("rss_bytes"), rss}})
                         .toJson(QJsonDocument::Compact)) > 0;
}

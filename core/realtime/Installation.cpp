// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/Installation.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUuid>

namespace {

/// Machine ids are meant to stay on their machine, so only a hash of it is kept.
QByteArray markOf(const QByteArray& machine)
{
    return QCryptographicHash::hash("neolingus installation\n" + machine, QCryptographicHash::Sha256).toHex();
}

} // namespace

Result<DeviceId> installationId(const QString& root, RandomSource& random, const QByteArray& machine)
{
    const QString path = root + QStringLiteral("/device");
    const QByteArray mark = markOf(machine);
    QByteArray others;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> lines = file.readAll().split('\n');
        for (const QByteArray& line : lines) {
            const QList<QByteArray> words = line.trimmed().split(' ');
            const QString id = QString::fromLatin1(words.constFirst());
            if (words.size() != 2 || QUuid::fromString(id).isNull()) {
                continue;
            }
            if (words.at(1) == mark) {
                return DeviceId(id);
            }
            others += line.trimmed() + '\n';
        }
        file.close();
    }
    QDir().mkpath(root);
    const QString fresh = random.uuid();
    const QByteArray all = others + fresh.toLatin1() + ' ' + mark + '\n';
    QSaveFile saved(path);
    if (!saved.open(QIODevice::WriteOnly) || saved.write(all) < 0 || !saved.commit()) {
        return Error {ErrorKind::Storage, QStringLiteral("device_unwritable"), saved.errorString(), {}};
    }
    return DeviceId(fresh);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDirIterator>
#include <QFile>
#include <QStringList>

/// The checkout as text, for tests that read the house's own source.
namespace SourceTree {

inline QString root()
{
    return qEnvironmentVariable("NEOLINGUS_SOURCE_DIR");
}

/// Paths below `folder`, relative to the root, of files with one of the endings; builds and
/// fetched packages do not count.
inline QStringList files(const QString& folder, const QStringList& endings)
{
    QStringList found;
    QDirIterator walk(root() + QLatin1Char('/') + folder, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        if (path.contains(QStringLiteral("/node_modules/")) || path.contains(QStringLiteral("/build/"))) {
            continue;
        }
        for (const QString& ending : endings) {
            if (path.endsWith(ending)) {
                found.append(path.mid(root().size() + 1));
                break;
            }
        }
    }
    found.sort();
    return found;
}

inline QStringList lines(const QString& relativePath)
{
    QFile file(root() + QLatin1Char('/') + relativePath);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
}

} // namespace SourceTree

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Migrations.h"

#include "store/SqlScript.h"

#include <QDir>
#include <QFile>

namespace {

Error migrationError(const QString& detail)
{
    return {ErrorKind::Storage, QStringLiteral("store_migration"), detail, {}};
}

} // namespace

Result<QList<Migration>> readMigrations(const QString& folder)
{
    QList<Migration> migrations;
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString& name : names) {
        bool isNumber = false;
        const int version = name.section(u'_', 0, 0).toInt(&isNumber);
        if (!isNumber || version != int(migrations.size()) + 1) {
            return migrationError(QStringLiteral("out of order: ") + name);
        }
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly)) {
            return migrationError(QStringLiteral("unreadable: ") + name);
        }
        auto statements = splitSqlScript(QString::fromUtf8(file.readAll()));
        if (!statements) {
            return migrationError(name + QStringLiteral(": ") + statements.error().detail);
        }
        migrations.append({version, name, std::move(*statements)});
    }
    if (migrations.isEmpty()) {
        return migrationError(QStringLiteral("none in ") + folder);
    }
    return migrations;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "house/SourceTree.h"

#include <QDir>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

/// Who may include whom. Includes point down only; core/README.md is the same table for people.
class TestWalls : public QObject
{
    Q_OBJECT

    static QHash<QString, QSet<QString>> law()
    {
        const auto rooms = [](const char* names) {
            const QStringList list = QString::fromLatin1(names).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            return QSet<QString>(list.begin(), list.end());
        };
        return {
            {QStringLiteral("base"), rooms("")},
            {QStringLiteral("wire"), rooms("base")},
            {QStringLiteral("domain"), rooms("base")},
            {QStringLiteral("net"), rooms("base wire domain")},
            {QStringLiteral("store"), rooms("base wire domain")},
            {QStringLiteral("supabase"), rooms("base wire domain net store")},
            {QStringLiteral("sync"), rooms("base wire domain net store supabase")},
            {QStringLiteral("progress"), rooms("base wire domain net store supabase sync")},
            {QStringLiteral("exam"), rooms("base wire domain net store supabase sync")},
            {QStringLiteral("tutor"), rooms("base wire domain net store supabase sync")},
            {QStringLiteral("study"), rooms("base wire domain net store supabase sync")},
            {QStringLiteral("speech"), rooms("base")},
            {QStringLiteral("realtime"),
                rooms("base wire domain net store supabase sync progress exam tutor study")},
            {QStringLiteral("viewmodels"),
                rooms("base wire domain net store supabase sync progress exam tutor study speech realtime")},
            {QStringLiteral("desktop"),
                rooms("base wire domain net store supabase sync progress exam tutor study speech realtime viewmodels")},
            {QStringLiteral("academy"), rooms("base wire domain")},
            {QStringLiteral("probe"), rooms("base wire domain net store supabase tutor")},
        };
    }

    static QString roomOf(const QString& path)
    {
        const QStringList parts = path.split(QLatin1Char('/'));
        return parts.size() > 2 ? parts.at(1) : QString();
    }

private Q_SLOTS:
    void includesPointDownOnly()
    {
        static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s+\"([a-z_]+)/"));
        const auto allowed = law();
        const QStringList sources = SourceTree::files(QStringLiteral("core"), {QStringLiteral(".h"), QStringLiteral(".cpp")})
            + SourceTree::files(QStringLiteral("app"), {QStringLiteral(".h"), QStringLiteral(".cpp")});
        QVERIFY(sources.size() > 10);
        QStringList broken;
        for (const QString& source : sources) {
            const QString room = roomOf(source);
            if (!allowed.contains(room)) {
                broken.append(source + QStringLiteral(": stands in no known room"));
                continue;
            }
            for (const QString& line : SourceTree::lines(source)) {
                const auto match = include.match(line);
                if (!match.hasMatch()) {
                    continue;
                }
                const QString target = match.captured(1);
                if (target != room && !allowed.value(room).contains(target)) {
                    broken.append(QStringLiteral("%1: %2 may not include %3").arg(source, room, target));
                }
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
    }

    void everyRoomOfTheLawExists()
    {
        for (const QString& room : law().keys()) {
            const QString root = SourceTree::root();
            QVERIFY2(QDir(root + QStringLiteral("/core/") + room).exists()
                    || QDir(root + QStringLiteral("/app/") + room).exists(),
                qPrintable(room));
        }
    }

    void coreNeverSeesTheScreen()
    {
        static const QRegularExpression gui(QStringLiteral(R"(^\s*#\s*include\s+<(QGui|QQuick|QQml|QWindow|QWidget|QtGui|QtQuick|QtQml))"));
        QStringList broken;
        for (const QString& source : SourceTree::files(QStringLiteral("core"), {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (const QString& line : SourceTree::lines(source)) {
                if (gui.match(line).hasMatch()) {
                    broken.append(source + QStringLiteral(": ") + line);
                }
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TestWalls)
#include "tst_walls.moc"

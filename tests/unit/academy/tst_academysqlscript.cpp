// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/postgres/SqlScript.h"

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QTest>

using namespace academy;

/// Splitting a migration into the statements that are recorded beside it.
class TestAcademySqlScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArrayList>("expected");
        const auto row = [](const char* name, const char* script, const QByteArrayList& expected) {
            QTest::newRow(name) << QByteArray(script) << expected;
        };
        row("none", " \n -- only a comment\n/* and another; */ ;;", {});
        row("two", "select 1;\nselect 2", {"select 1", "select 2"});
        row("a comment belongs to what follows", "-- why; so\nselect 1;", {"-- why; so\nselect 1"});
        row("nested comments", "/* a /* b; */ c; */ select 1; select 2;",
            {"/* a /* b; */ c; */ select 1", "select 2"});
        row("strings", "select 'a;''b;'; select \"c;\"\"d\";",
            {"select 'a;''b;'", "select \"c;\"\"d\""});
        row("escapes", "select e'a\\';b'; select 2", {"select e'a\\';b'", "select 2"});
        row("a backslash in a plain string", "select 'a\\'; select 2",
            {"select 'a\\'", "select 2"});
        row("a column named e", "select e from t where e = 'x\\'; select 2",
            {"select e from t where e = 'x\\'", "select 2"});
        row("dollar quotes", "do $$ begin; end; $$; do $x$ $$; $x$;",
            {"do $$ begin; end; $$", "do $x$ $$; $x$"});
        row("a parameter is no quote", "select $1; select $2", {"select $1", "select $2"});
        row("a standard body",
            "create function f() returns int begin atomic select case when true then 1 end; select "
            "2; end; select 3;",
            {"create function f() returns int begin atomic select case when true then 1 end; "
             "select 2; end",
                "select 3"});
        row("begin is a statement", "begin; select 1; end;", {"begin", "select 1", "end"});
        row("unfinished", "select 'abc; select 2", {"select 'abc; select 2"});
    }
    void statements()
    {
        QFETCH(QByteArray, script);
        QFETCH(QByteArrayList, expected);
        QByteArrayList found;
        for (const std::string& statement : sqlStatements(script.toStdString())) {
            found.append(QByteArray::fromStdString(statement));
        }
        QCOMPARE(found, expected);
    }

    void nothingOfAMigrationIsLost()
    {
        const QDir folder(qEnvironmentVariable("NEOLINGUS_SOURCE_DIR")
            + QStringLiteral("/packaging/supabase/migrations"));
        const QStringList names = folder.entryList({QStringLiteral("*.sql")}, QDir::Files);
        QVERIFY(!names.isEmpty());
        for (const QString& name : names) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray whole = file.readAll();
            QByteArray parts;
            for (const std::string& statement : sqlStatements(whole.toStdString())) {
                QVERIFY2(whole.contains(QByteArray::fromStdString(statement)), qPrintable(name));
                parts += QByteArray::fromStdString(statement);
            }
            const auto letters = [](QByteArray text) {
                return text.replace(';', "").simplified().replace(' ', "").size();
            };
            QVERIFY2(letters(parts) > letters(whole) * 95 / 100, qPrintable(name));
        }
    }

    void positionsBecomeLines()
    {
        QCOMPARE(sqlLine("a\nb\nc", 1), 1);
        QCOMPARE(sqlLine("a\nb\nc", 3), 2);
        QCOMPARE(sqlLine("ñ\nb\nc", 5), 3);
        QCOMPARE(sqlLine("a\nb", 100), 2);
    }
};

QTEST_GUILESS_MAIN(TestAcademySqlScript)
#include "tst_academysqlscript.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqlScript.h"

#include <QTest>

class TestSqlScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QStringList>("statements");
        const auto row = [](const char* name, const char* script, const QStringList& statements) {
            QTest::newRow(name) << QString::fromUtf8(script) << statements;
        };
        row("nothing", "  \n -- only a remark\n /* and another; one */ ; ;", {});
        row("two statements", "SELECT 1; SELECT 2;", {QStringLiteral("SELECT 1"), QStringLiteral("SELECT 2")});
        row("the last one without its semicolon", "SELECT 1;\nSELECT 2\n",
            {QStringLiteral("SELECT 1"), QStringLiteral("SELECT 2")});
        row("a semicolon in a string", "INSERT INTO t VALUES ('a;b');", {QStringLiteral("INSERT INTO t VALUES ('a;b')")});
        row("a doubled quote in a string", "SELECT 'it''s; here'; SELECT 2",
            {QStringLiteral("SELECT 'it''s; here'"), QStringLiteral("SELECT 2")});
        row("a remark marker in a string", "SELECT '-- no; /* no */';", {QStringLiteral("SELECT '-- no; /* no */'")});
        row("quoted names", "SELECT \"a;b\", [c;d], `e;f`;", {QStringLiteral("SELECT \"a;b\", [c;d], `e;f`")});
        row("a quote in a remark", "SELECT 1 -- don't; stop\n+ 1;", {QStringLiteral("SELECT 1 \n+ 1")});
        row("a block remark between words", "SELECT/* ; ' */1;", {QStringLiteral("SELECT 1")});
        row("minus and divide stay", "SELECT 4 - 2 / 1;", {QStringLiteral("SELECT 4 - 2 / 1")});
        row("a trigger is one statement", "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END; SELECT 1;",
            {QStringLiteral("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END"),
                QStringLiteral("SELECT 1")});
        row("a trigger with a CASE", "CREATE TEMP TRIGGER t AFTER UPDATE ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END;",
            {QStringLiteral("CREATE TEMP TRIGGER t AFTER UPDATE ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END")});
        row("a trigger with remarks and lower case", "create trigger t after insert on a begin\n select 1; -- end;\nend;\nselect 2;",
            {QStringLiteral("create trigger t after insert on a begin\n select 1; \nend"), QStringLiteral("select 2")});
        row("a table named trigger", "CREATE TABLE a (trigger TEXT); SELECT 1;",
            {QStringLiteral("CREATE TABLE a (trigger TEXT)"), QStringLiteral("SELECT 1")});
        row("words of other alphabets", "SELECT 'ñ;ç'; SELECT 'да;';",
            {QString::fromUtf8("SELECT 'ñ;ç'"), QString::fromUtf8("SELECT 'да;'")});
    }

    void splits()
    {
        QFETCH(QString, script);
        QFETCH(QStringList, statements);
        const auto split = splitSqlScript(script);
        QVERIFY(split.ok());
        QCOMPARE(*split, statements);
    }

    void refusesWhatDoesNotEnd_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("string") << QStringLiteral("SELECT 'open");
        QTest::newRow("name") << QStringLiteral("SELECT \"open");
        QTest::newRow("bracket") << QStringLiteral("SELECT [open");
        QTest::newRow("remark") << QStringLiteral("SELECT 1 /* open");
        QTest::newRow("trigger") << QStringLiteral("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b;");
    }

    void refusesWhatDoesNotEnd()
    {
        QFETCH(QString, script);
        const auto split = splitSqlScript(script);
        QVERIFY(!split.ok());
        QCOMPARE(split.error().code, QStringLiteral("sql_unterminated"));
    }
};

QTEST_GUILESS_MAIN(TestSqlScript)
#include "tst_sqlscript.moc"

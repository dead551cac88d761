// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress/ProgressUpdate.h"

#include <QJsonArray>
#include <QTest>

class TestProgressUpdate : public QObject
{
    Q_OBJECT

    static QJsonObject row()
    {
        return {
            {QStringLiteral("user_id"), QStringLiteral("u")},
            {QStringLiteral("course_id"), QStringLiteral("c")},
            {QStringLiteral("overall"), 42.5},
            {QStringLiteral("skills"), QJsonObject {{QStringLiteral("reading"), 50}}},
            {QStringLiteral("milestones"), QJsonArray {QStringLiteral("first exam")}},
            {QStringLiteral("delta"), 2},
            {QStringLiteral("source"), QStringLiteral("exam")},
            {QStringLiteral("session_id"), QJsonValue()},
            {QStringLiteral("version"), qint64(9007199254740993)},
            {QStringLiteral("updated_at"), QStringLiteral("2026-11-23T08:00:00+00:00")},
        };
    }

private Q_SLOTS:
    void readsAndWritesARow()
    {
        const auto update = ProgressUpdate::fromRow(row());
        QVERIFY(update.ok());
        QCOMPARE(update->overall, 42.5);
        QCOMPARE(update->skills.value(QStringLiteral("reading")), 50.0);
        QCOMPARE(update->version, qint64(9007199254740993));
        QCOMPARE(*ProgressUpdate::fromRow(update->toRow()), *update);
    }

    void aMissingColumnIsAnErrorNotADefault_data()
    {
        QTest::addColumn<QString>("column");
        for (const char* column : {"user_id", "course_id", "overall", "version"}) {
            QTest::newRow(column) << QString::fromLatin1(column);
        }
    }
    void aMissingColumnIsAnErrorNotADefault()
    {
        QFETCH(QString, column);
        QJsonObject broken = row();
        broken.remove(column);
        const auto update = ProgressUpdate::fromRow(broken);
        QVERIFY(!update);
        QCOMPARE(update.error().kind, ErrorKind::Protocol);
        QVERIFY(update.error().detail.contains(column));
    }
};

QTEST_GUILESS_MAIN(TestProgressUpdate)
#include "tst_progressupdate.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

#include "store/Settings.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QStandardPaths>

class TestSettings : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    QString path() const { return m_dir->filePath(QStringLiteral("config/settings.json")); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_dir = std::make_unique<QTemporaryDir>();
    }

    void valuesSurvive()
    {
        {
            Settings settings(path());
            QCOMPARE(settings.value(QStringLiteral("theme"), QStringLiteral("system")), QJsonValue(QStringLiteral("system")));
            QSignalSpy changed(&settings, &Settings::changed);
            settings.setValue(QStringLiteral("theme"), QStringLiteral("dark"));
            settings.setValue(QStringLiteral("theme"), QStringLiteral("dark"));
            settings.setValue(QStringLiteral("zoom"), 1.5);
            QCOMPARE(changed.count(), 2);
            VERIFY_OK(answerOf(settings.flush()));
            QVERIFY(QFile::exists(path()));
            settings.setValue(QStringLiteral("late"), true);
        }
        Settings settings(path());
        QVERIFY(!settings.startedFromDamagedFile());
        QCOMPARE(settings.value(QStringLiteral("theme")), QJsonValue(QStringLiteral("dark")));
        QCOMPARE(settings.value(QStringLiteral("zoom")), QJsonValue(1.5));
        QCOMPARE(settings.value(QStringLiteral("late")), QJsonValue(true));
        settings.setValue(QStringLiteral("zoom"), QJsonValue(QJsonValue::Undefined));
        QCOMPARE(settings.value(QStringLiteral("zoom"), 1), QJsonValue(1));
        VERIFY_OK(answerOf(settings.flush()));
    }

    void flushWithNothingToDoAnswers()
    {
        Settings settings(path());
        VERIFY_OK(answerOf(settings.flush()));
    }

    void aDamagedFileIsKeptBeside()
    {
        QDir().mkpath(QFileInfo(path()).absolutePath());
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{\"theme\": ");
        }
        Settings settings(path());
        QVERIFY(settings.startedFromDamagedFile());
        settings.setValue(QStringLiteral("theme"), QStringLiteral("light"));
        VERIFY_OK(answerOf(settings.flush()));
        QFile kept(path() + QStringLiteral(".damaged"));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("{\"theme\": "));
    }

    void aFolderThatCannotBeMadeIsReported()
    {
        QFile blocker(m_dir->filePath(QStringLiteral("config")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Settings settings(path());
        QSignalSpy failed(&settings, &Settings::writeFailed);
        settings.setValue(QStringLiteral("theme"), QStringLiteral("dark"));
        QCOMPARE(answerOf(settings.flush()).error().code, QStringLiteral("settings_unwritable"));
        QCOMPARE(failed.count(), 1);
    }

    void livesInTheConfigurationFolder()
    {
        Settings settings;
        settings.setValue(QStringLiteral("a"), 1);
        VERIFY_OK(answerOf(settings.flush()));
        QVERIFY(QFile::exists(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/settings.json")));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "house/SourceTree.h"

#include <QRegularExpression>
#include <QTest>

/// House rules that a machine can check; core/README.md gives their reasons.
class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forbiddenWordsStayOut_data()
    {
        QTest::addColumn<QStringList>("folders");
        QTest::addColumn<QStringList>("endings");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("exceptBelow");
        const QStringList program {QStringLiteral("core"), QStringLiteral("app")};
        const QStringList everything {QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("tests")};
        const QStringList cpp {QStringLiteral(".h"), QStringLiteral(".cpp")};
        const QStringList qml {QStringLiteral(".qml")};

        QTest::newRow("time comes from the injected clock")
            << program << cpp
            << QStringLiteral(R"(\bQTimer\b|\bQElapsedTimer\b|currentDateTime|currentMSecsSinceEpoch|currentSecsSinceEpoch)")
            << QStringLiteral("core/base/");
        QTest::newRow("nobody sleeps")
            << everything << cpp << QStringLiteral(R"(QThread::m?sleep|\busleep\(|sleep_for|QTest::qSleep|QTest::qWait\()")
            << QStringLiteral("tests/house/");
        QTest::newRow("the event loop is never nested")
            << program << cpp << QStringLiteral(R"(\bQEventLoop\b|processEvents|waitForReadyRead|waitForFinished\()")
            << QString();
        QTest::newRow("no global instances")
            << QStringList {QStringLiteral("core")} << cpp << QStringLiteral(R"(static \w+& ?instance\()") << QString();
        QTest::newRow("futures are consumed with whenDone")
            << program << cpp << QStringLiteral(R"(\.then\(|\.onFailed\(|\.onCanceled\()") << QString();
        QTest::newRow("only a pinned certificate passes without an authority")
            << program << cpp << QStringLiteral("ignoreSslErrors|setInsecureFallback")
            << QStringLiteral("core/net/PinnedConnection.h");
        QTest::newRow("QML properties are typed")
            << QStringList {QStringLiteral("qml")} << qml << QStringLiteral(R"(\bproperty var\b)") << QString();
        QTest::newRow("QML has no script files of its own")
            << QStringList {QStringLiteral("qml")} << qml << QStringLiteral(R"(import ".*\.js")") << QString();
    }
    void forbiddenWordsStayOut()
    {
        QFETCH(QStringList, folders);
        QFETCH(QStringList, endings);
        QFETCH(QString, pattern);
        QFETCH(QString, exceptBelow);
        const QRegularExpression forbidden(pattern);
        QVERIFY(forbidden.isValid());
        QStringList broken;
        for (const QString& folder : folders) {
            for (const QString& file : SourceTree::files(folder, endings)) {
                if (!exceptBelow.isEmpty() && file.startsWith(exceptBelow)) {
                    continue;
                }
                int number = 0;
                for (const QString& line : SourceTree::lines(file)) {
                    ++number;
                    if (forbidden.match(line).hasMatch() && !line.trimmed().startsWith(QLatin1String("//"))) {
                        broken.append(QStringLiteral("%1:%2: %3").arg(file).arg(number).arg(line.trimmed()));
                    }
                }
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
    }

    void everySourceNamesItsLicence()
    {
        QStringList missing;
        for (const QString& folder : {QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("qml"),
                 QStringLiteral("tests"), QStringLiteral("packaging")}) {
            for (const QString& file : SourceTree::files(folder,
                     {QStringLiteral(".h"), QStringLiteral(".cpp"), QStringLiteral(".qml"), QStringLiteral(".sql"), QStringLiteral(".mjs")})) {
                const QStringList lines = SourceTree::lines(file).mid(0, 3);
                if (!lines.join(QLatin1Char(' ')).contains(QStringLiteral("SPDX-License-Identifier: GPL-3.0-or-later"))) {
                    missing.append(file);
                }
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    }

    void headersGuardThemselves()
    {
        QStringList broken;
        for (const QString& folder : {QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("tests")}) {
            for (const QString& file : SourceTree::files(folder, {QStringLiteral(".h")})) {
                if (!SourceTree::lines(file).contains(QStringLiteral("#pragma once"))) {
                    broken.append(file);
                }
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Database.h"

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

/// Waits for the answer of an Async by running the event loop; Timeout when none comes.
template <typename T>
Result<T> answerOf(const Async<T>& future)
{
    QObject context;
    QEventLoop loop;
    Result<T> answer = Error {ErrorKind::Timeout, QStringLiteral("no answer"), {}, {}};
    whenDone(future, &context, [&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    });
    QTimer::singleShot(std::chrono::seconds(30), &loop, &QEventLoop::quit);
    loop.exec();
    return answer;
}

/// A template for QTemporaryDir: in memory where there is such a place, for tests that make hundreds
/// of databases and do not care about the disk.
inline QString quickFolder()
{
    const QFileInfo memory(QStringLiteral("/dev/shm"));
    return (memory.isWritable() ? memory.filePath() : QDir::tempPath()) + QStringLiteral("/neolingus-XXXXXX");
}

/// One statement in a transaction of its own.
inline Result<int> execute(Database& database, const QString& sql, const QList<QVariant>& binds = {})
{
    return answerOf(database.run<int>([=](Connection& c) { return c.exec(sql, binds); }));
}

inline Result<qint64> integerOf(Database& database, const QString& sql, const QList<QVariant>& binds = {})
{
    return answerOf(database.read<qint64>([=](Connection& c) { return c.integer(sql, binds); }));
}

/// Empty when it worked.
template <typename T>
QByteArray failureOf(const Result<T>& result)
{
    return result ? QByteArray() : (result.error().code + u' ' + result.error().detail).toUtf8();
}

/// A readable failure instead of an assertion inside Result.
#define VERIFY_OK(...)                                                                             \
    do {                                                                                           \
        const QByteArray failureText = failureOf(__VA_ARGS__);                                     \
        QVERIFY2(failureText.isEmpty(), failureText.constData());                                  \
    } while (false)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Database.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// Waits for the answer of an Async by running the event loop; fails the test when none comes.
template <typename T>
Result<T> answerOf(const Async<T>& future)
{
    QObject context;
    std::optional<Result<T>> answer;
    whenDone(future, &context, [&answer](Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000)) {
        return Error {ErrorKind::Timeout, QStringLiteral("no answer"), {}, {}};
    }
    return *answer;
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

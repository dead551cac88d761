// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Database.h"
#include "store/Outbox.h"
#include "study/PracticeSession.h"
#include "study/ReviewSession.h"
#include "study/StudyLibrary.h"
#include "support/FakeScheduler.h"

#include <QTemporaryDir>
#include <QTest>

/// Waits for an answer; the value, or a failed check when it does not come or is an error.
template <typename T>
Result<T> awaited(const Async<T>& future)
{
    [&] { QTRY_VERIFY(future.isFinished()); }();
    return future.resultCount() > 0 ? future.result()
                                    : Result<T>(Error {ErrorKind::Cancelled, QStringLiteral("no answer"), {}, {}});
}

/// A learner's computer: a real SQLite file, time moved by hand, the shipped pack. restart() is
/// what a killed program finds when it comes back.
class StudyBench
{
public:
    StudyBench() { restart(); }

    void restart(AccessHook hook = {})
    {
        library.reset();
        database.reset();
        DatabaseOptions options;
        options.hook = std::move(hook);
        database = std::make_unique<Database>(folder.filePath(QStringLiteral("academy.sqlite")), options);
        library = std::make_unique<StudyLibrary>(*database, time, random, learner);
    }
    bool open()
    {
        const Result<void> opened = awaited(library->open());
        if (!opened) {
            qCritical() << opened.error().code << opened.error().detail;
        }
        return opened.ok();
    }

    template <typename T>
    T ask(const QString& sql)
    {
        return awaited(database->read<T>([sql](Connection& connection) -> Result<T> {
            const auto row = connection.first(sql);
            if (!row || !*row) {
                return Error {ErrorKind::Storage, QStringLiteral("no row"), {}, {}};
            }
            if constexpr (std::is_same_v<T, QString>) {
                return (*row)->text(0);
            } else {
                return T((*row)->integer(0));
            }
        })).value();
    }

    QTemporaryDir folder;
    FakeScheduler time;
    SeededRandom random {42};
    Learner learner {UserId(), DeviceId(QStringLiteral("laptop")), QTimeZone("Europe/Madrid"), 20};
    std::unique_ptr<Database> database;
    std::unique_ptr<StudyLibrary> library;

    const PackId pack {QStringLiteral("5c1d7a52-6f0b-4b6e-9a3e-2d9f64c7b8a1")};
    const UnitId unit {QStringLiteral("work-1")};
};

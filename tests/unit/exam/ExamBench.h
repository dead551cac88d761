// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "FakeExamAcademy.h"
#include "support/SyncTest.h"

#include "domain/OpChain.h"
#include "exam/ExamUploader.h"
#include "exam/HandInCourier.h"
#include "exam/StudentExamSession.h"
#include "store/AttemptStore.h"

/// One computer with its file: everything a student's program has below the window.
class StudentComputer
{
public:
    StudentComputer(FakeExamAcademy& backend, FakeScheduler& scheduler, RandomSource& source,
        const QString& path, const QString& id, DatabaseOptions options = {})
        : academy(backend), time(scheduler), random(source), device(id),
          database(path, std::move(options)),
          store(database,
              [](const QByteArray& previous, const OpId& op, qint64 seq, const ItemId& item,
                  const QString& kind, const QByteArray& body) {
                  return opHash({op, seq, item, kind, body, previous, {}});
              }),
          engine(database, std::make_unique<FakeTokens>(), scheduler, scheduler, source),
          uploader(backend, scheduler), courier(backend, store, scheduler, source)
    {
        engine.registerUploader(ExamUploader::lanePrefix(), &uploader);
        QObject::connect(&engine, &SyncEngine::laneAdvanced, &courier,
            [this](const QString& lane) { courier.wake(ExamUploader::attemptOf(lane)); });
        academy.poke = [this] { engine.poke(); };
    }

    ~StudentComputer()
    {
        academy.poke = [] {};
    }
    Q_DISABLE_COPY_MOVE(StudentComputer)

    std::unique_ptr<StudentExamSession> sit()
    {
        auto session = std::make_unique<StudentExamSession>(SittingId(QStringLiteral("sitting")),
            ExamServices{academy, store, uploader, courier, time, time, random,
                UserId(QStringLiteral("ana")), DeviceId(device), "boot-1"});
        session->start();
        return session;
    }

    FakeExamAcademy& academy;
    FakeScheduler& time;
    RandomSource& random;
    QString device;
    Database database;
    AttemptStore store;
    SyncEngine engine;
    ExamUploader uploader;
    HandInCourier courier;
};

/// An academy and computers around it, on virtual time over real SQLite files.
class ExamBench
{
public:
    explicit ExamBench(quint64 seed = 1) : random(seed), academy(time) { startComputer(); }

    void startComputer(QString device = QStringLiteral("desk-1"), DatabaseOptions options = {})
    {
        session.reset();
        computer.reset();
        computer = std::make_unique<StudentComputer>(academy, time, random,
            dir.filePath(device + QStringLiteral(".sqlite")), device, std::move(options));
        settle();
    }
    /// The program starts and the student opens the exam.
    void sit()
    {
        session = computer->sit();
        QObject::connect(&computer->engine, &SyncEngine::laneAdvanced, session.get(), &StudentExamSession::laneAdvanced);
        settle();
    }
    void restart()
    {
        startComputer(computer->device);
        sit();
    }

    /// Lets everything under way come to rest; virtual time stands still.
    void settle() { settle(*computer); }
    static void settle(StudentComputer& at)
    {
        for (int i = 0; i < 14; ++i) {
            (void)answerOf(at.database.read<int>([](Connection&) -> Result<int> { return 0; }));
        }
    }
    void advance(std::chrono::milliseconds by)
    {
        // In steps, so that answers arrive in between as they would.
        while (by > std::chrono::milliseconds::zero()) {
            const auto step
                = std::min<std::chrono::milliseconds>(by, std::chrono::milliseconds(500));
            time.advance(step);
            settle();
            by -= step;
        }
    }

    /// What the program does when the network or the academy is back.
    void networkUp()
    {
        computer->engine.networkUp();
        computer->courier.networkUp();
        session->networkUp();
    }

    bool type(const char* item, const QString& text)
    {
        return session->setAnswer(
            ItemId(QString::fromLatin1(item)), QJsonObject{{QStringLiteral("text"), text}});
    }
    bool choose(const char* option)
    {
        return session->setAnswer(ItemId(QStringLiteral("c")),
            QJsonObject{{QStringLiteral("choice"), QString::fromLatin1(option)}});
    }
    QString written(const char* item) const
    {
        return session->answer(ItemId(QString::fromLatin1(item)))
            .value(QLatin1String("text"))
            .toString();
    }
    QString arrived(const char* item) const
    {
        return academy.answers()
            .value(QString::fromLatin1(item))
            .value(QLatin1String("text"))
            .toString();
    }
    const ExamSnapshot& now() const { return session->snapshot(); }
    ExamSnapshot::Phase phase() const { return session->snapshot().phase; }
    FakeTopic* line() const { return academy.topic(QStringLiteral("attempt:attempt-1")); }

    QTemporaryDir dir;
    FakeScheduler time;
    SeededRandom random;
    FakeExamAcademy academy;
    std::unique_ptr<StudentComputer> computer;
    std::unique_ptr<StudentExamSession> session;
};

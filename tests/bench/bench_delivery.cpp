// SPDX-License-Identifier: GPL-3.0-or-later
// From a database commit to the changed value in the model of another program: COMMIT is sent to
// PostgreSQL, the academy reads it from the log, judges it under row-level security, and the client
// core merges it. Beside a 1 KB round trip over loopback TCP in the same run and event loop.
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "bench/Figure.h"
#include "realtime/AcademyLink.h"
#include "realtime/Profile.h"
#include "store/MemorySecretStore.h"
#include "support/AcademyFixture.h"
#include "support/Screen.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QEventLoop>
#include <QTimer>
#include <QTimeZone>

#include <libpq-fe.h>

#include <stdexcept>

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int Warmup = 20;
constexpr int Samples = 400;
const QString Student = QStringLiteral("33333333-0000-4000-8000-000000000001");

void require(bool holds, const char* what)
{
    if (!holds) {
        throw std::runtime_error(what);
    }
}

std::vector<std::chrono::nanoseconds> loopbackRoundTrips()
{
    QTcpServer server;
    require(server.listen(QHostAddress::LocalHost), "no loopback");
    QTcpSocket near;
    near.setProxy(QNetworkProxy::NoProxy);
    near.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    require(waitUntil([&] { return server.hasPendingConnections(); }, 5s), "no connection");
    QTcpSocket* far = server.nextPendingConnection();
    near.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    far->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QObject::connect(far, &QTcpSocket::readyRead, far, [far] { far->write(far->readAll()); });
    const QByteArray kilobyte(1024, 'x');
    std::vector<std::chrono::nanoseconds> times;
    for (int i = 0; i < Samples; ++i) {
        qsizetype received = 0;
        QEventLoop loop;
        const auto heard = QObject::connect(&near, &QTcpSocket::readyRead, &loop, [&] {
            received += near.readAll().size();
            if (received == kilobyte.size()) {
                loop.quit();
            }
        });
        const auto start = Steady::now();
        near.write(kilobyte);
        loop.exec();
        times.push_back(Steady::now() - start);
        QObject::disconnect(heard);
    }
    return times;
}

} // namespace

int main(int argc, char* argv[])
try {
    QCoreApplication app(argc, argv);
    AcademyFixture academy;
    require(academy.start(), "the academy did not start");

    SystemClock clock;
    QtScheduler scheduler;
    SystemRandom random;
    MemorySecretStore secrets;
    const QTemporaryDir folder;
    AcademyLink link({academy.url(), academy.anonKey()}, secrets, clock, scheduler, random);
    bool signedIn = false;
    whenDone(link.auth.signInWithPassword(QStringLiteral("student01@neolingus.demo"), QStringLiteral("neolingus-demo")), &app,
        [&](const Result<void>& done) { signedIn = done.ok(); });
    require(waitUntil([&] { return signedIn; }, 20s), "sign-in failed");

    RealtimeOptions options;
    options.progress.debounce = 0ms;
    options.progress.throttle = 0ms;
    Profile profile(link, secrets, folder.path(), link.auth.user().id, DeviceId(random.uuid()), QTimeZone::utc(), options);
    profile.realtime.start();
    qint64 shown = -1;
    QEventLoop* waiting = nullptr;
    qint64 wanted = -1;
    const auto subscription = profile.progress.subscribeToUserProgress(UserId(Student));
    QObject::connect(subscription.get(), &ProgressSubscription::updated, &app, [&](const ProgressUpdate& update) {
        shown = std::max(shown, update.version);
        if (waiting && shown >= wanted) {
            waiting->quit();
        }
    });
    require(waitUntil([&] { return shown >= 0 && link.realtime.health().liveChannels > 0; }, 30s), "progress never became live");

    const QByteArray info = "host=" + academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres";
    const std::unique_ptr<PGconn, decltype(&PQfinish)> db(PQconnectdb(info.constData()), &PQfinish);
    require(PQstatus(db.get()) == CONNECTION_OK, "no database connection");
    const auto run = [&](const QByteArray& sql) {
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(db.get(), sql.constData()), &PQclear);
        const auto status = PQresultStatus(result.get());
        require(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, PQresultErrorMessage(result.get()));
    };

    std::vector<std::chrono::nanoseconds> times;
    for (int i = 0; i < Warmup + Samples; ++i) {
        wanted = shown + 1;
        run("begin");
        run("update public.course_progress set version = " + QByteArray::number(wanted) + ", updated_at = now() where user_id = '"
            + Student.toUtf8() + "'");
        QEventLoop loop;
        waiting = &loop;
        QTimer giveUp;
        giveUp.setSingleShot(true);
        QObject::connect(&giveUp, &QTimer::timeout, &loop, [&loop] { loop.exit(1); });
        giveUp.start(10s);
        const auto start = Steady::now();
        run("commit");
        require(shown >= wanted || loop.exec() == 0, "a change never arrived");
        waiting = nullptr;
        if (i >= Warmup) {
            times.push_back(Steady::now() - start);
        }
    }
    const auto loopback = loopbackRoundTrips();
    for (const auto& [name, percent] : {std::pair {"p50", 50.0}, std::pair {"p99", 99.0}}) {
        printFigure(QStringLiteral("commit_to_model_%1").arg(QLatin1String(name)), percentileMs(times, percent), QStringLiteral("ms"),
            QStringLiteral("loopback TCP round trip of 1 KB, %1, same run").arg(QLatin1String(name)), percentileMs(loopback, percent));
    }
    return 0;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}

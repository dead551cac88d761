// SPDX-License-Identifier: GPL-3.0-or-later
// A day of coming and going in a few minutes: 100,000 channels joined and left and 10,000 lost
// connections, over real sockets to a real academy, with the client's timers running forty times as
// fast. Memory, open files and threads of both processes afterwards beside what they were after a
// warm-up of the same kind.
//   NEOLINGUS_BENCH_JOINS, NEOLINGUS_BENCH_LOSSES   other numbers
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "bench/Figure.h"
#include "support/TcpProxy.h"
#include "realtime/AcademyLink.h"
#include "store/MemorySecretStore.h"
#include "support/AcademyFixture.h"
#include "support/Screen.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>

#include <stdexcept>

#include <malloc.h>

using namespace std::chrono_literals;

namespace {

constexpr int Haste = 40;
constexpr int AtOnce = 20;
const QString Password = QStringLiteral("neolingus-demo");

void require(bool holds, const QString& what)
{
    if (!holds) {
        throw std::runtime_error(what.toStdString());
    }
}

class HastyClock final : public Clock
{
public:
    WallTime wall() const override { return m_real.wall(); }
    MonotonicTime monotonic() const override { return m_real.monotonic() * Haste; }

private:
    SystemClock m_real;
};

class HastyScheduler final : public Scheduler
{
public:
    ScheduledTask after(std::chrono::milliseconds delay, std::function<void()> run) override
    {
        return m_real.after(hasty(delay), std::move(run));
    }
    ScheduledTask every(std::chrono::milliseconds interval, std::function<void()> run) override
    {
        return m_real.every(std::max(hasty(interval), 1ms), std::move(run));
    }

private:
    /// Rounded up: a timer that rings early finds that it is not yet time.
    static std::chrono::milliseconds hasty(std::chrono::milliseconds delay) { return (delay + 1ms * (Haste - 1)) / Haste; }

    QtScheduler m_real;
};

struct Holdings
{
    double kib = 0;
    double files = 0;
    double threads = 0;
};

double statusOf(qint64 process, const char* name)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    require(status.open(QIODevice::ReadOnly), QStringLiteral("no process ") + QString::number(process));
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf(name);
    return at < 0 ? 0 : std::strtod(text.constData() + at + qstrlen(name), nullptr);
}

Holdings holdingsOf(qint64 process)
{
    return {statusOf(process, "VmRSS:"),
        double(QDir(QStringLiteral("/proc/%1/fd").arg(process)).entryList(QDir::Files | QDir::System).size()),
        statusOf(process, "Threads:")};
}

class Soak
{
public:
    Soak()
    {
        require(m_academy.start(), m_academy.problem());
        m_gate = std::make_unique<TcpProxy>(m_academy.port());
        QUrl url = m_academy.url();
        url.setPort(m_gate->port());
        m_link = std::make_unique<AcademyLink>(
            Project {url, m_academy.anonKey()}, m_secrets, m_clock, m_scheduler, m_random);
        bool signedIn = false;
        whenDone(m_link->auth.signInWithPassword(QStringLiteral("student01@neolingus.demo"), Password), qApp,
            [&](const Result<void>& done) { signedIn = done.ok(); });
        require(waitUntil([&] { return signedIn; }, 20s), QStringLiteral("sign-in failed"));
        m_link->realtime.start();
    }

    void joinAndLeave(qint64 times)
    {
        for (qint64 done = 0; done < times; done += AtOnce) {
            std::vector<std::shared_ptr<RealtimeChannel>> channels;
            for (int i = 0; i < AtOnce; ++i) {
                channels.push_back(m_link->realtime.channel(QStringLiteral("soak-%1").arg(m_topic++), {}));
            }
            require(waitUntil([&] { return std::all_of(channels.begin(), channels.end(), [](const auto& c) { return c->isLive(); }); }, 60s),
                QStringLiteral("a channel never became live, after ") + QString::number(done));
        }
        require(waitUntil([&] { return m_link->realtime.health().channels == 0; }, 20s), QStringLiteral("channels stayed behind"));
    }

    void loseAndReturn(qint64 times)
    {
        const auto channel = m_link->realtime.channel(QStringLiteral("soak"), {});
        require(waitUntil([&] { return channel->isLive(); }, 20s), QStringLiteral("no channel to lose"));
        // Lost and found again may both lie between two looks at the channel.
        bool isNoticed = false;
        QObject::connect(channel.get(), &RealtimeChannel::stateChanged, qApp,
            [&isNoticed, lost = channel.get()] { isNoticed = isNoticed || !lost->isLive(); });
        for (qint64 done = 0; done < times; ++done) {
            isNoticed = false;
            m_gate->pullOut();
            m_gate->putBack();
            require(waitUntil([&] { return isNoticed; }, 20s), QStringLiteral("a loss was not noticed"));
            require(waitUntil([&] { return channel->isLive(); }, 60s),
                QStringLiteral("the channel never came back, after ") + QString::number(done));
        }
        channel->disconnect(qApp);
    }

    /// After everything that was let go had its chance to go.
    std::pair<Holdings, Holdings> settled()
    {
        waitUntil([] { return false; }, 3s);
        ::malloc_trim(0);
        return {holdingsOf(QCoreApplication::applicationPid()), holdingsOf(m_academy.processId())};
    }

private:
    AcademyFixture m_academy;
    std::unique_ptr<TcpProxy> m_gate;
    HastyClock m_clock;
    HastyScheduler m_scheduler;
    SystemRandom m_random;
    MemorySecretStore m_secrets;
    std::unique_ptr<AcademyLink> m_link;
    qint64 m_topic = 0;
};

qint64 wanted(const char* variable, int otherwise)
{
    return qEnvironmentVariableIsSet(variable) ? qEnvironmentVariableIntValue(variable) : otherwise;
}

void print(const QString& whose, const Holdings& after, const Holdings& before)
{
    const auto one = [&](const QString& what, const QString& unit, double now, double then) {
        printFigure(QStringLiteral("soak_%1_%2").arg(whose, what), now, unit, QStringLiteral("the same after the warm-up"), then);
    };
    one(QStringLiteral("resident"), QStringLiteral("KiB"), after.kib, before.kib);
    one(QStringLiteral("files"), QStringLiteral("open"), after.files, before.files);
    one(QStringLiteral("threads"), QStringLiteral("running"), after.threads, before.threads);
}

} // namespace

int main(int argc, char* argv[])
try {
    QCoreApplication app(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("neolingus.*.info=false"));
    const qint64 joins = wanted("NEOLINGUS_BENCH_JOINS", 100'000);
    const qint64 losses = wanted("NEOLINGUS_BENCH_LOSSES", 10'000);
    Soak soak;
    soak.joinAndLeave(joins / 20);
    soak.loseAndReturn(losses / 20);
    const auto [clientBefore, academyBefore] = soak.settled();
    soak.joinAndLeave(joins);
    soak.loseAndReturn(losses);
    const auto [clientAfter, academyAfter] = soak.settled();
    print(QStringLiteral("client"), clientAfter, clientBefore);
    print(QStringLiteral("academy"), academyAfter, academyBefore);
    return 0;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "bench/Figure.h"
#include "net/HttpStream.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "store/Settings.h"
#include "tutor/AiTutorStreamManager.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/IconProvider.h"
#include "viewmodels/ReadAloud.h"
#include "viewmodels/StudyController.h"
#include "viewmodels/Toasts.h"
#include "viewmodels/TutorController.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QPointer>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

Q_IMPORT_QML_PLUGIN(Neolingus_ModelPlugin)
Q_IMPORT_QML_PLUGIN(Neolingus_UiPlugin)

using namespace std::chrono_literals;

/// A 20,000-token answer at 200 tokens a second, from the bytes of its stream through decoder, manager
/// and database to the pixels of the conversation, drawn in software in a window of 1280 × 800: what a
/// token costs at the end against the beginning, how long frames take, and how soon the first word
/// stands on the screen. Takes another number of tokens as its argument.
namespace {

constexpr int PerSecond = 200;
constexpr double FrameMs = 1000.0 / 60;

double milliseconds(MonotonicTime from, MonotonicTime to)
{
    return double(std::chrono::duration_cast<std::chrono::nanoseconds>(to - from).count()) / 1e6;
}

/// Processor time of the whole program, the writing to disk included.
double cpuMs()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval& time) { return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3; };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// Processor time of the calling thread: what a frame takes when nobody else wants the computer.
double threadMs()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// The text of a lesson that never ends, one token after the other.
QByteArray token(int number)
{
    static const QList<QByteArray> words {"The ", "**present ", "perfect** ", "links ", "the ", "past ", "with ", "*now*, ",
        "and ", "so ", "we ", "say ", "it ", "when ", "the ", "time ", "still ", "goes ", "on. "};
    if (number % 400 == 399) {
        return "\n\n## Next\n\n";
    }
    if (number % 97 == 96) {
        return number % 2 == 0 ? "\n\n" : "\n- ";
    }
    return words.at(number % words.size());
}

class PushedStream final : public HttpStream
{
public:
    using HttpStream::HttpStream;
    void abort() override { }
};

/// Hands out one stream, which the bench feeds.
class PushedStreams final : public HttpStreams
{
public:
    HttpStream* open(const HttpRequest&, QObject* parent) override
    {
        auto* stream = new PushedStream(parent);
        m_stream = stream;
        QMetaObject::invokeMethod(
            stream,
            [stream] {
                Q_EMIT stream->sent();
                Q_EMIT stream->started(200, {{QByteArrayLiteral("Content-Type"), QByteArrayLiteral("text/event-stream")}});
            },
            Qt::QueuedConnection);
        return stream;
    }

    void push(const QByteArray& content)
    {
        const QJsonObject delta {{QStringLiteral("content"), QString::fromUtf8(content)}};
        const QJsonObject choice {{QStringLiteral("index"), 0}, {QStringLiteral("delta"), delta}};
        send(QJsonObject {{QStringLiteral("id"), QStringLiteral("bench")}, {QStringLiteral("model"), QStringLiteral("bench")},
            {QStringLiteral("choices"), QJsonArray {choice}}});
    }

    void end()
    {
        const QJsonObject choice {{QStringLiteral("index"), 0}, {QStringLiteral("delta"), QJsonObject()},
            {QStringLiteral("finish_reason"), QStringLiteral("stop")}};
        send(QJsonObject {{QStringLiteral("choices"), QJsonArray {choice}}});
        Q_EMIT m_stream->bytes("data: [DONE]\n\n");
        Q_EMIT m_stream->finished();
    }

    bool ready() const { return !m_stream.isNull(); }

private:
    void send(const QJsonObject& chunk)
    {
        Q_EMIT m_stream->bytes("data: " + QJsonDocument(chunk).toJson(QJsonDocument::Compact) + "\n\n");
    }

    QPointer<PushedStream> m_stream;
};

/// Measures what the window does between being asked for a frame and having drawn it, and all that its
/// thread did since the frame before.
class MeasuredWindow final : public QQuickWindow
{
public:
    explicit MeasuredWindow(const Clock& clock) : m_clock(clock) { }

    void begin()
    {
        frames.clear();
        work.clear();
        m_lastWork = threadMs();
    }

    std::vector<double> frames; ///< wall time
    std::vector<double> work;   ///< processor time of the thread from frame to frame

protected:
    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::UpdateRequest) {
            return QQuickWindow::event(event);
        }
        const MonotonicTime from = m_clock.monotonic();
        const bool done = QQuickWindow::event(event);
        frames.push_back(milliseconds(from, m_clock.monotonic()));
        const double now = threadMs();
        work.push_back(now - std::exchange(m_lastWork, now));
        return done;
    }

private:
    const Clock& m_clock;
    double m_lastWork = 0;
};

double percentile(std::vector<double> values, double percent)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[std::min(values.size() - 1, size_t(percent / 100 * double(values.size())))];
}

class Bench : public QObject
{
public:
    Bench(const QString& folder, int tokens) :
        m_database(folder + QStringLiteral("/academy.sqlite")), m_store(folder + QStringLiteral("/settings.json")),
        m_settings(m_store), m_toasts(m_scheduler),
        m_tutor(m_database, m_streams, m_secrets, m_clock, m_scheduler, m_random),
        m_controller(m_settings, m_clock, m_scheduler, m_toasts), m_window(m_clock), m_tokens(tokens)
    {
        TutorSettings tutor;
        tutor.provider = TutorProviderKind::OpenAiChat;
        tutor.model = QStringLiteral("bench");
        tutor.needsKey = false;
        m_tutor.setSettings(tutor);
        m_controller.attach(&m_tutor);
        m_engine.addImageProvider(QStringLiteral("icons"), new IconProvider);
        m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        m_window.resize(1280, 800);
    }

    bool start()
    {
        QQmlComponent component(&m_engine, QUrl(QStringLiteral("qrc:/qt/qml/Neolingus/Ui/pages/ChatList.qml")));
        QObject* made = component.createWithInitialProperties(
            {{QStringLiteral("tutor"), QVariant::fromValue(&m_controller)}, {QStringLiteral("reader"), QVariant::fromValue(&m_reader)},
                {QStringLiteral("study"), QVariant::fromValue(&m_study)}, {QStringLiteral("columnWidth"), 720}});
        m_list.reset(qobject_cast<QQuickItem*>(made));
        if (!m_list) {
            std::fprintf(stderr, "%s\n", qPrintable(component.errorString()));
            return false;
        }
        m_list->setParentItem(m_window.contentItem());
        m_list->setSize(QSizeF(1280, 800));
        m_window.show();
        m_controller.setDraft(QStringLiteral("Tell me everything about the present perfect."));
        m_controller.send();
        m_feeding = m_scheduler.every(5ms, [this] { feed(); });
        return true;
    }

private:
    void feed()
    {
        if (!m_streams.ready() || m_done) {
            return;
        }
        const MonotonicTime now = m_clock.monotonic();
        if (m_sent == 0) {
            if (m_readyAt == MonotonicTime {}) {
                m_readyAt = now;
            }
            // Headers have arrived and the window stands still.
            if (now - m_readyAt < 1s) {
                return;
            }
            m_begun = now;
            m_window.begin();
            first();
            return;
        }
        const int due = std::min<int>(m_tokens, int(milliseconds(m_begun, now) * PerSecond / 1000));
        while (m_sent < due) {
            if (m_sent % (m_tokens / 10) == 0) {
                m_cpu.push_back(cpuMs());
            }
            m_streams.push(token(m_sent++));
        }
        if (m_sent == m_tokens) {
            m_cpu.push_back(cpuMs());
            m_done = true;
            m_streams.end();
            m_ending = m_scheduler.after(1s, [this] { report(); });
        }
    }

    void first()
    {
        m_cpu.push_back(cpuMs());
        const MonotonicTime pushed = m_clock.monotonic();
        connect(&m_window, &QQuickWindow::frameSwapped, this, [this, pushed] {
            if (m_firstShown < 0 && m_controller.messages()->rowCount() > 2) {
                m_firstShown = milliseconds(pushed, m_clock.monotonic());
            }
        });
        m_streams.push(token(m_sent++));
    }

    void report()
    {
        const double firstTenth = (m_cpu.at(1) - m_cpu.at(0)) / (m_tokens / 10.0);
        const double lastTenth = (m_cpu.at(10) - m_cpu.at(9)) / (m_tokens / 10.0);
        printFigure(QStringLiteral("chat_token_cpu_last_tenth"), lastTenth, QStringLiteral("ms"),
            QStringLiteral("first tenth of the same answer"), firstTenth);
        const QString peer = QStringLiteral("a frame at 60 Hz");
        for (const auto& [name, samples] : {std::pair("chat_frame", &m_window.frames), std::pair("chat_thread_per_frame", &m_window.work)}) {
            for (const auto& [rank, percent] : {std::pair("_p50", 50.0), std::pair("_p99", 99.0), std::pair("_max", 100.0)}) {
                printFigure(QLatin1String(name) + QLatin1String(rank), percentile(*samples, percent), QStringLiteral("ms"), peer, FrameMs);
            }
        }
        printFigure(QStringLiteral("chat_first_token_shown"), m_firstShown, QStringLiteral("ms"), peer, FrameMs);
        QCoreApplication::exit(m_firstShown < 0 ? 1 : 0);
    }

    SystemClock m_clock;
    QtScheduler m_scheduler;
    SystemRandom m_random;
    Database m_database;
    MemorySecretStore m_secrets;
    PushedStreams m_streams;
    Settings m_store;
    AppSettings m_settings;
    Toasts m_toasts;
    AiTutorStreamManager m_tutor;
    TutorController m_controller;
    ReadAloud m_reader {m_settings, *m_controller.messages(), m_scheduler};
    StudyController m_study {m_settings};
    QQmlEngine m_engine;
    MeasuredWindow m_window;
    std::unique_ptr<QQuickItem> m_list;
    ScheduledTask m_feeding;
    ScheduledTask m_ending;
    const int m_tokens;
    std::vector<double> m_cpu;
    MonotonicTime m_readyAt {};
    MonotonicTime m_begun {};
    double m_firstShown = -1;
    int m_sent = 0;
    bool m_done = false;
};

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QUICK_BACKEND", "software");
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QGuiApplication app(argc, argv);
    QTemporaryDir folder;
    Bench bench(folder.path(), argc > 1 ? std::max(10, std::atoi(argv[1])) : 20'000);
    return bench.start() ? QGuiApplication::exec() : 1;
}

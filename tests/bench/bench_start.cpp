// SPDX-License-Identifier: GPL-3.0-or-later
// Cold start to the first complete frame, and resident memory then, beside an empty Qt Quick window
// started in turn on the same screen. Medians over the runs.
#include "bench/Figure.h"
#include "support/Screen.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <stdexcept>

namespace {

constexpr int Runs = 7;

struct Start
{
    double milliseconds = 0;
    double megabytes = 0;
};

Start run(const Screen& screen, const QString& program, const QStringList& arguments, const QString& report)
{
    QFile::remove(report);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), screen.display());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        throw std::runtime_error(program.toStdString() + " showed no frame");
    }
    QFile file(report);
    if (!file.open(QIODevice::ReadOnly)) {
        throw std::runtime_error("no report from " + program.toStdString());
    }
    const QJsonObject figures = QJsonDocument::fromJson(file.readAll()).object();
    return {figures.value(QLatin1String("first_frame_ms")).toDouble(),
        figures.value(QLatin1String("rss_bytes")).toDouble() / (1024.0 * 1024.0)};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char* argv[])
try {
    QCoreApplication app(argc, argv);
    const QString build = QStringLiteral(NEOLINGUS_BUILD_DIR);
    const Screen screen;
    const QTemporaryDir folder;
    const QString report = folder.filePath(QStringLiteral("frame.json"));
    std::vector<double> ours, oursMemory, empty, emptyMemory;
    for (int i = 0; i < Runs; ++i) {
        const Start bare = run(screen, build + QStringLiteral("/bin/empty_window"), {report}, report);
        const Start full = run(screen, build + QStringLiteral("/bin/neolingus"),
            {QStringLiteral("--profile"), folder.filePath(QStringLiteral("profile%1").arg(i)),
                QStringLiteral("--first-frame"), report},
            report);
        empty.push_back(bare.milliseconds);
        emptyMemory.push_back(bare.megabytes);
        ours.push_back(full.milliseconds);
        oursMemory.push_back(full.megabytes);
    }
    const QString peer = QStringLiteral("an empty Qt Quick window, same run");
    printFigure(QStringLiteral("cold_start_to_first_frame"), median(ours), QStringLiteral("ms"), peer, median(empty));
    printFigure(QStringLiteral("resident_memory_at_first_frame"), median(oursMemory), QStringLiteral("MiB"), peer,
        median(emptyMemory));
    return 0;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// neolingus-evening: plays a whole exam evening with separate processes and compares every character.
#include "evening/Evening.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

#include <cstdio>
#include <exception>

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Plays an exam evening under Xvfb; leaves screenshots, report.json and report.html."));
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("out"), QStringLiteral("Folder for the screenshots and the report."), QStringLiteral("DIR")},
        {QStringLiteral("bin"), QStringLiteral("Build folder with the programs."), QStringLiteral("DIR")},
        {QStringLiteral("crowd"), QStringLiteral("Further students without a window (30)."), QStringLiteral("N"), QStringLiteral("30")},
        {QStringLiteral("cut"), QStringLiteral("Seconds without a network for one student (60)."), QStringLiteral("SECONDS"), QStringLiteral("60")},
    });
    parser.process(app);
    if (!parser.isSet(QStringLiteral("out")) || !parser.isSet(QStringLiteral("bin"))) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    const QString out = QDir(parser.value(QStringLiteral("out"))).absolutePath();
    if (!QDir().mkpath(out)) {
        std::fprintf(stderr, "The folder %s cannot be made.\n", qPrintable(out));
        return 2;
    }
    Evening evening({out, QDir(parser.value(QStringLiteral("bin"))).absolutePath(),
        parser.value(QStringLiteral("crowd")).toInt(), parser.value(QStringLiteral("cut")).toInt()});
    QString problem;
    try {
        evening.play();
    } catch (const std::exception& stopped) {
        problem = QString::fromUtf8(stopped.what());
        std::fprintf(stderr, "The evening stopped: %s\n", stopped.what());
    }
    const bool clean = evening.writeReport(problem);
    std::printf("Screenshots: %s/*.png\nReport:      %s/report.html and report.json\n", qPrintable(out), qPrintable(out));
    return clean ? 0 : 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// neolingus-evening-student: one of the thirty further students of the scripted evening.
#include "evening/HeadlessStudent.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>

#include <unistd.h>

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "A student without a window. Types a whole paper, hands in when a line arrives on standard input."));
    parser.addHelpOption();
    const auto option = [&parser](const char* name) {
        parser.addOption(QCommandLineOption(QString::fromLatin1(name), {}, QString::fromLatin1(name)));
    };
    for (const char* name : {"academy", "key", "email", "password", "sitting", "folder", "seed", "interval"}) {
        option(name);
    }
    parser.process(app);
    const auto value = [&parser](const char* name) { return parser.value(QString::fromLatin1(name)); };

    HeadlessStudent::Setup setup;
    setup.project = {QUrl(value("academy")), value("key")};
    setup.email = value("email");
    setup.password = value("password");
    setup.sitting = SittingId(value("sitting"));
    setup.folder = value("folder");
    setup.seed = value("seed").toULongLong();
    setup.keyInterval = std::chrono::milliseconds(value("interval").toLongLong());

    HeadlessStudent student(setup);
    QObject::connect(&student, &HeadlessStudent::finished, &app, [](const QString& problem) {
        if (!problem.isEmpty()) {
            std::fprintf(stderr, "%s\n", qPrintable(problem));
        }
        QCoreApplication::exit(problem.isEmpty() ? 0 : 1);
    });
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &student, [&] {
        input.setEnabled(false);
        student.handIn();
    });
    student.start();
    return QCoreApplication::exec();
}

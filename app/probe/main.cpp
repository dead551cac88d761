// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/Probe.h"
#include "probe/TutorDecode.h"

#include <QCoreApplication>

#include <cstdio>
#include <iostream>
#include <string>

namespace {

constexpr const char* Overview = R"(Usage: neolingus-probe COMMAND [OPTION]...

  watch     talk to an academy and print everything that happens
  tutor     read a recorded answer of a tutor's provider

neolingus-probe COMMAND --help says more. neolingus-probe --version
)";

void writeLine(const QByteArray& line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout); // whoever reads along sees it now
}

QString passwordFromOutside()
{
    if (qEnvironmentVariableIsSet("NEOLINGUS_PASSWORD")) {
        const QString password = qEnvironmentVariable("NEOLINGUS_PASSWORD");
        qunsetenv("NEOLINGUS_PASSWORD");
        return password;
    }
    std::string line;
    std::getline(std::cin, line);
    return QString::fromStdString(line);
}

int watch(QCoreApplication& program, const QStringList& words)
{
    const Result<ProbeArguments> arguments
        = ProbeArguments::parse(words, qEnvironmentVariable("NEOLINGUS_KEY"));
    if (!arguments.ok()) {
        std::cerr << "neolingus-probe: " << arguments.error().detail.toStdString()
                  << " Try neolingus-probe watch --help." << std::endl;
        return Probe::Usage;
    }
    if (arguments->help) {
        std::cout << ProbeArguments::helpText().toStdString();
        return Probe::Worked;
    }
    Probe probe(*arguments, writeLine);
    // Queued: the probe may end before the event loop begins.
    QObject::connect(
        &probe, &Probe::finished, &program, [](int code) { QCoreApplication::exit(code); },
        Qt::QueuedConnection);
    probe.start(arguments->email.isEmpty() ? QString() : passwordFromOutside());
    return QCoreApplication::exec();
}

} // namespace

int main(int count, char** words)
{
    QCoreApplication program(count, words);
    const QStringList all = QCoreApplication::arguments().mid(1);
    const QString command = all.value(0);
    if (command == QLatin1String("watch")) {
        return watch(program, all.mid(1));
    }
    if (command == QLatin1String("tutor")) {
        return TutorDecode::run(all.mid(1), writeLine);
    }
    if (command == QLatin1String("--version")) {
        std::cout << "neolingus-probe " NEOLINGUS_VERSION << std::endl;
        return Probe::Worked;
    }
    const bool asked = command == QLatin1String("--help") || command == QLatin1String("help");
    (asked ? std::cout : std::cerr) << Overview;
    return asked ? Probe::Worked : Probe::Usage;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/CommandLine.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QUrl>

std::optional<CommandLine::Answer> CommandLine::parse(const QStringList& arguments, CommandLine& line)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Neolingus: study offline, talk to a tutor and sit live exams."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Say this and end."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")}, QStringLiteral("Say the version and end."));
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("Keep all data in this folder."), QStringLiteral("folder"));
    const QCommandLineOption academy(QStringLiteral("academy"), QStringLiteral("Use the academy at this address."), QStringLiteral("url"));
    const QCommandLineOption key(QStringLiteral("key"), QStringLiteral("The public (anon) key of that academy."), QStringLiteral("key"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light or dark, whatever the settings say."), QStringLiteral("theme"));
    const QCommandLineOption language(QStringLiteral("language"), QStringLiteral("en, es or ca-valencia, whatever the settings say."), QStringLiteral("language"));
    const QCommandLineOption selfTest(QStringLiteral("self-test"), QStringLiteral("Show every page in both themes and three sizes; fail on any warning."));
    const QCommandLineOption shots(QStringLiteral("shots"), QStringLiteral("With --self-test: keep a picture of every page in this folder."), QStringLiteral("folder"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("With --self-test: only pages whose name begins so."), QStringLiteral("name"));
    parser.addPositionalArgument(QStringLiteral("unit"), QStringLiteral("A file with a unit (.apack) to add."), QStringLiteral("[unit]"));
    parser.addOptions({help, version, profile, academy, key, theme, language, selfTest, shots, only});
#ifdef NEOLINGUS_TESTING
    const QCommandLineOption puppet(QStringLiteral("puppet"), QStringLiteral("Be driven through this socket (testing builds)."), QStringLiteral("socket"));
    const QCommandLineOption firstFrame(QStringLiteral("first-frame"), QStringLiteral("Write when the first frame was complete, then end (testing builds)."), QStringLiteral("file"));
    parser.addOptions({puppet, firstFrame});
#endif
    if (!parser.parse(arguments)) {
        return Answer {parser.errorText() + QStringLiteral("\nTry --help.\n"), 2};
    }
    if (parser.isSet(help)) {
        return Answer {parser.helpText(), 0};
    }
    if (parser.isSet(version)) {
        return Answer {QStringLiteral("Neolingus %1\n").arg(QCoreApplication::applicationVersion()), 0};
    }
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1) {
        return Answer {QStringLiteral("Neolingus takes one file, not %1.\nTry --help.\n").arg(files.size()), 2};
    }
    line.pack = files.value(0);
    line.profile = parser.value(profile);
    line.academy = parser.value(academy);
    line.key = parser.value(key);
    line.theme = parser.value(theme);
    line.language = parser.value(language);
    line.selfTest = parser.isSet(selfTest);
    line.shots = parser.value(shots);
    line.only = parser.value(only);
#ifdef NEOLINGUS_TESTING
    line.puppet = parser.value(puppet);
    line.firstFrame = parser.value(firstFrame);
#endif
    const QStringList themes {QString(), QStringLiteral("light"), QStringLiteral("dark")};
    if (!themes.contains(line.theme)) {
        return Answer {QStringLiteral("--theme is light or dark.\n"), 2};
    }
    const QStringList languages {QString(), QStringLiteral("en"), QStringLiteral("es"), QStringLiteral("ca-valencia")};
    if (!languages.contains(line.language)) {
        return Answer {QStringLiteral("--language is en, es or ca-valencia.\n"), 2};
    }
    const QUrl url(line.academy);
    if (!line.academy.isEmpty() && (url.host().isEmpty() || !url.scheme().startsWith(QLatin1String("http")))) {
        return Answer {QStringLiteral("--academy wants an address such as https://academy.example.\n"), 2};
    }
    return std::nullopt;
}

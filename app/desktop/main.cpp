// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Log.h"
#include "desktop/AppContext.h"
#include "desktop/SelfTest.h"
#include "desktop/SingleInstance.h"
#include "viewmodels/IconProvider.h"
#ifdef NEOLINGUS_TESTING
#include "desktop/FirstFrame.h"
#include "desktop/Puppet.h"
#include "desktop/StallWatch.h"
#endif

#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQmlContext>
#include <QQuickItem>
#include <QQuickStyle>
#include <QTemporaryDir>
#include <QtQml/QQmlExtensionPlugin>

#include <cstdio>

Q_IMPORT_QML_PLUGIN(Neolingus_ModelPlugin)
Q_IMPORT_QML_PLUGIN(Neolingus_UiPlugin)

namespace {

void addFonts()
{
    for (const char* style : {"Regular", "Italic", "Medium", "SemiBold"}) {
        QFontDatabase::addApplicationFont(QStringLiteral(":/neolingus/fonts/Inter-%1.otf").arg(QLatin1String(style)));
    }
    QGuiApplication::setFont(QFont(QStringLiteral("Inter")));
}

/// Qt would end the program with SIGABRT. Somebody who names a platform knows what they do.
bool hasScreen()
{
    const auto isSet = [](const char* variable) { return !qEnvironmentVariableIsEmpty(variable); };
    return isSet("QT_QPA_PLATFORM") || isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
}

/// Loads the window; null when the interface is broken, which only a broken build can be.
QQuickWindow* openWindow(QQmlApplicationEngine& engine, AppContext& context)
{
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.addImageProvider(QStringLiteral("icons"), new IconProvider);
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&context.app())},
        {QStringLiteral("place"), context.settings().windowPlace()},
        {QStringLiteral("startMaximized"), context.settings().windowMaximized()}});
    QObject::connect(&context, &AppContext::languageChanged, &engine, &QQmlEngine::retranslate);
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Neolingus/Ui/frame/Main.qml")));
    return engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
}

int runSelfTest(QGuiApplication& program, CommandLine line)
{
    SelfTest::watchMessages();
    QTemporaryDir folder;
    line.profile = folder.path();
    AppContext context(line);
    QQmlApplicationEngine engine;
    QQuickWindow* window = openWindow(engine, context);
    if (!window) {
        return 1;
    }
    SelfTest test(context.app(), context.scheduler(), line.shots, line.only);
    QMetaObject::invokeMethod(&test, [&test, window] { test.run(*window); }, Qt::QueuedConnection);
    const int code = program.exec();
    return SelfTest::complaints() > 0 ? 1 : code;
}

int runProgram(QGuiApplication& program, const CommandLine& line)
{
    AppContext context(line);
    SingleInstance instance(context.dataFolder());
    QObject::connect(&instance, &SingleInstance::raised, &context, [&context](const QString& file) {
        Q_EMIT context.app().raiseWanted();
        if (!file.isEmpty()) {
            context.addPack(file);
        }
    });
    QQmlApplicationEngine engine;
    const QString pack = line.pack.isEmpty() ? QString() : QFileInfo(line.pack).absoluteFilePath();
    instance.claim(pack, [&](bool first) {
        if (!first) {
            QCoreApplication::quit();
            return;
        }
        context.start();
        if (!pack.isEmpty()) {
            context.addPack(pack);
        }
    });
    QQuickWindow* window = openWindow(engine, context);
    if (!window) {
        std::fputs("The interface could not be loaded. Please install Neolingus again.\n", stderr);
        return 1;
    }
#ifdef NEOLINGUS_TESTING
    StallWatch stalls;
    Puppet puppet(*window, context.navigator(), stalls);
    if (!line.puppet.isEmpty() && !puppet.listen(line.puppet)) {
        std::fputs("The puppet's socket could not be opened.\n", stderr);
        return 1;
    }
    if (!line.firstFrame.isEmpty()) {
        QObject::connect(window, &QQuickWindow::frameSwapped, &context, [&line, window] {
            const auto* host = window->findChild<QQuickItem*>(QStringLiteral("pageHost"));
            if (host && host->property("ready").toBool()) {
                QCoreApplication::exit(writeFirstFrame(line.firstFrame) ? 0 : 1);
            }
        });
    }
#endif
    return program.exec();
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("neolingus"));
    QCoreApplication::setApplicationVersion(QStringLiteral(NEOLINGUS_VERSION));
    CommandLine line;
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    if (const auto answer = CommandLine::parse(arguments, line)) {
        std::fputs(qPrintable(answer->text), answer->exitCode == 0 ? stdout : stderr);
        return answer->exitCode;
    }
    if (!hasScreen()) {
        std::fputs("There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set. Start Neolingus from a desktop.\n", stderr);
        return 1;
    }
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QGuiApplication program(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Neolingus"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.neolingus.Neolingus"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/neolingus/neolingus.svg")));
    addFonts();
    return line.selfTest ? runSelfTest(program, line) : runProgram(program, line);
}

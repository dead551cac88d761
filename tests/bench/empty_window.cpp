// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of the start benchmark: an empty Qt Quick window that reports its first frame and ends.
#include "desktop/FirstFrame.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

int main(int argc, char* argv[])
{
    QGuiApplication app(argc, argv);
    QQmlApplicationEngine engine;
    engine.loadData("import QtQuick\nWindow { visible: true; width: 1280; height: 800 }");
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().value(0));
    if (!window || argc < 2) {
        return 1;
    }
    const QString file = QString::fromLocal8Bit(argv[1]);
    QObject::connect(window, &QQuickWindow::frameSwapped, &app, [file] {
        QCoreApplication::exit(writeFirstFrame(file) ? 0 : 1);
    });
    return app.exec();
}

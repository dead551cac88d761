// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Screen.h"

#include <QEventLoop>
#include <QTimer>

#include <stdexcept>

using namespace std::chrono_literals;

bool waitUntil(const std::function<bool()>& holds, std::chrono::milliseconds limit)
{
    QEventLoop loop;
    QTimer look;
    QTimer end;
    bool held = holds();
    if (held) {
        return true;
    }
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        held = holds();
        if (held) {
            loop.quit();
        }
    });
    QObject::connect(&end, &QTimer::timeout, &loop, &QEventLoop::quit);
    look.start(5ms);
    end.setSingleShot(true);
    end.start(limit);
    loop.exec();
    return held;
}

Screen::Screen()
{
    m_server.setProcessChannelMode(QProcess::SeparateChannels);
    m_server.start(QStringLiteral("Xvfb"),
        {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
            QStringLiteral("1280x800x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    QByteArray said;
    const bool told = waitUntil(
        [&] {
            said += m_server.readAllStandardOutput();
            return said.endsWith('\n') || m_server.state() == QProcess::NotRunning;
        },
        20s);
    if (!told || said.trimmed().isEmpty()) {
        throw std::runtime_error("Xvfb did not start: " + m_server.errorString().toStdString());
    }
    m_display = QLatin1Char(':') + QString::fromLatin1(said.trimmed());
}

Screen::~Screen()
{
    m_server.terminate();
    m_server.waitForFinished(3000);
}

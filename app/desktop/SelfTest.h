// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "desktop/Gallery.h"

#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QSize>

class App;
class QQmlEngine;

/// Shows every scene of the gallery in light and dark and in three sizes, one after the other in
/// the real window, and ends the program: 0 when nothing warned, 1 otherwise. Pictures are kept
/// when a folder is given. GUI thread.
class SelfTest : public QObject
{
    Q_OBJECT

public:
    SelfTest(App& app, Scheduler& scheduler, QString shots, QString only, QObject* parent = nullptr);
    ~SelfTest() override;

    void run(QQuickWindow& window);
    /// Warnings and worse since the start, as the message handler saw them.
    static int complaints();
    static void watchMessages();

private:
    struct Case
    {
        Gallery::Scene scene;
        bool dark;
        QSize size;
        QString suffix;
        QString language;
        double textScale;
        bool highContrast;
    };

    void next();
    void show();
    void look(int patience);
    bool press(const QString& control);

    App& m_app;
    Scheduler& m_scheduler;
    QString m_shots;
    QPointer<QQuickWindow> m_window;
    QList<Case> m_cases;
    qsizetype m_at = -1;
    bool m_pressed = false;
    int m_missing = 0;
    ScheduledTask m_task;
    ScheduledTask m_previous;
};

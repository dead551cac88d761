// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/AccountController.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/CommandPalette.h"
#include "viewmodels/ConnectionMonitor.h"
#include "viewmodels/DiagnosticsController.h"
#include "viewmodels/ExamController.h"
#include "viewmodels/HomeController.h"
#include "viewmodels/LessonNotes.h"
#include "viewmodels/MonitorController.h"
#include "viewmodels/Navigator.h"
#include "viewmodels/PapersController.h"
#include "viewmodels/PracticeController.h"
#include "viewmodels/ReadAloud.h"
#include "viewmodels/ReportsController.h"
#include "viewmodels/ReviewController.h"
#include "viewmodels/SittingsController.h"
#include "viewmodels/StudyController.h"
#include "viewmodels/Toasts.h"
#include "viewmodels/TutorController.h"
#include "viewmodels/TutorPreferences.h"
#include "viewmodels/WritingsController.h"

#include <QObject>
#include <QtQmlIntegration>

/// The program as pages see it: one controller per page and what all pages share. Owns nothing; the
/// composition root creates the parts and outlives it. GUI thread.
class App : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Created by the program")
    Q_PROPERTY(AppSettings* settings READ settings CONSTANT)
    Q_PROPERTY(Navigator* navigator READ navigator CONSTANT)
    Q_PROPERTY(CommandPalette* palette READ palette CONSTANT)
    Q_PROPERTY(Toasts* toasts READ toasts CONSTANT)
    Q_PROPERTY(AccountController* account READ account CONSTANT)
    Q_PROPERTY(ConnectionMonitor* connection READ connection CONSTANT)
    Q_PROPERTY(HomeController* home READ home CONSTANT)
    Q_PROPERTY(StudyController* study READ study CONSTANT)
    Q_PROPERTY(ReviewController* review READ review CONSTANT)
    Q_PROPERTY(PracticeController* practice READ practice CONSTANT)
    Q_PROPERTY(TutorController* tutor READ tutor CONSTANT)
    Q_PROPERTY(ReadAloud* readAloud READ readAloud CONSTANT)
    Q_PROPERTY(LessonNotes* lessonNotes READ lessonNotes CONSTANT)
    Q_PROPERTY(WritingsController* writings READ writings CONSTANT)
    Q_PROPERTY(ReportsController* reports READ reports CONSTANT)
    Q_PROPERTY(TutorPreferences* tutorPreferences READ tutorPreferences CONSTANT)
    Q_PROPERTY(DiagnosticsController* diagnostics READ diagnostics CONSTANT)
    Q_PROPERTY(ExamController* exam READ exam CONSTANT)
    Q_PROPERTY(SittingsController* sittings READ sittings CONSTANT)
    Q_PROPERTY(PapersController* papers READ papers CONSTANT)
    Q_PROPERTY(MonitorController* monitor READ monitor CONSTANT)
    Q_PROPERTY(QString version READ version CONSTANT)
    Q_PROPERTY(QString dataFolder READ dataFolder CONSTANT)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)

public:
    struct Parts
    {
        AppSettings& settings;
        Navigator& navigator;
        CommandPalette& palette;
        Toasts& toasts;
        AccountController& account;
        ConnectionMonitor& connection;
        HomeController& home;
        StudyController& study;
        ReviewController& review;
        PracticeController& practice;
        TutorController& tutor;
        ReadAloud& readAloud;
        LessonNotes& lessonNotes;
        WritingsController& writings;
        ReportsController& reports;
        TutorPreferences& tutorPreferences;
        DiagnosticsController& diagnostics;
        ExamController& exam;
        SittingsController& sittings;
        PapersController& papers;
        MonitorController& monitor;
        QString dataFolder;
    };

    explicit App(const Parts& parts, QObject* parent = nullptr);

    AppSettings* settings() const { return &m_parts.settings; }
    Navigator* navigator() const { return &m_parts.navigator; }
    CommandPalette* palette() const { return &m_parts.palette; }
    Toasts* toasts() const { return &m_parts.toasts; }
    AccountController* account() const { return &m_parts.account; }
    ConnectionMonitor* connection() const { return &m_parts.connection; }
    HomeController* home() const { return &m_parts.home; }
    StudyController* study() const { return &m_parts.study; }
    ReviewController* review() const { return &m_parts.review; }
    PracticeController* practice() const { return &m_parts.practice; }
    TutorController* tutor() const { return &m_parts.tutor; }
    ReadAloud* readAloud() const { return &m_parts.readAloud; }
    LessonNotes* lessonNotes() const { return &m_parts.lessonNotes; }
    WritingsController* writings() const { return &m_parts.writings; }
    ReportsController* reports() const { return &m_parts.reports; }
    TutorPreferences* tutorPreferences() const { return &m_parts.tutorPreferences; }
    DiagnosticsController* diagnostics() const { return &m_parts.diagnostics; }
    ExamController* exam() const { return &m_parts.exam; }
    SittingsController* sittings() const { return &m_parts.sittings; }
    PapersController* papers() const { return &m_parts.papers; }
    MonitorController* monitor() const { return &m_parts.monitor; }
    QString version() const;
    QString dataFolder() const { return m_parts.dataFolder; }

    /// Something the reader must know on every page, such as a full disk; empty for nothing.
    QString notice() const { return m_notice; }
    void setNotice(const QString& notice);

    /// Makes every text again after the language changed.
    void retranslate();

    Q_INVOKABLE void copyToClipboard(const QString& text);

Q_SIGNALS:
    void noticeChanged();
    /// Somebody started the program a second time.
    void raiseWanted();

private:
    QList<CommandRow> commands() const;
    void run(const QString& command);

    Parts m_parts;
    QString m_notice;
};

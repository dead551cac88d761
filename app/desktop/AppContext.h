// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "desktop/CommandLine.h"
#include "desktop/LanguageSwitch.h"
#include "net/QtHttpClient.h"
#include "speech/SystemVoice.h"
#include "store/Settings.h"
#include "supabase/Project.h"
#include "viewmodels/App.h"

#include <QObject>

#include <map>
#include <memory>

class Database;
struct DatabaseOpened;
class SecretStore;
struct AcademyLink;
struct Profile;
struct SignedInUser;

/// The composition root: builds everything in dependency order, follows the sign-in, and hands each
/// controller its sources. The order of the members is the order of life. GUI thread; lives as
/// long as the program.
///
///     start() → secrets → link to the academy → session restored → profile of that person
///                                             ↘ nobody: welcome, or a guest's profile
class AppContext : public QObject
{
    Q_OBJECT

public:
    explicit AppContext(const CommandLine& line);
    ~AppContext() override;

    /// Begins to live: secrets, academy, session, profile. Without it nothing is opened; the
    /// self-test shows its pages that way.
    void start();
    /// Checks the file with a unit and adds it to the shelf of whoever studies here, at once or as
    /// soon as somebody does.
    void addPack(const QString& path);
    App& app() { return m_app; }
    AppSettings& settings() { return m_appSettings; }
    const QString& dataFolder() const { return m_root; }

    // The parts that the self-test fills with invented moments.
    Navigator& navigator() { return m_navigator; }
    Clock& clock() { return m_clock; }
    Scheduler& scheduler() { return m_scheduler; }

    static QString rootFolder(const CommandLine& line);

Q_SIGNALS:
    void languageChanged();

private:
    /// What a notice on every page is about, the most urgent first.
    enum class Topic { Store, Pack, Secrets, Settings, Academy };

    void notice(Topic topic, const QString& text);
    void watchStore();
    void storeOpened(const DatabaseOpened& opened);
    void checkAcademy();
    void shelvePack();
    void useSecrets(std::shared_ptr<SecretStore> secrets, const QString& scope);
    Project projectOf(const QString& url, const QString& key) const;
    void openLink(const Project& project);
    void followSession();
    void openProfile(const UserId& user, const SignedInUser* who);
    void closeProfile();
    void attach(const SignedInUser* who);
    void adoptGuest(const UserId& user);
    void enterAs(Role::Value role);
    void leaveToWelcome();
    void rememberPlace();
    void restorePlace();
    Role::Value rememberedRole() const;

    QString m_root;
    SystemClock m_clock;
    QtScheduler m_scheduler;
    SystemRandom m_random;
    QtHttpClient m_http;
    Settings m_settings;
    AppSettings m_appSettings;
    LanguageSwitch m_language;
    Navigator m_navigator;
    CommandPalette m_palette;
    Toasts m_toasts;
    AccountController m_account;
    ConnectionMonitor m_connection;
    HomeController m_home;
    StudyController m_study;
    ReviewController m_review;
    PracticeController m_practice;
    TutorController m_tutor;
    SystemVoice m_voice;
    ReadAloud m_readAloud;
    LessonNotes m_lessonNotes;
    WritingsController m_writings;
    ReportsController m_reports;
    TutorPreferences m_tutorPreferences;
    DiagnosticsController m_diagnostics;
    ExamController m_exam;
    SittingsController m_sittings;
    PapersController m_papers;
    MonitorController m_monitor;
    App m_app;
    Project m_wanted;
    std::shared_ptr<SecretStore> m_secrets;
    std::unique_ptr<AcademyLink> m_link;
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<Database> m_guest; ///< while a guest's work is handed to the account
    std::map<Topic, QString> m_notices;
    QByteArray m_pack; ///< a unit that waits for somebody's shelf
    bool m_following = false;
    ScheduledTask m_secretsPatience;
    bool m_placeRestored = false;
};

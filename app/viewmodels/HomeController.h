// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "progress/ProgressUpdate.h"
#include "viewmodels/HomeModels.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>

#include <memory>

class AppSettings;
class ProgressStore;
class ProgressSubscription;
class RealtimeExamSessionManager;
class RealtimeProgressManager;
class RestClient;
class StudyLibrary;
class UserExamSubscription;

/// One moment of the home page. A value.
struct HomeState
{
    Q_GADGET
    QML_VALUE_TYPE(homeState)
    Q_PROPERTY(bool loading MEMBER loading)
    Q_PROPERTY(bool unreadable MEMBER unreadable)
    Q_PROPERTY(QString greeting MEMBER greeting)
    Q_PROPERTY(QString date MEMBER date)
    Q_PROPERTY(QString course MEMBER course)
    Q_PROPERTY(bool hasProgress MEMBER hasProgress)
    Q_PROPERTY(QString movedBy MEMBER movedBy)
    Q_PROPERTY(int due MEMBER due)
    Q_PROPERTY(int fresh MEMBER fresh)
    Q_PROPERTY(int reviewed MEMBER reviewed)
    Q_PROPERTY(int highestForecast MEMBER highestForecast)
    Q_PROPERTY(int streak MEMBER streak)
    Q_PROPERTY(bool studiedToday MEMBER studiedToday)
    Q_PROPERTY(QString streakText MEMBER streakText)
    Q_PROPERTY(QString nextKind MEMBER nextKind)
    Q_PROPERTY(QString nextOver MEMBER nextOver)
    Q_PROPERTY(QString nextTitle MEMBER nextTitle)
    Q_PROPERTY(QString nextText MEMBER nextText)
    Q_PROPERTY(QString nextAction MEMBER nextAction)
    Q_PROPERTY(QString nextIcon MEMBER nextIcon)
    Q_PROPERTY(QString nextPage MEMBER nextPage)
    Q_PROPERTY(QString nextArgument MEMBER nextArgument)
    Q_PROPERTY(QString error MEMBER error)

public:
    bool loading = true;
    bool unreadable = false; ///< what is kept on this computer cannot be read
    QString greeting;
    QString date;
    QString course;
    bool hasProgress = false;
    QString movedBy; ///< what moved the progress last, in words
    int due = 0;
    int fresh = 0;   ///< new cards still wanted today
    int reviewed = 0;
    int highestForecast = 0;
    int streak = 0;
    bool studiedToday = false;
    QString streakText;
    QString nextKind; ///< exam, review, practice or done
    QString nextOver;
    QString nextTitle;
    QString nextText;
    QString nextAction;
    QString nextIcon;
    QString nextPage;
    QString nextArgument;
    QString error;

    bool operator==(const HomeState&) const = default;
};

/// The student's home: what to do next, how the skills stand, what falls due, which sitting comes.
/// Shows what is kept on this computer at once and follows the academy live. GUI thread.
class HomeController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(HomeState state READ state NOTIFY stateChanged)
    Q_PROPERTY(SkillModel* skills READ skills CONSTANT)
    Q_PROPERTY(ForecastModel* forecast READ forecast CONSTANT)
    Q_PROPERTY(SittingModel* sittings READ sittings CONSTANT)

public:
    /// What the page is fed from; null parts are not there (a guest has no academy).
    struct Sources
    {
        StudyLibrary* library = nullptr;
        ProgressStore* store = nullptr;
        RestClient* rest = nullptr;
        RealtimeProgressManager* progress = nullptr;
        RealtimeExamSessionManager* exams = nullptr;
        UserId user; ///< empty for a guest
        QString name;
    };

    HomeController(AppSettings& settings, Clock& clock, Scheduler& scheduler, QObject* parent = nullptr);
    ~HomeController() override;

    void attach(const Sources& sources);
    void detach();

    const HomeState& state() const { return m_state; }
    SkillModel* skills() { return &m_skills; }
    ForecastModel* forecast() { return &m_forecast; }
    SittingModel* sittings() { return &m_sittings; }

    /// Makes every text again after the language changed.
    void retranslate();
    /// Shows a given moment; the page gallery of the tests uses it.
    void present(const HomeState& state, const QList<SkillRow>& skills, const QList<ForecastRow>& forecast,
        const QList<SittingRow>& sittings);

    Q_INVOKABLE void refresh();
    /// What is kept on this computer cannot be read: nothing more is waited for.
    void studyUnavailable();

Q_SIGNALS:
    void stateChanged();

private:
    void adoptHome(const QJsonObject& home);
    void keepHome();
    void adoptProgress(const ProgressUpdate& update);
    void rememberWeek(const ProgressUpdate& update);
    double changeSinceLastWeek(const QString& skill, double value) const;
    void publish();
    void publishSkills();
    void publishSittings();
    void chooseNext(HomeState& state) const;
    void publishStudy(HomeState& state);
    SittingRow sittingRow(const QJsonObject& json) const;
    QDateTime localNow() const;

    AppSettings& m_settings;
    Clock& m_clock;
    Sources m_sources;
    HomeState m_state;
    SkillModel m_skills;
    ForecastModel m_forecast;
    SittingModel m_sittings;
    QHash<QString, ProgressUpdate> m_progress; ///< by course
    QHash<QString, QString> m_courseTitles;
    QJsonArray m_sittingJson;
    QString m_error;
    QJsonObject m_home; ///< as the academy told it, with the sittings heard of since
    bool m_homeReady = false;
    bool m_homeIsFresh = false; ///< what the academy told is shown, not what was kept
    bool m_studyUnavailable = false;
    std::unique_ptr<ProgressSubscription> m_progressSubscription;
    std::unique_ptr<UserExamSubscription> m_sittingSubscription;
    std::unique_ptr<QObject> m_scope; ///< dies with the sources, so that late answers are dropped
    ScheduledTask m_tick;
};

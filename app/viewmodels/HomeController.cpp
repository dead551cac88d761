// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/HomeController.h"

#include "progress/RealtimeProgressManager.h"
#include "exam/RealtimeExamSessionManager.h"
#include "store/ProgressStore.h"
#include "study/StudyLibrary.h"
#include "supabase/RestClient.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/ResultWords.h"
#include "viewmodels/TimeText.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace {

const QStringList SkillNames {QStringLiteral("reading"), QStringLiteral("listening"), QStringLiteral("writing"),
    QStringLiteral("speaking"), QStringLiteral("language")};

} // namespace

HomeController::HomeController(AppSettings& settings, Clock& clock, Scheduler& scheduler, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock)
{
    m_tick = scheduler.every(5s, [this] {
        if (m_scope) {
            publish();
        }
    });
}

HomeController::~HomeController() = default;

void HomeController::attach(const Sources& sources)
{
    detach();
    m_sources = sources;
    m_scope = std::make_unique<QObject>();
    if (m_sources.library) {
        connect(m_sources.library, &StudyLibrary::overviewChanged, m_scope.get(), [this] { publish(); });
        connect(m_sources.library, &StudyLibrary::changed, m_scope.get(), [this] { publish(); });
    }
    m_homeReady = m_sources.user.isEmpty();
    if (!m_sources.user.isEmpty() && m_sources.store) {
        whenDone(m_sources.store->home(m_sources.user), m_scope.get(), [this](const Result<QJsonObject>& kept) {
            if (kept.ok() && !kept->isEmpty() && !m_homeIsFresh) {
                adoptHome(*kept);
            }
        });
    }
    if (!m_sources.user.isEmpty() && m_sources.progress) {
        m_progressSubscription = m_sources.progress->subscribeToUserProgress(m_sources.user);
        connect(m_progressSubscription.get(), &ProgressSubscription::updated, m_scope.get(),
            [this](const ProgressUpdate& update) { adoptProgress(update); });
    }
    if (!m_sources.user.isEmpty() && m_sources.exams) {
        m_sittingSubscription = m_sources.exams->subscribeToUserExamSessions(m_sources.user);
        connect(m_sittingSubscription.get(), &UserExamSubscription::updated, m_scope.get(), [this] {
            m_sittingJson = m_sittingSubscription->sittings();
            if (!m_home.isEmpty()) {
                m_home.insert(QLatin1String("sittings"), m_sittingJson);
                keepHome();
            }
            publish();
        });
    }
    refresh();
    publish();
}

void HomeController::detach()
{
    m_scope.reset();
    m_progressSubscription.reset();
    m_sittingSubscription.reset();
    m_sources = {};
    m_progress.clear();
    m_courseTitles.clear();
    m_sittingJson = {};
    m_error.clear();
    m_home = {};
    m_homeReady = false;
    m_homeIsFresh = false;
    m_studyUnavailable = false;
    m_state = {};
    publishSkills();
    publishSittings();
    m_forecast.setRows({});
}

void HomeController::refresh()
{
    if (m_sources.user.isEmpty() || !m_sources.rest) {
        return;
    }
    if (m_sittingSubscription) {
        m_sittingSubscription->refresh();
    }
    whenDone(m_sources.rest->rpc(QStringLiteral("student_home"), {}), m_scope.get(),
        [this](const Result<QJsonValue>& answer) {
            if (!answer.ok()) {
                // Offline is what the chip is for; the page shows what is kept here.
                m_error = answer.error().isTransient() ? QString() : errorSentence(answer.error());
                m_homeReady = true;
                publish();
                return;
            }
            m_error.clear();
            m_homeIsFresh = true;
            m_home = answer->toObject();
            keepHome();
            adoptHome(m_home);
        });
}

/// What cannot be kept is only asked for again next time.
void HomeController::keepHome()
{
    if (m_sources.store) {
        whenDone(m_sources.store->saveHome(m_sources.user, m_home), m_scope.get(), [](const Result<void>&) { });
    }
}

void HomeController::studyUnavailable()
{
    m_studyUnavailable = true;
    m_homeReady = true;
    publish();
}

void HomeController::adoptHome(const QJsonObject& home)
{
    m_homeReady = true;
    const QJsonArray courses = home.value(QLatin1String("courses")).toArray();
    for (const QJsonValue& entry : courses) {
        const QJsonObject course = entry.toObject();
        const QString id = course.value(QLatin1String("course_id")).toString();
        m_courseTitles.insert(id, course.value(QLatin1String("title")).toString());
        const QJsonObject row = course.value(QLatin1String("progress")).toObject();
        if (!row.isEmpty()) {
            const Result<ProgressUpdate> update = ProgressUpdate::fromRow(row);
            if (update.ok()) {
                adoptProgress(*update);
            }
        }
    }
    const QJsonArray sittings = home.value(QLatin1String("sittings")).toArray();
    if (!m_sittingSubscription || m_sittingSubscription->sittings().isEmpty()) {
        m_sittingJson = sittings;
    }
    publish();
}

void HomeController::adoptProgress(const ProgressUpdate& update)
{
    const QString course = update.course.toString();
    const auto known = m_progress.constFind(course);
    if (known != m_progress.constEnd() && known->version >= update.version) {
        return;
    }
    m_progress.insert(course, update);
    rememberWeek(update);
    publish();
}

void HomeController::rememberWeek(const ProgressUpdate& update)
{
    int year = 0;
    const int week = localNow().date().weekNumber(&year);
    const QString now = QStringLiteral("%1-%2").arg(year).arg(week);
    const QString key = QStringLiteral("week:") + m_sources.user.toString() + QLatin1Char(':') + update.course.toString();
    QJsonObject kept = m_settings.store().value(key).toObject();
    QJsonObject values;
    for (auto skill = update.skills.constBegin(); skill != update.skills.constEnd(); ++skill) {
        values.insert(skill.key(), skill.value());
    }
    if (kept.value(QLatin1String("week")).toString() != now) {
        const QJsonObject last = kept.value(QLatin1String("last")).toObject();
        kept.insert(QLatin1String("base"), last.isEmpty() ? values : last);
        kept.insert(QLatin1String("week"), now);
    }
    kept.insert(QLatin1String("last"), values);
    m_settings.store().setValue(key, kept);
}

double HomeController::changeSinceLastWeek(const QString& skill, double value) const
{
    if (m_progress.isEmpty()) {
        return 0;
    }
    const QString key = QStringLiteral("week:") + m_sources.user.toString() + QLatin1Char(':') + m_progress.constBegin().key();
    const QJsonValue base = m_settings.store().value(key).toObject().value(QLatin1String("base")).toObject().value(skill);
    return base.isDouble() ? value - base.toDouble() : 0;
}

void HomeController::retranslate()
{
    publish();
}

void HomeController::present(const HomeState& state, const QList<SkillRow>& skills, const QList<ForecastRow>& forecast,
    const QList<SittingRow>& sittings)
{
    m_scope.reset();
    m_skills.setRows(skills);
    m_forecast.setRows(forecast);
    m_sittings.setRows(sittings);
    m_state = state;
    Q_EMIT stateChanged();
}

QDateTime HomeController::localNow() const
{
    return TimeText::local(m_clock.wall());
}

void HomeController::publish()
{
    if (!m_scope) {
        return;
    }
    publishSkills();
    publishSittings();
    HomeState state;
    state.error = m_error;
    const QDateTime now = localNow();
    const int hour = now.time().hour();
    const QString name = m_sources.name.section(QLatin1Char(' '), 0, 0);
    const QString hello = hour < 12 ? tr("Good morning") : hour < 20 ? tr("Good afternoon") : tr("Good evening");
    state.greeting = name.isEmpty() ? hello : tr("%1, %2", "greeting, name").arg(hello, name);
    state.date = TimeText::today(now, m_settings.locale());
    if (!m_progress.isEmpty()) {
        const ProgressUpdate& update = *m_progress.constBegin();
        state.hasProgress = true;
        state.course = m_courseTitles.value(update.course.toString());
        if (update.source.contains(QLatin1String("exam"))) {
            state.movedBy = tr("Last moved by an exam");
        } else if (update.source.contains(QLatin1String("review"))) {
            state.movedBy = tr("Last moved by your reviews");
        } else if (!update.source.isEmpty()) {
            state.movedBy = tr("Last moved by your practice");
        }
    } else if (!m_courseTitles.isEmpty()) {
        state.course = *m_courseTitles.constBegin();
    }
    publishStudy(state);
    chooseNext(state);
    const bool shelfOpen = !m_sources.library || m_sources.library->isOpen();
    state.unreadable = m_studyUnavailable && !shelfOpen;
    state.loading = !m_homeReady || (!shelfOpen && !m_studyUnavailable);
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void HomeController::publishStudy(HomeState& state)
{
    if (!m_sources.library || !m_sources.library->isOpen()) {
        return;
    }
    const StudyOverview overview = m_sources.library->overview();
    state.due = overview.dueNow;
    state.fresh = overview.newAvailable;
    state.reviewed = overview.reviewedToday;
    state.streak = overview.streak.days;
    state.studiedToday = overview.streak.studiedToday;
    if (overview.streak.days == 0) {
        state.streakText = tr("Study today to begin a streak");
    } else {
        state.streakText = tr("%n day(s) in a row", nullptr, overview.streak.days);
    }
    QList<ForecastRow> days;
    for (const ForecastDay& day : overview.forecast) {
        if (days.size() == 7) {
            break;
        }
        ForecastRow row;
        row.day = day.day.toString(Qt::ISODate);
        row.today = days.isEmpty();
        row.dayName = m_settings.locale().standaloneDayName(day.day.dayOfWeek(), QLocale::ShortFormat);
        row.due = day.due;
        state.highestForecast = std::max(state.highestForecast, day.due);
        days.append(row);
    }
    m_forecast.setRows(days);
}

void HomeController::chooseNext(HomeState& state) const
{
    for (const SittingRow& sitting : m_sittings.rows()) {
        if (sitting.canEnter) {
            state.nextKind = QStringLiteral("exam");
            state.nextOver = tr("Your exam is open");
            state.nextTitle = sitting.title;
            state.nextText = tr("Go in when you are ready. Everything you write is kept on this computer and sent to the school.");
            state.nextAction = tr("Enter the exam room");
            state.nextIcon = QStringLiteral("notebook-pen");
            state.nextPage = QStringLiteral("exam");
            state.nextArgument = sitting.sitting;
            return;
        }
    }
    if (m_sources.library && !m_sources.library->isOpen()) {
        return; // what waits on the shelf is not known, and may never be
    }
    if (state.due + state.fresh > 0) {
        state.nextKind = QStringLiteral("review");
        state.nextOver = tr("Next for you");
        state.nextTitle = state.due > 0 ? tr("Review %n card(s)", nullptr, state.due) : tr("Learn %n new card(s)", nullptr, state.fresh);
        const int minutes = std::max(1, (state.due * 8 + state.fresh * 20 + 59) / 60);
        state.nextText = state.due > 0 && state.fresh > 0
            ? tr("and up to %n new one(s). About %1 minutes.", nullptr, state.fresh).arg(minutes)
            : tr("About %n minute(s).", nullptr, minutes);
        state.nextAction = tr("Start");
        state.nextIcon = QStringLiteral("square-stack");
        state.nextPage = QStringLiteral("review");
        return;
    }
    state.nextKind = QStringLiteral("done");
    state.nextOver = tr("All reviewed for today");
    state.nextTitle = tr("Practise something new");
    state.nextText = tr("Short exercises with feedback at once. Your cards come back when it is time.");
    state.nextAction = tr("Choose an exercise");
    state.nextIcon = QStringLiteral("puzzle");
    state.nextPage = QStringLiteral("study");
}

void HomeController::publishSkills()
{
    const QStringList labels {tr("Reading"), tr("Listening"), tr("Writing"), tr("Speaking"), tr("Language")};
    QList<SkillRow> rows;
    for (qsizetype i = 0; i < SkillNames.size(); ++i) {
        SkillRow row;
        row.skill = SkillNames.at(i);
        row.label = labels.at(i);
        if (!m_progress.isEmpty()) {
            const QHash<QString, double>& skills = m_progress.constBegin()->skills;
            row.known = skills.contains(row.skill);
            row.value = skills.value(row.skill);
            row.change = row.known ? changeSinceLastWeek(row.skill, row.value) : 0;
            row.changeText = m_settings.locale().toString(std::abs(row.change), 'f', 1);
        }
        rows.append(row);
    }
    m_skills.setRows(rows);
}

SittingRow HomeController::sittingRow(const QJsonObject& json) const
{
    SittingRow row;
    row.sitting = json.value(QLatin1String("id")).toString();
    row.title = json.value(QLatin1String("title")).toString();
    row.state = json.value(QLatin1String("state")).toString();
    const int minutes = json.value(QLatin1String("duration_s")).toInt() / 60;
    const QString group = json.value(QLatin1String("class_name")).toString();
    row.place = minutes > 0 ? tr("%1 · %n minute(s)", "class, length", minutes).arg(group) : group;
    const QDateTime opens = TimeText::local(json.value(QLatin1String("opens_at")).toString());
    const QDateTime now = localNow();
    if (opens.isValid()) {
        row.when = TimeText::moment(opens, now, m_settings.locale());
    }
    const QString attempt = json.value(QLatin1String("attempt")).toObject().value(QLatin1String("state")).toString();
    const bool done = attempt == QLatin1String("submitted") || attempt == QLatin1String("collected")
        || attempt == QLatin1String("voided");
    if (row.state == QLatin1String("open") && done) {
        row.tone = QStringLiteral("positive");
        row.stateLabel = tr("Handed in");
    } else if (row.state == QLatin1String("open")) {
        row.canEnter = true;
        row.tone = QStringLiteral("positive");
        row.stateLabel = tr("Open now");
    } else if (row.state == QLatin1String("scheduled")) {
        row.tone = QStringLiteral("info");
        row.stateLabel = tr("Scheduled");
        const qint64 left = now.secsTo(opens);
        if (opens.isValid() && left > 0) {
            const qint64 days = left / 86400;
            const qint64 hours = left / 3600 % 24;
            const qint64 rest = (left + 59) / 60 % 60;
            row.countdown = days > 0 ? tr("in %n day(s)", nullptr, static_cast<int>(days))
                : hours > 0          ? tr("in %1 h %2 min").arg(hours).arg(rest)
                                     : tr("in %n minute(s)", nullptr, static_cast<int>((left + 59) / 60));
        } else {
            row.countdown = tr("waiting for your teacher");
        }
    } else if (row.state == QLatin1String("released")) {
        row.tone = QStringLiteral("accent");
        row.stateLabel = tr("Results are out");
        ResultWords::tell(row, json.value(QLatin1String("result")).toObject(), m_settings.locale(), m_settings.language());
    } else {
        row.tone = QStringLiteral("neutral");
        row.stateLabel = tr("Closed");
    }
    return row;
}

void HomeController::publishSittings()
{
    QList<SittingRow> rows;
    for (const QJsonValue& entry : std::as_const(m_sittingJson)) {
        const SittingRow row = sittingRow(entry.toObject());
        if (!row.sitting.isEmpty()) {
            rows.append(row);
        }
    }
    m_sittings.setRows(rows);
}

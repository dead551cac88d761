// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/AppContext.h"

#include "base/Log.h"
#include "desktop/ScopedSecretStore.h"
#include "realtime/AcademyLink.h"
#include "realtime/Installation.h"
#include "realtime/Profile.h"
#include "store/MemorySecretStore.h"
#include "store/SecretStore.h"
#include "study/GuestWork.h"
#include "study/PackReader.h"
#include "viewmodels/ErrorText.h"

#include <QCryptographicHash>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QScreen>
#include <QStandardPaths>
#include <QtConcurrentRun>

namespace {

constexpr std::chrono::seconds SecretsPatience {3};
/// Somebody was signed in: giving up on the keychain means asking them for their password again,
/// which a slow computer is no reason for.
constexpr std::chrono::seconds SessionPatience {12};

const QString LastRole = QStringLiteral("lastRole");
const QString LastPlace = QStringLiteral("lastPlace");
const QString DemoAcademy = QStringLiteral("http://127.0.0.1:54321");
/// The public key every local Supabase and every demo academy uses; it opens nothing else.
const QString DemoKey = QStringLiteral(
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6ImFub24iLCJleHAiOjE5ODM4MTI5OTZ9."
    "CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDMblYTn_I0");

QString roleName(Role::Value role)
{
    switch (role) {
    case Role::Nobody:
        break;
    case Role::Guest:
        return QStringLiteral("guest");
    case Role::Student:
        return QStringLiteral("student");
    case Role::Teacher:
        return QStringLiteral("teacher");
    }
    return {};
}

} // namespace

QString AppContext::rootFolder(const CommandLine& line)
{
    return line.profile.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                  : QDir(line.profile).absolutePath();
}

Project AppContext::projectOf(const QString& url, const QString& key) const
{
    Project project;
    project.url = QUrl(url.isEmpty() ? DemoAcademy : url);
    project.anonKey = key.isEmpty() ? DemoKey : key;
    project.certificatePin = AcademyTrust::pinOf(m_settings, project.url);
    return project;
}

AppContext::AppContext(const CommandLine& line) :
    m_root(rootFolder(line)),
    m_settings(line.profile.isEmpty() ? QString() : m_root + QStringLiteral("/settings.json")),
    m_appSettings(m_settings),
    m_toasts(m_scheduler),
    m_account(m_http, m_settings, m_scheduler, m_random, [](const QUrl& url) { return QDesktopServices::openUrl(url); }),
    m_connection(m_clock, m_scheduler),
    m_home(m_appSettings, m_clock, m_scheduler),
    m_study(m_appSettings),
    m_review(m_appSettings, m_clock),
    m_practice(m_appSettings, m_scheduler),
    m_tutor(m_appSettings, m_clock, m_scheduler, m_toasts),
    m_readAloud(m_appSettings, *m_tutor.messages(), m_scheduler),
    m_lessonNotes(m_appSettings, m_clock, m_scheduler, m_toasts),
    m_writings(m_appSettings, m_clock, m_toasts),
    m_reports(m_appSettings, m_clock),
    m_tutorPreferences(m_appSettings, m_http),
    m_diagnostics(m_appSettings),
    m_exam(m_appSettings, m_scheduler),
    m_sittings(m_clock, m_scheduler),
    m_papers(m_appSettings, m_toasts),
    m_monitor(m_clock, m_scheduler),
    m_app(App::Parts {m_appSettings, m_navigator, m_palette, m_toasts, m_account, m_connection, m_home, m_study,
        m_review, m_practice, m_tutor, m_readAloud, m_lessonNotes, m_writings, m_reports, m_tutorPreferences, m_diagnostics, m_exam, m_sittings, m_papers, m_monitor, m_root})
{
    if (!line.theme.isEmpty()) {
        m_appSettings.setAppearance(line.theme);
    }
    if (!line.language.isEmpty()) {
        m_appSettings.setLanguage(line.language);
    }
    m_language.use(m_appSettings.language(), m_appSettings.locale());
    // Whoever was here last sees their own first page at once, before the keychain and the academy have
    // said who is really here; nobody is shown a door for a moment.
    m_navigator.setRole(rememberedRole());
    m_app.retranslate();
    connect(&m_appSettings, &AppSettings::languageChanged, this, [this] {
        m_language.use(m_appSettings.language(), m_appSettings.locale());
        m_app.retranslate();
        Q_EMIT languageChanged();
    });
    connect(&m_tutorPreferences, &TutorPreferences::changed, this,
        [this] { m_tutor.setProvider(m_tutorPreferences.displayName(), m_tutorPreferences.notesOnly()); });
    connect(&m_account, &AccountController::academyWanted, this, [this](const QString& url, const QString& givenKey) {
        const QString key = !givenKey.isEmpty() ? givenKey : url == m_wanted.url.toString() ? m_wanted.anonKey : QString();
        m_appSettings.setAcademy(url, key);
        openLink(projectOf(url, key));
    });
    connect(&m_account, &AccountController::guestWanted, this, [this] { openProfile({}, nullptr); });
    connect(&m_account, &AccountController::signedOut, this, &AppContext::leaveToWelcome);
    connect(&m_navigator, &Navigator::currentChanged, this, &AppContext::rememberPlace);
    // Not a page's business: the answer may come while one page has gone and the next is still being made.
    connect(
        &m_exam, &ExamController::handedIn, this,
        [this] {
            const QString page = m_navigator.current().page;
            if (page == QLatin1String("exam") || page == QLatin1String("examreview")) {
                m_navigator.open(QStringLiteral("receipt"));
            }
        },
        Qt::QueuedConnection);
    connect(qApp, &QCoreApplication::aboutToQuit, this, [this] { m_exam.flush(); });
    const auto countScreens = [this] { m_exam.screensConnected(static_cast<int>(QGuiApplication::screens().size())); };
    connect(qGuiApp, &QGuiApplication::screenAdded, this, countScreens, Qt::QueuedConnection);
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, countScreens, Qt::QueuedConnection);
    countScreens();

    m_wanted = line.academy.isEmpty() ? projectOf(m_appSettings.academyUrl(), m_appSettings.academyKey())
                                      : projectOf(line.academy, line.key);
    m_account.setDemoUrl(line.academy.isEmpty() ? DemoAcademy : line.academy);
}

AppContext::~AppContext()
{
    closeProfile();
    m_account.setSession(nullptr);
    m_tutorPreferences.setSecrets(nullptr);
    m_sittings.detach();
    m_papers.detach();
    m_link.reset();
}

void AppContext::start()
{
    m_readAloud.setVoice(&m_voice);
    if (m_settings.startedFromDamagedFile()) {
        m_toasts.show(tr("Your settings could not be read and start afresh."), QStringLiteral("warning"));
    }
    connect(&m_settings, &Settings::writeFailed, this, [this](const Error& error) { notice(Topic::Settings, errorSentence(error)); });
    const QString scope = m_root == QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        ? QString()
        : QString::fromLatin1(
            QCryptographicHash::hash(m_root.toUtf8(), QCryptographicHash::Sha256).toHex().left(12));
    // A keychain that waits for somebody to unlock it must not hold up the program.
    const Role::Value last = rememberedRole();
    const bool hasSession = last == Role::Student || last == Role::Teacher;
    m_secretsPatience = m_scheduler.after(hasSession ? SessionPatience : SecretsPatience,
        [this, scope] { useSecrets(std::make_shared<MemorySecretStore>(), scope); });
    whenDone(openSecretStore(), this, [this, scope](const Result<std::shared_ptr<SecretStore>>& opened) {
        if (m_secrets) {
            return;
        }
        m_secretsPatience.cancel();
        if (!opened.ok()) {
            notice(Topic::Secrets, errorSentence(opened.error()));
            return;
        }
        useSecrets(*opened, scope);
    });
}

void AppContext::useSecrets(std::shared_ptr<SecretStore> secrets, const QString& scope)
{
    m_secrets = std::make_shared<ScopedSecretStore>(std::move(secrets), scope);
    m_account.setSecretsPersist(m_secrets->isPersistent());
    m_tutorPreferences.setSecrets(m_secrets.get());
    openLink(m_wanted);
    whenDone(m_link->auth.restore(), this, [this](const Result<void>&) {
        m_following = true;
        followSession();
    });
}

void AppContext::openLink(const Project& project)
{
    m_wanted = project;
    if (!m_secrets || (m_link && m_link->auth.project() == project)) {
        return;
    }
    closeProfile();
    m_sittings.detach();
    m_papers.detach();
    m_account.setSession(nullptr);
    m_link = std::make_unique<AcademyLink>(project, *m_secrets, m_clock, m_scheduler, m_random);
    m_account.setSession(&m_link->auth);
    // Queued: a session that ends may not take its own socket away while it is being told.
    connect(&m_link->auth, &AuthSession::stateChanged, this, &AppContext::followSession, Qt::QueuedConnection);
}

void AppContext::followSession()
{
    if (!m_following && m_link->auth.state() != AuthSession::State::SignedIn) {
        return;
    }
    switch (m_link->auth.state()) {
    case AuthSession::State::Restoring:
    case AuthSession::State::NeedsSignIn:
        break;
    case AuthSession::State::SignedIn: {
        if (m_link->auth.needsSecondStep()) {
            m_navigator.open(QStringLiteral("signin"));
            break;
        }
        const SignedInUser user = m_link->auth.user();
        if (!m_profile || !(m_profile->user == user.id)) {
            openProfile(user.id, &user);
        }
        break;
    }
    case AuthSession::State::SignedOut:
        if (m_profile && !m_profile->user.isEmpty()) {
            leaveToWelcome();
        } else if (!m_profile && rememberedRole() == Role::Guest) {
            openProfile({}, nullptr);
        } else if (!m_profile) {
            leaveToWelcome();
        }
        break;
    }
}

void AppContext::openProfile(const UserId& user, const SignedInUser* who)
{
    if (!m_link) {
        return;
    }
    closeProfile();
    const Result<DeviceId> device = installationId(m_root, m_random);
    if (!device.ok()) {
        notice(Topic::Store, errorSentence(device.error()));
        m_study.fail(device.error());
        return;
    }
    m_profile = std::make_unique<Profile>(*m_link, *m_secrets, Profile::folderFor(m_root, user), user, *device,
        QTimeZone::systemTimeZone());
    watchStore();
    attach(who);
    whenDone(m_profile->study.open(), &m_profile->study, [this](const Result<void>& opened) {
        if (!opened.ok()) {
            m_study.fail(opened.error());
            m_home.studyUnavailable();
        }
        shelvePack();
    });
    whenDone(m_profile->tutor.recover(), &m_profile->tutor, [](const Result<void>&) { });
    m_profile->realtime.start();
    if (!user.isEmpty()) {
        adoptGuest(user);
    }
    enterAs(!who ? Role::Guest : who->appRole == QLatin1String("teacher") ? Role::Teacher : Role::Student);
}

void AppContext::watchStore()
{
    notice(Topic::Store, {});
    Database& database = m_profile->database;
    whenDone(database.opened(), &database, [this](const Result<DatabaseOpened>& opened) {
        if (opened.ok()) {
            storeOpened(*opened);
        } else {
            notice(Topic::Store, errorSentence(opened.error()));
            m_study.fail(opened.error());
        }
    });
    connect(&database, &Database::openedLate, this, [this](const DatabaseOpened& opened) {
        notice(Topic::Store, {});
        storeOpened(opened);
        whenDone(m_profile->study.open(), &m_profile->study, [](const Result<void>&) { });
        m_home.refresh();
    });
    connect(&database, &Database::damageRepaired, this, &AppContext::storeOpened);
    connect(&m_profile->sync, &SyncEngine::operationQuarantined, this,
        [this](const QString& lane, const OpId&, const Error& error) {
            // The exam's own page says it of an answer.
            if (!lane.startsWith(QLatin1String("attempt:"))) {
                m_toasts.show(tr("Your academy did not accept something you did. It is kept on this computer. %1").arg(errorSentence(error)),
                    QStringLiteral("warning"), tr("Look"), [this] { m_navigator.open(QStringLiteral("diagnostics")); });
            }
        });
    connect(&database, &Database::reserveReleased, this, [this] {
        notice(Topic::Store, tr("The disk is full. Your answers still fit on a reserve; free some space now."));
    });
}

void AppContext::storeOpened(const DatabaseOpened& opened)
{
    if (opened.damagedCopy.isEmpty()) {
        return;
    }
    const QString where = QDir::toNativeSeparators(opened.damagedCopy);
    notice(Topic::Store,
        opened.lostOps > 0
            ? tr("The file with your data was damaged. It is kept at %1. What could be read was carried over; %n "
                 "change(s) that your academy did not have yet could not be read: please tell your teacher.",
                nullptr, opened.lostOps)
                  .arg(where)
            : tr("The file with your data was damaged. It is kept at %1; what could be read was carried over.").arg(where));
}

/// A program that is older than its academy goes on: what it cannot send stays queued.
void AppContext::checkAcademy()
{
    whenDone(m_link->rest.rpc(QStringLiteral("server_info"), {}), &m_profile->realtime,
        [this](const Result<QJsonValue>& info) {
            if (info.ok()) {
                const bool newer = info->toObject().value(QLatin1String("version")).toInteger() > AcademyLink::KnownAcademy;
                notice(Topic::Academy, newer ? errorSentence({ErrorKind::Conflict, QStringLiteral("academy_newer"), {}, {}}) : QString());
            } else if (info.error().code == QLatin1String("certificate_mismatch")) {
                notice(Topic::Academy, errorSentence(info.error()));
            }
        });
}

void AppContext::addPack(const QString& path)
{
    const auto checked = QtConcurrent::run([path]() -> Result<QByteArray> {
        const auto pack = PackReader().readFile(path);
        if (!pack) {
            return pack.error();
        }
        QFile file(path);
        return file.open(QIODevice::ReadOnly)
            ? Result<QByteArray>(file.readAll())
            : Result<QByteArray>(Error {ErrorKind::Storage, QStringLiteral("pack_unreadable"), file.errorString(), {}});
    });
    whenDone(checked, this, [this, path](const Result<QByteArray>& archive) {
        if (!archive.ok()) {
            qCWarning(lcStudy) << "a unit was refused:" << archive.error().code << archive.error().detail;
            notice(Topic::Pack, tr("%1: %2").arg(QFileInfo(path).fileName(), errorSentence(archive.error())));
            return;
        }
        notice(Topic::Pack, {});
        m_pack = *archive;
        shelvePack();
    });
}

void AppContext::shelvePack()
{
    if (!m_profile || m_pack.isEmpty()) {
        return;
    }
    whenDone(m_profile->study.install(std::exchange(m_pack, {})), &m_profile->study, [this](const Result<PackId>& added) {
        if (added.ok()) {
            m_toasts.show(tr("The unit is on your shelf now."), QStringLiteral("positive"));
        } else {
            notice(Topic::Pack, errorSentence(added.error()));
        }
    });
}

void AppContext::notice(Topic topic, const QString& text)
{
    m_notices[topic] = text;
    for (const auto& [about, sentence] : m_notices) {
        if (!sentence.isEmpty()) {
            m_app.setNotice(sentence);
            return;
        }
    }
    m_app.setNotice({});
}

void AppContext::attach(const SignedInUser* who)
{
    HomeController::Sources sources;
    sources.library = &m_profile->study;
    sources.store = &m_profile->progressStore;
    if (who) {
        sources.rest = &m_link->rest;
        sources.progress = &m_profile->progress;
        sources.exams = &m_profile->exams;
        sources.user = m_profile->user;
        sources.name = who->displayName;
    }
    m_account.setGuest(!who);
    m_home.attach(sources);
    m_study.attach(&m_profile->study);
    m_review.attach(&m_profile->study);
    m_practice.attach(&m_profile->study);
    m_tutor.attach(&m_profile->tutor, &m_profile->memory, &m_profile->reports, &m_profile->study);
    m_lessonNotes.attach(&m_profile->memory);
    const bool teaches = who && who->appRole == QLatin1String("teacher");
    m_writings.attach(&m_profile->writings, teaches);
    m_reports.attach(teaches ? &m_profile->reports : nullptr);
    m_tutorPreferences.attach(&m_profile->tutor, who ? m_wanted.url : QUrl());
    m_diagnostics.attach(&m_profile->realtime, &m_profile->sync);
    m_connection.attach(&m_link->auth, &m_link->realtime, &m_profile->sync, &m_profile->progress);
    if (who) {
        m_exam.attach(m_profile->exams);
        if (who->appRole == QLatin1String("teacher")) {
            m_monitor.attach(m_profile->exams);
            m_sittings.attach(m_link->rest);
            m_papers.attach(m_link->rest, m_profile->progressStore, m_profile->user);
        }
    }
    connect(&m_profile->exams, &RealtimeExamSessionManager::handedIn, &m_home, [this] { m_home.refresh(); });
    connect(&m_profile->realtime, &UnifiedRealtimeManager::reconnected, &m_home, [this] { m_home.refresh(); });
    notice(Topic::Academy, {});
    if (who) {
        connect(&m_profile->realtime, &UnifiedRealtimeManager::reconnected, this, &AppContext::checkAcademy);
        checkAcademy();
    }
}

void AppContext::closeProfile()
{
    if (!m_profile) {
        return;
    }
    m_exam.detach();
    m_monitor.detach();
    m_sittings.detach();
    m_papers.detach();
    m_home.detach();
    m_study.attach(nullptr);
    m_review.attach(nullptr);
    m_practice.attach(nullptr);
    m_tutor.attach(nullptr);
    m_lessonNotes.attach(nullptr);
    m_writings.attach(nullptr);
    m_reports.attach(nullptr);
    m_tutorPreferences.attach(nullptr);
    m_diagnostics.attach(nullptr, nullptr);
    m_connection.attach(m_link ? &m_link->auth : nullptr, m_link ? &m_link->realtime : nullptr, nullptr, nullptr);
    m_guest.reset();
    m_profile->realtime.stop();
    m_profile.reset();
}

void AppContext::adoptGuest(const UserId& user)
{
    const QString file = Profile::folderFor(m_root, {}) + QStringLiteral("/academy.sqlite");
    if (!QFileInfo::exists(file)) {
        return;
    }
    m_guest = std::make_unique<Database>(file);
    whenDone(adoptGuestWork(*m_guest, m_profile->database, user, &m_profile->database), &m_profile->database, [this](const Result<int>& adopted) {
        if (adopted.ok() && *adopted > 0) {
            m_toasts.show(tr("%n thing(s) you studied before signing in are yours here too.", nullptr, *adopted),
                QStringLiteral("positive"));
            whenDone(m_profile->study.open(), &m_profile->study, [](const Result<void>&) { });
            m_profile->sync.poke();
        }
        whenDone(m_profile->takeOverTalks(*m_guest), &m_profile->database, [this](const Result<int>&) { m_guest.reset(); });
    });
}

void AppContext::enterAs(Role::Value role)
{
    m_settings.setValue(LastRole, roleName(role));
    if (m_navigator.role() != role) {
        m_navigator.setRole(role);
    } else if (!m_navigator.current().framed) {
        m_navigator.reset(m_navigator.homePage());
    }
    restorePlace();
}

void AppContext::rememberPlace()
{
    // Sessions of reviews and exercises begin anew; everything else is found again where it was.
    static const QStringList places {QStringLiteral("home"), QStringLiteral("study"), QStringLiteral("tutor"),
        QStringLiteral("exam"), QStringLiteral("sittings"), QStringLiteral("monitor"), QStringLiteral("settings")};
    const QString page = m_navigator.current().page;
    if (m_placeRestored && places.contains(page)) {
        m_settings.setValue(LastPlace,
            QJsonObject {{QStringLiteral("page"), page}, {QStringLiteral("argument"), m_navigator.argument()}});
    }
}

void AppContext::restorePlace()
{
    if (std::exchange(m_placeRestored, true)) {
        return;
    }
    const QJsonObject place = m_settings.value(LastPlace).toObject();
    const QString page = place.value(QLatin1String("page")).toString();
    if (!page.isEmpty()) {
        m_navigator.open(page, place.value(QLatin1String("argument")).toString());
    }
}

void AppContext::leaveToWelcome()
{
    // Queued: the page that asked for it is still in its handler.
    QMetaObject::invokeMethod(
        this,
        [this] {
            closeProfile();
            m_account.setGuest(false);
            m_settings.setValue(LastRole, QString());
            m_placeRestored = true;
            m_navigator.setRole(Role::Nobody);
        },
        Qt::QueuedConnection);
}

Role::Value AppContext::rememberedRole() const
{
    const QString kept = m_settings.value(LastRole).toString();
    for (const Role::Value role : {Role::Guest, Role::Student, Role::Teacher}) {
        if (kept == roleName(role)) {
            return role;
        }
    }
    return Role::Nobody;
}

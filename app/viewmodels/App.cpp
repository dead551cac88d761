// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/App.h"

#include <QClipboard>
#include <QGuiApplication>

namespace {

const QString PagePrefix = QStringLiteral("page:");

} // namespace

App::App(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    m_parts.palette.setSource([this] { return commands(); });
    connect(&m_parts.palette, &CommandPalette::chosen, this, &App::run);
    connect(&m_parts.monitor, &MonitorController::said, &m_parts.toasts,
        [this](const QString& text, const QString& tone) { m_parts.toasts.show(text, tone); });
    connect(&m_parts.sittings, &SittingsController::said, &m_parts.toasts,
        [this](const QString& text, const QString& tone) { m_parts.toasts.show(text, tone); });
    connect(&m_parts.tutor, &TutorController::textGiven, &m_parts.writings, &WritingsController::send);
    connect(&m_parts.tutor, &TutorController::stateChanged, &m_parts.readAloud,
        [this] { m_parts.readAloud.setLanguage(m_parts.tutor.state().language); });
    connect(&m_parts.practice, &PracticeController::tutorWanted, &m_parts.tutor,
        [this](const std::shared_ptr<const Pack>& pack, const UnitId& unit, const ItemId& item, bool solved) {
            m_parts.tutor.startExercise(pack, unit, item, solved);
            m_parts.navigator.open(QStringLiteral("tutor"), QStringLiteral("exercise"));
        });
    connect(&m_parts.tutor, &TutorController::stateChanged, &m_parts.practice,
        [this] { m_parts.practice.setTutorOff(m_parts.tutor.state().off); });
    connect(&m_parts.exam, &ExamController::handedIn, &m_parts.home, &HomeController::refresh);
}

QString App::version() const
{
    return QGuiApplication::applicationVersion();
}

void App::setNotice(const QString& notice)
{
    if (notice != m_notice) {
        m_notice = notice;
        Q_EMIT noticeChanged();
    }
}

void App::retranslate()
{
    m_parts.navigator.retranslate();
    m_parts.connection.refresh();
    m_parts.home.retranslate();
    m_parts.study.retranslate();
    m_parts.review.retranslate();
    m_parts.practice.retranslate();
    m_parts.tutor.setProvider(m_parts.tutorPreferences.displayName(), m_parts.tutorPreferences.notesOnly());
    m_parts.tutor.retranslate();
    m_parts.readAloud.retranslate();
    m_parts.lessonNotes.retranslate();
    m_parts.writings.retranslate();
    m_parts.reports.retranslate();
    m_parts.tutorPreferences.retranslate();
    m_parts.diagnostics.retranslate();
    m_parts.exam.retranslate();
    m_parts.sittings.retranslate();
    m_parts.papers.retranslate();
    m_parts.monitor.retranslate();
    m_parts.palette.refresh();
}

void App::copyToClipboard(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    m_parts.toasts.show(tr("Copied"), QStringLiteral("positive"));
}

QList<CommandRow> App::commands() const
{
    QList<CommandRow> rows;
    const QList<PageInfo> pages = m_parts.navigator.pages();
    for (const PageInfo& page : pages) {
        if (page.inRail || page.page == QLatin1String("keys")) {
            rows.append({PagePrefix + page.page, page.title, page.iconName, tr("Go to"), page.shortcut});
        }
    }
    const QString actions = tr("Do");
    const Role::Value role = m_parts.navigator.role();
    if (role == Role::Guest || role == Role::Student) {
        rows.append({QStringLiteral("review"), tr("Review what is due"), QStringLiteral("square-stack"), actions, {}});
    }
    if (role != Role::Nobody) {
        rows.append({QStringLiteral("newChat"), tr("Ask the tutor something new"), QStringLiteral("square-pen"), actions, {}});
        rows.append({QStringLiteral("check"), tr("Check the connection"), QStringLiteral("zap"), actions, {}});
    }
    const QString looks = tr("Appearance");
    rows.append({QStringLiteral("light"), tr("Light appearance"), QStringLiteral("sun"), looks, {}});
    rows.append({QStringLiteral("dark"), tr("Dark appearance"), QStringLiteral("moon"), looks, {}});
    rows.append({QStringLiteral("contrast"), m_parts.settings.highContrast() ? tr("Normal contrast") : tr("High contrast"),
        QStringLiteral("contrast"), looks, {}});
    rows.append({QStringLiteral("larger"), tr("Larger text"), QStringLiteral("plus"), looks, QStringLiteral("Ctrl++")});
    rows.append({QStringLiteral("smaller"), tr("Smaller text"), QStringLiteral("text-cursor-input"), looks, QStringLiteral("Ctrl+-")});
    rows.append({QStringLiteral("rail"), m_parts.settings.railCollapsed() ? tr("Show the names in the side bar") : tr("Hide the names in the side bar"),
        QStringLiteral("panel-left"), looks, QStringLiteral("Ctrl+B")});
    const QString tongue = tr("Language");
    const QStringList languages = AppSettings::languages();
    for (qsizetype i = 0; i < languages.size(); ++i) {
        rows.append({QStringLiteral("lang:") + languages.at(i), AppSettings::languageNames().at(i), QStringLiteral("languages"), tongue, {}});
    }
    const AccountState& who = m_parts.account.state();
    if (who.signedIn) {
        rows.append({QStringLiteral("signOut"), tr("Sign out"), QStringLiteral("log-out"), tr("Account"), {}});
    } else {
        rows.append({QStringLiteral("signIn"), tr("Sign in"), QStringLiteral("log-in"), tr("Account"), {}});
    }
    return rows;
}

void App::run(const QString& command)
{
    if (command.startsWith(PagePrefix)) {
        m_parts.navigator.open(command.mid(PagePrefix.size()));
    } else if (command == QLatin1String("review")) {
        m_parts.navigator.open(QStringLiteral("review"));
    } else if (command == QLatin1String("newChat")) {
        m_parts.tutor.startNew();
        m_parts.navigator.open(QStringLiteral("tutor"));
    } else if (command == QLatin1String("check")) {
        m_parts.navigator.open(QStringLiteral("diagnostics"));
        m_parts.diagnostics.check();
    } else if (command == QLatin1String("light") || command == QLatin1String("dark")) {
        m_parts.settings.setAppearance(command);
    } else if (command == QLatin1String("contrast")) {
        m_parts.settings.setHighContrast(!m_parts.settings.highContrast());
    } else if (command == QLatin1String("larger")) {
        m_parts.settings.setTextScale(m_parts.settings.textScale() + 0.1);
    } else if (command == QLatin1String("smaller")) {
        m_parts.settings.setTextScale(m_parts.settings.textScale() - 0.1);
    } else if (command == QLatin1String("rail")) {
        m_parts.settings.setRailCollapsed(!m_parts.settings.railCollapsed());
    } else if (command.startsWith(QLatin1String("lang:"))) {
        m_parts.settings.setLanguage(command.mid(5));
    } else if (command == QLatin1String("signOut")) {
        m_parts.account.signOut();
    } else if (command == QLatin1String("signIn")) {
        m_parts.navigator.open(QStringLiteral("signin"));
    }
}

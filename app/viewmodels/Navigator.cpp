// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/Navigator.h"

#include <QCoreApplication>

#include <array>

namespace {

struct Registration
{
    const char* page;
    const char* title;
    const char* icon;
    const char* file;
    const char* shortcut;
    int roles;
    bool framed;
    bool inRail;
    bool atBottom;
};

constexpr int Anyone = Role::Nobody | Role::Guest | Role::Student | Role::Teacher;
constexpr int Learner = Role::Guest | Role::Student;
constexpr int Member = Role::Student | Role::Teacher;
constexpr int Inside = Learner | Role::Teacher;
constexpr qsizetype LongestTrail = 20;

constexpr std::array<Registration, 22> registry {{
    {"welcome", QT_TRANSLATE_NOOP("Navigator", "Welcome"), "door-open", "WelcomePage.qml", "", Anyone, false, false, false},
    {"signin", QT_TRANSLATE_NOOP("Navigator", "Sign in"), "log-in", "SignInPage.qml", "", Anyone, false, false, false},
    {"home", QT_TRANSLATE_NOOP("Navigator", "Home"), "house", "HomePage.qml", "Ctrl+1", Learner, true, true, false},
    {"study", QT_TRANSLATE_NOOP("Navigator", "Study"), "layers", "StudyPage.qml", "Ctrl+2", Learner, true, true, false},
    {"review", QT_TRANSLATE_NOOP("Navigator", "Review"), "square-stack", "ReviewPage.qml", "", Learner, false, false, false},
    {"practice", QT_TRANSLATE_NOOP("Navigator", "Practice"), "puzzle", "PracticePage.qml", "", Learner, false, false, false},
    {"notes", QT_TRANSLATE_NOOP("Navigator", "Notes"), "notebook-text", "NotesPage.qml", "", Learner, true, false, false},
    {"sittings", QT_TRANSLATE_NOOP("Navigator", "Sittings"), "calendar-clock", "teacher/SittingsPage.qml", "Ctrl+1", Role::Teacher, true, true, false},
    {"tutor", QT_TRANSLATE_NOOP("Navigator", "Tutor"), "message-circle", "TutorPage.qml", "Ctrl+3", Inside, true, true, false},
    {"writings", QT_TRANSLATE_NOOP("Navigator", "Texts"), "pen-line", "WritingsPage.qml", "Ctrl+4", Inside, true, true, false},
    {"writing", QT_TRANSLATE_NOOP("Navigator", "Your text"), "pen-line", "WritingPage.qml", "", Learner, true, false, false},
    {"marking", QT_TRANSLATE_NOOP("Navigator", "A student's text"), "pen-line", "teacher/MarkingPage.qml", "", Role::Teacher, true, false, false},
    {"scenes", QT_TRANSLATE_NOOP("Navigator", "Scenes"), "users", "ScenesPage.qml", "", Inside, true, false, false},
    {"lessonnotes", QT_TRANSLATE_NOOP("Navigator", "Lesson notes"), "notebook-text", "LessonNotesPage.qml", "", Inside, true, false, false},
    {"exam", QT_TRANSLATE_NOOP("Navigator", "Exam"), "notebook-pen", "exam/ExamRoom.qml", "", Role::Student, false, false, false},
    {"examreview", QT_TRANSLATE_NOOP("Navigator", "Check before handing in"), "list-checks", "exam/ExamReview.qml", "", Role::Student, false, false, false},
    {"receipt", QT_TRANSLATE_NOOP("Navigator", "Receipt"), "badge-check", "exam/Receipt.qml", "", Role::Student, false, false, false},
    {"monitor", QT_TRANSLATE_NOOP("Navigator", "Live monitor"), "presentation", "teacher/LiveMonitorPage.qml", "", Role::Teacher, true, false, false},
    {"papers", QT_TRANSLATE_NOOP("Navigator", "Papers"), "list-checks", "teacher/PapersPage.qml", "", Role::Teacher, true, false, false},
    {"diagnostics", QT_TRANSLATE_NOOP("Navigator", "Diagnostics"), "chart-line", "DiagnosticsPage.qml", "Ctrl+8", Inside, true, true, true},
    {"settings", QT_TRANSLATE_NOOP("Navigator", "Settings"), "settings", "SettingsPage.qml", "Ctrl+,", Inside, true, true, true},
    {"keys", QT_TRANSLATE_NOOP("Navigator", "Keyboard shortcuts"), "keyboard", "KeysPage.qml", "F1", Inside, true, false, true},
}};
static_assert((Member & Role::Guest) == 0);

PageInfo infoOf(const Registration& entry)
{
    PageInfo info;
    info.page = QString::fromLatin1(entry.page);
    info.title = QCoreApplication::translate("Navigator", entry.title);
    info.iconName = QString::fromLatin1(entry.icon);
    info.file = QString::fromLatin1(entry.file);
    info.shortcut = QString::fromLatin1(entry.shortcut);
    info.framed = entry.framed;
    info.inRail = entry.inRail;
    info.atBottom = entry.atBottom;
    return info;
}

} // namespace

Navigator::Navigator(QObject* parent) : QObject(parent), m_page(QStringLiteral("welcome"))
{
    publish();
}

PageInfo Navigator::current() const
{
    for (const PageInfo& info : pages()) {
        if (info.page == m_page) {
            return info;
        }
    }
    return {};
}

QList<PageInfo> Navigator::pages() const
{
    QList<PageInfo> list;
    for (const Registration& entry : registry) {
        if ((entry.roles & m_role) != 0) {
            PageInfo info = infoOf(entry);
            info.current = info.page == m_page;
            list.append(info);
        }
    }
    return list;
}

void Navigator::setRole(Role::Value role)
{
    if (role == m_role) {
        return;
    }
    m_role = role;
    reset(homePage());
}

QString Navigator::homePage() const
{
    switch (m_role) {
    case Role::Nobody:
        break;
    case Role::Guest:
    case Role::Student:
        return QStringLiteral("home");
    case Role::Teacher:
        return QStringLiteral("sittings");
    }
    return QStringLiteral("welcome");
}

void Navigator::retranslate()
{
    publish();
}

void Navigator::open(const QString& page, const QString& argument)
{
    if (page == m_page && argument == m_argument) {
        return;
    }
    bool known = false;
    for (const PageInfo& info : pages()) {
        known = known || info.page == page;
    }
    if (!known) {
        return;
    }
    m_trail.append({m_page, m_argument});
    if (m_trail.size() > LongestTrail) {
        m_trail.removeFirst();
    }
    m_page = page;
    m_argument = argument;
    publish();
}

void Navigator::back()
{
    if (m_trail.isEmpty()) {
        reset(homePage());
        return;
    }
    const Place place = m_trail.takeLast();
    m_page = place.page;
    m_argument = place.argument;
    publish();
}

void Navigator::reset(const QString& page)
{
    m_trail.clear();
    m_page = page;
    m_argument.clear();
    publish();
}

void Navigator::publish()
{
    QList<PageInfo> top;
    QList<PageInfo> bottom;
    QList<PageInfo> keyed;
    for (const PageInfo& info : pages()) {
        if (info.inRail) {
            (info.atBottom ? bottom : top).append(info);
        }
        if (!info.shortcut.isEmpty()) {
            keyed.append(info);
        }
    }
    m_railTop.setRows(top);
    m_railBottom.setRows(bottom);
    m_shortcuts.setRows(keyed);
    Q_EMIT currentChanged();
}

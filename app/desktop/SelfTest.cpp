// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/SelfTest.h"

#include "viewmodels/App.h"

#include <QCoreApplication>
#include <QDir>
#include <QQmlContext>
#include <QQmlProperty>
#include <QQuickItem>

#include <algorithm>
#include <atomic>
#include <cstdio>

using namespace std::chrono_literals;

namespace {

std::atomic<int> complaintCount {0};
QtMessageHandler previousHandler = nullptr;

void countMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (type != QtDebugMsg && type != QtInfoMsg) {
        ++complaintCount;
    }
    previousHandler(type, context, message);
}

/// Smaller than this is hard to hit.
constexpr qreal SmallestTarget = 39.5;

bool isControl(const QQuickItem& item)
{
    return item.inherits("QQuickAbstractButton") || item.inherits("QQuickTextInput") || item.inherits("QQuickTextEdit")
        || item.inherits("QQuickComboBox");
}

/// What a person who cannot see or aim well would stumble over in `item` and below.
QStringList stumbles(const QQuickItem& item)
{
    QStringList found;
    if (!item.isVisible() || item.opacity() < 0.01) {
        return found;
    }
    // A row that a list is still making has neither a size nor a name yet, and nobody sees it.
    const bool made = item.width() > 0 && item.height() > 0;
    if (made && isControl(item) && item.isEnabled()) {
        const QString what = QString::fromLatin1(item.metaObject()->className()).section(QLatin1Char('_'), 0, 0)
            + QLatin1Char(' ') + item.objectName();
        auto* target = const_cast<QQuickItem*>(&item);
        if (QQmlProperty(target, QStringLiteral("Accessible.name"), qmlContext(target)).read().toString().isEmpty()) {
            found.append(QStringLiteral("has no name for a screen reader: ") + what);
        }
        const bool button = item.inherits("QQuickAbstractButton");
        if (button && !item.containmentMask() && std::min(item.width(), item.height()) < SmallestTarget) {
            found.append(QStringLiteral("is too small to hit (%1 × %2): %3").arg(item.width()).arg(item.height()).arg(what));
        }
    }
    const QList<QQuickItem*> children = item.childItems();
    for (const QQuickItem* child : children) {
        found += stumbles(*child);
    }
    return found;
}

QQuickItem* shownControl(QQuickItem& item, const QString& name)
{
    if (!item.isVisible() || !item.isEnabled()) {
        return nullptr;
    }
    if (item.objectName() == name) {
        return &item;
    }
    const QList<QQuickItem*> children = item.childItems();
    for (QQuickItem* child : children) {
        if (QQuickItem* found = shownControl(*child, name)) {
            return found;
        }
    }
    return nullptr;
}

Role::Value roleOf(const QString& name)
{
    return name == QLatin1String("guest") ? Role::Guest
        : name == QLatin1String("student") ? Role::Student
        : name == QLatin1String("teacher") ? Role::Teacher
                                           : Role::Nobody;
}

} // namespace

SelfTest::SelfTest(App& app, Scheduler& scheduler, QString shots, QString only, QObject* parent) :
    QObject(parent), m_app(app), m_scheduler(scheduler), m_shots(std::move(shots))
{
    struct Size
    {
        QSize size;
        const char* name;
    };
    const QList<Size> sizes {{{960, 640}, "small"}, {{1280, 800}, "normal"}, {{1920, 1080}, "large"}};
    for (const Gallery::Scene& scene : Gallery::scenes()) {
        if (!scene.name.startsWith(only)) {
            continue;
        }
        for (const Size& size : sizes) {
            const QString name = QString::fromLatin1(size.name);
            m_cases.append({scene, false, size.size, name + QStringLiteral("-light"), QStringLiteral("en"), 1, false});
            m_cases.append({scene, true, size.size, name + QStringLiteral("-dark"), QStringLiteral("en"), 1, false});
        }
        m_cases.append({scene, false, {1280, 800}, QStringLiteral("es"), QStringLiteral("es"), 1, false});
        m_cases.append({scene, false, {960, 640}, QStringLiteral("ca"), QStringLiteral("ca-valencia"), 1, false});
        m_cases.append({scene, false, {1280, 800}, QStringLiteral("text200"), QStringLiteral("es"), 2, false});
        m_cases.append({scene, true, {1280, 800}, QStringLiteral("contrast"), QStringLiteral("en"), 1, true});
    }
    if (!m_shots.isEmpty()) {
        QDir().mkpath(m_shots);
    }
}

SelfTest::~SelfTest() = default;

void SelfTest::watchMessages()
{
    previousHandler = qInstallMessageHandler(countMessage);
}

int SelfTest::complaints()
{
    return complaintCount;
}

void SelfTest::run(QQuickWindow& window)
{
    m_window = &window;
    m_app.settings()->setReducedMotion(true);
    next();
}

void SelfTest::next()
{
    ++m_at;
    if (m_at >= m_cases.size()) {
        std::printf("%lld pages shown, %d did not appear, %d complaints\n", static_cast<long long>(m_cases.size()), m_missing,
            complaints());
        QCoreApplication::exit(complaints() == 0 && m_missing == 0 && !m_cases.isEmpty() ? 0 : 1);
        return;
    }
    show();
}

void SelfTest::show()
{
    const Case& shown = m_cases.at(m_at);
    m_window->resize(shown.size);
    m_app.settings()->setLanguage(shown.language);
    m_app.settings()->setAppearance(shown.dark ? QStringLiteral("dark") : QStringLiteral("light"));
    m_app.settings()->setHighContrast(shown.highContrast);
    m_app.settings()->setTextScale(shown.textScale);
    Navigator& navigator = *m_app.navigator();
    if (m_at > 0 && !m_cases.at(m_at - 1).scene.press.isEmpty()) {
        navigator.setRole(Role::Nobody); // what was opened closes with its page
    }
    navigator.setRole(roleOf(shown.scene.role));
    Gallery::stage(m_app, shown.scene);
    navigator.open(shown.scene.page, QString::number(m_at));
    m_pressed = shown.scene.press.isEmpty();
    look(40);
}

bool SelfTest::press(const QString& control)
{
    QQuickItem* found = shownControl(*m_window->contentItem(), control);
    return found && QMetaObject::invokeMethod(found, "clicked");
}

void SelfTest::look(int patience)
{
    m_previous = std::exchange(m_task, m_scheduler.after(50ms, [this, patience] {
        const Case& shown = m_cases.at(m_at);
        const auto* host = m_window->findChild<QQuickItem*>(QStringLiteral("pageHost"));
        const bool stands = host && host->property("ready").toBool();
        const bool ready = stands && m_pressed;
        if (!ready && patience > 0) {
            // What a press opens is looked at a moment later.
            m_pressed = m_pressed || (stands && press(shown.scene.press));
            look(patience - 1);
            return;
        }
        if (!ready) {
            ++m_missing;
            std::fprintf(stderr, "did not appear: %s %s\n", qPrintable(shown.scene.name), qPrintable(shown.suffix));
        }
        for (const QString& stumble : stumbles(*m_window->contentItem())) {
            ++complaintCount;
            std::fprintf(stderr, "%s %s: %s\n", qPrintable(shown.scene.name), qPrintable(shown.suffix), qPrintable(stumble));
        }
        const QImage picture = m_window->grabWindow();
        if (!m_shots.isEmpty()) {
            picture.save(QDir(m_shots).filePath(shown.scene.name + QLatin1Char('.') + shown.suffix + QStringLiteral(".png")));
        }
        next();
    }));
}

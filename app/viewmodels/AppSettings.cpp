// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/AppSettings.h"

#include <QGuiApplication>
#include <QJsonObject>
#include <QPalette>

#include <algorithm>

namespace {

const QString Language = QStringLiteral("language");
const QString Appearance = QStringLiteral("appearance");
const QString HighContrast = QStringLiteral("highContrast");
const QString ReducedMotion = QStringLiteral("reducedMotion");
const QString TextScale = QStringLiteral("textScale");
const QString RailCollapsed = QStringLiteral("railCollapsed");
const QString TimeLeftHidden = QStringLiteral("timeLeftHidden");
const QString ExamSplit = QStringLiteral("examSplit");
const QString Window = QStringLiteral("window");
const QString AcademyUrl = QStringLiteral("academyUrl");
const QString AcademyKey = QStringLiteral("academyKey");

} // namespace

AppSettings::AppSettings(Settings& store, QObject* parent) : QObject(parent), m_store(store) { }

template <typename T>
void AppSettings::keep(const QString& name, const T& now, const T& wanted, void (AppSettings::*changed)())
{
    if (now != wanted) {
        m_store.setValue(name, wanted);
        Q_EMIT (this->*changed)();
    }
}

QString AppSettings::language() const
{
    const QString chosen = m_store.value(Language).toString();
    if (languages().contains(chosen)) {
        return chosen;
    }
    const QString system = QLocale::system().name().left(2);
    const QStringList known = languages();
    const auto same = std::find_if(known.begin(), known.end(), [&system](const QString& entry) { return entry.left(2) == system; });
    return same == known.end() ? QStringLiteral("en") : *same;
}

void AppSettings::setLanguage(const QString& language)
{
    if (languages().contains(language)) {
        keep(Language, this->language(), language, &AppSettings::languageChanged);
    }
}

QStringList AppSettings::languages()
{
    return {QStringLiteral("en"), QStringLiteral("es"), QStringLiteral("ca-valencia")};
}

QStringList AppSettings::languageNames()
{
    return {QStringLiteral("English"), QStringLiteral("Español"), QStringLiteral("Valencià")};
}

QLocale AppSettings::locale() const
{
    const QLocale system = QLocale::system();
    const QLocale chosen = language() == QLatin1String("en") ? QLocale(QLocale::English, QLocale::UnitedKingdom)
                                                             : QLocale(language().left(2));
    // American dates put the month first, which nobody in a European class would read so.
    const bool fits = system.language() == chosen.language() && system.territory() != QLocale::UnitedStates;
    return fits ? system : chosen;
}

QString AppSettings::appearance() const
{
    return m_store.value(Appearance, QStringLiteral("system")).toString();
}

void AppSettings::setAppearance(const QString& appearance)
{
    keep(Appearance, this->appearance(), appearance, &AppSettings::appearanceChanged);
}

bool AppSettings::isDark() const
{
    const QString chosen = appearance();
    if (chosen == QLatin1String("system")) {
        return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    }
    return chosen == QLatin1String("dark");
}

bool AppSettings::highContrast() const
{
    return m_store.value(HighContrast, false).toBool();
}

void AppSettings::setHighContrast(bool on)
{
    keep(HighContrast, highContrast(), on, &AppSettings::appearanceChanged);
}

bool AppSettings::reducedMotion() const
{
    return m_store.value(ReducedMotion, false).toBool();
}

void AppSettings::setReducedMotion(bool on)
{
    keep(ReducedMotion, reducedMotion(), on, &AppSettings::appearanceChanged);
}

double AppSettings::textScale() const
{
    return std::clamp(m_store.value(TextScale, 1.0).toDouble(1.0), 1.0, 2.0);
}

void AppSettings::setTextScale(double scale)
{
    keep(TextScale, textScale(), std::clamp(scale, 1.0, 2.0), &AppSettings::appearanceChanged);
}

bool AppSettings::railCollapsed() const
{
    return m_store.value(RailCollapsed, false).toBool();
}

void AppSettings::setRailCollapsed(bool collapsed)
{
    keep(RailCollapsed, railCollapsed(), collapsed, &AppSettings::railCollapsedChanged);
}

bool AppSettings::timeLeftHidden() const
{
    return m_store.value(TimeLeftHidden, false).toBool();
}

void AppSettings::setTimeLeftHidden(bool hidden)
{
    keep(TimeLeftHidden, timeLeftHidden(), hidden, &AppSettings::timeLeftHiddenChanged);
}

double AppSettings::examSplit() const
{
    return std::clamp(m_store.value(ExamSplit, 0.45).toDouble(0.45), 0.2, 0.8);
}

void AppSettings::setExamSplit(double share)
{
    keep(ExamSplit, examSplit(), std::clamp(share, 0.2, 0.8), &AppSettings::examSplitChanged);
}

QRect AppSettings::windowPlace() const
{
    const QJsonObject place = m_store.value(Window).toObject();
    return {place.value(QLatin1String("x")).toInt(), place.value(QLatin1String("y")).toInt(),
        place.value(QLatin1String("width")).toInt(), place.value(QLatin1String("height")).toInt()};
}

bool AppSettings::windowMaximized() const
{
    return m_store.value(Window).toObject().value(QLatin1String("maximized")).toBool();
}

void AppSettings::keepWindow(const QRect& place, bool maximized)
{
    QJsonObject window = m_store.value(Window).toObject();
    window.insert(QLatin1String("maximized"), maximized);
    if (!maximized) {
        window.insert(QLatin1String("x"), place.x());
        window.insert(QLatin1String("y"), place.y());
        window.insert(QLatin1String("width"), place.width());
        window.insert(QLatin1String("height"), place.height());
    }
    m_store.setValue(Window, window);
}

QString AppSettings::academyUrl() const
{
    return m_store.value(AcademyUrl).toString();
}

QString AppSettings::academyKey() const
{
    return m_store.value(AcademyKey).toString();
}

void AppSettings::setAcademy(const QString& url, const QString& key)
{
    if (url == academyUrl() && key == academyKey()) {
        return;
    }
    m_store.setValue(AcademyUrl, url);
    m_store.setValue(AcademyKey, key);
    Q_EMIT academyChanged();
}

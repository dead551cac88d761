// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Settings.h"

#include <QLocale>
#include <QObject>
#include <QRect>
#include <QStringList>
#include <QtQmlIntegration>

/// How the program looks and speaks on this computer. Reads and writes the preferences file;
/// every value takes effect at once. GUI thread.
class AppSettings : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(QList<QString> languages READ languages CONSTANT)
    Q_PROPERTY(QList<QString> languageNames READ languageNames CONSTANT)
    Q_PROPERTY(QString appearance READ appearance WRITE setAppearance NOTIFY appearanceChanged)
    Q_PROPERTY(bool dark READ isDark NOTIFY appearanceChanged)
    Q_PROPERTY(bool highContrast READ highContrast WRITE setHighContrast NOTIFY appearanceChanged)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY appearanceChanged)
    Q_PROPERTY(double textScale READ textScale WRITE setTextScale NOTIFY appearanceChanged)
    Q_PROPERTY(bool railCollapsed READ railCollapsed WRITE setRailCollapsed NOTIFY railCollapsedChanged)
    Q_PROPERTY(bool timeLeftHidden READ timeLeftHidden WRITE setTimeLeftHidden NOTIFY timeLeftHiddenChanged)
    Q_PROPERTY(double examSplit READ examSplit WRITE setExamSplit NOTIFY examSplitChanged)

public:
    explicit AppSettings(Settings& store, QObject* parent = nullptr);

    /// "en", "es" or "ca-valencia"; the computer's language until somebody chooses.
    QString language() const;
    void setLanguage(const QString& language);
    static QStringList languages();
    /// Each language in its own words, in the order of languages().
    static QStringList languageNames();
    /// Dates and numbers of the chosen language.
    QLocale locale() const;

    QString appearance() const; ///< "system", "light" or "dark"
    void setAppearance(const QString& appearance);
    bool isDark() const;
    bool highContrast() const;
    void setHighContrast(bool on);
    bool reducedMotion() const;
    void setReducedMotion(bool on);
    double textScale() const; ///< 1 to 2
    void setTextScale(double scale);
    bool railCollapsed() const;
    void setRailCollapsed(bool collapsed);
    bool timeLeftHidden() const;
    void setTimeLeftHidden(bool hidden);
    double examSplit() const; ///< share of the stimulus beside the question, 0.2 to 0.8
    void setExamSplit(double share);

    /// Where the window stood, empty the first time.
    QRect windowPlace() const;
    bool windowMaximized() const;
    Q_INVOKABLE void keepWindow(const QRect& place, bool maximized);

    QString academyUrl() const;
    QString academyKey() const;
    void setAcademy(const QString& url, const QString& key);

    Settings& store() const { return m_store; }

Q_SIGNALS:
    void languageChanged();
    void appearanceChanged();
    void railCollapsedChanged();
    void timeLeftHiddenChanged();
    void examSplitChanged();
    void academyChanged();

private:
    template <typename T>
    void keep(const QString& name, const T& now, const T& wanted, void (AppSettings::*changed)());

    Settings& m_store;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QObject>
#include <QTranslator>

/// Puts the interface into another language while it runs. English has a table too, for its plural
/// forms. GUI thread.
class LanguageSwitch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// `locale` becomes how dates and numbers are written.
    void use(const QString& language, const QLocale& locale);

private:
    QTranslator m_translator;
};

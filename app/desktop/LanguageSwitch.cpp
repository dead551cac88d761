// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/LanguageSwitch.h"

#include "base/Log.h"

#include <QCoreApplication>

void LanguageSwitch::use(const QString& language, const QLocale& locale)
{
    QCoreApplication::removeTranslator(&m_translator);
    if (!m_translator.load(QStringLiteral(":/i18n/neolingus_%1.qm").arg(language))) {
        qCWarning(lcApp) << "no table for the language" << language;
    }
    QLocale::setDefault(locale);
    QCoreApplication::installTranslator(&m_translator);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTranslator>

/// Puts the interface into another language while it runs. English has a table too, for its plural
/// forms. GUI thread.
class LanguageSwitch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void use(const QString& language);

private:
    QTranslator m_translator;
};

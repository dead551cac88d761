// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/LanguageName.h"

#include <QLocale>

#include <array>

QString languageName(const QString& tag)
{
    // Of these, Qt knows only what they are called in their largest country.
    constexpr std::array plain {std::pair {"en", "English"}, std::pair {"es", "Español"}, std::pair {"ca", "Català"},
        std::pair {"fr", "Français"}, std::pair {"pt", "Português"}, std::pair {"de", "Deutsch"}, std::pair {"zh", "中文"},
        std::pair {"nl", "Nederlands"}};
    for (const auto& [known, name] : plain) {
        if (tag == QLatin1String(known)) {
            return QString::fromUtf8(name);
        }
    }
    const QLocale locale(tag);
    const QString name = locale.language() == QLocale::C ? QString() : locale.nativeLanguageName();
    return name.isEmpty() ? tag : name.left(1).toUpper() + name.mid(1);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/SittingWords.h"

#include <QCoreApplication>

SittingWords SittingWords::of(const QString& state)
{
    if (state == QLatin1String("open")) {
        return {QCoreApplication::translate("SittingWords", "Open"), QStringLiteral("positive")};
    }
    if (state == QLatin1String("closed")) {
        return {QCoreApplication::translate("SittingWords", "Closed"), QStringLiteral("neutral")};
    }
    if (state == QLatin1String("released")) {
        return {QCoreApplication::translate("SittingWords", "Results released"), QStringLiteral("accent")};
    }
    return {QCoreApplication::translate("SittingWords", "Scheduled"), QStringLiteral("info")};
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What a teacher calls a state of a sitting, and its tone.
struct SittingWords
{
    QString label;
    QString tone;

    /// `state` as the academy names it: scheduled, open, closed or released.
    static SittingWords of(const QString& state);
};

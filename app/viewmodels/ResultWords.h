// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/HomeModels.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

/// A released result in words.
class ResultWords
{
    Q_DECLARE_TR_FUNCTIONS(ResultWords)

public:
    /// Writes into `row` what `result` says, the member "result" of a sitting as student_home tells
    /// it. Without one, or when it is not to be read, the row stays as it is. `language` is the reader's.
    static void tell(SittingRow& row, const QJsonObject& result, const QLocale& locale, const QString& language);

private:
    /// One line for each text with the teacher's comment, then one for each criterion of it.
    static TalkOutcome marks(const QJsonArray& marks, const QLocale& locale, const QString& language);
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QStringList>

/// Splits a SQL script into its statements, because SQLite's driver runs one at a time. Knows
/// quotes, comments and CREATE TRIGGER … BEGIN … END; comments are dropped. Pure.
/// Invalid sql_unterminated when a quote, comment or trigger does not end.
Result<QStringList> splitSqlScript(const QString& script);

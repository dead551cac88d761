// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

/// A zip archive in memory with these entries, in this order; names are written as they are.
QByteArray zipOf(const QList<QPair<QString, QByteArray>>& entries, bool compressed = true);

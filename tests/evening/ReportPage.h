// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

/// The evening's report as a page for people: the verdict, the faults, every scene with its picture.
QByteArray reportPage(const QJsonObject& report);

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QString>
#include <QUrl>

/// The complete list of log categories. Switch them with QT_LOGGING_RULES, for example
/// QT_LOGGING_RULES="neolingus.realtime.debug=true". Tokens, passwords, answers and names are
/// never logged; ids may be.
Q_DECLARE_LOGGING_CATEGORY(lcNet)
Q_DECLARE_LOGGING_CATEGORY(lcAuth)
Q_DECLARE_LOGGING_CATEGORY(lcRealtime)
Q_DECLARE_LOGGING_CATEGORY(lcStore)
Q_DECLARE_LOGGING_CATEGORY(lcSync)
Q_DECLARE_LOGGING_CATEGORY(lcExam)
Q_DECLARE_LOGGING_CATEGORY(lcTutor)
Q_DECLARE_LOGGING_CATEGORY(lcStudy)
Q_DECLARE_LOGGING_CATEGORY(lcApp)
Q_DECLARE_LOGGING_CATEGORY(lcAcademy)

/// Scheme, host, port and path of a URL: query, fragment and credentials carry secrets.
QString loggable(const QUrl& url);

/// The text with everything that looks like a secret replaced by "[removed]": JWTs, sb_ and sk-
/// keys, Bearer and apikey values, password and token fields of JSON and queries.
QString redacted(QString text);

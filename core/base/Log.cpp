// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Log.h"

#include <QRegularExpression>

Q_LOGGING_CATEGORY(lcNet, "neolingus.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAuth, "neolingus.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRealtime, "neolingus.realtime", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "neolingus.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSync, "neolingus.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(lcExam, "neolingus.exam", QtInfoMsg)
Q_LOGGING_CATEGORY(lcTutor, "neolingus.tutor", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStudy, "neolingus.study", QtInfoMsg)
Q_LOGGING_CATEGORY(lcApp, "neolingus.app", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAcademy, "neolingus.academy", QtInfoMsg)

QString loggable(const QUrl& url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString redacted(QString text)
{
    static const QRegularExpression tokens(QStringLiteral(
        R"(eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*|\bsb_(?:publishable|secret)_\w+|\bsk-[\w-]{8,})"
        R"(|\bAIza[\w-]{20,}|\b(?:xai|pplx)-[\w-]{8,}|\b(?:gsk|hf)_\w{8,})"));
    static const QRegularExpression labelled(
        QStringLiteral(
            R"re(((?:bearer\s+|(?:"?(?:apikey|api_key|x-api-key|authorization|password|access_token|refresh_token|token|secret)"?)\s*[:=]\s*"?(?:bearer\s+)?))[^\s"&,}]+)re"),
        QRegularExpression::CaseInsensitiveOption);
    text.replace(tokens, QStringLiteral("[removed]"));
    text.replace(labelled, QStringLiteral("\\1[removed]"));
    return text;
}

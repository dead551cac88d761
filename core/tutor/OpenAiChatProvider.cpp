// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiChatProvider.h"

#include "tutor/OpenAiChatDecoder.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QJsonObject>

namespace {

const QString maxTokens = QStringLiteral("max_tokens");
const QString maxCompletionTokens = QStringLiteral("max_completion_tokens");

bool isOpenAi(const QUrl& url)
{
    return url.host() == QLatin1String("api.openai.com");
}

QJsonArray messagesOf(const TutorPrompt& prompt)
{
    QJsonArray messages;
    const auto add = [&messages](const char* role, const QString& text) {
        messages.append(QJsonObject {{QStringLiteral("role"), QLatin1String(role)}, {QStringLiteral("content"), text}});
    };
    if (!prompt.system.isEmpty()) {
        add("system", prompt.system);
    }
    for (const TutorTurn& turn : prompt.turns) {
        add(turn.role == TutorRole::Learner ? "user" : "assistant", turn.text);
    }
    return messages;
}

} // namespace

HttpRequest OpenAiChatProvider::request(const TutorPrompt& prompt, const TutorSettings& settings,
    const TutorQuirks& quirks, const QByteArray& key) const
{
    const bool openAi = isOpenAi(settings.baseUrl);
    QJsonObject body {{QStringLiteral("model"), settings.model},
        {QStringLiteral("messages"), messagesOf(prompt)}, {QStringLiteral("stream"), true}};
    QJsonObject options {{QStringLiteral("include_usage"), true}};
    if (openAi) {
        options.insert(QStringLiteral("include_obfuscation"), false);
        body.insert(QStringLiteral("store"), false);
    }
    body.insert(QStringLiteral("stream_options"), options);
    // OpenAI's newer models know only the longer name, most other servers only the shorter one.
    body.insert(quirks.useMaxTokens.value_or(!openAi) ? maxTokens : maxCompletionTokens, prompt.maxTokens);
    for (const QString& name : quirks.dropped) {
        body.remove(name);
    }

    HttpRequest request;
    request.method = "POST";
    request.url = settings.baseUrl;
    QString path = request.url.path();
    while (path.endsWith(QLatin1Char('/'))) {
        path.chop(1);
    }
    request.url.setPath(path + QStringLiteral("/chat/completions"));
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "text/event-stream"}};
    if (!key.isEmpty()) {
        request.headers.append({"Authorization", "Bearer " + key});
    }
    request.body = toJson(body);
    request.timeout = settings.timeouts.total;
    return request;
}

std::unique_ptr<TutorDecoder> OpenAiChatProvider::decoder(int httpStatus, const HttpHeaders& headers) const
{
    if (httpStatus < 200 || httpStatus >= 300) {
        return std::make_unique<ErrorBodyDecoder>(httpStatus, headers);
    }
    return std::make_unique<OpenAiChatDecoder>(headers);
}

std::optional<TutorQuirks> OpenAiChatProvider::adapted(
    const TutorQuirks& quirks, const TutorFailure& failure) const
{
    if (quirks.repairs > 0 || failure.error.code != QLatin1String("bad_parameter")) {
        return std::nullopt;
    }
    TutorQuirks next = quirks;
    next.adapted = true;
    ++next.repairs;
    const QString name = failure.parameter.section(QLatin1Char('.'), 0, 0);
    if (name == maxTokens) {
        next.useMaxTokens = false;
    } else if (name == maxCompletionTokens) {
        next.useMaxTokens = true;
    } else if (name == QLatin1String("stream_options") || name == QLatin1String("store")) {
        next.dropped.append(name);
    } else {
        return std::nullopt;
    }
    return next;
}

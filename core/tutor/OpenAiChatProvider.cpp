// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiChatProvider.h"

#include "tutor/ErrorBodyDecoder.h"
#include "tutor/OpenAiChatDecoder.h"
#include "tutor/RequestBody.h"

#include <QJsonArray>
#include <QUrlQuery>

namespace {

const QString maxTokens = QStringLiteral("max_tokens");
const QString maxCompletionTokens = QStringLiteral("max_completion_tokens");

bool isOpenAi(const QUrl& url)
{
    return url.host() == QLatin1String("api.openai.com");
}

QJsonArray messagesOf(const TutorPrompt& prompt, bool developerRole)
{
    QJsonArray messages;
    const auto add = [&messages](const char* role, const QString& text) {
        messages.append(QJsonObject {{QStringLiteral("role"), QLatin1String(role)}, {QStringLiteral("content"), text}});
    };
    if (!prompt.system.isEmpty()) {
        add(developerRole ? "developer" : "system", prompt.system);
    }
    for (const TutorTurn& turn : prompt.turns) {
        add(turn.role == TutorRole::Learner ? "user" : "assistant", turn.text);
    }
    return messages;
}

void authorize(HttpRequest& request, const QByteArray& key)
{
    if (!key.isEmpty()) {
        request.headers.emplaceBack("Authorization", "Bearer " + key);
    }
}

HttpRequest keptReply(const char* method, const TutorPrompt& prompt, const TutorSettings& settings, const QByteArray& key)
{
    HttpRequest request;
    request.method = method;
    request.url = requestbody::below(settings.baseUrl, QStringLiteral("/stream"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("conv_id"), prompt.reply);
    request.url.setQuery(query);
    request.timeout = settings.timeouts.total;
    authorize(request, key);
    return request;
}

} // namespace

HttpRequest OpenAiChatProvider::request(const TutorPrompt& prompt, const TutorSettings& settings,
    const TutorQuirks& quirks, const QByteArray& key) const
{
    const bool openAi = isOpenAi(settings.baseUrl);
    QJsonObject body {{QStringLiteral("model"), settings.model},
        {QStringLiteral("messages"), messagesOf(prompt, quirks.developerRole)}, {QStringLiteral("stream"), true}};
    QJsonObject options {{QStringLiteral("include_usage"), true}};
    if (openAi) {
        options.insert(QStringLiteral("include_obfuscation"), false);
        body.insert(QStringLiteral("store"), false);
        if (!prompt.learnerHash.isEmpty()) {
            body.insert(QStringLiteral("safety_identifier"), prompt.learnerHash);
        }
        if (!prompt.conversation.isEmpty()) {
            body.insert(QStringLiteral("prompt_cache_key"), prompt.conversation);
        }
    }
    body.insert(QStringLiteral("stream_options"), options);
    if (prompt.temperature) {
        body.insert(QStringLiteral("temperature"), *prompt.temperature);
    }
    // OpenAI's newer models know only the longer name, most other servers only the shorter one.
    body.insert(quirks.useMaxTokens.value_or(!openAi) ? maxTokens : maxCompletionTokens, prompt.maxTokens);

    HttpRequest request = requestbody::post(settings, QStringLiteral("/chat/completions"), body, quirks);
    authorize(request, key);
    if (quirks.resumable && !prompt.reply.isEmpty()) {
        request.headers.emplaceBack("X-Conversation-Id", prompt.reply.toUtf8());
    }
    return request;
}

std::unique_ptr<TutorDecoder> OpenAiChatProvider::decoder(int httpStatus, const HttpHeaders& headers) const
{
    return decoderOrErrorBody<OpenAiChatDecoder>(httpStatus, headers);
}

std::optional<TutorQuirks> OpenAiChatProvider::adapted(
    const TutorQuirks& quirks, const TutorFailure& failure) const
{
    auto next = requestbody::withoutRejected(
        quirks, failure, {QStringLiteral("model"), QStringLiteral("messages"), QStringLiteral("stream")});
    if (next && (next->dropped.last() == maxTokens || next->dropped.last() == maxCompletionTokens)) {
        const bool useMaxTokens = next->dropped.takeLast() == maxCompletionTokens;
        if (quirks.useMaxTokens == useMaxTokens) {
            return std::nullopt;
        }
        next->useMaxTokens = useMaxTokens;
    }
    return next;
}

std::optional<HttpRequest> OpenAiChatProvider::resume(const TutorResumePoint& point, const TutorPrompt& prompt,
    const TutorSettings& settings, const TutorQuirks& quirks, const QByteArray& key) const
{
    if (!quirks.resumable || prompt.reply.isEmpty()) {
        return std::nullopt;
    }
    HttpRequest request = keptReply("GET", prompt, settings, key);
    QUrlQuery query(request.url);
    query.addQueryItem(QStringLiteral("from"), QString::number(point.position));
    request.url.setQuery(query);
    request.headers.emplaceBack("Accept", "text/event-stream");
    return request;
}

std::optional<HttpRequest> OpenAiChatProvider::stop(const TutorPrompt& prompt, const TutorSettings& settings,
    const TutorQuirks& quirks, const QByteArray& key) const
{
    if (!quirks.resumable || prompt.reply.isEmpty()) {
        return std::nullopt;
    }
    return keptReply("DELETE", prompt, settings, key);
}

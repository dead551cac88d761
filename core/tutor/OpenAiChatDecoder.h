// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/ThinkTags.h"
#include "tutor/TutorProvider.h"
#include "wire/SseParser.h"

#include <QJsonObject>

/// Reads a Chat Completions answer: a stream of chunks, or one whole JSON answer from a server that
/// ignores `stream`. Understands the dialects of compatible servers (reasoning fields, content as
/// typed parts, errors in any shape, a missing [DONE], null members). A broken frame is skipped.
/// Source: ai-providers A1 and A5.
class OpenAiChatDecoder final : public TutorDecoder
{
public:
    explicit OpenAiChatDecoder(HttpHeaders headers) : m_headers(std::move(headers)) { }

    std::vector<TutorEvent> feed(QByteArrayView bytes) override;
    std::vector<TutorEvent> end() override;

    int brokenFrames() const { return m_brokenFrames; }

private:
    enum class Body { Unknown, Stream, Json, Foreign };

    void readFrame(const QByteArray& data);
    void readChunk(const QJsonObject& chunk);
    void readChoice(const QJsonObject& choice);
    void readContent(const QJsonValue& content);
    void readToolCalls(const QJsonValue& calls);
    void readUsage(const QJsonObject& chunk);
    void readWhole();
    void say(const ThinkTags::Split& split);
    void finish();
    void fail(const QJsonValue& body);
    void emitOnce(TutorEvent last);

    HttpHeaders m_headers;
    SseParser m_parser;
    ThinkTags m_think;
    Body m_body = Body::Unknown;
    QByteArray m_buffer;
    std::vector<TutorEvent> m_out;
    QString m_finishReason;
    bool m_started = false;
    bool m_refused = false;
    bool m_over = false;
    bool m_sawFrame = false;
    int m_brokenFrames = 0;
};

/// Collects the body of an answer whose status is an error and makes one TutorFailure of it.
class ErrorBodyDecoder final : public TutorDecoder
{
public:
    ErrorBodyDecoder(int status, HttpHeaders headers) : m_status(status), m_headers(std::move(headers)) { }

    std::vector<TutorEvent> feed(QByteArrayView bytes) override;
    std::vector<TutorEvent> end() override;

private:
    static constexpr qsizetype largestBody = 64 * 1024;

    int m_status;
    HttpHeaders m_headers;
    QByteArray m_body;
    bool m_over = false;
};

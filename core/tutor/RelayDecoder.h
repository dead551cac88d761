// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"
#include "wire/SseParser.h"

/// What the relay says of a failure, as one of ours. `body` is its JSON, or whatever the platform in
/// front of it sent; `status` 0 inside a stream. Pure.
TutorFailure relayFailure(int status, const HttpHeaders& headers, const QByteArray& body);

/// Reads a stream of the relay: the events of a provider for the decoder that knows them, and the
/// relay's own `error`. Without a decoder (an answer that names no format is nobody's) it fails with
/// "not_sse".
class RelayDecoder final : public TutorDecoder
{
public:
    explicit RelayDecoder(std::unique_ptr<TutorDecoder> inner) : m_inner(std::move(inner)) { }

    std::vector<TutorEvent> feed(QByteArrayView bytes) override;
    std::vector<TutorEvent> end() override;
    bool isComplete() const override { return m_inner && m_inner->isComplete(); }

private:
    std::vector<TutorEvent> fail(TutorFailure failure);

    std::unique_ptr<TutorDecoder> m_inner;
    SseParser m_parser;
    bool m_isOver = false;
};

/// Collects the body of a refusal, which comes with a real status before any stream.
class RelayRefusal final : public TutorDecoder
{
public:
    RelayRefusal(int status, HttpHeaders headers) : m_status(status), m_headers(std::move(headers)) { }

    std::vector<TutorEvent> feed(QByteArrayView bytes) override;
    std::vector<TutorEvent> end() override;

private:
    int m_status;
    HttpHeaders m_headers;
    QByteArray m_body;
    bool m_isOver = false;
};

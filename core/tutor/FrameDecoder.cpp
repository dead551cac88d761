// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/FrameDecoder.h"

#include "tutor/FrameReading.h"
#include "tutor/ProviderError.h"
#include "wire/Json.h"

namespace {

constexpr QByteArrayView bom("\xEF\xBB\xBF");

QByteArrayView trimmed(QByteArrayView text)
{
    return text.trimmed();
}

} // namespace

std::vector<TutorEvent> FrameDecoder::feed(QByteArrayView bytes)
{
    if (m_over) {
        return {};
    }
    m_bytes += bytes.size();
    if (m_body == Body::Unknown) {
        sniff(bytes);
    } else if (m_body == Body::Events) {
        readEvents(bytes);
    } else if (m_buffer.size() + bytes.size() > SseParser::LargestEvent) {
        failBody("too_large");
    } else {
        m_buffer.append(bytes);
    }
    return std::exchange(m_out, {});
}

void FrameDecoder::sniff(QByteArrayView bytes)
{
    m_buffer.append(bytes);
    QByteArrayView start = trimmed(m_buffer);
    if (start.startsWith(bom)) {
        start = trimmed(start.sliced(bom.size()));
    }
    if (start.isEmpty() || bom.startsWith(start)) {
        return;
    }
    switch (start.front()) {
    case '{':
        m_body = Body::Json;
        break;
    case '[':
        m_body = Body::Array;
        break;
    case '<':
        m_body = Body::Foreign;
        break;
    default:
        m_body = Body::Events;
        readEvents(std::exchange(m_buffer, {}));
    }
}

void FrameDecoder::readEvents(QByteArrayView bytes)
{
    const Result<QList<SseEvent>> events = m_parser.feed(bytes);
    if (!events) {
        failBody("too_large");
        return;
    }
    m_out.reserve(m_out.size() + std::size_t(events->size()));
    for (const SseEvent& event : *events) {
        readOne(event.event, event.data);
    }
}

void FrameDecoder::readOne(QByteArrayView event, QByteArrayView json)
{
    if (m_over || json.isEmpty()) {
        return;
    }
    if (json.size() < 16 && trimmed(json) == "[DONE]") {
        readEnd(true);
    } else if (readFrame(event, json)) {
        m_sawFrame = true;
    } else {
        ++m_brokenFrames;
    }
}

void FrameDecoder::readDocuments()
{
    QByteArrayView text = trimmed(m_buffer);
    if (text.startsWith(bom)) {
        text = text.sliced(bom.size());
    }
    JsonCursor in(text);
    if (m_body == Body::Array) {
        in.array([&] { readOne({}, in.skip()); });
    } else {
        while (in.peek() != '\0') {
            readOne({}, in.skip());
        }
    }
    if (!m_over) {
        readEnd(false);
    }
    if (in.finished() && !m_told) {
        failBody("not_sse");
    }
}

/// Some servers put a bare JSON error behind the events, or a sentence in place of them. Frames that
/// came whole and could not be read are somebody else's, too.
void FrameDecoder::readStray(bool hasForeignFrames)
{
    const QByteArray& stray = m_parser.strayText();
    const auto json = stray.isEmpty() ? Result<QJsonValue>(QJsonValue()) : parseJson(stray);
    if (json && json->isObject() && isProviderError(json->toObject())) {
        fail(*json);
    } else if (!m_sawFrame && (hasForeignFrames || !stray.isEmpty())) {
        failBody("not_sse");
    }
}

std::vector<TutorEvent> FrameDecoder::end()
{
    if (m_over) {
        return {};
    }
    switch (m_body) {
    case Body::Events: {
        const bool isCut = m_parser.isInsideEvent();
        const int foreign = m_brokenFrames;
        // Some servers leave out the blank line after the last event.
        readEvents("\n\n");
        if (!m_over) {
            readEnd(false);
        }
        if (!m_over) {
            readStray((isCut ? foreign : m_brokenFrames) > 0);
        }
        break;
    }
    case Body::Json:
    case Body::Array:
        readDocuments();
        break;
    case Body::Foreign:
        failBody("not_sse");
        break;
    case Body::Unknown:
        break;
    }
    finish(TutorInterrupted {});
    return std::exchange(m_out, {});
}

void FrameDecoder::start(QByteArrayView id, QByteArrayView model)
{
    if (!m_started && (!id.isEmpty() || !model.isEmpty())) {
        m_started = true;
        m_id = frame::text(id);
        tell(TutorStarted {m_id, frame::text(model)});
    }
}

template <typename Delta>
void FrameDecoder::tell(QString& half, QString text)
{
    if (text.isEmpty()) {
        return;
    }
    if (!half.isEmpty()) {
        text.prepend(std::exchange(half, {}));
    }
    if (text.back().isHighSurrogate()) {
        half = text.back();
        text.chop(1);
    }
    if (!text.isEmpty()) {
        tell(Delta {std::move(text)});
    }
}

template void FrameDecoder::tell<TextDelta>(QString&, QString);
template void FrameDecoder::tell<ReasoningDelta>(QString&, QString);
template void FrameDecoder::tell<RefusalDelta>(QString&, QString);

void FrameDecoder::tell(TutorEvent event)
{
    m_told = true;
    m_out.push_back(std::move(event));
}

void FrameDecoder::finish(TutorEvent last)
{
    if (m_over) {
        return;
    }
    settle();
    // Half a character that stayed alone.
    const auto replace = [this]<typename Delta>(const QString& half, Delta delta) {
        if (!half.isEmpty()) {
            delta.text = QChar(QChar::ReplacementCharacter);
            tell(std::move(delta));
        }
    };
    replace(m_reasoningHalf, ReasoningDelta {});
    replace(m_textHalf, TextDelta {});
    replace(m_refusalHalf, RefusalDelta {});
    m_over = true;
    tell(std::move(last));
}

void FrameDecoder::fail(const QJsonValue& errorBody)
{
    finish(providerError(0, {}, errorBody));
}

void FrameDecoder::failBody(const char* code)
{
    TutorFailure failure;
    failure.error = Error {ErrorKind::Protocol, QLatin1String(code), {}, {}};
    finish(std::move(failure));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"
#include "wire/SseParser.h"

#include <QJsonValue>

/// What the decoders of all wires share: telling a stream of events from a JSON answer, a JSON array,
/// lines of JSON, an error page and nothing; skipping broken frames; the one terminal event at the
/// end; halves of characters that frames were cut between. A subclass reads frames and knows when
/// the reply was complete. Source: ai-providers B.
class FrameDecoder : public TutorDecoder
{
public:
    std::vector<TutorEvent> feed(QByteArrayView bytes) final;
    std::vector<TutorEvent> end() final;
    TutorResumePoint resumePoint() const final { return {m_id, m_bytes}; }

    int brokenFrames() const { return m_brokenFrames; }

protected:
    /// One JSON object; `event` is the name of its server-sent event. False: broken, nothing of it
    /// was told.
    virtual bool readFrame(QByteArrayView event, QByteArrayView json) = 0;
    /// The bytes ended, or "[DONE]" came (`isDone`). Finishes the reply if its end signal was seen;
    /// otherwise it counts as interrupted.
    virtual void readEnd(bool isDone) = 0;

    /// Called once before the last event: tells what was held back.
    virtual void settle() { }

    bool isOver() const { return m_over; }
    /// Tells who answers, once. Exact texts of JSON strings.
    void start(QByteArrayView id, QByteArrayView model);
    void say(QString text) { tell<TextDelta>(m_textHalf, std::move(text)); }
    void think(QString text) { tell<ReasoningDelta>(m_reasoningHalf, std::move(text)); }
    void refuse(QString text) { tell<RefusalDelta>(m_refusalHalf, std::move(text)); }
    void tell(TutorEvent event);
    /// The last event; later ones are ignored.
    void finish(TutorEvent last);
    /// An error inside the stream. The headers of the 200 before it are not about it: their
    /// retry-after is no wait.
    void fail(const QJsonValue& errorBody);

private:
    enum class Body { Unknown, Events, Json, Array, Foreign };

    template <typename Delta>
    void tell(QString& half, QString text);
    void sniff(QByteArrayView bytes);
    void readEvents(QByteArrayView bytes);
    void readDocuments();
    void readOne(QByteArrayView event, QByteArrayView json);
    void failBody(const char* code);
    void readStray(bool hasForeignFrames);

    SseParser m_parser;
    Body m_body = Body::Unknown;
    QByteArray m_buffer;
    std::vector<TutorEvent> m_out;
    QString m_id;
    QString m_textHalf; ///< a high surrogate that waits for its partner
    QString m_reasoningHalf;
    QString m_refusalHalf;
    qint64 m_bytes = 0;
    int m_brokenFrames = 0;
    bool m_started = false;
    bool m_told = false;
    bool m_sawFrame = false;
    bool m_over = false;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/FrameDecoder.h"

#include <map>
#include <set>

class JsonCursor;

/// Reads an OpenAI Responses answer: named events whose JSON `type` counts, or one whole response
/// object. Only response.completed, .incomplete and .failed end it; unknown events are passed over.
/// Source: ai-providers A2.
class OpenAiResponsesDecoder final : public FrameDecoder
{
public:
    bool isComplete() const override { return m_end.has_value(); }

private:
    struct Event;
    /// Where a piece of an answer belongs: output item, and content or summary part in it.
    using Place = std::pair<qint64, qint64>;

    bool readFrame(QByteArrayView event, QByteArrayView json) override;
    void readEnd(bool isDone) override;

    void tellDelta(const Event& event);
    void tellWhole(const Event& event);
    void tellCall(qint64 item, QString id, QString name, QString arguments);
    void tellItem(qint64 index, QByteArrayView item, bool isDone);
    void tellParts(qint64 index, QByteArrayView content);
    void tellCitation(QByteArrayView annotation);
    void close(const Event& event, QByteArrayView response);
    void failWith(QByteArrayView error);

    std::set<Place> m_spoken; ///< parts that came as deltas
    std::map<qint64, int> m_callPlaces; ///< function calls by output item
    std::set<qint64> m_announced; ///< calls whose name was told
    std::set<qint64> m_argued; ///< calls whose arguments came as deltas
    std::optional<TutorFinished> m_end; ///< complete; another response may follow in the same body
    bool m_calls = false;
    bool m_refused = false;
};

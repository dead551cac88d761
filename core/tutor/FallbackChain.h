// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "tutor/TutorSettings.h"

#include <QList>

#include <functional>
#include <optional>

class ModelCatalogue;

/// Who is asked when a tutor cannot answer: the preferred one, others of its tier, other ones in the
/// cloud or behind the academy, local ones, the notes. Within a group the given order holds. Each is
/// asked once per reply. Pure. Source: ai-providers A7.
class FallbackChain
{
public:
    FallbackChain() = default;
    /// The first of `order` is the preferred one. An empty order is the notes alone.
    FallbackChain(const QList<TutorSettings>& order, const ModelCatalogue& catalogue);

    const TutorSettings& current() const { return m_order.at(m_position); }
    const TutorSettings& preferred() const { return m_order.first(); }
    bool isAtPreferred() const { return m_position == 0; }
    bool hasNext() const { return m_position + 1 < m_order.size(); }
    const QList<TutorSettings>& order() const { return m_order; }

    /// Goes on to the next tutor that `isUsable` accepts; false and unmoved when there is none.
    bool advance(const std::function<bool(const TutorSettings&)>& isUsable);

    /// True when another tutor may succeed where one failed with this error. What the learner's
    /// words, an exam or the academy's policy caused follows them everywhere.
    static bool mayHelp(const Error& error);

private:
    QList<TutorSettings> m_order {TutorSettings()};
    qsizetype m_position = 0;
};

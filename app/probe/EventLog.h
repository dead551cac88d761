// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"

#include <QJsonObject>

#include <functional>

/// Writes what happens as lines of JSON, each with its monotonic time. Whatever looks like a secret is
/// taken out first, also inside what a server sent.
class EventLog
{
public:
    EventLog(Clock& clock, std::function<void(const QByteArray&)> write)
        : m_clock(clock), m_write(std::move(write))
    {
    }

    void add(const char* event, const QJsonObject& members);

    static QJsonObject describe(const Error& error);

private:
    Clock& m_clock;
    std::function<void(const QByteArray&)> m_write;
};

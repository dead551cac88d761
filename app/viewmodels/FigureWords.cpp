// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/FigureWords.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

struct Words
{
    const char* name;
    const char* text;
};

constexpr std::array groups {
    Words {"progress", QT_TRANSLATE_NOOP("FigureWords", "Progress")},
    Words {"exam_sessions", QT_TRANSLATE_NOOP("FigureWords", "Exams")},
    Words {"tutor", QT_TRANSLATE_NOOP("FigureWords", "Tutor")},
    Words {"unified", QT_TRANSLATE_NOOP("FigureWords", "Connection and program")},
};

constexpr std::array labels {
    Words {"subscriptions", QT_TRANSLATE_NOOP("FigureWords", "Followed by pages now")},
    Words {"feeds", QT_TRANSLATE_NOOP("FigureWords", "Sources listened to")},
    Words {"cached_rows", QT_TRANSLATE_NOOP("FigureWords", "Entries kept on this computer")},
    Words {"changes_received", QT_TRANSLATE_NOOP("FigureWords", "Changes received")},
    Words {"updates_delivered", QT_TRANSLATE_NOOP("FigureWords", "Changes shown")},
    Words {"updates_coalesced", QT_TRANSLATE_NOOP("FigureWords", "Changes shown together with a later one")},
    Words {"catch_ups", QT_TRANSLATE_NOOP("FigureWords", "Gaps caught up")},
    Words {"student_sessions", QT_TRANSLATE_NOOP("FigureWords", "Exams being sat here")},
    Words {"proctor_sessions", QT_TRANSLATE_NOOP("FigureWords", "Sittings being watched here")},
    Words {"user_subscriptions", QT_TRANSLATE_NOOP("FigureWords", "Lists of exams being followed")},
    Words {"calls", QT_TRANSLATE_NOOP("FigureWords", "Questions to the academy")},
    Words {"topic_messages", QT_TRANSLATE_NOOP("FigureWords", "Live messages")},
    Words {"operations_received_by_school", QT_TRANSLATE_NOOP("FigureWords", "Edits the school has received")},
    Words {"started", QT_TRANSLATE_NOOP("FigureWords", "Replies begun")},
    Words {"done", QT_TRANSLATE_NOOP("FigureWords", "Replies finished")},
    Words {"stopped", QT_TRANSLATE_NOOP("FigureWords", "Replies you stopped")},
    Words {"interrupted", QT_TRANSLATE_NOOP("FigureWords", "Replies interrupted")},
    Words {"failed", QT_TRANSLATE_NOOP("FigureWords", "Replies that failed")},
    Words {"retries", QT_TRANSLATE_NOOP("FigureWords", "Further attempts")},
    Words {"bytes_received", QT_TRANSLATE_NOOP("FigureWords", "Received")},
    Words {"input_tokens", QT_TRANSLATE_NOOP("FigureWords", "Tokens read by the model")},
    Words {"output_tokens", QT_TRANSLATE_NOOP("FigureWords", "Tokens written by the model")},
    Words {"first_token_p50_ms", QT_TRANSLATE_NOOP("FigureWords", "First word, half of the replies within")},
    Words {"first_token_p95_ms", QT_TRANSLATE_NOOP("FigureWords", "First word, 95 of 100 within")},
    Words {"first_token_p99_ms", QT_TRANSLATE_NOOP("FigureWords", "First word, 99 of 100 within")},
    Words {"socket", QT_TRANSLATE_NOOP("FigureWords", "Live connection")},
    Words {"socket_latency", QT_TRANSLATE_NOOP("FigureWords", "Live round trip")},
    Words {"rest_latency", QT_TRANSLATE_NOOP("FigureWords", "Data round trip")},
    Words {"count", QT_TRANSLATE_NOOP("FigureWords", "measured")},
    Words {"p50_ms", QT_TRANSLATE_NOOP("FigureWords", "half within")},
    Words {"p95_ms", QT_TRANSLATE_NOOP("FigureWords", "95 of 100 within")},
    Words {"p99_ms", QT_TRANSLATE_NOOP("FigureWords", "99 of 100 within")},
    Words {"messages_in", QT_TRANSLATE_NOOP("FigureWords", "Live messages received")},
    Words {"messages_out", QT_TRANSLATE_NOOP("FigureWords", "Live messages sent")},
    Words {"bytes_in", QT_TRANSLATE_NOOP("FigureWords", "Received live")},
    Words {"bytes_out", QT_TRANSLATE_NOOP("FigureWords", "Sent live")},
    Words {"unreadable", QT_TRANSLATE_NOOP("FigureWords", "Messages that could not be read")},
    Words {"reconnects", QT_TRANSLATE_NOOP("FigureWords", "Connected again")},
    Words {"channels", QT_TRANSLATE_NOOP("FigureWords", "Live channels wanted")},
    Words {"live_channels", QT_TRANSLATE_NOOP("FigureWords", "Live channels working")},
    Words {"rest_requests", QT_TRANSLATE_NOOP("FigureWords", "Requests for data")},
    Words {"rest_failures", QT_TRANSLATE_NOOP("FigureWords", "Requests that failed")},
    Words {"rest_bytes_in", QT_TRANSLATE_NOOP("FigureWords", "Data received")},
    Words {"rest_bytes_out", QT_TRANSLATE_NOOP("FigureWords", "Data sent")},
    Words {"queue_depth", QT_TRANSLATE_NOOP("FigureWords", "Changes waiting to be sent")},
    Words {"queue_quarantined", QT_TRANSLATE_NOOP("FigureWords", "Changes the academy did not take")},
    Words {"queue_oldest_ms", QT_TRANSLATE_NOOP("FigureWords", "The oldest has waited")},
    Words {"memory_usage", QT_TRANSLATE_NOOP("FigureWords", "Memory in use")},
    Words {"uptime_s", QT_TRANSLATE_NOOP("FigureWords", "Running for")},
};

constexpr std::array states {
    Words {"stopped", QT_TRANSLATE_NOOP("FigureWords", "off")},
    Words {"connecting", QT_TRANSLATE_NOOP("FigureWords", "connecting")},
    Words {"open", QT_TRANSLATE_NOOP("FigureWords", "open")},
    Words {"probing", QT_TRANSLATE_NOOP("FigureWords", "being tested")},
    Words {"waiting", QT_TRANSLATE_NOOP("FigureWords", "waiting to try again")},
};

template <std::size_t Size>
QString find(const std::array<Words, Size>& table, const QString& name)
{
    const auto found = std::find_if(table.begin(), table.end(),
        [&name](const Words& entry) { return name == QLatin1String(entry.name); });
    if (found != table.end()) {
        return QCoreApplication::translate("FigureWords", found->text);
    }
    QString text = name;
    return text.replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString durationText(qint64 seconds)
{
    if (seconds < 60) {
        return QCoreApplication::translate("FigureWords", "%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return QCoreApplication::translate("FigureWords", "%1 min").arg(seconds / 60);
    }
    return QCoreApplication::translate("FigureWords", "%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
}

} // namespace

QString FigureWords::group(const QString& group)
{
    return find(groups, group);
}

QString FigureWords::label(const QString& name)
{
    return find(labels, name);
}

QString FigureWords::value(const QString& name, const QJsonValue& value, const QLocale& locale)
{
    if (value.isString()) {
        return find(states, value.toString());
    }
    if (!value.isDouble()) {
        return QStringLiteral("–");
    }
    const double number = value.toDouble();
    if (name.endsWith(QLatin1String("_s"))) {
        return durationText(value.toInteger());
    }
    if (name.endsWith(QLatin1String("_ms"))) {
        return number >= 10'000 ? durationText(std::lround(number / 1000))
                                : QCoreApplication::translate("FigureWords", "%1 ms").arg(locale.toString(number, 'f', number < 10 ? 2 : 0));
    }
    if (name.contains(QLatin1String("bytes")) || name.contains(QLatin1String("memory"))) {
        return locale.formattedDataSize(std::llround(number), 1, QLocale::DataSizeSIFormat);
    }
    return locale.toString(std::llround(number));
}

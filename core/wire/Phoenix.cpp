// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Phoenix.h"

#include "wire/Json.h"
#include "wire/JsonCursor.h"
#include "wire/TextMemory.h"

#include <array>

namespace {

constexpr qsizetype LongestName = 255;

Error malformed(const char* why)
{
    return {ErrorKind::Protocol, QStringLiteral("phoenix_malformed"), QLatin1String(why), {}};
}

std::optional<QString> stringFrom(QByteArrayView text, TextMemory* memory = nullptr)
{
    JsonCursor in(text);
    QString string = in.string(memory);
    return in.finished() ? std::optional(std::move(string)) : std::nullopt;
}

bool isJson(QByteArrayView text)
{
    JsonCursor in(text);
    in.checked();
    return in.finished();
}

/// These have a decoder of their own, which reads their text.
bool isReadElsewhere(const QString& event)
{
    return event == QLatin1String("postgres_changes") || event == QLatin1String("broadcast");
}

bool isQuotedReadElsewhere(QByteArrayView event)
{
    return event == "\"postgres_changes\"" || event == "\"broadcast\"";
}

/// Refs are opaque strings; a number is taken as its text, anything else as none.
std::optional<QString> refFrom(QByteArrayView text)
{
    JsonCursor in(text);
    if (in.null()) {
        return std::nullopt;
    }
    if (in.isNumber()) {
        return QString::number(in.value().toInteger());
    }
    return stringFrom(text);
}

QByteArray textOf(const std::optional<QString>& ref)
{
    return ref ? toJson(*ref) : QByteArrayLiteral("null");
}

QByteArray payloadTextOf(const PhoenixMessage& message)
{
    if (!message.payloadText.isEmpty()) {
        return message.payloadText;
    }
    return message.payload.isUndefined() || message.payload.isNull() ? QByteArrayLiteral("{}")
                                                                     : toJson(message.payload);
}

/// Where the parts of a text message lie.
struct Parts
{
    QByteArrayView joinRef, ref, topic, event, payload;
};

std::optional<Parts> partsOf(PhoenixVersion version, QByteArrayView text)
{
    JsonCursor in(text);
    Parts parts;
    if (version == PhoenixVersion::V2) {
        const std::array places{
            &parts.joinRef, &parts.ref, &parts.topic, &parts.event, &parts.payload};
        size_t found = 0;
        in.array([&] {
            const bool isReadOnce = found == places.size() - 1 && isQuotedReadElsewhere(parts.event);
            const QByteArrayView element = isReadOnce ? in.rest(']') : in.skip();
            if (found < places.size()) {
                *places[found] = element;
            }
            ++found;
        });
        return in.finished() && found >= places.size() ? std::optional(parts) : std::nullopt;
    }
    in.object([&](QByteArrayView name) {
        QByteArrayView other;
        QByteArrayView* place = &other;
        for (const auto& [known, part] : {std::pair{"join_ref", &parts.joinRef},
                 {"ref", &parts.ref}, {"topic", &parts.topic}, {"event", &parts.event},
                 {"payload", &parts.payload}}) {
            place = name == known ? part : place;
        }
        *place = in.skip();
    });
    return in.finished() ? std::optional(parts) : std::nullopt;
}

/// A binary frame's one-byte lengths followed by the fields they measure.
class Frame
{
public:
    Frame(QByteArrayView bytes, int fields, bool hasEncoding)
    {
        const qsizetype header = 1 + fields + (hasEncoding ? 1 : 0);
        if (bytes.size() < header) {
            return;
        }
        qsizetype at = header;
        for (int i = 0; i < fields; ++i) {
            const qsizetype length = uchar(bytes[1 + i]);
            if (bytes.size() - at < length) {
                return;
            }
            m_fields.append(bytes.sliced(at, length));
            at += length;
        }
        m_isJson = hasEncoding && bytes[1 + fields] != 0;
        m_payload = bytes.sliced(at);
        m_ok = true;
    }

    bool ok() const { return m_ok; }
    QString text(qsizetype i) const { return QString::fromUtf8(m_fields.at(i)); }
    std::optional<QString> ref(qsizetype i) const
    {
        return m_fields.at(i).isEmpty() ? std::nullopt : std::optional(text(i));
    }
    QByteArrayView field(qsizetype i) const { return m_fields.at(i); }
    bool isJson() const { return m_isJson; }
    QByteArrayView payload() const { return m_payload; }

private:
    QList<QByteArrayView> m_fields;
    QByteArrayView m_payload;
    bool m_isJson = false;
    bool m_ok = false;
};

Result<PhoenixMessage> userBroadcastFrom(const Frame& frame, qsizetype topicField)
{
    PhoenixMessage message;
    message.topic = frame.text(topicField);
    message.event = QStringLiteral("broadcast");
    const QString userEvent = frame.text(topicField + 1);
    const QByteArrayView metadata = frame.field(topicField + 2);

    QByteArray text = R"({"type":"broadcast","event":)" + toJson(userEvent);
    if (!metadata.isEmpty()) {
        if (metadata.front() != '{' || !isJson(metadata)) {
            return malformed("broadcast metadata is not a JSON object");
        }
        text.append(R"(,"meta":)").append(metadata);
    }
    if (frame.isJson()) {
        if (!isJson(frame.payload())) {
            return malformed("broadcast payload is not JSON");
        }
        text.append(R"(,"payload":)").append(frame.payload());
    } else {
        message.binaryPayload = frame.payload().toByteArray();
    }
    message.payloadText = text + '}';
    return message;
}

} // namespace

Result<PhoenixMessage> decodeText(
    PhoenixVersion version, QByteArrayView text, TextMemory* memory)
{
    const auto parts = partsOf(version, text);
    if (!parts) {
        return malformed("not a message");
    }
    const auto topic = stringFrom(parts->topic, memory);
    const auto event = stringFrom(parts->event, memory);
    if (!topic || !event) {
        return malformed("topic or event is missing");
    }
    PhoenixMessage message;
    message.joinRef = refFrom(parts->joinRef);
    message.ref = refFrom(parts->ref);
    message.topic = *topic;
    message.event = *event;
    message.payloadText = parts->payload.toByteArray();
    if (isReadElsewhere(message.event) || parts->payload.isEmpty()) {
        return message;
    }
    const Result<QJsonValue> payload = parseJson(parts->payload);
    if (!payload.ok()) {
        return malformed("the payload is not JSON");
    }
    message.payload = *payload;
    return message;
}

Result<PhoenixMessage> decodeBinary(QByteArrayView bytes, Side sender)
{
    if (bytes.isEmpty()) {
        return malformed("empty frame");
    }
    PhoenixMessage message;
    switch (PhoenixKind(uchar(bytes[0]))) {
    case PhoenixKind::Push: {
        const bool hasRef = sender == Side::Client;
        const Frame frame(bytes, hasRef ? 4 : 3, false);
        if (!frame.ok()) {
            return malformed("truncated push");
        }
        message.joinRef = frame.ref(0);
        message.ref = hasRef ? frame.ref(1) : std::nullopt;
        message.topic = frame.text(hasRef ? 2 : 1);
        message.event = frame.text(hasRef ? 3 : 2);
        message.binaryPayload = frame.payload().toByteArray();
        return message;
    }
    case PhoenixKind::Reply: {
        const Frame frame(bytes, 4, false);
        if (!frame.ok() || sender == Side::Client) {
            return malformed("truncated or misdirected reply");
        }
        message.joinRef = frame.ref(0);
        message.ref = frame.ref(1);
        message.topic = frame.text(2);
        message.event = QStringLiteral("phx_reply");
        message.payload = QJsonObject{{QStringLiteral("status"), frame.text(3)}};
        message.binaryPayload = frame.payload().toByteArray();
        return message;
    }
    case PhoenixKind::Broadcast: {
        const Frame frame(bytes, 2, false);
        if (!frame.ok() || sender == Side::Client) {
            return malformed("truncated or misdirected broadcast");
        }
        message.topic = frame.text(0);
        message.event = frame.text(1);
        message.binaryPayload = frame.payload().toByteArray();
        return message;
    }
    case PhoenixKind::UserBroadcastPush: {
        const Frame frame(bytes, 5, true);
        if (!frame.ok() || sender == Side::Server) {
            return malformed("truncated or misdirected broadcast push");
        }
        Result<PhoenixMessage> broadcast = userBroadcastFrom(frame, 2);
        if (broadcast.ok()) {
            broadcast.value().joinRef = frame.ref(0);
            broadcast.value().ref = frame.ref(1);
        }
        return broadcast;
    }
    case PhoenixKind::UserBroadcast: {
        const Frame frame(bytes, 3, true);
        if (!frame.ok() || sender == Side::Client) {
            return malformed("truncated or misdirected user broadcast");
        }
        return userBroadcastFrom(frame, 0);
    }
    }
    return malformed("unknown kind of frame");
}

QByteArray encodeText(PhoenixVersion version, const PhoenixMessage& message, Side sender)
{
    const QByteArray payload = payloadTextOf(message);
    QByteArray out;
    out.reserve(payload.size() + 128);
    if (version == PhoenixVersion::V2) {
        out.append('[').append(textOf(message.joinRef)).append(',').append(textOf(message.ref));
        out.append(',').append(toJson(message.topic)).append(',').append(toJson(message.event));
        return out.append(',').append(payload).append(']');
    }
    out.append(R"({"topic":)").append(toJson(message.topic));
    out.append(R"(,"event":)").append(toJson(message.event));
    out.append(R"(,"payload":)").append(payload);
    out.append(R"(,"ref":)").append(textOf(message.ref));
    if (sender == Side::Client) {
        out.append(R"(,"join_ref":)").append(textOf(message.joinRef));
    }
    return out.append('}');
}

Result<QByteArray> encodeUserBroadcast(const UserBroadcast& broadcast, Side sender)
{
    QList<QByteArray> fields{
        broadcast.topic.toUtf8(), broadcast.event.toUtf8(), broadcast.metadata};
    if (sender == Side::Client) {
        fields.prepend(broadcast.ref.value_or(QString()).toUtf8());
        fields.prepend(broadcast.joinRef.value_or(QString()).toUtf8());
    }
    QByteArray frame;
    frame.append(
        char(sender == Side::Client ? PhoenixKind::UserBroadcastPush : PhoenixKind::UserBroadcast));
    for (const QByteArray& field : std::as_const(fields)) {
        if (field.size() > LongestName) {
            return Error{ErrorKind::Invalid, QStringLiteral("phoenix_too_long"), {}, {}};
        }
        frame.append(char(uchar(field.size())));
    }
    frame.append(char(broadcast.isJson ? 1 : 0));
    for (const QByteArray& field : std::as_const(fields)) {
        frame.append(field);
    }
    return frame.append(broadcast.payload);
}

PhoenixMessage replyTo(const PhoenixMessage& request, bool ok, const QJsonValue& response)
{
    PhoenixMessage reply;
    reply.joinRef = request.joinRef;
    reply.ref = request.ref;
    reply.topic = request.topic;
    reply.event = QStringLiteral("phx_reply");
    reply.payload = QJsonObject{
        {QStringLiteral("status"), ok ? QStringLiteral("ok") : QStringLiteral("error")},
        {QStringLiteral("response"), response}};
    return reply;
}

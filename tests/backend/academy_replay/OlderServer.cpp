// SPDX-License-Identifier: GPL-3.0-or-later
#include "OlderServer.h"

#include "academy/realtime/Frames.h"

#include <algorithm>

using academy::RawJson;

namespace {

using Kind = ConversationLine::Kind;
using Lines = std::vector<ConversationLine>;

constexpr int forbidden = 403;
constexpr std::uint16_t crashed = 1011;

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// The payload of a frame, as a part of its text.
std::string_view payloadOf(std::string_view frame)
{
    if (const auto array = RawJson::array(frame); array && array->size() == 5) {
        return (*array)[4];
    }
    const auto object = RawJson::object(frame);
    return object ? object->find("payload").value_or(std::string_view()) : std::string_view();
}

/// `"{:error, \"why\"}"` is `"why"` now, and what was asked for is listed otherwise. Two filters
/// are no error any more.
void retellError(std::string& frame)
{
    constexpr std::string_view before = R"("{:error, \")";
    constexpr std::string_view after = R"(\"}")";
    const std::size_t begin = frame.find(before);
    const std::size_t end = begin == std::string::npos ? begin : frame.find(after, begin);
    if (end == std::string::npos) {
        return;
    }
    std::string why = frame.substr(begin + before.size(), end - begin - before.size());
    replaceAll(why, R"(\\\")", R"(\")");
    constexpr std::string_view filterName = "filter: ";
    const std::size_t filter = why.find(filterName);
    std::string filters;
    if (filter != std::string::npos) {
        const std::size_t next = why.find(", schema", filter);
        const std::string text
            = why.substr(filter + filterName.size(), next - filter - filterName.size());
        if (text.find(',') != std::string::npos) {
            frame.replace(begin, end + after.size() - begin, "\"Subscribed to PostgreSQL\"");
            replaceAll(frame, R"("status":"error")", R"("status":"ok")");
            return;
        }
        const std::size_t equals = text.find('=');
        const std::size_t dot = text.find('.');
        filters = R"({\")" + text.substr(0, equals) + R"(\", \")"
            + text.substr(equals + 1, dot - equals - 1) + R"(\", \")" + text.substr(dot + 1)
            + R"(\", false})";
        why.erase(filter, next + 2 - filter);
    }
    if (const std::size_t list = why.find(']', why.find("[event: ")); list != std::string::npos) {
        why.insert(list, ", filters: [" + filters + "], select: nil");
    }
    frame.replace(begin, end + after.size() - begin, '"' + why + '"');
}

/// `"\\x30306666"` is `"00ff"` now.
void decodeBytes(std::string& frame)
{
    constexpr std::string_view before = R"("\\x)";
    for (std::size_t at = frame.find(before); at != std::string::npos;
         at = frame.find(before, at)) {
        const std::size_t from = at + before.size();
        const std::size_t end = frame.find('"', from);
        const QByteArray hex = QByteArray::fromStdString(frame.substr(from, end - from));
        frame.replace(at + 1, end - at - 1, QByteArray::fromHex(hex).toStdString());
    }
}

void nameReplayed(std::string& frame)
{
    const auto broadcast = RawJson::object(payloadOf(frame));
    const auto meta = broadcast ? broadcast->object("meta") : std::nullopt;
    const auto payload = broadcast ? broadcast->find("payload") : std::nullopt;
    if (!meta || !payload || !meta->find("replayed") || RawJson::object(*payload)->find("id")) {
        return;
    }
    const std::string id(*meta->find("id"));
    const bool isEmpty = RawJson::object(*payload)->members.empty();
    const auto place = static_cast<std::size_t>(payload->data() - frame.data());
    frame.insert(place + 1, "\"id\":" + id + (isEmpty ? "" : ","));
}

void tellFrame(ConversationLine& line)
{
    retellError(line.text);
    decodeBytes(line.text);
    nameReplayed(line.text);
    const auto array = RawJson::array(line.text);
    if (!array || array->size() != 5) {
        return;
    }
    const std::string topic = RawJson::unquoted((*array)[2]).value_or(std::string());
    const std::string event = RawJson::unquoted((*array)[3]).value_or(std::string());
    if (event == "presence_diff") {
        line.text = "[null,null," + academy::jsonQuoted(topic) + ",\"presence_diff\","
            + std::string((*array)[4]) + ']';
        return;
    }
    const auto broadcast = event == "broadcast" ? RawJson::object((*array)[4]) : std::nullopt;
    const auto meta = broadcast ? broadcast->object("meta") : std::nullopt;
    if (meta && meta->find("id") && !meta->find("replayed")) {
        line.kind = Kind::Binary;
        line.text = academy::frames::userBroadcast(topic, broadcast->string("event").value_or(""),
            broadcast->find("payload").value_or("{}"), true, *broadcast->find("meta"))
                        ->bytes;
    }
}

std::string momentOf(const ConversationLine& line)
{
    return line.kind == Kind::Text && !line.fromClient
        ? WireText().read({WireFrame::Kind::Text, line.text}).moment
        : std::string();
}

/// What was told of one table at about the same time, to each connection by itself, in the order of
/// the commits.
void sortChanges(Lines& lines)
{
    const auto tableOf = [](const ConversationLine& line) {
        const std::size_t name = line.text.find(R"("table":")");
        const bool isChange = line.text.find("\"commit_timestamp\"") != std::string::npos;
        return isChange && !line.fromClient
            ? line.text.substr(name, line.text.find(',', name) - name)
            : std::string();
    };
    for (auto from = lines.begin(); from != lines.end();) {
        const auto end = std::find_if(from + 1, lines.end(),
            [&](const ConversationLine& line) { return tableOf(line) != tableOf(*from); });
        if (!tableOf(*from).empty()) {
            std::stable_sort(
                from, end, [](const ConversationLine& left, const ConversationLine& right) {
                    return momentOf(left) < momentOf(right);
                });
        }
        from = end;
    }
}

/// What a client asked for, of what decides whether it is told something.
class Wishes
{
public:
    explicit Wishes(const Lines& lines)
    {
        for (const ConversationLine& line : lines) {
            const bool isJoin = line.text.find("\"phx_join\"") != std::string::npos;
            if (!line.fromClient || line.kind != Kind::Text) {
                continue;
            }
            const std::pair place(line.conn, topicOf(line));
            if (line.text.find("\"presence\":") != std::string::npos) {
                m_withPresence.insert(place);
            }
            if ((isJoin && line.text.find("\"enabled\":true") != std::string::npos)
                || line.text.find("\"track\"") != std::string::npos) {
                m_hearPresence.insert(place);
            }
            if (isJoin && line.text.find(R"("event":"INSERT")") != std::string::npos
                && line.text.find(R"("event":"*")") == std::string::npos) {
                m_onlyInserts.insert(place);
            }
        }
    }
    bool include(const ConversationLine& line) const
    {
        if (line.kind != Kind::Text || line.fromClient) {
            return true;
        }
        const std::pair place(line.conn, topicOf(line));
        const auto says
            = [&line](std::string_view what) { return line.text.find(what) != std::string::npos; };
        return !(says("\"presence_state\"") && !m_withPresence.contains(place))
            && !(says("\"presence_diff\"") && !m_hearPresence.contains(place))
            && !(says(R"("type":"DELETE")") && m_onlyInserts.contains(place));
    }

private:
    using Places = std::set<std::pair<int, std::string>>; ///< connection and topic

    static std::string topicOf(const ConversationLine& line)
    {
        return WireText().read({WireFrame::Kind::Text, line.text}).topic;
    }

    Places m_withPresence;
    Places m_hearPresence;
    Places m_onlyInserts;
};

} // namespace

void OlderServer::tellAsNewer(Lines& lines)
{
    std::set<int> refused;
    for (const ConversationLine& line : lines) {
        if (line.kind == Kind::Handshake && line.status == forbidden) {
            refused.insert(line.conn);
        }
    }
    const Wishes wishes(lines);
    std::erase_if(lines, [&](const ConversationLine& line) {
        return refused.contains(line.conn) || !wishes.include(line)
            || (line.kind == Kind::Http && line.text.find("/events/") != std::string::npos);
    });
    sortChanges(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const int conn = lines[i].conn;
        if (lines[i].kind == Kind::Close && lines[i].code == crashed && !lines[i].fromClient) {
            lines[i].kind = Kind::Tcp;
            lines[i].text = "client FIN";
            const auto begin = lines.begin();
            const auto here = begin + static_cast<std::ptrdiff_t>(i);
            lines.erase(std::remove_if(here + 1, lines.end(),
                            [conn](const ConversationLine& later) { return later.conn == conn; }),
                lines.end());
            const auto cause = std::find_if(std::make_reverse_iterator(here), lines.rend(),
                [conn](const ConversationLine& earlier) {
                    return earlier.fromClient && earlier.conn == conn;
                });
            if (cause != lines.rend()) {
                lines.erase(std::next(cause).base());
                --i;
            }
        } else if (lines[i].kind == Kind::Text && !lines[i].fromClient) {
            tellFrame(lines[i]);
        }
    }
}

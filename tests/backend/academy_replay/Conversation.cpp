// SPDX-License-Identifier: GPL-3.0-or-later
#include "Conversation.h"

#include "academy/http/Message.h"
#include "academy/realtime/RawJson.h"
#include "wire/Json.h"
#include "wire/Jwt.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <tuple>

using academy::jsonQuoted;
using academy::RawJson;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 15s;
/// After so many the rest is only their consequence.
constexpr int mostProblems = 3;

QString qt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string quotedSql(std::string_view text)
{
    std::string out = "'";
    for (const char c : text) {
        out += c == '\'' ? "''" : std::string(1, c);
    }
    return out + '\'';
}

/// What is said from a little before the place where the two differ.
QString difference(const QString& said, const QString& expected)
{
    qsizetype same = 0;
    while (same < std::min(said.size(), expected.size()) && said[same] == expected[same]) {
        ++same;
    }
    return QStringLiteral("…%1 where it should be …%2")
        .arg(said.mid(std::max<qsizetype>(0, same - 40), 120),
            expected.mid(std::max<qsizetype>(0, same - 40), 120));
}

std::string identifier(const std::string& name)
{
    return academy::quotedIdentifier(name);
}

/// A long text that was cut in the recording, grown to its length again.
std::string grown(std::string text, std::size_t length)
{
    constexpr std::size_t largestFrame = 5'000'000;
    const char* const ref = length < largestFrame ? "21" : "22";
    const std::string tail = text.starts_with('[')
        ? std::string("\"}}]")
        : std::string("\"}},\"ref\":\"") + ref + R"(","join_ref":"15"})";
    while (text.size() + tail.size() < length) {
        text += 'x';
    }
    return text + tail;
}

std::string queryValue(const std::string& target, const std::string& name)
{
    const std::size_t found = target.find(name + '=');
    if (found == std::string::npos) {
        return {};
    }
    const std::size_t start = found + name.size() + 1;
    return target.substr(start, target.find('&', start) - start);
}

std::string pathOf(const std::string& requestLine)
{
    return requestLine.substr(requestLine.find(' ') + 1);
}

/// The `data` of a change, or nothing.
std::string_view changeDataOf(const std::string& frame)
{
    std::string_view payload;
    if (const auto array = RawJson::array(frame); array && array->size() == 5) {
        payload = (*array)[4];
    } else if (const auto object = RawJson::object(frame)) {
        payload = object->find("payload").value_or(std::string_view());
    }
    const auto members = RawJson::object(payload);
    return members ? members->find("data").value_or(std::string_view()) : std::string_view();
}

} // namespace

Conversation::Conversation(
    const QString& fileName, const std::string& untilNote, const Retell& retell)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        m_problems.append(fileName + QStringLiteral(" cannot be read"));
        return;
    }
    int number = 0;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        ++number;
        if (!line.isEmpty()) {
            read(line, number);
        }
    }
    const auto end = std::ranges::find_if(m_lines, [&untilNote](const ConversationLine& line) {
        return !untilNote.empty() && line.kind == ConversationLine::Kind::Note
            && line.text == untilNote;
    });
    m_lines.erase(end, m_lines.end());
    std::set<int> begun{0};
    std::erase_if(m_lines, [&begun](const ConversationLine& line) {
        if (line.kind == ConversationLine::Kind::Open) {
            begun.insert(line.conn);
        }
        return !begun.contains(line.conn);
    });
    if (retell) {
        retell(m_lines);
    }
    reorder();
}

void Conversation::read(const QByteArray& text, int number)
{
    using Kind = ConversationLine::Kind;
    const auto parsed = QJsonDocument::fromJson(text).object();
    const auto string = [&parsed](const char* name) {
        return parsed.value(QLatin1String(name)).toString().toStdString();
    };
    const auto has = [&parsed](const char* name) { return parsed.contains(QLatin1String(name)); };
    ConversationLine line;
    line.number = number;
    line.conn = parsed.value(QLatin1String("conn")).toInt();
    line.milliseconds = parsed.value(QLatin1String("t")).toInteger();
    line.fromClient = string("dir") == "c>s";
    if (has("open")) {
        line.kind = Kind::Open;
        line.text = pathOf(string("open"));
        if (has("at")) {
            const auto at = parseTimestamp(parsed.value(QLatin1String("at")).toString());
            line.at = at.ok() ? std::optional(*at) : std::nullopt;
        }
        const auto headers = parsed.value(QLatin1String("headers")).toObject();
        for (auto header = headers.begin(); header != headers.end(); ++header) {
            line.headers.emplace_back(
                header.key().toStdString(), header.value().toString().toStdString());
        }
    } else if (has("handshake")) {
        line.kind = Kind::Handshake;
        line.status = parsed.value(QLatin1String("handshake"))
                          .toString()
                          .section(QLatin1Char(' '), 1, 1)
                          .toInt();
        line.body = string("body");
    } else if (has("http")) {
        line.kind = Kind::Http;
        line.text = string("http");
        line.body = string("req");
        line.status = parsed.value(QLatin1String("status")).toInt();
        line.answer = string("res");
        line.authorization = string("auth");
        if (has("type")) {
            line.contentType = string("type");
        }
    } else if (has("sql")) {
        line.kind = Kind::Sql;
        line.text = string("sql");
    } else if (has("tcp")) {
        line.kind = Kind::Tcp;
        line.text = string("tcp");
    } else if (has("note")) {
        line.kind = Kind::Note;
        line.text = string("note");
    } else if (string("op") == "text") {
        line.kind = Kind::Text;
        line.text = string("data");
        line.isTruncated = parsed.value(QLatin1String("truncated")).toBool();
        if (line.isTruncated && line.fromClient) {
            line.text = grown(line.text,
                static_cast<std::size_t>(parsed.value(QLatin1String("len")).toInteger()));
        }
    } else if (string("op") == "binary") {
        line.kind = Kind::Binary;
        line.text = QByteArray::fromHex(QByteArray::fromStdString(string("hex"))).toStdString();
    } else if (string("op") == "close") {
        line.kind = Kind::Close;
        if (parsed.value(QLatin1String("code")).isDouble()) {
            line.code = static_cast<std::uint16_t>(parsed.value(QLatin1String("code")).toInt());
        }
    } else if (string("op") == "ping" || string("op") == "pong") {
        line.kind = string("op") == "ping" ? Kind::Ping : Kind::Pong;
    } else {
        m_problems.append(QStringLiteral("line %1 is none").arg(number));
        return;
    }
    m_lines.push_back(std::move(line));
}

/// A recording shows a request when its answer was there, and a long frame when it was sent; what
/// they caused is seen before that.
void Conversation::reorder()
{
    using Kind = ConversationLine::Kind;
    m_hasScripts = std::any_of(m_lines.begin(), m_lines.end(),
        [](const ConversationLine& line) { return line.kind == Kind::Sql; });
    for (std::size_t i = 1; i < m_lines.size(); ++i) {
        if (m_lines[i].fromClient && m_lines[i - 1].kind == Kind::Tcp
            && m_lines[i].conn == m_lines[i - 1].conn) {
            std::swap(m_lines[i], m_lines[i - 1]);
        }
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        std::size_t place = i;
        std::set<int> told; ///< each connection hears of a request once
        while (m_lines[i].kind == Kind::Http && place > 0) {
            const ConversationLine& before = m_lines[place - 1];
            WireText reader;
            const bool isFrame = before.kind == Kind::Binary || before.kind == Kind::Text;
            const bool isCaused = isFrame && !before.fromClient
                && reader
                       .read({before.kind == Kind::Text ? WireFrame::Kind::Text
                                                        : WireFrame::Kind::Binary,
                           before.text})
                       .isFanOut;
            if (!isCaused || !told.insert(before.conn).second) {
                break;
            }
            --place;
        }
        const auto begin = m_lines.begin();
        std::rotate(begin + static_cast<std::ptrdiff_t>(place),
            begin + static_cast<std::ptrdiff_t>(i), begin + static_cast<std::ptrdiff_t>(i) + 1);
    }
}

QStringList Conversation::play(
    ReplayAcademy& academy, PgSession& sql, const Scripts& scripts, const BeforeFrame& beforeFrame)
{
    m_beforeFrame = beforeFrame;
    m_academy = &academy;
    m_sql = &sql;
    m_scripts = scripts;
    prepareRows();
    for (std::size_t i = 0; i < m_lines.size() && m_problems.size() < mostProblems; ++i) {
        const ConversationLine& line = m_lines[i];
        if (line.kind == ConversationLine::Kind::Open) {
            const auto answer = std::find_if(m_lines.begin() + static_cast<std::ptrdiff_t>(i),
                m_lines.end(), [&line](const ConversationLine& later) {
                    return later.kind == ConversationLine::Kind::Handshake
                        && later.conn == line.conn;
                });
            open(line, answer == m_lines.end() ? nullptr : &*answer);
        } else if (line.fromClient || line.conn == 0 || line.kind == ConversationLine::Kind::Tcp) {
            act(line);
        } else if (line.kind != ConversationLine::Kind::Handshake) {
            expect(line);
        }
    }
    finish();
    return m_problems;
}

void Conversation::open(const ConversationLine& line, const ConversationLine* answer)
{
    Peer& peer = m_peers[line.conn];
    peer.at = line.at;
    if (peer.at) {
        m_academy->clock().set(*peer.at);
    }
    peer.version = queryValue(line.text, "vsn");
    std::string target = "/realtime/v1/websocket?vsn=" + peer.version;
    const std::string key = queryValue(line.text, "apikey");
    WireClient::Headers headers;
    for (const auto& [name, value] : line.headers) {
        headers.emplace_back(name, filled(value));
    }
    if (key.starts_with("eyJ") || key == "$ANON") {
        target += "&apikey=" + m_academy->keys().anonKey;
    } else if (!key.empty()) {
        target += "&apikey=" + filled(key);
    }
    // Recordings shorten keys; the note says what was wrong with this one.
    const auto note = m_scripts.find("key " + m_note);
    if (note != m_scripts.end()) {
        target = "/realtime/v1/websocket?vsn=" + peer.version;
        if (note->second.starts_with("header ")) {
            headers.emplace_back("x-api-key", filled(note->second.substr(7)));
        } else if (!note->second.empty()) {
            target += "&apikey=" + filled(note->second);
        }
    }
    peer.client = std::make_shared<WireClient>(m_academy->io());
    const auto [status, body] = peer.client->open(m_academy->port(), target, headers);
    const unsigned wanted = answer != nullptr ? static_cast<unsigned>(answer->status) : 0U;
    ++m_compared;
    if (status != wanted || (answer != nullptr && status != 101 && body != answer->body)) {
        problem(line,
            QStringLiteral("handshake: %1 %2 instead of %3 %4")
                .arg(status)
                .arg(qt(body))
                .arg(wanted)
                .arg(answer != nullptr ? qt(answer->body) : QString()));
    }
    peer.isGone = status != 101;
    peer.isClosed = peer.isGone;
}

void Conversation::act(const ConversationLine& line)
{
    using Kind = ConversationLine::Kind;
    if (line.kind == Kind::Note) {
        m_note = line.text;
        if (line.text == "SIGTERM") {
            m_academy->stop();
        }
        if (const auto script = m_scripts.find(line.text); script != m_scripts.end()) {
            run(script->second);
        }
        return;
    }
    if (line.kind == Kind::Sql) {
        run(line.text);
        return;
    }
    if (line.kind == Kind::Http) {
        request(line);
        return;
    }
    Peer& peer = m_peers[line.conn];
    if (!peer.client) {
        return;
    }
    if (line.kind == Kind::Tcp) {
        if (line.text == "client FIN") {
            peer.client->cut();
            peer.isGone = true;
        } else if (!peer.isGone && !peer.isLeaving && !peer.isClosed) {
            // A server that hangs up: with which close frame is not seen behind its proxy.
            if (!peer.client->take(
                    [](const WireFrame& frame) { return frame.kind == WireFrame::Kind::Closed; },
                    patience)) {
                problem(line, QStringLiteral("the academy did not hang up"));
            }
            peer.isGone = true;
        }
        return;
    }
    if (peer.at) {
        m_academy->clock().set(*peer.at + std::chrono::milliseconds(line.milliseconds));
    }
    switch (line.kind) {
    case Kind::Text: {
        const std::string text = filled(line.text);
        const auto topic = WireText().read({WireFrame::Kind::Text, text}).topic;
        if (text.find("\"phx_join\"") != std::string::npos) {
            peer.isPrivate[topic] = text.find("\"private\":true") != std::string::npos;
        }
        peer.client->send(text, false);
        break;
    }
    case Kind::Binary:
        peer.client->send(line.text, true);
        break;
    case Kind::Ping:
        peer.client->ping();
        break;
    case Kind::Close:
        peer.isLeaving = true;
        peer.client->close(line.code);
        break;
    default:
        break;
    }
}

void Conversation::expect(const ConversationLine& line)
{
    using Kind = ConversationLine::Kind;
    Peer& peer = m_peers[line.conn];
    if (!peer.client || peer.isGone) {
        return;
    }
    WireFrame wanted;
    wanted.kind = line.kind == Kind::Text ? WireFrame::Kind::Text
        : line.kind == Kind::Binary       ? WireFrame::Kind::Binary
        : line.kind == Kind::Pong         ? WireFrame::Kind::Pong
                                          : WireFrame::Kind::Closed;
    wanted.bytes = filled(line.text);
    for (const auto& [name, text] : m_scripts) {
        // What the academy says otherwise on purpose.
        constexpr std::string_view recorded = "instead of ";
        const std::size_t found = name.starts_with(recorded)
            ? wanted.bytes.find(name.substr(recorded.size()))
            : std::string::npos;
        if (found != std::string::npos) {
            wanted.bytes.replace(found, name.size() - recorded.size(), text);
        }
    }
    wanted.closeCode = line.code.value_or(0);
    if (m_beforeFrame) {
        m_beforeFrame(wanted.bytes);
    }
    conclude(line);
    const WireText::Summary expected = peer.expected.read(wanted);
    const auto same = [&](const WireFrame& frame) {
        if (line.kind == Kind::Close && (!line.code || peer.isLeaving)) {
            return frame.kind == WireFrame::Kind::Closed;
        }
        if (line.isTruncated) {
            return frame.bytes.size() >= wanted.bytes.size()
                && frame.bytes.find("postgres_changes") != std::string::npos;
        }
        return frame.kind == wanted.kind && peer.said.read(frame).text == expected.text;
    };
    std::vector<WireFrame> passedOver;
    // What a client that has said goodbye still hears depends on which of the two was faster; that
    // is only known when nothing more can come.
    const bool depends = peer.isLeaving && line.kind != Kind::Close;
    if (depends && !peer.client->waitForEnd(patience)) {
        problem(line, QStringLiteral("the academy does not answer a close frame"));
        peer.isGone = true;
        return;
    }
    const auto found
        = peer.client->take(same, depends ? 0ms : std::chrono::milliseconds(patience), &passedOver);
    ++m_compared;
    if (line.kind == Kind::Close) {
        peer.isClosed = true;
    }
    if (!found) {
        if (!depends) {
            QString heard;
            for (const WireFrame& frame : peer.client->rest()) {
                heard += QStringLiteral("\n      heard ")
                    + difference(qt(peer.said.read(frame).text), qt(expected.text));
            }
            problem(line, QStringLiteral("missing ") + qt(expected.text).left(300) + heard);
            peer.isGone = line.kind == Kind::Close;
        }
        return;
    }
    for (const WireFrame& frame : passedOver) {
        const WireText::Summary early = peer.said.read(frame);
        const bool sameMoment
            = !early.moment.empty() && early.moment == peer.said.read(*found).moment;
        if (early.topic == expected.topic && early.isFanOut == expected.isFanOut && !sameMoment
            && early.event != "system" && expected.event != "system"
            && !(line.kind == Kind::Close)) {
            problem(line,
                QStringLiteral("too early: ") + qt(early.text).left(400)
                    + QStringLiteral("\n      before ") + qt(expected.text).left(400));
        }
    }
}

/// Rows that are changed or deleted without having been inserted were there before.
void Conversation::prepareRows()
{
    std::set<std::string> known;
    for (const ConversationLine& line : m_lines) {
        if (m_hasScripts || line.kind != ConversationLine::Kind::Text || line.fromClient) {
            continue;
        }
        if (line.isTruncated) {
            // The only ones are new rows of this table.
            known.insert(R"("public"."toast" 1)");
            continue;
        }
        const auto data = RawJson::object(changeDataOf(line.text));
        const auto table = data ? data->string("table") : std::nullopt;
        if (!table) {
            continue;
        }
        const std::string name = identifier(*data->string("schema")) + '.' + identifier(*table);
        const bool isInsert = data->string("type") == "INSERT";
        const auto row = isInsert ? data->object("record") : data->object("old_record");
        const auto id = row ? row->find("id") : std::nullopt;
        if (id && known.insert(name + ' ' + std::string(*id)).second && !isInsert) {
            const auto values = data->find(data->find("record") ? "record" : "old_record");
            run("insert into " + name + " select * from jsonb_populate_record(null::" + name + ", "
                + quotedSql(rowJson(*data, *table, *values))
                + "::jsonb || '{\"id\":" + std::string(*id) + "}') on conflict do nothing");
        }
        // A row whose key changed is known by its new one.
        if (const auto record = data->object("record"); record && record->find("id")) {
            known.insert(name + ' ' + std::string(*record->find("id")));
        }
    }
}

/// Does what the database must have done for the server to say this.
void Conversation::conclude(const ConversationLine& line)
{
    using Kind = ConversationLine::Kind;
    const bool isFrame = line.kind == Kind::Text || line.kind == Kind::Binary;
    if (!isFrame || line.isTruncated) {
        return;
    }
    if (m_hasScripts) {
        return;
    }
    WireText reader;
    const WireText::Summary summary = reader.read(
        {line.kind == Kind::Text ? WireFrame::Kind::Text : WireFrame::Kind::Binary, line.text});
    const bool isReplayed = line.text.find("\"replayed\":true") != std::string::npos;
    if (summary.event == "postgres_changes") {
        concludeChanges(line);
    } else if (summary.event == "broadcast" && !summary.moment.empty() && !isReplayed
        && m_done.insert(summary.moment).second) {
        sendFromDatabase(line, summary);
    }
}

/// This change and those committed before it that somebody is told of later, in their order.
void Conversation::concludeChanges(const ConversationLine& line)
{
    struct Told
    {
        std::string moment;
        std::string key;
        std::int64_t id = 0; ///< of a new row
        std::string_view data;
    };
    const auto toldBy = [](const ConversationLine& other) {
        Told told;
        told.data = changeDataOf(other.text);
        const auto object = RawJson::object(told.data);
        if (other.isTruncated || other.kind != ConversationLine::Kind::Text || !object) {
            return Told();
        }
        // Different readers get different columns of one change.
        const auto row = object->object(object->find("record") ? "record" : "old_record");
        told.moment = object->string("commit_timestamp").value_or(std::string());
        told.key = told.moment + ' ' + object->string("type").value_or("") + ' '
            + object->string("table").value_or("") + ' '
            + std::string(row && row->find("id") ? *row->find("id") : "-");
        if (object->string("type") == "INSERT" && row && row->find("id")) {
            told.id = std::stoll(std::string(*row->find("id")));
        }
        return told;
    };
    const Told now = toldBy(line);
    std::vector<Told> due;
    for (const ConversationLine& other : m_lines) {
        Told told = other.fromClient ? Told() : toldBy(other);
        // Moments are milliseconds; rows made within one are numbered.
        const bool isBefore = !told.moment.empty()
            && (told.moment < now.moment
                || (told.moment == now.moment && told.id > 0 && told.id < now.id));
        const bool isDue = isBefore || told.key == now.key;
        if (!told.key.empty() && isDue && m_done.insert(told.key).second) {
            due.push_back(std::move(told));
        }
    }
    std::stable_sort(due.begin(), due.end(), [](const Told& left, const Told& right) {
        return std::tie(left.moment, left.id) < std::tie(right.moment, right.id);
    });
    for (const Told& told : due) {
        changeRow(told.data);
    }
}

/// A row as jsonb_populate_record takes it: bytes in PostgreSQL's notation, and values that the
/// server shows other than they are as the scripts have them.
std::string Conversation::rowJson(
    const RawJson::Object& data, const std::string& table, std::string_view row) const
{
    std::set<std::string> bytes;
    const auto columns = RawJson::array(data.find("columns").value_or("[]"))
                             .value_or(std::vector<RawJson::Text>());
    for (const auto text : columns) {
        const auto column = RawJson::object(text);
        if (column && column->string("type") == "bytea") {
            bytes.insert(column->string("name").value_or(std::string()));
        }
    }
    std::string out = "{";
    for (const auto& [name, value] : RawJson::object(row).value_or(RawJson::Object()).members) {
        const auto script = m_scripts.find("value " + table + '.' + name);
        std::string written(value);
        if (!RawJson::isNull(value) && script != m_scripts.end()) {
            written = script->second;
        } else if (!RawJson::isNull(value) && bytes.contains(name)) {
            written = "\"\\\\x" + written.substr(1);
        }
        out += (out.size() > 1 ? "," : "") + jsonQuoted(name) + ':' + written;
    }
    return out + '}';
}

void Conversation::changeRow(std::string_view text)
{
    const auto data = *RawJson::object(text);
    const std::string name
        = identifier(*data.string("schema")) + '.' + identifier(*data.string("table"));
    const std::string type = *data.string("type");
    const std::string record
        = rowJson(data, *data.string("table"), data.find("record").value_or("{}"));
    const std::string old(data.find("old_record").value_or("{}"));
    const auto members = RawJson::object(record).value_or(RawJson::Object()).members;
    const bool isTooLarge
        = data.find("errors") && data.find("errors")->find("413") != std::string_view::npos;
    std::string names;
    for (const auto& [column, value] : members) {
        names += (names.empty() ? "" : ",") + identifier(column);
    }
    const std::string values
        = "jsonb_populate_record(null::" + name + ", " + quotedSql(record) + "::jsonb)";
    const auto id = [](const std::string& row) {
        const auto object = RawJson::object(row);
        const auto found = object ? object->find("id") : std::nullopt;
        return found ? std::string(*found) : std::string("null");
    };
    if (type == "INSERT" && members.empty()) {
        run("insert into " + name + " default values");
    } else if (type == "INSERT") {
        run("delete from " + name + " where id = " + id(record));
        run("insert into " + name + '(' + names + (isTooLarge ? ",body" : "") + ") select " + names
            + (isTooLarge ? ",repeat('x', 1100000)" : "") + " from " + values);
    } else if (type == "UPDATE") {
        run("update " + name + " set (" + names + ") = (select " + names + " from " + values
            + ") where id = " + id(old));
    } else {
        run("delete from " + name + " where id = " + id(old));
    }
}

void Conversation::sendFromDatabase(const ConversationLine& line, const WireText::Summary& summary)
{
    const std::string topic = summary.topic.substr(summary.topic.find(':') + 1);
    const bool isPrivate = m_peers[line.conn].isPrivate[summary.topic];
    const std::string visibility = isPrivate ? "true" : "false";
    std::string event;
    std::string payload;
    bool isJson = true;
    if (line.kind == ConversationLine::Kind::Binary) {
        const auto length = [&line](std::size_t at) {
            return static_cast<std::size_t>(static_cast<unsigned char>(line.text[at]));
        };
        event = line.text.substr(5 + length(1), length(2));
        payload = line.text.substr(5 + length(1) + length(2) + length(3));
        isJson = line.text[4] != 0;
    } else {
        const auto array = RawJson::array(line.text);
        const auto whole
            = array ? RawJson::object((*array)[4]) : RawJson::object(line.text)->object("payload");
        event = whole->string("event").value_or(std::string());
        payload = std::string(whole->find("payload").value_or("{}"));
    }
    const std::string where = quotedSql(event) + ", " + quotedSql(topic) + ", " + visibility + ")";
    if (!isJson) {
        run("select realtime.send_binary(decode('"
            + QByteArray::fromStdString(payload).toHex().toStdString() + "', 'hex'), " + where);
        return;
    }
    const auto members = RawJson::object(payload);
    if (!members || !members->find("id")) {
        run("insert into realtime.messages (payload, event, topic, private, extension) values ("
            + quotedSql(payload) + ", " + quotedSql(event) + ", " + quotedSql(topic) + ", "
            + visibility + ", 'broadcast')");
        return;
    }
    const bool isOwnId = members->string("id") == summary.moment;
    run("select realtime.send(" + quotedSql(payload) + "::jsonb" + (isOwnId ? " - 'id'" : "") + ", "
        + where);
    // A client of vsn 1.0.0 is not told of what was sent in bytes, yet a replay counts it.
    if (const auto script = m_scripts.find("after " + payload); script != m_scripts.end()) {
        run(script->second);
    }
}

void Conversation::request(const ConversationLine& line)
{
    namespace beast = boost::beast;
    namespace http = boost::beast::http;
    const std::string path = pathOf(line.text);
    http::request<http::string_body> request(
        http::string_to_verb(line.text.substr(0, line.text.find(' '))),
        path.substr(0, path.find("?apikey=")), 11);
    std::string how = line.authorization;
    std::string type = line.contentType;
    const auto noted = m_scripts.find("http " + m_note);
    if (noted != m_scripts.end()) {
        how = noted->second.substr(0, noted->second.find(' '));
        if (const std::size_t space = noted->second.find(' '); space != std::string::npos) {
            type = noted->second.substr(space + 1);
        }
    }
    const auto& keys = m_academy->keys();
    if (how.empty() || how == "anon") {
        request.set("apikey", keys.anonKey);
    } else if (how == "bearer" || how == "service") {
        request.set(
            "authorization", "Bearer " + (how == "bearer" ? keys.anonKey : keys.serviceRoleKey));
    } else if (how == "bad") {
        request.set("authorization", "Bearer nonsense");
    } else if (how == "expired") {
        request.set("authorization", filled(R"(Bearer $TOKEN({"role":"anon","exp":1000}))"));
    }
    request.set(http::field::host, "localhost");
    request.set(http::field::content_type, type);
    request.body() = line.body;
    if (const auto body = m_scripts.find("body " + m_note); body != m_scripts.end()) {
        constexpr std::string_view large = "large ";
        request.body() = body->second.starts_with(large)
            ? R"({"messages":[{"topic":"h","event":"e","payload":{"s":")"
                + std::string(std::stoul(body->second.substr(large.size())), 'x') + "\"}}]}"
            : QByteArray::fromHex(QByteArray::fromStdString(body->second)).toStdString();
    }
    request.prepare_payload();
    beast::error_code failed;
    boost::asio::io_context io;
    beast::tcp_stream stream(io);
    stream.socket().connect({boost::asio::ip::address_v4::loopback(), m_academy->port()}, failed);
    http::write(stream, request, failed);
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(stream, buffer, response, failed);
    ++m_compared;
    const std::string answer = response.body();
    if (response.result_int() != static_cast<unsigned>(line.status)
        || (RawJson::isValid(answer) ? sortedJson(answer) : answer)
            != (RawJson::isValid(line.answer) ? sortedJson(line.answer) : line.answer)) {
        problem(line,
            QStringLiteral("%1: %2 %3 instead of %4 %5")
                .arg(qt(m_note))
                .arg(response.result_int())
                .arg(qt(answer).left(300))
                .arg(line.status)
                .arg(qt(line.answer).left(300)));
    }
}

/// After a question that everybody still there answers, nothing may be left unsaid for.
void Conversation::finish()
{
    for (auto& [number, peer] : m_peers) {
        if (!peer.client || peer.isGone || peer.isLeaving || peer.isClosed) {
            continue;
        }
        const bool isVersion2 = peer.version.starts_with('2');
        peer.client->send(isVersion2
                ? R"([null,"the end","phoenix","heartbeat",{}])"
                : R"({"topic":"phoenix","event":"heartbeat","payload":{},"ref":"the end"})",
            false);
        const auto answered = peer.client->take(
            [](const WireFrame& frame) {
                return frame.kind == WireFrame::Kind::Closed
                    || frame.bytes.find("\"the end\"") != std::string::npos;
            },
            patience);
        if (!answered || answered->kind == WireFrame::Kind::Closed) {
            m_problems.append(QStringLiteral("connection %1 did not survive").arg(number));
        }
        for (const WireFrame& frame : peer.client->rest()) {
            m_problems.append(QStringLiteral("connection %1 heard too much: %2")
                                  .arg(number)
                                  .arg(qt(peer.said.read(frame).text).left(600)));
        }
    }
    for (auto& [number, peer] : m_peers) {
        if (peer.client) {
            peer.client->cut();
        }
    }
}

void Conversation::run(const std::string& script)
{
    const PgAnswer answer = m_sql->run(qt(script));
    if (!answer.ok()) {
        m_problems.append(qt(script).left(300) + QStringLiteral(": ") + answer.message);
    }
}

void Conversation::problem(const ConversationLine& line, const QString& text)
{
    m_problems.append(
        QStringLiteral("line %1, connection %2: ").arg(line.number).arg(line.conn) + text);
}

std::string Conversation::filled(std::string text) const
{
    constexpr std::string_view anon = "$ANON";
    constexpr std::string_view token = "$TOKEN(";
    for (std::size_t at = text.find(anon); at != std::string::npos; at = text.find(anon)) {
        text.replace(at, anon.size(), m_academy->keys().anonKey);
    }
    for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token)) {
        const std::size_t end = text.find("})", at);
        std::string claims = text.substr(at + token.size(), end + 1 - at - token.size());
        // Inside a frame the claims are part of a JSON string.
        std::string plain;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            if (claims[i] != '\\') {
                plain += claims[i];
            }
        }
        auto object = QJsonDocument::fromJson(QByteArray::fromStdString(plain)).object();
        const std::string secret = object.contains(QLatin1String("forged"))
            ? "another secret of at least thirty-two characters"
            : m_academy->keys().jwtSecret;
        if (object.contains(QLatin1String("left"))) {
            object.insert(QStringLiteral("exp"),
                qint64(std::chrono::floor<std::chrono::seconds>(m_academy->clock().wall())
                           .time_since_epoch()
                           .count())
                    + object.take(QLatin1String("left")).toInteger());
        }
        text.replace(at, end + 2 - at,
            signJwt(object, QByteArrayView(secret.data(), qsizetype(secret.size()))).toStdString());
    }
    return text;
}

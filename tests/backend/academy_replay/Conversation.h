// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ReplayAcademy.h"
#include "WireText.h"
#include "academy/realtime/RawJson.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// One line of a conversation between clients and a realtime server: a JSON object with one of
///   {"conn", "open": request line, "headers"?: {name: value}}    a handshake begins
///   {"conn", "dir": "s>c", "handshake": status line, "body"?}    its answer
///   {"conn", "dir", "op": "text", "data"} / {… "op": "binary", "hex"} / {… "op": "ping" | "pong"}
///   {"conn", "dir", "op": "close", "code"}                       code null: none or any
///   {"conn", "tcp": "client FIN" | "server FIN" | …}
///   {"http": "POST /path", "req", "status", "res", "auth"?, "type"?}
///   {"sql": script}                                              run by the database's owner
///   {"note": text}
/// Beside that "at" (the wall clock of an open) and "t" (milliseconds since then). Recordings of a
/// genuine server have no "sql" lines: what was done to the database is concluded from what the
/// server told about it. `$TOKEN(claims)` in a text stands for a token signed with the
/// academy's secret and `$ANON` for the anonymous key.
struct ConversationLine
{
    enum class Kind { Open, Handshake, Text, Binary, Ping, Pong, Close, Tcp, Http, Sql, Note };

    Kind kind = Kind::Note;
    int number = 0; ///< in the file
    int conn = 0;
    bool fromClient = false;
    std::int64_t milliseconds = 0;
    std::optional<WallTime> at;
    std::string text; ///< frame, request line, script or note
    std::string body; ///< of a handshake's refusal, an HTTP request
    std::string answer; ///< of an HTTP request
    std::string authorization; ///< "anon", "bearer", "service", "none", "bad", "expired"
    std::string contentType = "application/json";
    WireClient::Headers headers;
    int status = 0;
    std::optional<std::uint16_t> code;
    bool isTruncated = false;
};

/// Plays the client side of a conversation against an academy and says where the server side
/// differs. Frames are compared up to ids, times and tokens, in their order, except that what goes
/// to everybody in a room and what goes to one join may overtake each other.
class Conversation final
{
public:
    /// Changes what was read before it is played.
    using Retell = std::function<void(std::vector<ConversationLine>& lines)>;

    /// Errors in the file are problems of the run. What comes from `untilNote` on is left out; so is
    /// what other connections did, when the file does not tell of their beginning.
    explicit Conversation(
        const QString& fileName, const std::string& untilNote = {}, const Retell& retell = {});

    /// What was done at a note and at a told change where the recording does not tell all of it:
    /// a script by the text of the note, or by "before <note>".
    using Scripts = std::map<std::string, std::string>;

    /// Called before the academy is expected to say something.
    using BeforeFrame = std::function<void(const std::string& text)>;

    QStringList play(ReplayAcademy& academy, PgSession& sql, const Scripts& scripts = {},
        const BeforeFrame& beforeFrame = {});
    int framesCompared() const { return m_compared; }

private:
    struct Peer
    {
        std::shared_ptr<WireClient> client;
        WireText said; ///< by the academy
        WireText expected;
        std::optional<WallTime> at;
        std::string version;
        std::map<std::string, bool> isPrivate; ///< by topic, as joined
        bool isLeaving = false; ///< has sent its close; what still comes depends on the moment
        bool isGone = false;
        bool isClosed = false; ///< the academy closed it
    };

    void read(const QByteArray& line, int number);
    void reorder();
    void prepareRows();
    void act(const ConversationLine& line);
    void open(const ConversationLine& line, const ConversationLine* answer);
    void expect(const ConversationLine& line);
    void conclude(const ConversationLine& line);
    void concludeChanges(const ConversationLine& line);
    void changeRow(std::string_view data);
    std::string rowJson(
        const academy::RawJson::Object& data, const std::string& table, std::string_view row) const;
    void sendFromDatabase(const ConversationLine& line, const WireText::Summary& summary);
    void request(const ConversationLine& line);
    void finish();
    void run(const std::string& script);
    void problem(const ConversationLine& line, const QString& text);
    std::string filled(std::string text) const;

    std::vector<ConversationLine> m_lines;
    QStringList m_problems;
    ReplayAcademy* m_academy = nullptr;
    PgSession* m_sql = nullptr;
    Scripts m_scripts;
    BeforeFrame m_beforeFrame;
    std::string m_note;
    std::map<int, Peer> m_peers;
    bool m_hasScripts = false; ///< the file says what is done to the database
    std::set<std::string> m_done; ///< concluded changes and broadcasts
    int m_compared = 0;
};

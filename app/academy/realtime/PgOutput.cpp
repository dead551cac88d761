// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/PgOutput.h"

namespace academy::pgoutput {
namespace {

/// Reads big-endian fields; after the first short read everything fails.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) { }

    bool failed() const { return m_failed; }

    std::uint64_t number(std::size_t width)
    {
        std::uint64_t value = 0;
        for (const char c : take(width)) {
            value = (value << 8U) | static_cast<unsigned char>(c);
        }
        return value;
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }
    char letter() { return static_cast<char>(byte()); }
    std::uint16_t word() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t dword() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t qword() { return number(8); }
    std::string text(std::size_t length) { return std::string(take(length)); }
    std::string zeroTerminated()
    {
        const std::size_t end = m_bytes.find('\0');
        if (end == std::string_view::npos) {
            m_failed = true;
            return {};
        }
        std::string value(m_bytes.substr(0, end));
        m_bytes.remove_prefix(end + 1);
        return value;
    }
    Row row()
    {
        const std::uint16_t count = word();
        Row cells;
        for (std::uint16_t i = 0; i < count && !m_failed; ++i) {
            switch (letter()) {
            case 'n':
                cells.push_back({Cell::Kind::Null, {}});
                break;
            case 'u':
                cells.push_back({Cell::Kind::Unchanged, {}});
                break;
            case 't': {
                const std::uint32_t length = dword();
                cells.push_back({Cell::Kind::Text, text(length)});
                break;
            }
            default:
                m_failed = true;
            }
        }
        return cells;
    }
    void fail() { m_failed = true; }
    void expect(char wanted)
    {
        if (letter() != wanted) {
            m_failed = true;
        }
    }

private:
    std::string_view take(std::size_t count)
    {
        if (m_failed || count > m_bytes.size()) {
            m_failed = true;
            return {};
        }
        const std::string_view taken = m_bytes.substr(0, count);
        m_bytes.remove_prefix(count);
        return taken;
    }

    std::string_view m_bytes;
    bool m_failed = false;
};

Relation readRelation(Reader& in)
{
    Relation relation;
    relation.oid = in.dword();
    relation.schema = in.zeroTerminated();
    // The protocol writes pg_catalog as an empty name.
    if (relation.schema.empty()) {
        relation.schema = "pg_catalog";
    }
    relation.table = in.zeroTerminated();
    relation.identity = in.letter();
    const std::uint16_t count = in.word();
    for (std::uint16_t i = 0; i < count && !in.failed(); ++i) {
        Column column;
        column.identity = (in.byte() & 1U) != 0;
        column.name = in.zeroTerminated();
        column.type = in.dword();
        in.dword();
        relation.columns.push_back(std::move(column));
    }
    return relation;
}

Update readUpdate(Reader& in)
{
    Update update;
    update.relation = in.dword();
    const char mark = in.letter();
    if (mark == 'K' || mark == 'O') {
        update.oldRow = in.row();
        in.expect('N');
    } else if (mark != 'N') {
        in.fail();
    }
    update.row = in.row();
    return update;
}

Delete readDelete(Reader& in)
{
    Delete gone;
    gone.relation = in.dword();
    if (const char mark = in.letter(); mark != 'K' && mark != 'O') {
        in.fail();
    }
    gone.oldRow = in.row();
    return gone;
}

Message readBody(char kind, Reader& in)
{
    switch (kind) {
    case 'B': {
        Begin begin;
        begin.finalLsn = in.qword();
        begin.commitTime = static_cast<PgTime>(in.qword());
        begin.transaction = in.dword();
        return begin;
    }
    case 'C': {
        Commit commit;
        in.byte();
        commit.commitLsn = in.qword();
        commit.endLsn = in.qword();
        commit.commitTime = static_cast<PgTime>(in.qword());
        return commit;
    }
    case 'O':
        in.qword();
        return Origin{in.zeroTerminated()};
    case 'Y': {
        Type type;
        type.oid = in.dword();
        type.schema = in.zeroTerminated();
        type.name = in.zeroTerminated();
        return type;
    }
    case 'R':
        return readRelation(in);
    case 'I': {
        Insert insert;
        insert.relation = in.dword();
        in.expect('N');
        insert.row = in.row();
        return insert;
    }
    case 'U':
        return readUpdate(in);
    case 'D':
        return readDelete(in);
    case 'T': {
        Truncate truncate;
        const std::uint32_t count = in.dword();
        in.byte();
        for (std::uint32_t i = 0; i < count && !in.failed(); ++i) {
            truncate.relations.push_back(in.dword());
        }
        return truncate;
    }
    default:
        return Unknown{kind};
    }
}

} // namespace

std::optional<Message> decode(std::string_view bytes)
{
    Reader in(bytes);
    const char kind = in.letter();
    Message message = readBody(kind, in);
    return in.failed() ? std::nullopt : std::optional(std::move(message));
}

} // namespace academy::pgoutput

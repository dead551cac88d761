// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ChatModel.h"

#include <algorithm>

namespace {

constexpr int Mine = 0;
constexpr int Block = 1;
constexpr int End = 2;

} // namespace

ChatModel::~ChatModel() = default;

int ChatModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant ChatModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Line& line = m_lines[size_t(index.row())];
    switch (role) {
    case KindRole:
        return line.kind == Mine ? QStringLiteral("mine") : line.kind == Block ? QStringLiteral("block") : QStringLiteral("end");
    case BlockRole:
        return QVariant::fromValue(line.block);
    case SaidRole:
        return QVariant::fromValue(entryOf(index.row()).said);
    default:
        return {};
    }
}

QHash<int, QByteArray> ChatModel::roleNames() const
{
    return {{KindRole, "kind"}, {BlockRole, "block"}, {SaidRole, "said"}};
}

void ChatModel::setMessages(const QList<MessageRow>& messages)
{
    size_t same = 0;
    while (same < m_entries.size() && same < size_t(messages.size())
        && m_entries[same]->said.message == messages.at(qsizetype(same)).message) {
        ++same;
    }
    truncate(same);
    for (size_t i = 0; i < size_t(messages.size()); ++i) {
        if (i < same) {
            update(*m_entries[i], messages.at(qsizetype(i)));
        } else {
            append(messages.at(qsizetype(i)));
        }
    }
}

void ChatModel::putMessage(const MessageRow& message)
{
    const size_t index = indexOf(message.message);
    if (index < m_entries.size()) {
        update(*m_entries[index], message);
    } else {
        append(message);
    }
}

void ChatModel::removeMessage(const QString& message)
{
    const size_t index = indexOf(message);
    if (index == m_entries.size()) {
        return;
    }
    const Entry& entry = *m_entries[index];
    beginRemoveRows({}, entry.first, entry.first + entry.lines - 1);
    m_lines.erase(m_lines.begin() + entry.first, m_lines.begin() + entry.first + entry.lines);
    shift(entry, -entry.lines);
    m_entries.erase(m_entries.begin() + std::ptrdiff_t(index));
    endRemoveRows();
}

const MessageRow* ChatModel::find(const QString& message) const
{
    const size_t index = indexOf(message);
    return index < m_entries.size() ? &m_entries[index]->said : nullptr;
}

int ChatModel::lineOf(const QString& message) const
{
    const size_t index = indexOf(message);
    return index < m_entries.size() ? m_entries[index]->first : -1;
}

size_t ChatModel::indexOf(const QString& message) const
{
    for (size_t i = m_entries.size(); i-- > 0;) {
        if (m_entries[i]->said.message == message) {
            return i;
        }
    }
    return m_entries.size();
}

const ChatModel::Entry& ChatModel::entryOf(int line) const
{
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), line,
        [](int wanted, const std::unique_ptr<Entry>& entry) { return wanted < entry->first; });
    return **std::prev(after);
}

void ChatModel::append(const MessageRow& message)
{
    auto entry = std::make_unique<Entry>();
    entry->said = message;
    entry->first = int(m_lines.size());
    beginInsertRows({}, entry->first, entry->first);
    entry->lines = 1;
    m_lines.push_back({message.mine ? Mine : End, {}});
    m_entries.push_back(std::move(entry));
    endInsertRows();
    if (!message.mine) {
        Entry& added = *m_entries.back();
        added.said.text.clear();
        update(added, message);
    }
}

void ChatModel::update(Entry& entry, const MessageRow& message)
{
    const MessageRow before = std::exchange(entry.said, message);
    const bool grown = before.text.size() != message.text.size() || before.text != message.text;
    if (!message.mine && (grown || entry.stream)) {
        const bool goesOn = message.text.startsWith(before.text);
        const bool fresh = !entry.stream || !goesOn;
        if (fresh) {
            entry.stream = std::make_unique<MarkdownStream>();
            entry.sentences = {};
        }
        const qsizetype settled = fresh ? 0 : entry.stream->blocks().size();
        if (fresh && goesOn) {
            // What was there before is not said again.
            entry.stream->append(before.text);
            entry.sentences.take(entry.stream->blocks(), entry.stream->tail());
        }
        entry.stream->append(QStringView(message.text).mid(goesOn ? before.text.size() : 0));
        if (!message.streaming) {
            entry.stream->finish();
        }
        lay(entry, settled);
        if (message.streaming || before.streaming) {
            if (const QString said = entry.sentences.take(entry.stream->blocks(), entry.stream->tail()); !said.isEmpty()) {
                Q_EMIT sentencesSaid(said);
            }
        }
        if (!message.streaming) {
            entry.stream.reset();
        }
    }
    MessageRow quiet = before;
    quiet.text = message.text;
    if (message.mine ? !(before == message) : !(quiet == message)) {
        const int last = entry.first + entry.lines - 1;
        Q_EMIT dataChanged(index(last), index(last), {SaidRole});
    }
}

/// Makes the lines of a reply equal to its blocks; the first `settled` ones are known to be.
void ChatModel::lay(Entry& entry, qsizetype settled)
{
    const QList<MarkdownBlock>& blocks = entry.stream->blocks();
    const std::optional<MarkdownBlock> tail = entry.stream->tail();
    const int wanted = int(blocks.size()) + (tail ? 1 : 0);
    const int had = entry.lines - 1;
    const auto block = [&](int i) -> const MarkdownBlock& { return i < blocks.size() ? blocks.at(i) : *tail; };
    for (int i = int(settled); i < std::min(had, wanted); ++i) {
        Line& line = m_lines[size_t(entry.first + i)];
        if (!(line.block == block(i))) {
            line.block = block(i);
            Q_EMIT dataChanged(index(entry.first + i), index(entry.first + i), {BlockRole});
        }
    }
    if (wanted > had) {
        beginInsertRows({}, entry.first + had, entry.first + wanted - 1);
        for (int i = had; i < wanted; ++i) {
            m_lines.insert(m_lines.begin() + entry.first + i, Line {Block, block(i)});
        }
        entry.lines += wanted - had;
        shift(entry, wanted - had);
        endInsertRows();
    } else if (wanted < had) {
        beginRemoveRows({}, entry.first + wanted, entry.first + had - 1);
        m_lines.erase(m_lines.begin() + entry.first + wanted, m_lines.begin() + entry.first + had);
        entry.lines -= had - wanted;
        shift(entry, wanted - had);
        endRemoveRows();
    }
}

void ChatModel::shift(const Entry& after, int lines)
{
    for (size_t i = m_entries.size(); i-- > 0 && m_entries[i].get() != &after;) {
        m_entries[i]->first += lines;
    }
}

void ChatModel::truncate(size_t keep)
{
    if (keep == m_entries.size()) {
        return;
    }
    const int first = m_entries[keep]->first;
    beginRemoveRows({}, first, int(m_lines.size()) - 1);
    m_lines.resize(size_t(first));
    m_entries.resize(keep);
    endRemoveRows();
}

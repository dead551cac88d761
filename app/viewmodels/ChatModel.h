// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/ChatSentences.h"
#include "viewmodels/MarkdownStream.h"
#include "viewmodels/MessageRow.h"

#include <QAbstractListModel>
#include <QtQmlIntegration>

#include <memory>
#include <vector>

/// The messages of a conversation as the lines of a list: one per learner's message, one per block
/// of a reply and one below it for what is known about it. A growing reply changes or adds its last
/// lines only, so what stands above is never laid out again and a view makes what it shows.
///
/// Roles: `kind` is mine, block or end; `block` a markdownBlock; `said` the messageRow the line
/// belongs to. `said.text` of an end line may lag behind while the reply grows. GUI thread.
class ChatModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    enum Role { KindRole = Qt::UserRole, BlockRole, SaidRole };

    using QAbstractListModel::QAbstractListModel;
    ~ChatModel() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Shows these messages; those that begin both lists stay as they are.
    void setMessages(const QList<MessageRow>& messages);
    /// Changes one message where it stands, or appends it.
    void putMessage(const MessageRow& message);
    void removeMessage(const QString& message);
    const MessageRow* find(const QString& message) const;
    /// The first line of a message, -1 when it is not here.
    int lineOf(const QString& message) const;

Q_SIGNALS:
    /// Sentences of a reply that grows, each once and when it is finished.
    void sentencesSaid(const QString& sentences);

private:
    struct Entry
    {
        MessageRow said;
        std::unique_ptr<MarkdownStream> stream; ///< while it grows
        ChatSentences sentences;
        int first = 0;                          ///< its first line
        int lines = 0;
    };
    struct Line
    {
        int kind = 0; ///< 0 mine, 1 block, 2 end
        MarkdownBlock block;
    };

    size_t indexOf(const QString& message) const;
    const Entry& entryOf(int line) const;
    void append(const MessageRow& message);
    void update(Entry& entry, const MessageRow& message);
    void lay(Entry& entry, qsizetype settled);
    void shift(const Entry& after, int lines);
    void truncate(size_t keep);

    std::vector<std::unique_ptr<Entry>> m_entries;
    std::vector<Line> m_lines;
};

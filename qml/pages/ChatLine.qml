// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One line of a conversation: a learner's message, a block of a reply, or what stands below it. Repeaters
// of none or one, because a Loader of Qt 6.4 does not make bound components inside a delegate.
Column {
    id: root

    required property string kind
    required property markdownBlock block
    required property messageRow said

    signal retried
    signal copied(string message)
    signal linkActivated(string address)

    Repeater {
        model: root.kind === "block" ? 1 : 0

        delegate: TextBlock {
            width: root.width
            block: root.block
            onLinkActivated: address => root.linkActivated(address)
        }
    }

    Repeater {
        model: root.kind === "mine" ? 1 : 0

        delegate: LearnerMessage {
            width: root.width
            said: root.said
        }
    }

    Repeater {
        model: root.kind === "end" ? 1 : 0

        delegate: ReplyEnd {
            width: root.width
            said: root.said
            onRetried: root.retried()
            onCopied: root.copied(root.said.message)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What a talk, a scene or a text came to. The learner's own words stand as evidence beside every
// point.
Card {
    id: root

    required property talkOutcome outcome
    property string actionText
    property string actionName

    signal action
    signal linkActivated(string address)

    padding: Theme.gap16
    spacing: Theme.gap12
    Accessible.role: Accessible.Grouping
    Accessible.name: outcome.title + (outcome.notice === "" ? "" : ". " + outcome.notice)

    Item {
        width: parent.width
        height: Math.max(heading.implicitHeight, fact.visible ? fact.height : 0)

        Icon {
            id: sign

            y: 1
            name: root.outcome.icon
            color: Theme.inkMuted
        }

        AppText {
            id: heading

            x: sign.width + Theme.gap8
            width: parent.width - x - (fact.visible ? fact.width + Theme.gap12 : 0)
            font.weight: Theme.semiBold
            wrapMode: Text.Wrap
            text: root.outcome.title
            Accessible.role: Accessible.Heading
        }

        Chip {
            id: fact

            anchors.right: parent.right
            visible: text !== ""
            text: root.outcome.label
        }
    }

    Row {
        width: parent.width
        visible: root.outcome.notice !== ""
        spacing: Theme.gap8

        Icon {
            name: "info"
            size: Theme.iconSmall
            color: Theme.info
        }

        AppText {
            objectName: "noMark"
            width: parent.width - Theme.iconSmall - Theme.gap8
            role: "caption"
            font.weight: Theme.medium
            wrapMode: Text.Wrap
            color: Theme.info
            text: root.outcome.notice
        }
    }

    MarkdownText {
        visible: root.outcome.markdown !== ""
        width: parent.width
        markdown: root.outcome.markdown
        onLinkActivated: address => root.linkActivated(address)
    }

    Repeater {
        model: root.outcome.lines

        delegate: OutcomePoint {
            required property int index

            width: parent?.width ?? 0
            point: root.outcome.line(index)
        }
    }

    AppText {
        visible: text !== ""
        width: parent.width
        wrapMode: Text.Wrap
        text: root.outcome.tip
    }

    LinkButton {
        objectName: root.actionName
        visible: root.actionText !== ""
        text: root.actionText
        onClicked: root.action()
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// One message: mine to the right on a soft ground, the tutor's as plain text that can be read.
Item {
    id: root

    required property bool mine
    required property string text
    required property string state
    required property string stateText
    required property string tone
    required property string footer
    required property string error
    required property string sources
    required property bool canRetry
    required property bool streaming

    signal retried
    signal copied(string text)

    implicitHeight: mine ? bubble.height : reply.height
    Accessible.role: Accessible.ListItem
    Accessible.name: (mine ? qsTr("You: %1") : qsTr("Tutor: %1")).arg(text)

    Rectangle {
        id: bubble

        visible: root.mine
        anchors.right: parent.right
        width: Math.min(root.width * 0.82, mineText.implicitWidth + 2 * Theme.gap16)
        height: mineText.implicitHeight + 2 * Theme.gap12
        radius: Theme.radiusCard + 2
        color: Theme.accentSoft
        border.width: Theme.highContrast ? Theme.lineWidth : 0
        border.color: Theme.line

        AppText {
            id: mineText

            x: Theme.gap16
            y: Theme.gap12
            width: Math.min(implicitWidth, root.width * 0.82 - 2 * Theme.gap16)
            wrapMode: Text.Wrap
            text: root.mine ? root.text : ""
            color: Theme.ink
        }
    }

    Column {
        id: reply

        visible: !root.mine
        width: root.width
        spacing: Theme.gap8

        MarkdownText {
            visible: root.text !== ""
            width: parent.width
            markdown: root.mine ? "" : root.text
        }

        Row {
            visible: root.stateText !== "" && (root.streaming || root.tone !== "")
            spacing: Theme.gap8

            Pulse {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.streaming
            }

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.streaming && root.tone !== "neutral"
                name: Theme.toneIcon(root.tone)
                size: Theme.iconSmall
                color: Theme.toneColor(root.tone)
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                role: "caption"
                font.weight: Theme.medium
                text: root.stateText
                color: root.streaming ? Theme.inkMuted : Theme.toneColor(root.tone)
            }
        }

        AppText {
            visible: root.error !== ""
            width: parent.width
            wrapMode: Text.Wrap
            text: root.error
        }

        AppText {
            visible: root.sources !== ""
            width: parent.width
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: root.sources
        }

        Row {
            visible: !root.streaming
            spacing: Theme.gap4

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                rightPadding: Theme.gap4
                role: "caption"
                muted: true
                text: root.footer
            }

            IconButton {
                objectName: "copyReply"
                visible: root.text !== ""
                label: qsTr("Copy this reply")
                iconName: "copy"
                onClicked: root.copied(root.text)
            }

            AppButton {
                objectName: "retryReply"
                visible: root.canRetry
                kind: "quiet"
                iconName: "rotate-ccw"
                text: qsTr("Try again")
                onClicked: root.retried()
            }
        }
    }
}

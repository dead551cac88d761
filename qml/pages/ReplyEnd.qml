// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Below a reply: what it is doing or how it ended, what it rests on, what can be done with it.
Column {
    id: root

    property messageRow said

    signal retried
    signal copied

    topPadding: Theme.gap8
    bottomPadding: Theme.gap16
    spacing: Theme.gap8

    Row {
        visible: root.said.stateText !== "" && (root.said.streaming || root.said.tone !== "")
        spacing: Theme.gap8

        Pulse {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.said.streaming
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.said.streaming && root.said.tone !== "neutral"
            name: Theme.toneIcon(root.said.tone)
            size: Theme.iconSmall
            color: Theme.toneColor(root.said.tone)
        }

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            role: "caption"
            font.weight: Theme.medium
            text: root.said.stateText
            color: root.said.streaming ? Theme.inkMuted : Theme.toneColor(root.said.tone)
        }
    }

    AppText {
        visible: root.said.error !== ""
        width: parent.width
        wrapMode: Text.Wrap
        text: root.said.error
    }

    AppText {
        visible: root.said.sources !== ""
        width: parent.width
        role: "caption"
        muted: true
        wrapMode: Text.Wrap
        text: root.said.sources
    }

    Row {
        visible: !root.said.streaming
        spacing: Theme.gap4

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            rightPadding: Theme.gap4
            role: "caption"
            muted: true
            text: root.said.footer
        }

        IconButton {
            objectName: "copyReply"
            visible: root.said.text !== ""
            label: qsTr("Copy this reply")
            iconName: "copy"
            onClicked: root.copied()
        }

        AppButton {
            objectName: "retryReply"
            visible: root.said.canRetry
            kind: "quiet"
            iconName: "rotate-ccw"
            text: qsTr("Try again")
            onClicked: root.retried()
        }
    }
}

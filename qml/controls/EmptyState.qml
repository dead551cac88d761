// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Nothing is here yet: one sentence and one action.
Column {
    id: root

    property string iconName
    property string title
    property string text
    property string actionText
    property string actionIcon
    property string actionName
    property string actionKind: "primary"

    signal action

    spacing: Theme.gap16

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 64
        height: 64
        radius: 32
        color: Theme.sunken
        border.width: Theme.highContrast ? Theme.lineWidth : 0
        border.color: Theme.line

        Icon {
            anchors.centerIn: parent
            name: root.iconName
            size: 28
            color: Theme.inkMuted
        }
    }

    AppText {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, Theme.measure)
        horizontalAlignment: Text.AlignHCenter
        role: "heading"
        wrapMode: Text.Wrap
        text: root.title
    }

    AppText {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: text !== ""
        width: Math.min(parent.width, Theme.measure * 0.8)
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        muted: true
        text: root.text
    }

    AppButton {
        objectName: root.actionName
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.actionText !== ""
        kind: root.actionKind
        iconName: root.actionIcon
        text: root.actionText
        onClicked: root.action()
    }
}

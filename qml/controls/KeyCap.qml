// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// The name of a key, drawn as a small cap.
Rectangle {
    id: root

    property string text
    property bool filledGround: false

    implicitWidth: Math.max(implicitHeight, label.implicitWidth + Theme.gap8)
    implicitHeight: Math.round(label.implicitHeight + Theme.gap4)
    radius: 4
    color: "transparent"
    border.width: Theme.lineWidth
    border.color: filledGround ? Theme.accentInk : Theme.line
    opacity: filledGround ? 0.75 : 1
    Accessible.ignored: true

    AppText {
        id: label

        anchors.centerIn: parent
        role: "caption"
        text: root.text
        color: root.filledGround ? Theme.accentInk : Theme.inkMuted
        Accessible.ignored: true
    }
}

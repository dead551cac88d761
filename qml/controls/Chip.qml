// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A small fact with a tone: word, icon, soft colour.
Rectangle {
    id: root

    property string text
    property string tone: "neutral"
    property string iconName
    property bool dot: false
    readonly property color inkColor: tone === "neutral" ? Theme.inkMuted : Theme.toneColor(tone)

    implicitWidth: row.implicitWidth + Theme.gap8 * 2
    implicitHeight: Math.round(row.implicitHeight + Theme.gap8)
    radius: height / 2
    color: Theme.toneSoft(tone)
    border.width: Theme.highContrast ? Theme.lineWidth : 0
    border.color: Theme.line
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 6

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.dot
            width: 8
            height: 8
            radius: 4
            color: root.inkColor
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            size: Math.round(14 * Math.min(Theme.textScale, 1.5))
            color: root.inkColor
        }

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            role: "caption"
            font.weight: Theme.medium
            text: root.text
            color: root.inkColor
            Accessible.ignored: true
        }
    }
}

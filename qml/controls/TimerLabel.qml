// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Time left, in digits that do not dance. Words and an icon say when it gets short, not colour alone.
Row {
    id: root

    required property string text
    property string label: qsTr("Time left")
    property string tone: "neutral"
    property int pixelSize: Theme.fontHeading

    spacing: Theme.gap8
    Accessible.role: Accessible.StaticText
    Accessible.name: label
    Accessible.description: text

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: root.tone === "danger" ? "hourglass" : "timer"
        color: root.tone === "neutral" ? Theme.inkMuted : Theme.toneColor(root.tone)
    }

    TabularText {
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        color: root.tone === "neutral" ? Theme.ink : Theme.toneColor(root.tone)
        font.family: Theme.family
        font.pixelSize: root.pixelSize
        font.weight: Theme.semiBold
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A person as initials in a circle.
Rectangle {
    id: root

    property string initials
    property int size: 32

    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: Theme.accentSoft
    border.width: Theme.highContrast ? Theme.lineWidth : 0
    border.color: Theme.line
    Accessible.ignored: true

    AppText {
        anchors.centerIn: parent
        visible: root.initials !== ""
        font.pixelSize: Math.round(root.size * 0.38)
        font.weight: Theme.semiBold
        color: Theme.accentSoftInk
        text: root.initials
        Accessible.ignored: true
    }

    Icon {
        anchors.centerIn: parent
        visible: root.initials === ""
        name: "user"
        size: Math.round(root.size * 0.56)
        color: Theme.accentSoftInk
    }
}

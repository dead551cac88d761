// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// The one soft shadow, for layers that float. Drawn as three faint frames behind the parent.
Item {
    id: root

    anchors.fill: parent
    z: -1
    visible: !Theme.highContrast

    Repeater {
        model: 3

        delegate: Rectangle {
            required property int index

            anchors.fill: parent
            anchors.margins: -2 * (index + 1) - 1
            anchors.topMargin: -1 * index
            anchors.bottomMargin: -3 * (index + 1) - 1
            radius: Theme.radiusDialog + 3 * index
            color: "transparent"
            border.width: 3
            border.color: Theme.shadow
            opacity: 0.5 - 0.14 * index
        }
    }
}

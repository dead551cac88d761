// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// The place where something will be, in its final shape.
Rectangle {
    id: root

    property bool breathing: visible && !Theme.reducedMotion

    implicitHeight: Theme.fontBody
    implicitWidth: 120
    radius: Theme.radiusControl
    color: Theme.pressed
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.line
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Loading")

    SequentialAnimation on opacity {
        running: root.breathing
        loops: Animation.Infinite

        NumberAnimation {
            to: 0.55
            duration: 700
            easing.type: Easing.InOutSine
        }

        NumberAnimation {
            to: 1
            duration: 700
            easing.type: Easing.InOutSine
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A thin bar from nothing to all.
Item {
    id: root

    property real value: 0
    property color color: Theme.accent
    property string label
    property int thickness: 4

    implicitHeight: thickness
    implicitWidth: 120
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label
    Accessible.description: qsTr("%1 %").arg(Math.round(value * 100))

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Theme.highContrast ? Theme.surface : Theme.pressed
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.line
    }

    Rectangle {
        height: parent.height
        width: Math.max(root.value > 0 ? height : 0, parent.width * Math.max(0, Math.min(1, root.value)))
        radius: height / 2
        color: root.color

        Behavior on width {
            NumberAnimation {
                duration: Theme.pageDuration
                easing.type: Theme.easing
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// A button of one icon; its label is read aloud and shown on hover.
AbstractButton {
    id: root

    required property string label
    property string iconName
    property color iconColor: Theme.inkMuted
    property bool showTip: true

    implicitWidth: Theme.target
    implicitHeight: Theme.target
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.4
    Accessible.role: Accessible.Button
    Accessible.name: label
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered || root.checked ? Theme.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
            inset: -1
        }
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            color: root.hovered || root.checked ? Theme.ink : root.iconColor
        }
    }

    Tip {
        text: root.label
        shown: root.showTip && (root.hovered || root.visualFocus)
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One entry of the rail.
AbstractButton {
    id: root

    property string iconName
    property string hint
    property bool current: false
    property bool collapsed: false

    implicitHeight: Theme.target
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selected: current
    Keys.onReturnPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.current ? Theme.accentSoft : root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.width: Theme.highContrast && root.current ? 2 : 0
        border.color: Theme.accent

        FocusRing {
            shown: root.visualFocus
            inset: -1
        }
    }

    contentItem: Item {
        Icon {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            x: (44 - width) / 2
            name: root.iconName
            color: root.current ? Theme.accentSoftInk : Theme.inkMuted
        }

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.collapsed
            x: 44
            width: parent.width - x - (key.visible ? key.width + Theme.gap12 : Theme.gap8)
            elide: Text.ElideRight
            text: root.text
            font.weight: root.current ? Theme.semiBold : Theme.medium
            color: root.current ? Theme.accentSoftInk : Theme.ink
            Accessible.ignored: true
        }

        AppText {
            id: key

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap12
            visible: !root.collapsed && root.hint !== ""
            role: "caption"
            muted: true
            text: root.hint
            Accessible.ignored: true
        }
    }

    Tip {
        text: root.text
        shown: root.collapsed && (root.hovered || root.visualFocus)
    }
}

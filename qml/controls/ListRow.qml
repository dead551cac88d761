// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// A line of a list that opens something: icon, title, quiet second line, and what stands at the end.
AbstractButton {
    id: root

    property string title
    property string subtitle
    property string iconName
    property color iconColor: Theme.inkMuted
    property bool current: false
    property bool chevron: true
    property bool divider: false
    default property alias trailing: end.data

    implicitHeight: Math.max(Theme.target + Theme.gap16, texts.implicitHeight + Theme.gap24)
    implicitWidth: 280
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: title
    Accessible.description: subtitle
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.current ? Theme.accentSoft : root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.width: Theme.highContrast && root.current ? 2 : 0
        border.color: Theme.accent

        Rectangle {
            visible: root.divider
            anchors.bottom: parent.bottom
            x: Theme.gap12
            width: parent.width - 2 * x
            height: Theme.lineWidth
            color: Theme.line
        }

        FocusRing {
            shown: root.visualFocus
            inset: -1
        }
    }

    contentItem: Item {
        Icon {
            id: sign

            x: Theme.gap12
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            color: root.iconColor
        }

        Column {
            id: texts

            anchors.verticalCenter: parent.verticalCenter
            x: root.iconName === "" ? Theme.gap12 : Theme.gap12 * 2 + Theme.icon
            width: parent.width - x - end.width - Theme.gap24 - (root.chevron ? Theme.icon : 0)
            spacing: 2

            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: root.title
                font.weight: Theme.medium
                Accessible.ignored: true
            }

            AppText {
                visible: root.subtitle !== ""
                width: parent.width
                role: "caption"
                muted: true
                elide: Text.ElideRight
                text: root.subtitle
                Accessible.ignored: true
            }
        }

        Row {
            id: end

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: root.chevron ? Theme.icon + Theme.gap12 : Theme.gap12
            spacing: Theme.gap8
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap8
            visible: root.chevron
            name: "chevron-right"
            size: Theme.iconSmall
            color: Theme.inkMuted
        }
    }
}

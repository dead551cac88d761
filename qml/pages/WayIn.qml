// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One of the equal ways into the program.
AbstractButton {
    id: root

    property string iconName
    property string title
    property string detail
    property bool compact: false

    implicitHeight: compact ? texts.implicitHeight + 2 * Theme.gap16 : Math.max(Math.round(212 * Math.min(1.5, Theme.textScale)), texts.implicitHeight + badge.height + Theme.gap24 + 2 * Theme.gap24)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: title
    Accessible.description: detail
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.hover : Theme.surface
        border.width: root.hovered ? Math.max(1.5, Theme.lineWidth) : Theme.lineWidth
        border.color: root.hovered ? Theme.accent : Theme.line

        Behavior on border.color {
            ColorAnimation {
                duration: Theme.stateDuration
            }
        }

        FocusRing {
            radius: Theme.radiusCard + 3
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        Rectangle {
            id: badge

            x: root.compact ? Theme.gap16 : Theme.gap24
            y: root.compact ? (parent.height - height) / 2 : Theme.gap24
            width: 44
            height: 44
            radius: Theme.radiusCard
            color: Theme.accentSoft
            border.width: Theme.highContrast ? Theme.lineWidth : 0
            border.color: Theme.line

            Icon {
                anchors.centerIn: parent
                size: 22
                name: root.iconName
                color: Theme.accentSoftInk
            }
        }

        Column {
            id: texts

            x: root.compact ? badge.x + badge.width + Theme.gap16 : Theme.gap24
            y: root.compact ? (parent.height - height) / 2 : badge.y + badge.height + Theme.gap24
            width: parent.width - x - Theme.gap24
            spacing: Theme.gap4

            AppText {
                width: parent.width
                role: "lead"
                font.weight: Theme.semiBold
                wrapMode: Text.Wrap
                text: root.title
                Accessible.ignored: true
            }

            AppText {
                width: parent.width
                muted: true
                wrapMode: Text.Wrap
                text: root.detail
                Accessible.ignored: true
            }
        }
    }
}

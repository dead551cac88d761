// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// The one button: primary, secondary, quiet or danger. Space and Return press it.
AbstractButton {
    id: root

    property string kind: "secondary"
    property string iconName
    property bool busy: false
    property string keyHint
    readonly property bool filled: kind === "primary" || kind === "danger"
    readonly property color inkColor: kind === "primary" ? Theme.accentInk : kind === "danger" ? Theme.dangerInk : kind === "quiet" ? Theme.accent : Theme.ink
    readonly property color fillColor: {
        if (kind === "primary")
            return hovered || down ? Theme.accentStrong : Theme.accent;
        if (kind === "danger")
            return hovered || down ? Qt.darker(Theme.danger, 1.15) : Theme.danger;
        if (down)
            return Theme.pressed;
        if (hovered)
            return Theme.hover;
        return kind === "quiet" ? "transparent" : Theme.surface;
    }

    implicitHeight: Math.max(Theme.target, row.implicitHeight + Theme.gap16)
    implicitWidth: Math.max(Theme.target, row.implicitWidth + (text === "" ? Theme.gap16 : Theme.gap32))
    enabled: !busy
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: enabled || busy ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.fillColor
        border.width: root.kind === "secondary" || (Theme.highContrast && root.kind !== "quiet") ? Theme.lineWidth : 0
        border.color: root.hovered ? Theme.lineStrong : Theme.line

        Behavior on color {
            ColorAnimation {
                duration: Theme.stateDuration
            }
        }

        FocusRing {
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        implicitWidth: row.implicitWidth
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.gap8

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.busy ? "hourglass" : root.iconName
                color: root.inkColor
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                visible: text !== ""
                text: root.text
                color: root.inkColor
                font.weight: Theme.medium
                Accessible.ignored: true
            }

            KeyCap {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.keyHint !== ""
                text: root.keyHint
                filledGround: root.filled
            }
        }
    }
}

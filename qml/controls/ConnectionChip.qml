// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// The one honest chip: live, catching up (n), offline (n kept), needs sign-in.
AbstractButton {
    id: root

    required property connectionStatus status
    // What an offline chip says holds without another sentence.
    readonly property string explanation: status.qualityText === "" || status.kind === "offline" ? status.detail : status.detail + "\n" + status.qualityText

    objectName: "connectionChip"
    implicitWidth: row.implicitWidth + Theme.gap24
    implicitHeight: Theme.target
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: status.label
    Accessible.role: Accessible.Button
    Accessible.name: status.label
    Accessible.description: explanation
    Keys.onReturnPressed: root.clicked()

    background: Item {
        Rectangle {
            anchors.centerIn: parent
            width: parent.width
            height: Math.max(28, row.implicitHeight + Theme.gap8)
            radius: height / 2
            color: root.hovered ? Theme.hover : root.status.tone === "neutral" ? "transparent" : Theme.toneSoft(root.status.tone)
            border.width: root.status.tone === "neutral" || Theme.highContrast ? Theme.lineWidth : 0
            border.color: Theme.line

            FocusRing {
                radius: height / 2
                shown: root.visualFocus
            }
        }
    }

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: 6

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.status.icon
                size: Theme.iconSmall
                color: root.status.tone === "neutral" ? Theme.inkMuted : Theme.toneColor(root.status.tone)
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                role: "caption"
                font.weight: Theme.medium
                text: root.status.label
                color: root.status.tone === "neutral" ? Theme.inkMuted : Theme.toneColor(root.status.tone)
                Accessible.ignored: true
            }
        }
    }

    Tip {
        text: root.explanation
        shown: root.hovered || root.visualFocus
    }
}

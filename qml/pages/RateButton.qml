// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One of the four ratings, with when the card would come back.
AbstractButton {
    id: root

    property string tone: "neutral"
    property string interval
    property string keyHint

    implicitWidth: Math.round(136 * Math.min(1.5, Theme.textScale))
    implicitHeight: content.implicitHeight + Theme.gap16
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: interval
    Keys.onReturnPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusCard - 2
        color: root.down || root.hovered ? Theme.toneSoft(root.tone) : Theme.surface
        border.width: Theme.lineWidth
        border.color: root.hovered ? Theme.toneColor(root.tone) : Theme.line

        FocusRing {
            radius: Theme.radiusCard + 1
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        Column {
            id: content

            anchors.centerIn: parent
            spacing: 2

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.gap8

                AppText {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.text
                    font.weight: Theme.semiBold
                    color: Theme.toneColor(root.tone)
                    Accessible.ignored: true
                }

                KeyCap {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.keyHint
                }
            }

            AppText {
                anchors.horizontalCenter: parent.horizontalCenter
                role: "caption"
                muted: true
                text: root.interval
                Accessible.ignored: true
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// A button that reads like a word of the text.
AbstractButton {
    id: root

    property string iconName
    property string role: "body"

    implicitWidth: row.implicitWidth
    implicitHeight: Math.max(Math.round(Theme.target * 0.7), row.implicitHeight)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: root.clicked()

    contentItem: Item {
        implicitWidth: row.implicitWidth

        Row {
            id: row

            anchors.verticalCenter: parent.verticalCenter
            spacing: 6

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.iconName
                size: Theme.iconSmall
                color: Theme.accent
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                role: root.role
                text: root.text
                color: Theme.accent
                font.weight: Theme.medium
                font.underline: root.hovered
                Accessible.ignored: true
            }
        }

        FocusRing {
            shown: root.visualFocus
        }
    }

    // The word is small; the place to press is not.
    containmentMask: QtObject {
        function contains(point: point): bool {
            return point.x >= -4 && point.x <= root.width + 4 && point.y >= root.height / 2 - 20 && point.y <= root.height / 2 + 20;
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// Letters that many keyboards lack. Pressing one types it and leaves the focus where it is.
Flow {
    id: root

    property list<string> letters: ["á", "é", "í", "ó", "ú", "ü", "ñ", "ç", "à", "è", "ò", "ï", "¿", "¡", "’"]

    signal picked(string letter)

    spacing: 0
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Letters with accents")

    Repeater {
        model: root.letters

        delegate: AbstractButton {
            id: key

            required property string modelData

            objectName: "accent_" + modelData
            width: Theme.target
            height: Theme.target
            focusPolicy: Qt.NoFocus
            hoverEnabled: true
            text: modelData
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Type %1").arg(modelData)
            onClicked: root.picked(modelData)

            background: Item {
                Rectangle {
                    anchors.fill: parent
                    anchors.topMargin: 4
                    anchors.bottomMargin: 4
                    radius: Theme.radiusControl
                    color: key.down ? Theme.pressed : key.hovered ? Theme.hover : "transparent"
                }
            }

            contentItem: AppText {
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                role: "lead"
                text: key.text
                muted: !key.hovered
                Accessible.ignored: true
            }
        }
    }
}

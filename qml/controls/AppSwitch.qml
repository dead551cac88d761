// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// On or off, at once.
AbstractButton {
    id: root

    required property string label

    implicitWidth: 44
    implicitHeight: Theme.target
    checkable: true
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: label
    Accessible.checked: checked
    Keys.onReturnPressed: {
        root.toggle();
        root.toggled();
    }

    background: Item {
        Rectangle {
            id: track

            anchors.centerIn: parent
            width: 44
            height: 24
            radius: 12
            color: root.checked ? Theme.accent : Theme.highContrast ? Theme.surface : Theme.lineStrong
            border.width: Theme.highContrast ? 2 : 0
            border.color: Theme.line

            Behavior on color {
                ColorAnimation {
                    duration: Theme.stateDuration
                }
            }

            Rectangle {
                y: 3
                x: root.checked ? 23 : 3
                width: 18
                height: 18
                radius: 9
                color: root.checked ? Theme.accentInk : Theme.highContrast ? Theme.ink : Theme.surface

                Behavior on x {
                    NumberAnimation {
                        duration: Theme.stateDuration
                        easing.type: Theme.easing
                    }
                }
            }

            FocusRing {
                radius: 15
                shown: root.visualFocus
            }
        }
    }

    contentItem: Item {}
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Lines to put in order, with buttons and with Alt and the arrow keys.
Column {
    id: root

    required property ItemForm form

    spacing: Theme.gap8
    Accessible.role: Accessible.List
    Accessible.name: form.instruction

    move: Transition {
        NumberAnimation {
            properties: "y"
            duration: Theme.stateDuration
            easing.type: Theme.easing
        }
    }

    Repeater {
        id: lines

        model: root.form.options

        delegate: Rectangle {
            id: line

            required property string option
            required property string letter
            required property string text
            required property string mark
            required property int index

            objectName: "option_" + option
            width: root.width
            height: Math.max(Theme.target + Theme.gap16, label.implicitHeight + Theme.gap24)
            radius: Theme.radiusCard - 2
            color: mark === "" ? Theme.surface : Theme.toneSoft(mark === "right" ? "positive" : "danger")
            border.width: Theme.lineWidth
            border.color: mark === "" ? Theme.line : Theme.toneColor(mark === "right" ? "positive" : "danger")
            activeFocusOnTab: !root.form.locked
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1, place %2").arg(text).arg(index + 1)
            Accessible.focusable: true
            Keys.onPressed: event => {
                if ((event.modifiers & Qt.AltModifier) && (event.key === Qt.Key_Up || event.key === Qt.Key_Down)) {
                    event.accepted = true;
                    root.form.move(line.index, line.index + (event.key === Qt.Key_Up ? -1 : 1));
                }
            }

            FocusRing {
                radius: Theme.radiusCard + 1
                shown: line.activeFocus
            }

            AppText {
                x: Theme.gap16
                anchors.verticalCenter: parent.verticalCenter
                role: "lead"
                font.weight: Theme.semiBold
                muted: true
                text: line.letter
                Accessible.ignored: true
            }

            AppText {
                id: label

                x: Theme.gap48
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - x - buttons.width - Theme.gap16
                role: "lead"
                wrapMode: Text.Wrap
                text: line.text
                Accessible.ignored: true
            }

            Row {
                id: buttons

                anchors.right: parent.right
                anchors.rightMargin: Theme.gap4
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.form.locked

                IconButton {
                    objectName: "up_" + line.option
                    enabled: line.index > 0
                    label: qsTr("Move up: %1").arg(line.text)
                    showTip: false
                    iconName: "arrow-up"
                    onClicked: root.form.move(line.index, line.index - 1)
                }

                IconButton {
                    objectName: "down_" + line.option
                    enabled: line.index < lines.count - 1
                    label: qsTr("Move down: %1").arg(line.text)
                    showTip: false
                    iconName: "arrow-down"
                    onClicked: root.form.move(line.index, line.index + 1)
                }
            }
        }
    }
}

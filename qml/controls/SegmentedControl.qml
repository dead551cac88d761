// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One of a few values, all visible. Arrow keys move between them.
Rectangle {
    id: root

    required property string label
    property list<string> values
    property list<string> labels
    property list<string> icons
    property string value
    property string namePrefix

    signal chosen(string value)

    implicitWidth: row.implicitWidth + 6
    implicitHeight: Theme.target
    radius: Theme.radiusControl + 2
    color: Theme.sunken
    border.width: Theme.lineWidth
    border.color: Theme.line
    Accessible.role: Accessible.PageTabList
    Accessible.name: label

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 2

        Repeater {
            id: repeater

            model: root.values

            delegate: AbstractButton {
                id: segment

                required property int index
                required property string modelData
                readonly property bool current: modelData === root.value

                objectName: root.namePrefix === "" ? "" : root.namePrefix + "-" + modelData
                implicitWidth: Math.max(Theme.target, inner.implicitWidth + Theme.gap24)
                implicitHeight: root.height
                topInset: 3
                bottomInset: 3
                text: root.labels[index] ?? modelData
                hoverEnabled: true
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.checked: current
                onClicked: root.chosen(modelData)
                Keys.onReturnPressed: root.chosen(modelData)
                Keys.onLeftPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                Keys.onRightPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)

                background: Rectangle {
                    radius: Theme.radiusControl
                    color: segment.current ? Theme.surface : segment.hovered ? Theme.hover : "transparent"
                    border.width: segment.current ? Theme.lineWidth : 0
                    border.color: Theme.highContrast ? Theme.accent : Theme.line

                    FocusRing {
                        shown: segment.visualFocus
                        inset: -2
                    }
                }

                contentItem: Item {
                    implicitWidth: inner.implicitWidth

                    Row {
                        id: inner

                        anchors.centerIn: parent
                        spacing: 6

                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            name: root.icons[segment.index] ?? ""
                            size: Theme.iconSmall
                            color: segment.current ? Theme.ink : Theme.inkMuted
                        }

                        AppText {
                            anchors.verticalCenter: parent.verticalCenter
                            text: segment.text
                            font.weight: segment.current ? Theme.semiBold : Theme.medium
                            color: segment.current ? Theme.ink : Theme.inkMuted
                            Accessible.ignored: true
                        }
                    }
                }
            }
        }
    }
}

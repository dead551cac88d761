// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// All items of the paper: shape and colour tell what is seen, answered and flagged.
Rectangle {
    id: root

    required property PaletteModel palette
    property string summary

    signal chosen(string item)

    component Sample: Row {
        id: sample

        property string kind
        property string words

        width: parent?.width ?? 0
        spacing: Theme.gap8

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: 14
            height: 14
            radius: 4
            color: sample.kind === "answered" ? Theme.accent : Theme.surface
            border.width: Theme.lineWidth
            border.color: sample.kind === "answered" ? Theme.accent : sample.kind === "seen" ? Theme.lineStrong : Theme.line

            Rectangle {
                anchors.centerIn: parent
                visible: sample.kind === "unseen"
                width: 4
                height: 4
                radius: 2
                color: Theme.lineStrong
            }
        }

        AppText {
            width: parent.width - 14 - Theme.gap8
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: sample.words
        }
    }

    color: Theme.background
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Questions of this paper")

    Divider {
        anchors.right: parent.right
        width: Theme.lineWidth
        height: parent.height
    }

    Flickable {
        anchors.fill: parent
        anchors.bottomMargin: legend.height + 2 * Theme.gap16
        contentWidth: width
        contentHeight: column.height + 2 * Theme.gap16
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: column

            x: Theme.gap16
            y: Theme.gap16
            width: parent.width - 2 * Theme.gap16
            spacing: Theme.gap16

            AppText {
                objectName: "examSummary"
                width: parent.width
                role: "caption"
                wrapMode: Text.Wrap
                font.weight: Theme.medium
                text: root.summary
            }

            Flow {
                width: parent.width
                spacing: Theme.gap8

                Repeater {
                    model: root.palette

                    delegate: AbstractButton {
                        id: cell

                        required property string item
                        required property string label
                        required property string state
                        required property string description
                        required property bool flagged
                        required property bool current
                        readonly property bool answered: state === "answered"

                        objectName: "palette_" + item
                        width: Theme.target
                        height: Theme.target
                        hoverEnabled: true
                        focusPolicy: Qt.StrongFocus
                        Accessible.role: Accessible.Button
                        Accessible.name: qsTr("Question %1").arg(label)
                        Accessible.description: description
                        onClicked: root.chosen(item)
                        Keys.onReturnPressed: cell.clicked()

                        background: Rectangle {
                            radius: Theme.radiusControl
                            color: cell.answered ? Theme.accent : cell.hovered ? Theme.hover : Theme.surface
                            border.width: cell.current ? 2 : Theme.lineWidth
                            border.color: cell.current ? Theme.ink : cell.answered ? Theme.accent : cell.state === "seen" ? Theme.lineStrong : Theme.line

                            FocusRing {
                                shown: cell.visualFocus || cell.current
                                border.width: cell.visualFocus ? 2 : 0
                            }

                            Rectangle {
                                visible: cell.state === "unseen"
                                anchors.bottom: parent.bottom
                                anchors.bottomMargin: 6
                                anchors.horizontalCenter: parent.horizontalCenter
                                width: 4
                                height: 4
                                radius: 2
                                color: Theme.lineStrong
                            }
                        }

                        contentItem: Item {
                            TabularText {
                                anchors.centerIn: parent
                                text: cell.label
                                font.family: Theme.family
                                font.pixelSize: Theme.fontBody
                                font.weight: cell.current ? Theme.semiBold : Theme.medium
                                color: cell.answered ? Theme.accentInk : cell.state === "unseen" ? Theme.inkMuted : Theme.ink
                            }
                        }

                        Rectangle {
                            visible: cell.flagged
                            anchors.right: parent.right
                            anchors.top: parent.top
                            anchors.margins: -5
                            width: 18
                            height: 18
                            radius: 9
                            color: Theme.warningSoft
                            border.width: Theme.lineWidth
                            border.color: Theme.warning

                            Icon {
                                anchors.centerIn: parent
                                name: "flag"
                                size: 11
                                color: Theme.warning
                            }
                        }
                    }
                }
            }
        }
    }

    Column {
        id: legend

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap16
        x: Theme.gap16
        width: parent.width - 2 * Theme.gap16
        spacing: 6

        Sample {
            kind: "answered"
            words: qsTr("Answered")
        }

        Sample {
            kind: "seen"
            words: qsTr("Seen, still open")
        }

        Sample {
            kind: "unseen"
            words: qsTr("Not seen yet")
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// One decision about a paper: a line when folded, everything that is needed for it when not.
Card {
    id: root

    required property string task
    required property string kind
    required property string name
    required property string label
    required property string tone
    required property string prompt
    required property string answer
    required property string counted
    required property bool done
    required property bool open
    required property PapersController papers

    padding: Theme.gap16
    spacing: Theme.gap16
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    component Words: Column {
        id: words

        property string caption
        property string text
        property bool chosen: false

        spacing: Theme.gap8

        AppText {
            role: "caption"
            muted: true
            font.weight: Theme.medium
            text: words.caption
        }

        Rectangle {
            width: parent.width
            height: said.implicitHeight + 2 * Theme.gap12
            radius: Theme.radiusControl
            color: words.chosen ? Theme.accentSoft : Theme.sunken

            AppText {
                id: said

                x: Theme.gap12
                y: Theme.gap12
                width: parent.width - 2 * Theme.gap12
                wrapMode: Text.Wrap
                text: words.text
            }
        }
    }

    AbstractButton {
        id: head

        objectName: "paper_" + root.kind
        width: parent.width
        implicitHeight: Math.max(Theme.target, line.height)
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("%1, %2").arg(root.name).arg(root.label)
        onClicked: root.papers.unfold(root.task)
        Keys.onReturnPressed: root.papers.unfold(root.task)

        contentItem: Item {
            Column {
                id: line

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - chip.width - arrow.width - Theme.gap24
                spacing: 2

                AppText {
                    width: parent.width
                    elide: Text.ElideRight
                    font.weight: Theme.medium
                    text: root.name
                }

                AppText {
                    width: parent.width
                    visible: !root.open
                    role: "caption"
                    muted: true
                    elide: Text.ElideRight
                    text: root.prompt
                }
            }

            Chip {
                id: chip

                anchors.right: arrow.left
                anchors.rightMargin: Theme.gap12
                anchors.verticalCenter: parent.verticalCenter
                text: root.label
                tone: root.tone
            }

            Icon {
                id: arrow

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                name: root.open ? "chevron-up" : "chevron-down"
                color: Theme.inkMuted
            }
        }

        FocusRing {
            shown: head.visualFocus
        }
    }

    Column {
        visible: root.open
        width: parent.width
        spacing: Theme.gap16

        AppText {
            width: Math.min(parent.width, Theme.measure * 1.1)
            muted: true
            wrapMode: Text.Wrap
            text: root.prompt
        }

        TextCard {
            width: parent.width
            visible: root.kind === "mark"
            body: root.kind === "mark" ? root.answer : ""
        }

        Column {
            visible: root.kind !== "mark"
            width: parent.width
            spacing: Theme.gap16

            Words {
                width: parent.width
                caption: qsTr("Counts now")
                text: root.counted
            }

            Words {
                width: parent.width
                chosen: true
                caption: root.kind === "late" ? qsTr("Came after the end") : qsTr("Written on the other device")
                text: root.answer
            }

            AppText {
                width: Math.min(parent.width, Theme.measure * 1.1)
                role: "caption"
                muted: true
                wrapMode: Text.Wrap
                text: root.kind === "late" ? qsTr("It counts only if you say so. Whatever you decide is for everything that came late in this paper, and it stays kept.") : qsTr("The paper had moved to a second device when this came. Both stay kept, whatever you decide.")
            }

            Flow {
                width: parent.width
                spacing: Theme.gap8

                AppButton {
                    objectName: root.kind === "late" ? "countLate" : "takeAside"
                    kind: "primary"
                    iconName: "check"
                    text: root.kind === "late" ? qsTr("Count what came late") : qsTr("Count the other device's words")
                    busy: root.papers.state.busy
                    onClicked: root.kind === "late" ? root.papers.decideLate(root.task, true) : root.papers.decideAside(root.task, true)
                }

                AppButton {
                    objectName: root.kind === "late" ? "leaveLate" : "leaveAside"
                    text: root.kind === "late" ? qsTr("Leave it out") : qsTr("Leave it aside")
                    busy: root.papers.state.busy
                    onClicked: root.kind === "late" ? root.papers.decideLate(root.task, false) : root.papers.decideAside(root.task, false)
                }
            }
        }

        Repeater {
            model: root.open && root.kind === "mark" ? 1 : 0

            delegate: BandsForm {
                width: root.width - 2 * root.padding
                papers: root.papers
            }
        }
    }
}

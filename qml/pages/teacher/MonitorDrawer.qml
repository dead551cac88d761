// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// One student beside the table: the facts, and what can be done.
Rectangle {
    id: root

    required property MonitorController monitor
    readonly property monitorLine line: monitor.detail.line

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.lineWidth
    border.color: Theme.line
    clip: true
    Accessible.role: Accessible.Pane
    Accessible.name: line.name

    component Fact: Item {
        property string label
        property string figure

        width: parent?.width ?? 0
        height: Math.max(name.implicitHeight, value.implicitHeight)

        AppText {
            id: name

            width: parent.width - value.width - Theme.gap12
            wrapMode: Text.Wrap
            muted: true
            text: parent.label
        }

        AppText {
            id: value

            anchors.right: parent.right
            width: Math.min(implicitWidth, parent.width * 0.55)
            horizontalAlignment: Text.AlignRight
            wrapMode: Text.Wrap
            text: parent.figure === "" ? "–" : parent.figure
            font.weight: Theme.medium
        }
    }

    Flickable {
        anchors.fill: parent
        contentWidth: width
        contentHeight: column.height + 2 * Theme.gap24
        boundsBehavior: Flickable.StopAtBounds

        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: column

            x: Theme.gap24
            y: Theme.gap24
            width: parent.width - 2 * Theme.gap24
            spacing: Theme.gap16

            Item {
                width: parent.width
                height: Math.max(name.height, Theme.target)

                AppText {
                    id: name

                    objectName: "drawerName"
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - Theme.target
                    role: "heading"
                    wrapMode: Text.Wrap
                    text: root.line.name
                }

                IconButton {
                    objectName: "drawerClose"
                    anchors.right: parent.right
                    label: qsTr("Close")
                    iconName: "x"
                    onClicked: root.monitor.hideDetail()
                }
            }

            Chip {
                text: root.line.statusLabel
                tone: root.line.statusTone
                iconName: root.line.statusIcon
            }

            HeatStrip {
                width: parent.width
                height: 20
                items: root.line.items
                answered: Theme.accent
                flagged: Theme.warning
                seen: Theme.lineStrong
                unseen: Theme.line
            }

            Column {
                width: parent.width
                spacing: Theme.gap8

                Fact {
                    label: qsTr("Answered")
                    figure: root.line.answered
                }

                Fact {
                    label: qsTr("Received of kept")
                    figure: root.line.safe
                }

                Fact {
                    label: qsTr("Time left")
                    figure: root.line.timeLeft
                }

                Fact {
                    label: qsTr("Network")
                    figure: root.line.connection
                }

                Fact {
                    label: qsTr("Last seen")
                    figure: root.line.lastSeen
                }

                Fact {
                    label: qsTr("Incidents")
                    figure: root.line.lastIncident === "" ? root.line.incidents : root.line.incidents + " · " + root.line.lastIncident
                }
            }

            Divider {
                width: parent.width
            }

            Flow {
                width: parent.width
                spacing: Theme.gap8
                enabled: root.line.attempt !== ""

                AppButton {
                    objectName: "drawerExtend"
                    iconName: "clock-plus"
                    text: qsTr("More time")
                    onClicked: root.monitor.prepare("extend", root.line.student)
                }

                AppButton {
                    objectName: "drawerMessage"
                    iconName: "message-circle"
                    text: qsTr("Message")
                    onClicked: root.monitor.prepare("message", root.line.student)
                }

                AppButton {
                    objectName: root.line.paused ? "drawerResume" : "drawerPause"
                    iconName: root.line.paused ? "play" : "pause"
                    text: root.line.paused ? qsTr("Go on") : qsTr("Pause")
                    onClicked: root.monitor.prepare(root.line.paused ? "resume" : "pause", root.line.student)
                }

                AppButton {
                    objectName: "drawerLock"
                    iconName: root.line.status === "locked" ? "lock-open" : "lock"
                    text: root.line.status === "locked" ? qsTr("Unlock") : qsTr("Lock")
                    onClicked: root.monitor.prepare(root.line.status === "locked" ? "unlock" : "lock", root.line.student)
                }

                AppButton {
                    objectName: "drawerGrant"
                    visible: root.line.status === "conflict"
                    kind: "primary"
                    iconName: "monitor-smartphone"
                    text: qsTr("Move to the second device")
                    onClicked: root.monitor.prepare("grant_takeover", root.line.student)
                }

                AppButton {
                    objectName: "drawerCollect"
                    iconName: "inbox"
                    text: qsTr("Collect")
                    onClicked: root.monitor.prepare("collect", root.line.student)
                }
            }
        }
    }
}

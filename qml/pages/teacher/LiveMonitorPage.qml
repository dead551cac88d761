// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// The live monitor: who needs a look first, every action with a key, a preview and an undo.
AppPage {
    id: root

    readonly property MonitorController monitor: app.monitor
    readonly property monitorHead head: monitor.head
    // Nothing can be done any more to a sitting that is closed.
    readonly property bool running: head.state !== "closed" && head.state !== "released"
    // The tools keep their words as long as these fit beside the state of the sitting.
    property real toolsWidth: 0
    readonly property bool narrow: width < 1040 * Theme.textScale || status.implicitWidth + Theme.gap16 + toolsWidth > top.width
    readonly property bool hinted: width >= 1160 * Theme.textScale
    // In a narrow window the drawer lies over the table instead of squeezing it.
    readonly property bool drawerBeside: width - 2 * Theme.gap32 - drawer.width - Theme.gap16 >= 640 * Math.min(1.4, Theme.textScale)

    toastSpace: (bulk.visible ? bulk.height + Theme.gap16 : 0) + (undoBar.visible ? undoBar.height + Theme.gap16 : 0)
    title: head.title !== "" ? head.title : qsTr("Live monitor")

    Component.onCompleted: monitor.watch(app.navigator.argument)

    Shortcut {
        sequence: "P"
        enabled: !search.field.activeFocus && root.monitor.preview.kind === ""
        onActivated: root.monitor.prepare("pause")
    }
    Shortcut {
        sequence: "R"
        enabled: !search.field.activeFocus && root.monitor.preview.kind === ""
        onActivated: root.monitor.prepare("resume")
    }
    Shortcut {
        sequence: "E"
        enabled: !search.field.activeFocus && root.monitor.preview.kind === ""
        onActivated: root.monitor.prepare("extend")
    }
    Shortcut {
        sequence: "M"
        enabled: !search.field.activeFocus && root.monitor.preview.kind === ""
        onActivated: root.monitor.prepare("message")
    }
    Shortcut {
        sequence: "C"
        enabled: !search.field.activeFocus && root.monitor.preview.kind === ""
        onActivated: root.monitor.prepare("collect")
    }
    Shortcut {
        sequences: ["Ctrl+F", "/"]
        enabled: !search.field.activeFocus
        onActivated: search.takeFocus()
    }
    Shortcut {
        sequences: ["Ctrl+A"]
        enabled: !search.field.activeFocus
        onActivated: root.monitor.selectShown()
    }
    Shortcut {
        sequence: "Escape"
        enabled: root.monitor.detail.shown || root.head.selected > 0
        onActivated: root.monitor.detail.shown ? root.monitor.hideDetail() : root.monitor.clearSelection()
    }

    Column {
        id: top

        x: Theme.gap32
        width: parent.width - 2 * Theme.gap32
        spacing: Theme.gap16

        Item {
            width: parent.width
            height: Theme.target

            Row {
                id: status

                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gap16

                Chip {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.head.stateLabel
                    tone: root.head.stateTone
                    dot: true
                }

                TimerLabel {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.head.timeLeft !== ""
                    objectName: "monitorTimeLeft"
                    text: root.head.timeLeft
                    label: qsTr("Time left for the last student")
                }
            }

            Row {
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gap8
                onImplicitWidthChanged: {
                    if (!root.narrow)
                        root.toolsWidth = implicitWidth;
                }

                AppButton {
                    objectName: "monitorOpen"
                    visible: root.head.state === "scheduled"
                    kind: "primary"
                    iconName: "play"
                    text: qsTr("Open the sitting")
                    onClicked: root.monitor.openSitting()
                }

                AppButton {
                    objectName: "monitorClose"
                    visible: root.head.state === "open"
                    iconName: "lock"
                    text: root.narrow ? "" : qsTr("Close the sitting")
                    Accessible.name: qsTr("Close the sitting")
                    onClicked: closing.open()
                }

                AppButton {
                    objectName: "monitorToResults"
                    visible: root.head.state === "closed"
                    kind: "primary"
                    text: qsTr("Release results")
                    onClicked: root.app.navigator.open("sittings")
                }

                AppButton {
                    objectName: "monitorMessage"
                    visible: root.running
                    iconName: "message-circle"
                    text: root.narrow ? "" : qsTr("Message")
                    Accessible.name: qsTr("Message")
                    keyHint: !root.hinted ? "" : "M"
                    onClicked: root.monitor.prepare("message")
                }

                AppButton {
                    objectName: "monitorExtend"
                    visible: root.running
                    iconName: "clock-plus"
                    text: root.narrow ? "" : qsTr("More time")
                    Accessible.name: qsTr("More time")
                    keyHint: !root.hinted ? "" : "E"
                    onClicked: root.monitor.prepare("extend")
                }

                AppButton {
                    objectName: "monitorPause"
                    visible: root.running
                    iconName: "pause"
                    text: root.narrow ? "" : qsTr("Pause")
                    Accessible.name: qsTr("Pause")
                    keyHint: !root.hinted ? "" : "P"
                    onClicked: root.monitor.prepare("pause")
                }

                AppButton {
                    objectName: "monitorResume"
                    visible: root.running
                    iconName: "play"
                    text: root.narrow ? "" : qsTr("Go on")
                    Accessible.name: qsTr("Go on")
                    keyHint: !root.hinted ? "" : "R"
                    onClicked: root.monitor.prepare("resume")
                }

                AppButton {
                    objectName: "monitorCollect"
                    visible: root.running
                    iconName: "inbox"
                    text: root.narrow ? "" : qsTr("Collect")
                    Accessible.name: qsTr("Collect")
                    keyHint: !root.hinted ? "" : "C"
                    onClicked: root.monitor.prepare("collect")
                }
            }
        }

        Banner {
            width: parent.width
            visible: root.head.error !== ""
            tone: "warning"
            title: qsTr("What you see may be old")
            text: root.head.error
            actionText: qsTr("Look again")
            onAction: root.monitor.refresh()
        }

        Item {
            width: parent.width
            height: Math.max(counters.height, Theme.target)

            Flow {
                id: counters

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - search.width - Theme.gap16
                spacing: Theme.gap8

                Item {
                    implicitWidth: asOf.implicitWidth + Theme.gap8
                    implicitHeight: Theme.target

                    Row {
                        id: asOf

                        anchors.verticalCenter: parent.verticalCenter
                        spacing: 6

                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            name: root.head.stale ? "triangle-alert" : "radio"
                            size: Theme.iconSmall
                            color: root.head.stale ? Theme.warning : Theme.positive
                        }

                        AppText {
                            objectName: "monitorAsOf"
                            role: "caption"
                            text: root.head.asOf
                            color: root.head.stale ? Theme.warning : Theme.inkMuted
                        }
                    }
                }

                Repeater {
                    model: root.monitor.counts

                    delegate: AbstractButton {
                        id: counter

                        required property string status
                        required property string label
                        required property string iconName
                        required property string tone
                        required property int count
                        required property bool chosen

                        objectName: "count_" + status
                        implicitWidth: chip.implicitWidth
                        implicitHeight: Theme.target
                        hoverEnabled: true
                        focusPolicy: Qt.StrongFocus
                        Accessible.role: Accessible.CheckBox
                        Accessible.name: qsTr("%1: %2").arg(label).arg(count)
                        Accessible.checked: chosen
                        onClicked: root.monitor.filterBy(status)

                        contentItem: Item {
                            Chip {
                                id: chip

                                anchors.verticalCenter: parent.verticalCenter
                                text: counter.label + "  " + counter.count
                                iconName: counter.iconName
                                tone: counter.tone
                                border.width: counter.chosen || counter.hovered ? 2 : Theme.highContrast ? Theme.lineWidth : 0
                                border.color: counter.chosen ? Theme.accent : Theme.line

                                FocusRing {
                                    shown: counter.visualFocus
                                    radius: height / 2
                                }
                            }
                        }
                    }
                }
            }

            Field {
                id: search

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                width: 240 * Math.min(1.4, Theme.textScale)
                label: qsTr("Search by name or group")
                labelHidden: true
                placeholder: qsTr("Search by name or group")
                leadingIcon: "search"
                inputName: "monitorSearch"
                onEdited: root.monitor.search = text
            }
        }
    }

    MonitorTable {
        id: table

        anchors.top: top.bottom
        anchors.topMargin: Theme.gap16
        anchors.bottom: parent.bottom
        anchors.bottomMargin: bulk.visible ? bulk.height + 2 * Theme.gap16 : Theme.gap16
        x: Theme.gap32
        width: parent.width - 2 * Theme.gap32 - (drawer.visible && root.drawerBeside ? drawer.width + Theme.gap16 : 0)
        monitor: root.monitor
    }

    MonitorDrawer {
        id: drawer

        anchors.top: table.top
        anchors.bottom: table.bottom
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap32
        width: Math.min(340 * Math.min(1.3, Theme.textScale), parent.width * 0.4)
        visible: root.monitor.detail.shown
        monitor: root.monitor
    }

    Rectangle {
        id: bulk

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap16
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.head.selected > 0
        width: bulkRow.implicitWidth + Theme.gap32
        height: Theme.target + Theme.gap16
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: Theme.lineWidth
        border.color: Theme.line
        Accessible.role: Accessible.ToolBar
        Accessible.name: root.head.selectionText

        FloatShadow {}

        Row {
            id: bulkRow

            anchors.centerIn: parent
            spacing: Theme.gap8

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                rightPadding: Theme.gap8
                text: root.head.selectionText
                font.weight: Theme.semiBold
            }

            AppButton {
                objectName: "bulkExtend"
                iconName: "clock-plus"
                text: qsTr("More time")
                onClicked: root.monitor.prepare("extend")
            }

            AppButton {
                objectName: "bulkPause"
                iconName: "pause"
                text: qsTr("Pause")
                onClicked: root.monitor.prepare("pause")
            }

            AppButton {
                objectName: "bulkMessage"
                iconName: "message-circle"
                text: qsTr("Message")
                onClicked: root.monitor.prepare("message")
            }

            AppButton {
                objectName: "bulkLock"
                iconName: "lock"
                text: qsTr("Lock")
                onClicked: root.monitor.prepare("lock")
            }

            IconButton {
                objectName: "bulkClear"
                label: qsTr("Select nobody")
                iconName: "x"
                onClicked: root.monitor.clearSelection()
            }
        }
    }

    Rectangle {
        id: undoBar

        anchors.bottom: parent.bottom
        anchors.bottomMargin: bulk.visible ? bulk.height + 2 * Theme.gap16 : Theme.gap24
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.monitor.undoText !== ""
        width: undoRow.implicitWidth + Theme.gap32
        height: Theme.target + Theme.gap12
        radius: Theme.radiusCard
        color: Theme.ink
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.monitor.undoText

        Row {
            id: undoRow

            anchors.centerIn: parent
            spacing: Theme.gap16

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.monitor.undoText
                color: Theme.background
            }

            AppButton {
                objectName: "monitorUndo"
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Undo")
                onClicked: root.monitor.undo()
            }
        }
    }

    CommandDialog {
        monitor: root.monitor
    }

    AppDialog {
        id: closing

        title: qsTr("Close the sitting?")
        text: root.head.writing > 0 ? qsTr("%n student(s) are still writing: their papers are collected now. Nobody can begin any more.", "", root.head.writing) : qsTr("Nobody is writing. Nobody can begin any more.")
        acceptText: qsTr("Close the sitting")
        acceptKind: "danger"
        onAccepted: root.monitor.closeSitting()
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// The rows of the monitor: fixed height, reused, still while the pointer is over them.
Rectangle {
    id: root

    required property MonitorController monitor
    readonly property real rowHeight: Math.round(48 * Math.min(Theme.textScale, 1.6))
    readonly property real nameWidth: Math.max(130, width * 0.18)
    readonly property real statusWidth: (roomy ? 140 : 124) * Math.min(Theme.textScale, 1.5)
    readonly property real numberWidth: (roomy ? 66 : Math.max(56, Math.min(66, (width / Math.min(Theme.textScale, 1.5) - 408) / 4))) * Math.min(Theme.textScale, 1.5)
    readonly property bool roomy: width > 900 * Math.min(Theme.textScale, 1.4)
    // What is left for the strip; a narrow table does without, the drawer shows it.
    readonly property real stripWidth: width - nameWidth - statusWidth - (roomy ? 6 : 4) * numberWidth - Theme.target - (roomy ? 9 : 7) * Theme.gap12 - Theme.gap12 - Theme.gap16
    readonly property bool stripShown: stripWidth >= 56

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.lineWidth
    border.color: Theme.line
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Students of this sitting")

    component Head: AppText {
        role: "caption"
        muted: true
        font.weight: Theme.medium
        elide: Text.ElideRight
    }

    component Figure: TabularText {
        property bool quiet: true

        width: root.numberWidth
        anchors.verticalCenter: parent?.verticalCenter
        horizontalAlignment: Text.AlignRight
        font.family: Theme.family
        font.pixelSize: Theme.fontBody
        color: quiet ? Theme.inkMuted : Theme.ink
    }

    Row {
        id: header

        x: Theme.gap12
        height: Theme.target
        spacing: Theme.gap12

        Item {
            width: Theme.target
            height: 1
        }

        Head {
            width: root.nameWidth
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Student")
        }

        Head {
            width: root.statusWidth
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("State")
        }

        Head {
            visible: root.stripShown
            width: root.stripWidth
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Paper")
        }

        Head {
            width: root.numberWidth
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: qsTr("Answered")
        }

        Head {
            width: root.numberWidth
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: qsTr("Received")
        }

        Head {
            visible: root.roomy
            width: root.numberWidth
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: qsTr("Network")
        }

        Head {
            visible: root.roomy
            width: root.numberWidth
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: qsTr("Seen")
        }

        Head {
            width: root.numberWidth
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: qsTr("Time left")
        }

        Head {
            width: root.numberWidth
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: qsTr("Incidents")
        }
    }

    Divider {
        id: line

        anchors.top: header.bottom
        x: root.border.width
        width: parent.width - 2 * x
    }

    Column {
        anchors.top: line.bottom
        anchors.topMargin: Theme.gap12
        x: Theme.gap16
        width: parent.width - 2 * Theme.gap16
        spacing: Theme.gap12
        visible: root.monitor.head.loading

        Repeater {
            model: 6

            delegate: Skeleton {
                width: parent?.width ?? 0
                height: root.rowHeight - Theme.gap12
            }
        }
    }

    EmptyState {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.gap32
        visible: !root.monitor.head.loading && list.count === 0
        iconName: "users"
        title: root.monitor.head.students > 0 ? qsTr("Nobody matches") : qsTr("Nobody is here yet")
        text: root.monitor.head.students > 0 ? qsTr("Change the search or choose another state.") : qsTr("Students appear as soon as they belong to the class.")
    }

    ListView {
        id: list

        objectName: "monitorList"
        anchors.top: line.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 1
        x: root.border.width
        width: parent.width - 2 * x
        clip: true
        model: root.monitor.rows
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Students of this sitting")

        ScrollBar.vertical: ThinScrollBar {}

        HoverHandler {
            onHoveredChanged: root.monitor.holdOrder(hovered)
        }

        delegate: AbstractButton {
            id: row

            required property int index
            required property string student
            required property string name
            required property string group
            required property string status
            required property string statusLabel
            required property string statusIcon
            required property string statusTone
            required property string items
            required property string answered
            required property string safe
            required property bool allSafe
            required property string connection
            required property string lastSeen
            required property string timeLeft
            required property string incidents
            required property string lastIncident
            required property bool typing
            required property bool selected
            readonly property bool open: root.monitor.detail.shown && root.monitor.detail.line.student === student

            objectName: "row_" + student
            width: list.width
            height: root.rowHeight
            hoverEnabled: true
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.ListItem
            Accessible.name: name
            Accessible.description: qsTr("%1, %2 answered, %3 received").arg(statusLabel).arg(answered).arg(safe)
            Keys.onSpacePressed: root.monitor.toggleSelected(student)
            Keys.onReturnPressed: row.clicked()
            onClicked: open ? root.monitor.hideDetail() : root.monitor.showDetail(student)

            background: Rectangle {
                color: row.selected || row.open ? Theme.accentSoft : row.hovered ? Theme.hover : "transparent"

                Divider {
                    anchors.bottom: parent.bottom
                    x: Theme.gap12
                    width: parent.width - 2 * x
                    opacity: 0.6
                }

                FocusRing {
                    shown: row.visualFocus
                    inset: 2
                }
            }

            contentItem: Item {
                Row {
                    x: Theme.gap12
                    height: parent.height
                    spacing: Theme.gap12

                    AbstractButton {
                        id: box

                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.target
                        height: Theme.target
                        focusPolicy: Qt.NoFocus
                        hoverEnabled: true
                        Accessible.role: Accessible.CheckBox
                        Accessible.name: qsTr("Select %1").arg(row.name)
                        Accessible.checked: row.selected
                        onClicked: root.monitor.toggleSelected(row.student)

                        contentItem: Item {
                            Icon {
                                anchors.centerIn: parent
                                name: row.selected ? "square-check" : "square"
                                color: row.selected ? Theme.accent : box.hovered ? Theme.ink : Theme.lineStrong
                            }
                        }
                    }

                    Column {
                        anchors.verticalCenter: parent.verticalCenter
                        width: root.nameWidth

                        AppText {
                            width: parent.width
                            elide: Text.ElideRight
                            text: row.name
                            font.weight: Theme.medium
                            lineHeight: 1.2
                        }

                        AppText {
                            visible: row.group !== ""
                            width: parent.width
                            role: "caption"
                            muted: true
                            elide: Text.ElideRight
                            text: row.group
                            lineHeight: 1.2
                        }
                    }

                    Row {
                        anchors.verticalCenter: parent.verticalCenter
                        width: root.statusWidth
                        spacing: 6

                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            name: row.statusIcon
                            size: Theme.iconSmall
                            color: row.statusTone === "neutral" ? Theme.inkMuted : Theme.toneColor(row.statusTone)
                        }

                        AppText {
                            width: parent.width - Theme.iconSmall - 6
                            elide: Text.ElideRight
                            text: row.typing && row.status === "active" ? qsTr("Typing") : row.statusLabel
                            color: row.statusTone === "neutral" ? Theme.inkMuted : Theme.toneColor(row.statusTone)
                        }
                    }

                    HeatStrip {
                        visible: root.stripShown
                        anchors.verticalCenter: parent.verticalCenter
                        width: root.stripWidth
                        height: 16
                        items: row.items
                        answered: Theme.accent
                        flagged: Theme.warning
                        seen: Theme.lineStrong
                        unseen: Theme.line
                    }

                    Figure {
                        text: row.answered
                        quiet: false
                    }

                    Figure {
                        text: row.safe
                        color: row.safe === "" || row.allSafe ? Theme.inkMuted : Theme.warning
                    }

                    Figure {
                        visible: root.roomy
                        text: row.connection
                    }

                    Figure {
                        visible: root.roomy
                        text: row.lastSeen
                    }

                    Figure {
                        text: row.timeLeft
                    }

                    Figure {
                        text: row.incidents
                        color: row.incidents === "" ? Theme.inkMuted : Theme.warning
                    }
                }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// Before handing in: what is open, what is flagged, and whether the school has everything.
AppPage {
    id: root

    readonly property ExamController exam: app.exam
    readonly property examRoomState now: exam.state

    title: qsTr("Check before handing in")

    Connections {
        target: root.exam

        function onStateChanged() {
            if (root.now.coverTitle !== "" && root.now.phase !== "handedIn")
                root.app.navigator.open("exam", root.app.navigator.argument);
        }
    }

    Column {
        id: heading

        x: (parent.width - width) / 2
        y: Theme.gap32
        width: Math.min(680 * Math.min(1.4, Theme.textScale), parent.width - 2 * Theme.gap32)
        spacing: Theme.gap8

        AppText {
            width: parent.width
            role: "title"
            wrapMode: Text.Wrap
            text: root.now.open > 0 ? qsTr("%n question(s) still open", "", root.now.open) : qsTr("Every question is answered")
        }

        AppText {
            width: parent.width
            muted: true
            wrapMode: Text.Wrap
            text: root.now.flags > 0 ? qsTr("You flagged %n question(s). Choose one to go back to it.", "", root.now.flags) : qsTr("Choose a question to go back to it.")
        }
    }

    Rectangle {
        x: list.x - Theme.gap8
        y: list.y - Theme.gap8
        width: list.width + 2 * Theme.gap8
        height: Math.min(list.contentHeight, list.height) + 2 * Theme.gap8
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: Theme.lineWidth
        border.color: Theme.line
    }

    // Only the rows in sight are made: a long paper opens as fast as a short one.
    ListView {
        id: list

        x: heading.x + Theme.gap8
        y: heading.y + heading.height + Theme.gap24 + Theme.gap8
        width: heading.width - 2 * Theme.gap8
        height: bottom.y - Theme.gap24 - Theme.gap8 - y
        focus: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.exam.palette

        ScrollBar.vertical: ThinScrollBar {}

        delegate: ListRow {
            id: row

            required property int index
            required property string item
            required property string section
            required property string label
            required property string state
            required property string description
            required property bool flagged

            objectName: "review_" + item
            width: list.width
            height: visible ? implicitHeight : 0
            visible: label !== "i"
            title: qsTr("Question %1").arg(label)
            subtitle: section
            iconName: state === "answered" ? "circle-check" : "circle-dashed"
            iconColor: state === "answered" ? Theme.positive : Theme.warning
            onActiveFocusChanged: {
                if (activeFocus)
                    list.currentIndex = index;
            }
            onClicked: {
                root.exam.goTo(item);
                root.app.navigator.open("exam", root.app.navigator.argument);
            }

            Chip {
                anchors.verticalCenter: parent.verticalCenter
                visible: row.flagged
                tone: "warning"
                iconName: "flag"
                text: qsTr("Flagged")
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                role: "caption"
                muted: row.state === "answered"
                color: row.state === "answered" ? Theme.inkMuted : Theme.warning
                text: row.state === "answered" ? qsTr("Answered") : qsTr("Open")
            }
        }
    }

    Rectangle {
        id: bottom

        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.target + Theme.gap24
        color: Theme.surface

        Divider {
            width: parent.width
        }

        AppButton {
            objectName: "reviewBack"
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap24
            anchors.verticalCenter: parent.verticalCenter
            iconName: "arrow-left"
            text: qsTr("Back to the paper")
            onClicked: root.app.navigator.open("exam", root.app.navigator.argument)
        }

        Row {
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap24
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap16

            TabularText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.now.keptText
                font.family: Theme.family
                font.pixelSize: Theme.fontCaption
                color: Theme.inkMuted
            }

            TimerLabel {
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.app.settings.timeLeftHidden || root.exam.timeTone !== "neutral"
                text: root.exam.timeLeft
                tone: root.exam.timeTone
            }

            AppButton {
                objectName: "handIn"
                anchors.verticalCenter: parent.verticalCenter
                kind: "primary"
                iconName: "send"
                text: qsTr("Hand in")
                onClicked: sure.open()
            }
        }
    }

    AppDialog {
        id: sure

        title: qsTr("Hand in now?")
        text: root.now.open > 0 ? qsTr("%n question(s) are still open. After handing in you cannot change anything.", "", root.now.open) : qsTr("After handing in you cannot change anything.")
        acceptText: qsTr("Hand in")
        rejectText: qsTr("Go on writing")
        onAccepted: root.exam.handIn()
    }
}

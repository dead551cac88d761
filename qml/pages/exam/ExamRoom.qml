// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Neolingus.Model
import Neolingus.Ui

// The exam room: no rail, the paper in the middle, the time and the safety of the answers on top.
AppPage {
    id: root

    readonly property ExamController exam: app.exam
    readonly property examRoomState now: exam.state
    readonly property bool covered: now.coverTitle !== ""
    readonly property bool split: exam.form.stimulus !== "" && width > 860 * Theme.textScale

    title: now.title !== "" ? now.title : qsTr("Exam")

    Component.onCompleted: exam.enter(app.navigator.argument)

    Connections {
        target: root.exam

        function onTimeAnnounced(text: string) {
            announcement.text = text;
            announcementEnd.restart();
        }
    }

    Timer {
        id: announcementEnd

        interval: 8000
        onTriggered: announcement.text = ""
    }

    Shortcut {
        sequence: "Alt+Right"
        onActivated: root.exam.next()
    }
    Shortcut {
        sequence: "Alt+Left"
        onActivated: root.exam.previous()
    }
    Shortcut {
        sequence: "Alt+F"
        onActivated: root.exam.toggleFlag()
    }

    Rectangle {
        id: top

        width: parent.width
        height: Math.max(64, topRow.implicitHeight + Theme.gap16)
        color: Theme.surface

        Divider {
            anchors.bottom: parent.bottom
            width: parent.width
        }

        Column {
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap24
            anchors.right: topRow.left
            anchors.rightMargin: Theme.gap16
            anchors.verticalCenter: parent.verticalCenter

            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: root.now.title
                font.weight: Theme.semiBold
                lineHeight: 1.25
            }

            AppText {
                width: parent.width
                visible: text !== ""
                role: "caption"
                muted: true
                elide: Text.ElideRight
                text: root.now.section
                lineHeight: 1.25
            }
        }

        Row {
            id: topRow

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap24
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap16

            Row {
                id: safety

                property alias text: keptText.text

                objectName: "keptReceived"
                anchors.verticalCenter: parent.verticalCenter
                spacing: 6
                Accessible.role: Accessible.StaticText
                Accessible.name: root.now.keptText
                Accessible.description: root.now.keptHint

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: root.now.allReceived ? "shield-check" : "hard-drive"
                    size: Theme.iconSmall
                    color: root.now.allReceived ? Theme.positive : Theme.warning
                }

                TabularText {
                    id: keptText

                    anchors.verticalCenter: parent.verticalCenter
                    text: root.now.keptText
                    font.family: Theme.family
                    font.pixelSize: Theme.fontCaption
                    color: Theme.inkMuted
                }

                HoverHandler {
                    id: safetyHover
                }

                Tip {
                    text: root.now.keptHint
                    shown: safetyHover.hovered
                }
            }

            ConnectionChip {
                anchors.verticalCenter: parent.verticalCenter
                status: root.now.connection
            }

            Row {
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gap4

                TimerLabel {
                    objectName: "examTimeLeft"
                    anchors.verticalCenter: parent.verticalCenter
                    visible: !root.app.settings.timeLeftHidden || root.exam.timeTone !== "neutral"
                    text: root.exam.timeLeft
                    tone: root.exam.timeTone
                }

                IconButton {
                    objectName: "examToggleTime"
                    anchors.verticalCenter: parent.verticalCenter
                    label: root.app.settings.timeLeftHidden ? qsTr("Show the time left") : qsTr("Hide the time left")
                    iconName: root.app.settings.timeLeftHidden ? "eye" : "eye-off"
                    onClicked: root.app.settings.timeLeftHidden = !root.app.settings.timeLeftHidden
                }
            }
        }
    }

    Column {
        id: notices

        anchors.top: top.bottom
        width: parent.width

        Banner {
            objectName: "examMessage"
            width: parent.width
            visible: root.exam.message !== ""
            radius: 0
            tone: "info"
            title: qsTr("Message from your teacher")
            text: root.exam.message
            actionText: qsTr("I have read it")
            actionName: "examMessageRead"
            onAction: root.exam.putMessageAway()
        }

        Banner {
            objectName: "examNotice"
            width: parent.width
            visible: root.now.notice !== ""
            radius: 0
            tone: root.now.noticeTone
            title: root.now.noticeTitle
            text: root.now.notice
        }

        Banner {
            id: announcement

            width: parent.width
            visible: text !== ""
            radius: 0
            tone: "warning"
        }
    }

    ExamPalette {
        id: palette

        anchors.top: notices.bottom
        anchors.bottom: bottom.top
        visible: !root.covered
        width: Math.round(192 * Math.min(1.5, Theme.textScale))
        palette: root.exam.palette
        summary: root.now.summary
        onChosen: item => root.exam.goTo(item)
    }

    SplitView {
        id: paper

        anchors.top: notices.bottom
        anchors.bottom: bottom.top
        anchors.left: palette.right
        anchors.right: parent.right
        visible: !root.covered
        orientation: Qt.Horizontal

        handle: Rectangle {
            id: handle

            readonly property bool grabbed: T.SplitHandle.hovered || T.SplitHandle.pressed

            implicitWidth: 9
            color: "transparent"
            Accessible.role: Accessible.Splitter
            Accessible.name: qsTr("Width of the text")

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: handle.grabbed ? 3 : Theme.lineWidth
                height: parent.height
                color: handle.grabbed ? Theme.accent : Theme.line
            }
        }

        Item {
            visible: root.split
            SplitView.preferredWidth: paper.width * root.app.settings.examSplit
            SplitView.minimumWidth: 280
            SplitView.maximumWidth: paper.width - 360
            onWidthChanged: {
                if (paper.resizing)
                    root.app.settings.examSplit = Math.min(0.8, Math.max(0.2, width / paper.width));
            }

            Flickable {
                anchors.fill: parent
                contentWidth: width
                contentHeight: stimulus.height + 2 * Theme.gap32
                boundsBehavior: Flickable.StopAtBounds
                clip: true

                ScrollBar.vertical: ThinScrollBar {}

                Stimulus {
                    id: stimulus

                    x: Theme.gap32
                    y: Theme.gap32
                    width: Math.min(Theme.measure, parent.width - 2 * Theme.gap32)
                    form: root.exam.form
                }
            }
        }

        Item {
            SplitView.fillWidth: true
            SplitView.minimumWidth: 360

            Flickable {
                id: questionFlick

                anchors.fill: parent
                contentWidth: width
                contentHeight: question.height + 2 * Theme.gap32
                boundsBehavior: Flickable.StopAtBounds
                clip: true

                ScrollBar.vertical: ThinScrollBar {}

                Column {
                    id: question

                    visible: root.exam.form.kind !== ""
                    x: Math.max(Theme.gap32, (parent.width - width) / 2)
                    y: Theme.gap32
                    width: Math.min(720 * Math.min(1.3, Theme.textScale), parent.width - 2 * Theme.gap32)
                    spacing: Theme.gap24

                    Stimulus {
                        width: parent.width
                        visible: !root.split && root.exam.form.stimulus !== ""
                        form: root.exam.form
                    }

                    Item {
                        width: parent.width
                        height: Math.max(position.height, flag.height)

                        AppText {
                            id: position

                            objectName: "examPosition"
                            anchors.verticalCenter: parent.verticalCenter
                            muted: true
                            font.weight: Theme.medium
                            text: root.now.position
                        }

                        AppButton {
                            id: flag

                            objectName: "examFlag"
                            anchors.right: parent.right
                            kind: "quiet"
                            iconName: root.now.flagged ? "flag-off" : "flag"
                            text: root.now.flagged ? qsTr("Remove the flag") : qsTr("Flag for later")
                            onClicked: root.exam.toggleFlag()
                        }
                    }

                    Column {
                        width: parent.width
                        spacing: Theme.gap8

                        AppText {
                            objectName: "examPrompt"
                            width: parent.width
                            role: "heading"
                            wrapMode: Text.Wrap
                            text: root.exam.form.prompt
                        }

                        AppText {
                            width: parent.width
                            muted: true
                            wrapMode: Text.Wrap
                            text: root.exam.form.pointsLabel === "" ? root.exam.form.instruction : root.exam.form.instruction + " " + root.exam.form.pointsLabel
                        }
                    }

                    AppText {
                        width: parent.width
                        visible: root.exam.form.passage !== ""
                        role: "lead"
                        wrapMode: Text.Wrap
                        text: root.exam.form.passage
                    }

                    ItemInput {
                        objectName: "examItem"
                        width: parent.width
                        form: root.exam.form
                    }
                }
            }
        }
    }

    Item {
        anchors.top: notices.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.covered

        EmptyState {
            objectName: "examCover"
            anchors.centerIn: parent
            width: Math.min(parent.width - 2 * Theme.gap32, Theme.measure)
            iconName: root.now.coverIcon !== "" ? root.now.coverIcon : "hourglass"
            title: root.now.coverTitle
            text: root.now.coverText
            actionText: root.now.coverAction
            actionKind: "secondary"
            actionName: "examCoverAction"
            onAction: root.exam.tryAgain()
        }

        AppButton {
            objectName: "examLeave"
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gap32
            visible: root.now.phase !== "paused" && root.now.phase !== "locked"
            kind: "quiet"
            iconName: "arrow-left"
            text: qsTr("Back to the start page")
            onClicked: root.app.navigator.open("home")
        }
    }

    Rectangle {
        id: bottom

        anchors.bottom: parent.bottom
        width: parent.width
        height: visible ? Theme.target + Theme.gap24 : 0
        visible: !root.covered
        color: Theme.surface

        Divider {
            width: parent.width
        }

        Row {
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap24
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap8

            AppButton {
                objectName: "examPrevious"
                iconName: "arrow-left"
                text: qsTr("Previous")
                enabled: root.now.hasPrevious
                onClicked: root.exam.previous()
            }

            AppButton {
                objectName: "examNext"
                kind: root.now.hasNext ? "primary" : "secondary"
                text: qsTr("Next")
                iconName: "arrow-right"
                enabled: root.now.hasNext
                onClicked: root.exam.next()
            }
        }

        AppButton {
            objectName: "examReview"
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap24
            anchors.verticalCenter: parent.verticalCenter
            kind: root.now.hasNext ? "secondary" : "primary"
            iconName: "list-checks"
            text: qsTr("Check and hand in")
            onClicked: {
                root.exam.flush();
                root.app.navigator.open("examreview", root.app.navigator.argument);
            }
        }
    }
}

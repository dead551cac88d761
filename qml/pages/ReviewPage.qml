// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// A review session: one card at a time, keyboard first.
AppPage {
    id: root

    readonly property ReviewController review: app.review
    readonly property reviewState now: review.state
    readonly property bool asking: now.phase === "asking"
    readonly property bool revealed: now.phase === "revealed"

    title: qsTr("Review")
    focus: true

    Component.onCompleted: review.start(app.navigator.argument)
    Component.onDestruction: review.stop()

    function leave() {
        root.app.navigator.back();
    }

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Space && root.asking) {
            root.review.reveal();
            event.accepted = true;
        } else if (event.key === Qt.Key_Space && root.revealed) {
            root.review.rate(3);
            event.accepted = true;
        } else if (event.key >= Qt.Key_1 && event.key <= Qt.Key_4 && root.revealed) {
            root.review.rate(event.key - Qt.Key_0);
            event.accepted = true;
        } else if (event.key === Qt.Key_Escape) {
            root.leave();
            event.accepted = true;
        }
    }

    SessionBar {
        id: bar

        width: parent.width
        title: root.now.title
        progress: root.now.progress
        onClosed: root.leave()

        Row {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.asking || root.revealed
            spacing: Theme.gap16

            Count {
                words: qsTr("new")
                value: root.now.fresh
                tint: Theme.info
            }

            Count {
                words: qsTr("learning")
                value: root.now.learning
                tint: Theme.warning
            }

            Count {
                words: qsTr("due")
                value: root.now.due
                tint: Theme.positive
            }
        }
    }

    component Count: Row {
        id: count

        required property string words
        required property int value
        required property color tint

        spacing: Theme.gap4
        Accessible.role: Accessible.StaticText
        Accessible.name: value + " " + words

        TabularText {
            anchors.verticalCenter: parent.verticalCenter
            text: count.value.toString()
            color: count.tint
            font.family: Theme.family
            font.pixelSize: Theme.fontBody
            font.weight: Theme.semiBold
        }

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            role: "caption"
            muted: true
            text: count.words
        }
    }

    Flickable {
        id: scroller

        anchors.top: bar.bottom
        anchors.bottom: actions.top
        width: parent.width
        contentWidth: width
        contentHeight: Math.max(height, sheet.height + 2 * Theme.gap32)
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        visible: root.asking || root.revealed

        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: sheet

            x: (parent.width - width) / 2
            y: Math.max(Theme.gap32, (scroller.height - height) / 2 - Theme.gap24)
            width: Math.min(Math.round(640 * Math.min(1.4, Theme.textScale)), parent.width - 2 * Theme.gap32)
            spacing: Theme.gap24

            Column {
                width: parent.width
                spacing: Theme.gap12

                Chip {
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: root.now.cardPhase
                }

                AppText {
                    objectName: "cardFront"
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    role: root.now.front.length > 60 ? "heading" : "display"
                    wrapMode: Text.Wrap
                    text: root.now.front
                }

                AppText {
                    visible: text !== ""
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    muted: true
                    font.italic: true
                    text: root.now.hint
                }
            }

            Divider {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Theme.gap48 * 2
                opacity: root.revealed ? 1 : 0
            }

            Column {
                width: parent.width
                opacity: root.revealed ? 1 : 0
                visible: opacity > 0
                spacing: Theme.gap16

                Behavior on opacity {
                    NumberAnimation {
                        duration: Theme.stateDuration
                        easing.type: Theme.easing
                    }
                }

                AppText {
                    objectName: "cardBack"
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    role: root.now.back.length > 80 ? "lead" : "title"
                    wrapMode: Text.Wrap
                    text: root.now.back
                }

                Column {
                    width: parent.width
                    visible: root.now.example !== ""
                    spacing: 2

                    AppText {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        role: "lead"
                        wrapMode: Text.Wrap
                        text: root.now.example
                    }

                    AppText {
                        visible: text !== ""
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        muted: true
                        wrapMode: Text.Wrap
                        text: root.now.exampleGloss
                    }
                }
            }
        }
    }

    Column {
        anchors.centerIn: parent
        visible: root.now.phase === "loading"
        spacing: Theme.gap16

        Skeleton {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 260
            height: Theme.fontDisplay
        }

        Skeleton {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 140
        }
    }

    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.gap32, Theme.measure)
        visible: root.now.phase === "finished"
        iconName: "circle-check"
        title: root.now.done > 0 ? qsTr("Done for now") : qsTr("All reviewed")
        text: root.now.finishedText
        actionText: qsTr("Back")
        actionName: "reviewDone"
        onAction: root.leave()
    }

    Banner {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.gap32, Theme.measure)
        visible: root.now.phase === "failed"
        tone: "danger"
        title: qsTr("The review stopped")
        text: root.now.error
        details: root.now.errorDetails
        actionText: qsTr("Try again")
        onAction: root.review.start(root.app.navigator.argument)
    }

    Item {
        id: actions

        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(Theme.target + Theme.gap8, rates.implicitHeight) + Theme.gap48
        visible: root.asking || root.revealed

        AppButton {
            objectName: "showAnswer"
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.gap16
            visible: root.asking
            implicitHeight: Theme.target + Theme.gap8
            implicitWidth: Math.max(260, contentItem.implicitWidth + Theme.gap48)
            kind: "primary"
            text: qsTr("Show the answer")
            keyHint: qsTr("Space")
            onClicked: root.review.reveal()
        }

        Row {
            id: rates

            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.gap16
            visible: root.revealed
            spacing: Theme.gap8

            RateButton {
                objectName: "rate1"
                text: qsTr("Again")
                tone: "danger"
                keyHint: "1"
                interval: root.now.intervals[0] ?? ""
                onClicked: root.review.rate(1)
            }

            RateButton {
                objectName: "rate2"
                text: qsTr("Hard")
                tone: "warning"
                keyHint: "2"
                interval: root.now.intervals[1] ?? ""
                onClicked: root.review.rate(2)
            }

            RateButton {
                objectName: "rate3"
                text: qsTr("Good")
                tone: "positive"
                keyHint: "3"
                interval: root.now.intervals[2] ?? ""
                onClicked: root.review.rate(3)
            }

            RateButton {
                objectName: "rate4"
                text: qsTr("Easy")
                tone: "info"
                keyHint: "4"
                interval: root.now.intervals[3] ?? ""
                onClicked: root.review.rate(4)
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// Exercises one after the other with feedback in place, or a mock exam without it.
AppPage {
    id: root

    readonly property PracticeController practice: app.practice
    readonly property practiceState now: practice.state
    readonly property ItemForm form: practice.form
    readonly property bool answering: now.phase === "answering"
    readonly property bool judged: now.phase === "judged"
    readonly property bool working: answering || judged

    title: qsTr("Practice")
    focus: true

    Component.onCompleted: practice.start(app.navigator.argument)
    Component.onDestruction: practice.stop()

    function leave() {
        root.app.navigator.back();
    }

    function goOn() {
        if (root.judged || root.now.mock)
            root.practice.next();
        else if (root.form.answered)
            root.practice.check();
    }

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Escape) {
            root.leave();
            event.accepted = true;
        } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && root.working) {
            root.goOn();
            event.accepted = true;
        } else if ((event.key === Qt.Key_F1 || event.key === Qt.Key_Question) && root.working && root.now.mayAsk) {
            root.practice.askTutor();
            event.accepted = true;
        } else if (event.key >= Qt.Key_A && event.key <= Qt.Key_H && event.modifiers === Qt.NoModifier && root.answering) {
            root.form.chooseLetter(event.key - Qt.Key_A);
            event.accepted = true;
        }
    }

    SessionBar {
        id: bar

        width: parent.width
        title: root.now.title
        position: root.working ? root.now.position : ""
        progress: root.now.progress
        onClosed: root.leave()

        TimerLabel {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.now.timeLeft !== ""
            text: root.now.timeLeft
            pixelSize: Theme.fontLead
        }

        AppButton {
            objectName: "finishPractice"
            anchors.verticalCenter: parent.verticalCenter
            visible: root.working && root.now.mock
            text: qsTr("Hand in")
            onClicked: root.practice.finish()
        }
    }

    Flickable {
        id: scroller

        anchors.top: bar.bottom
        anchors.bottom: foot.top
        width: parent.width
        contentWidth: width
        contentHeight: sheet.height + 2 * Theme.gap32
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        visible: root.working

        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: sheet

            x: (parent.width - width) / 2
            y: Theme.gap32
            width: Math.min(Math.round(720 * Math.min(1.4, Theme.textScale)), parent.width - 2 * Theme.gap32)
            spacing: Theme.gap24

            Card {
                width: parent.width
                visible: root.form.stimulus !== ""
                color: Theme.sunken
                spacing: Theme.gap8

                AppText {
                    visible: text !== ""
                    width: parent.width
                    font.weight: Theme.semiBold
                    wrapMode: Text.Wrap
                    text: root.form.stimulusTitle
                }

                AppText {
                    width: Math.min(parent.width, Theme.measure * 1.14)
                    role: "lead"
                    wrapMode: Text.Wrap
                    text: root.form.stimulus
                }
            }

            Column {
                width: parent.width
                spacing: Theme.gap4

                AppText {
                    width: parent.width
                    role: "caption"
                    muted: true
                    font.weight: Theme.medium
                    wrapMode: Text.Wrap
                    text: root.form.instruction
                }

                AppText {
                    objectName: "prompt"
                    width: parent.width
                    role: "heading"
                    font.weight: Theme.medium
                    wrapMode: Text.Wrap
                    text: root.form.prompt
                    Accessible.role: Accessible.Heading
                }

                AppText {
                    visible: text !== ""
                    width: parent.width
                    topPadding: Theme.gap8
                    role: "lead"
                    wrapMode: Text.Wrap
                    text: root.form.passage
                }
            }

            ItemInput {
                width: parent.width
                form: root.form
            }

            Banner {
                width: parent.width
                visible: root.judged
                tone: root.now.tone === "" ? "info" : root.now.tone
                title: root.now.verdict
                markdown: root.now.explanation !== "" && root.now.feedback !== "" ? root.now.feedback + "\n\n" + root.now.explanation : root.now.feedback + root.now.explanation
            }
        }
    }

    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        y: bar.height + Theme.gap48
        width: Math.min(720, parent.width - 2 * Theme.gap32)
        visible: root.now.phase === "loading"
        spacing: Theme.gap16

        Skeleton {
            width: parent.width * 0.7
            height: Theme.fontHeading
        }

        Repeater {
            model: 4

            delegate: Skeleton {
                required property int index

                width: parent?.width ?? 0
                height: 48
            }
        }
    }

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.gap32, Theme.measure)
        visible: root.now.phase === "finished"
        spacing: Theme.gap24

        EmptyState {
            width: parent.width
            iconName: root.now.resultShare >= 0.5 ? "trophy" : "target"
            title: root.now.resultTitle
            text: root.now.resultText
        }

        ProgressLine {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 280
            thickness: 8
            label: qsTr("Result")
            value: root.now.resultShare
            color: root.now.resultShare >= 0.5 ? Theme.positive : Theme.warning
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.gap8

            AppButton {
                objectName: "practiceAgain"
                iconName: "rotate-ccw"
                text: qsTr("Again")
                onClicked: root.practice.tryAgain()
            }

            AppButton {
                objectName: "practiceDone"
                kind: "primary"
                text: qsTr("Back to the units")
                onClicked: root.leave()
            }
        }
    }

    Banner {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.gap32, Theme.measure)
        visible: root.now.phase === "failed"
        tone: "danger"
        title: qsTr("The practice stopped")
        text: root.now.error
        details: root.now.errorDetails
        actionText: qsTr("Try again")
        onAction: root.practice.start(root.app.navigator.argument)
    }

    Rectangle {
        id: foot

        anchors.bottom: parent.bottom
        width: parent.width
        height: visible ? Theme.target + Theme.gap8 + Theme.gap32 : 0
        visible: root.working
        color: Theme.background

        Divider {
            width: parent.width
        }

        Flow {
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.gap24
            width: parent.width - buttons.width - 3 * Theme.gap24
            spacing: 5

            Repeater {
                model: root.practice.marks

                delegate: Rectangle {
                    id: pip

                    required property int number
                    required property string mark
                    required property bool current

                    width: pip.current ? 18 : 8
                    height: 8
                    radius: 4
                    color: pip.mark === "right" ? Theme.positive : pip.mark === "wrong" ? Theme.danger : pip.mark === "answered" ? Theme.accent : pip.current ? Theme.inkMuted : Theme.line
                    Accessible.role: Accessible.StaticText
                    Accessible.name: pip.mark === "right" ? qsTr("%1: right").arg(pip.number) : pip.mark === "wrong" ? qsTr("%1: wrong").arg(pip.number) : qsTr("%1: open").arg(pip.number)
                }
            }
        }

        Row {
            id: buttons

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap24
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap8

            AppButton {
                objectName: "askTutor"
                visible: root.working && root.now.mayAsk
                kind: "quiet"
                iconName: "message-circle"
                text: qsTr("Ask the tutor")
                keyHint: "F1"
                onClicked: root.practice.askTutor()
            }

            AppButton {
                objectName: "showSolution"
                visible: root.answering && !root.now.mock
                kind: "quiet"
                text: qsTr("Show me")
                onClicked: root.practice.showSolution()
            }

            AppButton {
                objectName: "practiceNext"
                kind: "primary"
                enabled: root.judged || root.now.mock || root.form.answered
                text: root.judged || root.now.mock ? (root.now.last ? qsTr("Finish") : qsTr("Next")) : qsTr("Check")
                keyHint: "⏎"
                onClicked: root.goOn()
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Below a reply: what it is doing or how it ended, what it rests on, what can be done with it. The
// newest reply shows its actions; an older one when the pointer or the keys come near.
Column {
    id: root

    property messageRow said
    required property ReadAloud reader
    property bool hovered: false
    property bool locked: false
    property bool hasOther: false
    property bool hasTeacher: false
    property bool exercise: false
    property bool solved: false
    property int focusedSources: 0
    required property StudyController study
    readonly property bool ended: !said.streaming
    readonly property bool focusInside: copy.activeFocus || aloud.activeFocus || word.activeFocus || again.activeFocus || branch.focusInside || simpler.activeFocus || explain.activeFocus || answer.activeFocus || hint.activeFocus || flag.activeFocus || focusedSources > 0
    readonly property bool near: said.newest || hovered || focusInside

    signal continued
    signal regenerated
    signal copied
    signal asked(string what)
    signal chosen(string message)
    signal stopped
    signal triedNow
    signal otherWanted
    signal notesWanted
    signal textGiven
    signal sourceWanted(string place)
    signal reportWanted
    signal wordWanted
    signal reported
    signal linkActivated(string address)

    topPadding: Theme.gap8
    bottomPadding: Theme.gap8
    spacing: Theme.gap8
    Accessible.role: Accessible.Grouping
    Accessible.name: said.stateText !== "" ? said.stateText : said.footer

    Flow {
        visible: root.said.stateText !== "" && (root.said.streaming || root.said.tone !== "")
        width: parent.width
        spacing: Theme.gap8

        Item {
            width: stateRow.width
            height: root.said.waits ? later.implicitHeight : stateRow.height

            Row {
                id: stateRow

                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gap8

                Pulse {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.said.streaming
                }

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: !root.said.streaming && root.said.tone !== "neutral"
                    name: Theme.toneIcon(root.said.tone)
                    size: Theme.iconSmall
                    color: Theme.toneColor(root.said.tone)
                }

                AppText {
                    anchors.verticalCenter: parent.verticalCenter
                    role: "caption"
                    font.weight: Theme.medium
                    text: root.said.stateText
                    color: root.said.streaming ? Theme.inkMuted : Theme.toneColor(root.said.tone)
                }
            }
        }

        LinkButton {
            id: later

            objectName: "tryNow"
            visible: root.said.waits
            role: "caption"
            text: qsTr("Try now")
            onClicked: root.triedNow()
        }

        LinkButton {
            objectName: "useOther"
            visible: root.said.waits && root.hasOther
            role: "caption"
            text: qsTr("Use another model now")
            onClicked: root.otherWanted()
        }

        LinkButton {
            objectName: "cancelReply"
            visible: root.said.waits
            role: "caption"
            text: qsTr("Cancel")
            onClicked: root.stopped()
        }
    }

    ReadAloudLine {
        width: parent.width
        reader: root.reader
        message: root.said.message
    }

    AppText {
        visible: root.said.error !== ""
        width: parent.width
        wrapMode: Text.Wrap
        text: root.said.error
    }

    AppText {
        visible: root.said.note !== ""
        width: parent.width
        role: "caption"
        muted: true
        wrapMode: Text.Wrap
        text: root.said.note
    }

    Flow {
        visible: root.said.sources > 0
        width: parent.width
        spacing: Theme.gap8
        Accessible.role: Accessible.List
        Accessible.name: qsTr("From your course")

        AppText {
            height: Math.max(implicitHeight, Math.round(Theme.target * 0.7))
            verticalAlignment: Text.AlignVCenter
            bottomPadding: 0
            role: "caption"
            muted: true
            text: qsTr("From your course:")
            Accessible.ignored: true
        }

        Repeater {
            model: root.said.sources

            delegate: SourceLink {
                required property int index

                source: root.said.source(index)
                place: root.study.notesOf(source.pack, source.item)
                widest: root.width
                onOpened: root.sourceWanted(place)
                onActiveFocusChanged: root.focusedSources += activeFocus ? 1 : -1
            }
        }
    }

    Row {
        visible: root.said.concerns !== "" && !root.said.reported
        width: parent.width
        spacing: Theme.gap8

        Icon {
            y: 1
            name: "info"
            size: Theme.iconSmall
            color: Theme.inkMuted
        }

        AppText {
            objectName: "replyConcerns"
            width: parent.width - Theme.iconSmall - Theme.gap8
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: root.said.concerns
        }
    }

    Row {
        visible: root.said.reported
        width: parent.width
        spacing: Theme.gap8

        Icon {
            y: 1
            name: "flag"
            size: Theme.iconSmall
            color: Theme.warning
        }

        AppText {
            objectName: "replyReported"
            width: parent.width - Theme.iconSmall - Theme.gap8
            role: "caption"
            font.weight: Theme.medium
            wrapMode: Text.Wrap
            color: Theme.warning
            text: qsTr("You reported this reply to your teachers")
        }
    }

    Repeater {
        model: root.said.outcomes
        onItemAdded: index => {
            if (index === 0 && root.said.newest)
                root.reported();
        }

        delegate: OutcomeCard {
            required property int index

            width: root.width
            outcome: root.said.outcome(index)
            actionText: outcome.kind === "recap" ? qsTr("All lesson notes") : outcome.kind === "feedback" && root.hasTeacher ? qsTr("Send it to my teacher") : ""
            actionName: outcome.kind === "recap" ? "openLessonNotes" : "giveText"
            onAction: outcome.kind === "recap" ? root.notesWanted() : root.textGiven()
            onLinkActivated: address => root.linkActivated(address)
        }
    }

    AppText {
        visible: root.said.offersSimpler && root.said.newest
        width: parent.width
        role: "caption"
        muted: true
        wrapMode: Text.Wrap
        text: qsTr("This may be hard to read. “Simpler” says it again in easier words.")
    }

    Flow {
        id: broken

        visible: root.ended && (root.said.canContinue || (root.said.newest && root.said.tone !== ""))
        width: parent.width
        spacing: Theme.gap8

        AppButton {
            objectName: "continueReply"
            visible: root.said.canContinue
            enabled: !root.locked
            iconName: "play"
            text: qsTr("Continue")
            onClicked: root.continued()
        }

        AppButton {
            objectName: "retryReply"
            visible: root.said.canRetry
            enabled: !root.locked
            iconName: "rotate-ccw"
            text: qsTr("Try again")
            onClicked: root.regenerated()
        }
    }

    // The pictures of the buttons, not their edges, stand below the words.
    Flow {
        x: Math.round((Theme.icon - Theme.target) / 2)
        width: parent.width - x
        visible: root.ended

        BranchSwitch {
            id: branch

            text: root.said.branch
            earlier: root.said.earlier
            later: root.said.later
            onChosen: message => root.chosen(message)
        }

        Row {
            opacity: root.near ? 1 : 0

            IconButton {
                id: copy

                objectName: "copyReply"
                label: qsTr("Copy this reply")
                iconName: "copy"
                onClicked: root.copied()
            }

            ReadAloudButton {
                id: aloud

                reader: root.reader
                message: root.said.message
            }

            IconButton {
                id: word

                objectName: "saveWord"
                label: qsTr("Save a word")
                iconName: "bookmark"
                onClicked: root.wordWanted()
            }

            IconButton {
                id: flag

                objectName: "reportReply"
                visible: root.said.mayReport
                label: qsTr("This reply is wrong or not suitable")
                iconName: "flag"
                onClicked: root.reportWanted()
            }

            IconButton {
                id: again

                objectName: "againReply"
                visible: !broken.visible
                enabled: !root.locked
                label: qsTr("Another reply")
                iconName: "rotate-ccw"
                onClicked: root.regenerated()
            }
        }

        Row {
            visible: root.said.newest && root.said.state === "done"
            leftPadding: Theme.gap8
            spacing: Theme.gap16

            LinkButton {
                id: hint

                objectName: "askHint"
                height: copy.height
                role: "caption"
                text: qsTr("Another hint")
                visible: root.exercise && !root.solved
                enabled: !root.locked
                onClicked: root.asked("hint")
            }

            LinkButton {
                id: simpler

                objectName: "askSimpler"
                height: copy.height
                role: "caption"
                text: qsTr("Simpler")
                enabled: !root.locked
                onClicked: root.asked("simpler")
            }

            LinkButton {
                id: explain

                objectName: "askExplain"
                height: copy.height
                role: "caption"
                text: qsTr("Explain")
                enabled: !root.locked
                onClicked: root.asked("explain")
            }

            LinkButton {
                id: answer

                objectName: "askAnswer"
                height: copy.height
                role: "caption"
                text: qsTr("Show the answer")
                visible: !root.exercise || root.said.mayShowAnswer
                enabled: !root.locked
                onClicked: root.asked("answer")
            }
        }

        AppText {
            height: copy.height
            leftPadding: Theme.gap16
            verticalAlignment: Text.AlignVCenter
            bottomPadding: 0
            role: "caption"
            muted: true
            opacity: root.near ? 1 : 0
            text: root.said.footer
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One line of a conversation: a learner's message, a block of a reply, or what stands below it. Repeaters
// of none or one, because a Loader of Qt 6.4 does not make bound components inside a delegate.
Column {
    id: root

    required property int index
    required property string kind
    required property markdownBlock block
    required property messageRow said
    required property TutorController tutor
    required property ReadAloud reader
    property string hoveredMessage
    property bool hasTeacher: false
    readonly property bool hovered: said.message === hoveredMessage
    readonly property bool locked: tutor.state.streaming
    readonly property bool hasOther: tutor.state.hasOther
    readonly property bool exercise: tutor.state.task === "exercise"
    readonly property bool solved: tutor.state.solved
    required property StudyController study

    signal copied(string message)
    signal linkActivated(string address)
    signal pointed(string message)
    signal focusCame(int line)
    signal done
    signal markWanted(LearnerMessage from, int mark, Item spot)
    signal notesWanted
    signal textGiven(string message)
    signal sourceWanted(string place)
    signal reportWanted(string message)
    signal chose(string words)
    signal wordWanted(string message)
    signal reported(int line)

    HoverHandler {
        onHoveredChanged: root.pointed(hovered ? root.said.message : "")
    }

    Repeater {
        model: root.kind === "block" ? 1 : 0

        delegate: TextBlock {
            width: root.width
            block: root.block
            onLinkActivated: address => root.linkActivated(address)
            onChose: words => root.chose(words)
        }
    }

    Repeater {
        model: root.kind === "mine" ? 1 : 0

        delegate: LearnerMessage {
            width: root.width
            said: root.said
            hovered: root.hovered
            locked: root.locked
            onEdited: text => root.tutor.edit(root.said.message, text)
            onChosen: message => root.tutor.show(message)
            onEditingDone: root.done()
            onMarkWanted: (mark, spot) => root.markWanted(this, mark, spot)
            onFocusInsideChanged: {
                if (focusInside)
                    root.focusCame(root.index);
            }
        }
    }

    Repeater {
        model: root.kind === "end" ? 1 : 0

        delegate: ReplyEnd {
            width: root.width
            reader: root.reader
            said: root.said
            hovered: root.hovered
            locked: root.locked
            hasOther: root.hasOther
            hasTeacher: root.hasTeacher
            exercise: root.exercise
            solved: root.solved
            study: root.study
            onContinued: root.tutor.goOn(root.said.message)
            onRegenerated: root.tutor.regenerate(root.said.message)
            onCopied: root.copied(root.said.message)
            onAsked: what => {
                root.tutor.ask(what);
                root.done();
            }
            onChosen: message => root.tutor.show(message)
            onStopped: root.tutor.stop()
            onTriedNow: root.tutor.tryNow()
            onOtherWanted: root.tutor.useOther()
            onNotesWanted: root.notesWanted()
            onTextGiven: root.textGiven(root.said.message)
            onReported: root.reported(root.index)
            onSourceWanted: place => root.sourceWanted(place)
            onReportWanted: root.reportWanted(root.said.message)
            onWordWanted: root.wordWanted(root.said.message)
            onLinkActivated: address => root.linkActivated(address)
            onFocusInsideChanged: {
                if (focusInside)
                    root.focusCame(root.index);
            }
        }
    }
}

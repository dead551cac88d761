// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What stays of past talks, newest first.
ScrollPage {
    id: root

    readonly property LessonNotes notes: app.lessonNotes

    title: qsTr("Lesson notes")
    subtitle: qsTr("What stays of your talks with the tutor")
    widest: Math.round(720 * Math.min(1.4, Theme.textScale))

    function reopen(conversation: string) {
        root.app.tutor.open(conversation);
        root.app.navigator.open("tutor");
    }

    headerActions: AppButton {
        objectName: "lessonNotesBack"
        iconName: "arrow-left"
        text: qsTr("Back")
        onClicked: root.app.navigator.back()
    }

    LinkDialog {
        id: leaving
    }

    Banner {
        width: parent.width
        visible: root.notes.error !== ""
        tone: "danger"
        text: root.notes.error
    }

    Repeater {
        id: list

        model: root.notes.rows

        delegate: Card {
            id: card

            required property string note
            required property string title
            required property string when
            required property string body
            required property string conversation

            objectName: "lessonNote_" + note
            width: parent?.width ?? 0
            spacing: Theme.gap12

            Item {
                width: parent.width
                height: Math.max(words.implicitHeight, remove.height)

                Column {
                    id: words

                    width: parent.width - remove.width - Theme.gap12
                    spacing: 2

                    AppText {
                        width: parent.width
                        role: "lead"
                        font.weight: Theme.semiBold
                        wrapMode: Text.Wrap
                        text: card.title
                        Accessible.role: Accessible.Heading
                    }

                    AppText {
                        width: parent.width
                        role: "caption"
                        muted: true
                        text: card.when
                    }
                }

                IconButton {
                    id: remove

                    objectName: "removeLessonNote"
                    anchors.right: parent.right
                    label: qsTr("Delete this note")
                    iconName: "trash-2"
                    onClicked: root.notes.remove(card.note)
                }
            }

            MarkdownText {
                width: parent.width
                markdown: card.body
                onLinkActivated: address => leaving.ask(address)
            }

            LinkButton {
                objectName: "reopenTalk"
                visible: card.conversation !== ""
                text: qsTr("Open the talk")
                onClicked: root.reopen(card.conversation)
            }
        }
    }

    Skeleton {
        visible: root.notes.loading
        width: parent.width
        height: 160
        radius: Theme.radiusCard
    }

    EmptyState {
        width: parent.width
        topPadding: Theme.gap48
        visible: !root.notes.loading && list.count === 0 && root.notes.error === ""
        iconName: "notebook-text"
        title: qsTr("No lesson notes yet")
        text: qsTr("“Look back” ends a talk with a note: what went well, what to practise, new words and one task.")
        actionText: qsTr("Talk to the tutor")
        onAction: root.app.navigator.open("tutor")
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The notes of a unit, to be read.
ScrollPage {
    id: root

    readonly property StudyController study: app.study

    title: study.notesTitle !== "" ? study.notesTitle : qsTr("Notes")
    widest: Math.round(720 * Math.min(1.4, Theme.textScale))

    Component.onCompleted: {
        study.openNotes(app.navigator.argument);
        settled.start();
    }

    // The note that was asked for, once everything above it has its height.
    function showWanted() {
        const card = notes.itemAt(root.study.wantedNote) as Card;
        if (card) {
            root.scrollTo(card.y);
            card.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    Timer {
        id: settled

        // Lines above it get their places with the first frame.
        interval: 50
        onTriggered: root.showWanted()
    }

    headerActions: AppButton {
        objectName: "notesBack"
        iconName: "arrow-left"
        text: qsTr("Back")
        onClicked: root.app.navigator.back()
    }

    Repeater {
        id: notes

        model: root.study.notes

        delegate: Card {
            id: card

            required property int index
            required property string note
            required property string title
            required property string text
            readonly property bool wanted: index === root.study.wantedNote

            objectName: "note_" + note
            width: parent?.width ?? 0
            spacing: Theme.gap12
            border.color: wanted ? Theme.accent : Theme.line
            border.width: wanted ? 2 : Theme.lineWidth
            Accessible.role: Accessible.Grouping
            Accessible.name: title

            AppText {
                width: parent.width
                role: "heading"
                wrapMode: Text.Wrap
                text: card.title
                Accessible.role: Accessible.Heading
            }

            MarkdownText {
                width: parent.width
                pixelSize: Theme.fontLead
                markdown: card.text
                onLinkActivated: address => leaving.ask(address)
            }
        }
    }

    LinkDialog {
        id: leaving
    }

    EmptyState {
        width: parent.width
        topPadding: Theme.gap48
        visible: notes.count === 0
        iconName: "notebook-text"
        title: qsTr("This unit has no notes")
        actionText: qsTr("Back to the units")
        onAction: root.app.navigator.open("study")
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A band and a few words for every criterion, a comment for the student, a note for colleagues, and
// what it comes to.
Column {
    id: root

    required property PapersController papers

    spacing: Theme.gap16

    component Labelled: Column {
        id: labelled

        required property string label
        required property string inputName
        property string hint
        property alias text: area.text

        signal edited(string text)

        width: root.width
        spacing: Theme.gap8

        AppText {
            font.weight: Theme.medium
            text: labelled.label
            Accessible.ignored: true
        }

        AppText {
            width: Math.min(parent.width, Theme.measure * 1.1)
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: labelled.hint
        }

        TextAreaField {
            id: area

            width: parent.width
            inputName: labelled.inputName
            label: labelled.label
            smallestHeight: Theme.target * 1.6
            largestHeight: Theme.target * 5
            onEdited: labelled.edited(text)
        }
    }

    Repeater {
        model: root.papers.bands

        delegate: Column {
            id: row

            required property string criterion
            required property string name
            required property string band
            required property string words

            width: root.width
            spacing: Theme.gap8

            Flow {
                width: parent.width
                spacing: Theme.gap8

                AppText {
                    width: Math.min(parent.width, Math.max(implicitWidth, parent.width - bands.width - parent.spacing))
                    height: bands.height
                    verticalAlignment: Text.AlignVCenter
                    font.weight: Theme.medium
                    text: row.name
                }

                SegmentedControl {
                    id: bands

                    label: row.name
                    namePrefix: "band_" + row.criterion + "_"
                    values: ["0", "1", "2", "3", "4", "5"]
                    labels: ["0", "1", "2", "3", "4", "5"]
                    value: row.band
                    onChosen: value => root.papers.setBand(row.criterion, value)
                }
            }

            TextAreaField {
                width: parent.width
                inputName: "words_" + row.criterion
                label: qsTr("Words on %1").arg(row.name)
                placeholder: qsTr("What you saw, in a few words")
                smallestHeight: Theme.target
                largestHeight: Theme.target * 3
                text: row.words
                onEdited: root.papers.setWords(row.criterion, text)
            }
        }
    }

    Labelled {
        inputName: "paperToStudent"
        label: qsTr("A comment for the student")
        hint: qsTr("When the results are out, the student reads it together with the bands and your words on them.")
        text: root.papers.toStudent
        onEdited: words => root.papers.toStudent = words
    }

    Labelled {
        inputName: "paperComment"
        label: qsTr("A note for the teachers of this class")
        hint: qsTr("The student never sees it.")
        text: root.papers.comment
        onEdited: words => root.papers.comment = words
    }

    Flow {
        width: parent.width
        spacing: Theme.gap16

        AppButton {
            id: keep

            objectName: "keepMark"
            kind: "primary"
            iconName: "check"
            text: qsTr("Keep the mark")
            enabled: root.papers.state.ready
            busy: root.papers.state.busy
            onClicked: root.papers.keepMark()
        }

        AppButton {
            objectName: "discardMark"
            visible: root.papers.state.begun
            iconName: "x"
            text: qsTr("Discard the changes")
            enabled: !root.papers.state.busy
            onClicked: root.papers.discard()
        }

        AppText {
            objectName: "paperPoints"
            height: keep.height
            verticalAlignment: Text.AlignVCenter
            font.weight: Theme.medium
            muted: !root.papers.state.ready
            text: root.papers.state.points
        }
    }
}

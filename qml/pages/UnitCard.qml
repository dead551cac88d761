// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// One unit: its name, how far it is, and the two things to do with it.
Rectangle {
    id: root

    required property string argument
    required property string pack
    required property string title
    required property string summary
    required property int due
    required property int fresh
    required property int exercises
    required property int exercisesDone
    required property int notes
    readonly property bool stacked: width < 620 * Theme.textScale

    signal reviewed
    signal practised
    signal readNotes

    implicitHeight: texts.implicitHeight + 2 * Theme.gap16 + (stacked ? buttons.implicitHeight + Theme.gap12 : 0)
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.lineWidth
    border.color: Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: title
    Accessible.description: summary

    Column {
        id: texts

        x: Theme.gap24
        y: Theme.gap16
        width: parent.width - 2 * Theme.gap24 - (root.stacked ? 0 : buttons.width + Theme.gap24)
        spacing: Theme.gap4

        AppText {
            width: parent.width
            role: "caption"
            muted: true
            elide: Text.ElideRight
            text: root.pack
        }

        AppText {
            width: parent.width
            role: "lead"
            font.weight: Theme.semiBold
            wrapMode: Text.Wrap
            text: root.title
        }

        Row {
            topPadding: Theme.gap4
            spacing: Theme.gap12

            ProgressLine {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.exercises > 0
                width: 96
                label: qsTr("Exercises done")
                value: root.exercises > 0 ? root.exercisesDone / root.exercises : 0
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                role: "caption"
                muted: true
                text: root.summary
            }
        }
    }

    Row {
        id: buttons

        x: root.stacked ? Theme.gap24 : parent.width - width - Theme.gap16
        y: root.stacked ? texts.y + texts.height + Theme.gap12 : (parent.height - height) / 2
        spacing: Theme.gap8

        Chip {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.due > 0 || root.fresh > 0
            tone: root.due > 0 ? "accent" : "neutral"
            text: root.due > 0 ? qsTr("%n due", "", root.due) : qsTr("%n new", "", root.fresh)
        }

        IconButton {
            objectName: "notes_" + root.argument
            visible: root.notes > 0
            label: qsTr("Read the notes")
            iconName: "notebook-text"
            onClicked: root.readNotes()
        }

        AppButton {
            objectName: "review_" + root.argument
            enabled: root.due + root.fresh > 0
            text: qsTr("Review")
            onClicked: root.reviewed()
        }

        AppButton {
            objectName: "practise_" + root.argument
            visible: root.exercises > 0
            text: qsTr("Practise")
            onClicked: root.practised()
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A long text with its count of words.
Column {
    id: root

    required property ItemForm form
    readonly property bool tooShort: form.minWords > 0 && form.words < form.minWords
    readonly property bool tooLong: form.maxWords > 0 && form.words > form.maxWords

    spacing: Theme.gap8

    TextAreaField {
        id: field

        width: root.width
        inputName: "itemText"
        smallestHeight: Math.round(280 * Math.min(1.3, Theme.textScale))
        label: root.form.instruction
        placeholder: qsTr("Write here")
        readOnly: root.form.locked
        text: root.form.text
        pixelSize: Theme.fontLead
        onEdited: root.form.write(text)
        onPasted: characters => root.form.reportPaste(characters)
        onFocusLost: root.form.leave()
    }

    Item {
        width: root.width
        height: Math.max(accents.visible ? accents.height : 0, count.height)

        AccentBar {
            id: accents

            language: root.form.answerLanguage
            width: root.width - count.width - Theme.gap16
            visible: !root.form.locked && letters.length > 0
            onPicked: letter => {
                field.takeFocus();
                field.insert(letter);
            }
        }

        Row {
            id: count

            anchors.right: parent.right
            y: Theme.gap8
            spacing: 6

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.tooLong || (!root.tooShort && root.form.words > 0)
                name: root.tooLong ? "triangle-alert" : "check"
                size: Theme.iconSmall
                color: root.tooLong ? Theme.warning : Theme.positive
            }

            TabularText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.form.wordsLabel
                color: root.tooLong ? Theme.warning : Theme.inkMuted
                font.family: Theme.family
                font.pixelSize: Theme.fontBody
                font.weight: Theme.medium
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One line of text: a short answer, a transformation, a dictation.
Column {
    id: root

    required property ItemForm form
    readonly property bool isWrong: form.textMark === "wrong"

    spacing: Theme.gap12

    Row {
        visible: root.form.keyWord !== ""
        spacing: Theme.gap8

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            muted: true
            text: qsTr("Key word")
        }

        Chip {
            tone: "accent"
            text: root.form.keyWord.toUpperCase()
        }
    }

    TextAreaField {
        id: field

        width: root.width
        inputName: "itemText"
        smallestHeight: Theme.target
        largestHeight: Theme.target * 4
        label: root.form.instruction
        readOnly: root.form.locked
        text: root.form.text
        pixelSize: Theme.fontLead
        onEdited: root.form.write(text)
        onPasted: characters => root.form.reportPaste(characters)
        onFocusLost: root.form.leave()
    }

    AccentBar {
        language: root.form.answerLanguage
        visible: !root.form.locked && letters.length > 0
        onPicked: letter => {
            field.takeFocus();
            field.insert(letter);
        }
    }

    Row {
        visible: root.form.textMark !== ""
        spacing: Theme.gap8

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.isWrong ? "x" : "check"
            color: Theme.toneColor(root.isWrong ? "danger" : "positive")
        }

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width - Theme.gap48)
            wrapMode: Text.Wrap
            role: "lead"
            font.weight: Theme.medium
            text: !root.isWrong ? qsTr("Right") : root.form.solutionText !== "" ? qsTr("Right would be: %1").arg(root.form.solutionText) : qsTr("Not yet")
            color: Theme.toneColor(root.isWrong ? "danger" : "positive")
        }
    }
}

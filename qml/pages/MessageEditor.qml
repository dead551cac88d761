// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Other words for a message that was sent. Escape leaves everything as it was.
Column {
    id: root

    signal finished(string text)

    spacing: Theme.gap8
    bottomPadding: Theme.gap24

    function start(text: string) {
        area.text = text;
        area.input.cursorPosition = area.length;
        area.takeFocus();
    }

    Keys.onEscapePressed: root.finished("")

    TextAreaField {
        id: area

        width: parent.width
        inputName: "editInput"
        label: qsTr("Your message in other words")
        smallestHeight: Theme.target
        largestHeight: Theme.target * 6
        submitsOnReturn: true
        onSubmitted: root.finished(area.text.trim())
    }

    Row {
        anchors.right: parent.right
        spacing: Theme.gap8

        AppButton {
            objectName: "editCancel"
            text: qsTr("Cancel")
            onClicked: root.finished("")
        }

        AppButton {
            objectName: "editSend"
            kind: "primary"
            text: qsTr("Send")
            enabled: area.text.trim() !== ""
            onClicked: root.finished(area.text.trim())
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A word of a reply becomes a card. What was chosen in the text stands there already.
AppDialog {
    id: root

    property string message

    signal saved(string word, string meaning, string message)

    function ask(which: string, chosen: string) {
        root.message = which;
        word.text = chosen;
        meaning.text = "";
        root.open();
        (chosen === "" ? word : meaning).takeFocus();
    }

    title: qsTr("Save a word")
    text: qsTr("It comes back in your reviews, with the sentence you met it in.")
    acceptText: qsTr("Save")
    acceptEnabled: word.text.trim() !== ""
    firstFocus: word.text === "" ? word.field : meaning.field
    onAccepted: root.saved(word.text, meaning.text, root.message)

    Field {
        id: word

        inputName: "wordToSave"
        width: parent.width
        label: qsTr("The word")
        maximumLength: 100
        onAccepted: meaning.takeFocus()
    }

    Field {
        id: meaning

        inputName: "wordMeaning"
        width: parent.width
        label: qsTr("What it means, if you like")
        maximumLength: 200
        onAccepted: {
            if (root.acceptEnabled)
                root.finish(true);
        }
    }
}

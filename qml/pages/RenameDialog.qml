// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Another name for a talk.
AppDialog {
    id: root

    property string conversation

    signal renamed(string conversation, string title)

    function ask(which: string, name: string) {
        root.conversation = which;
        field.text = name;
        root.open();
        field.field.selectAll();
    }

    title: qsTr("Another name for this talk")
    acceptText: qsTr("Rename")
    acceptEnabled: field.text.trim() !== ""
    firstFocus: field.field
    onAccepted: root.renamed(root.conversation, field.text.trim())

    Field {
        id: field

        inputName: "talkName"
        width: parent.width
        label: qsTr("Name")
        maximumLength: 80
        onAccepted: {
            if (root.acceptEnabled)
                root.finish(true);
        }
    }
}

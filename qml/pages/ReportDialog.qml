// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// Why a reply is wrong or not suitable: one reason, words if the learner likes.
AppDialog {
    id: root

    property string message
    property string reason
    readonly property list<string> reasons: ["wrong", "level", "unsuitable", "unsafe", "personal", "other"]
    readonly property list<string> names: [qsTr("It says something wrong"), qsTr("It is too hard or too easy"), qsTr("It is unkind or does not belong here"), qsTr("It frightens me or could hurt somebody"), qsTr("It asks for private things"), qsTr("Something else")]

    signal reported(string message, string reason, string words)

    function ask(which: string) {
        message = which;
        reason = "";
        words.text = "";
        firstFocus = list.itemAt(0);
        open();
    }

    title: qsTr("What is wrong with this reply?")
    text: qsTr("Your teachers get the words of this reply and what you say here, not your talk. It also goes later, when there is a network again.")
    acceptText: qsTr("Report it")
    acceptEnabled: reason !== ""
    preferredWidth: 480
    onAccepted: reported(message, reason, words.text)

    Flickable {
        id: flick

        width: parent.width
        height: Math.min(contentHeight, (root.parent?.height ?? 640) * 0.55)
        contentHeight: body.height
        boundsBehavior: Flickable.StopAtBounds
        clip: contentHeight > height

        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: body

            width: parent.width
            spacing: Theme.gap8

            Column {
                width: parent.width
                spacing: Theme.gap4
                Accessible.role: Accessible.Grouping
                Accessible.name: root.title

                Repeater {
                    id: list

                    model: root.reasons.length

                    delegate: ReasonButton {
                        required property int index

                        objectName: "reason_" + root.reasons[index]
                        width: body.width
                        text: root.names[index]
                        chosen: root.reason === root.reasons[index]
                        onClicked: root.reason = root.reasons[index]
                    }
                }
            }

            TextAreaField {
                id: words

                width: parent.width
                inputName: "reportWords"
                label: qsTr("In your words, if you like")
                placeholder: label
                smallestHeight: Theme.target * 1.4
                largestHeight: Theme.target * 3
                input.onActiveFocusChanged: {
                    if (words.input.activeFocus)
                        flick.contentY = Math.max(0, flick.contentHeight - flick.height);
                }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Ui

// Every shortcut of the program.
ScrollPage {
    id: root

    title: qsTr("Keyboard shortcuts")
    widest: 720

    component KeyLine: Item {
        id: line

        required property string words
        required property string keys

        width: parent?.width ?? 0
        height: Theme.target
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1: %2").arg(words).arg(keys)

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - cap.width - Theme.gap16
            elide: Text.ElideRight
            text: line.words
            Accessible.ignored: true
        }

        KeyCap {
            id: cap

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: line.keys
        }

        Divider {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }

    Card {
        width: parent.width
        spacing: 0

        AppText {
            bottomPadding: Theme.gap8
            role: "heading"
            text: qsTr("Everywhere")
            Accessible.role: Accessible.Heading
        }

        KeyLine {
            words: qsTr("Find a page or an action")
            keys: qsTr("Ctrl+K")
        }

        Repeater {
            model: root.app.navigator.shortcuts

            delegate: KeyLine {
                required property string title
                required property string shortcut

                words: title
                keys: shortcut
            }
        }

        KeyLine {
            words: qsTr("Go back")
            keys: qsTr("Alt+Left")
        }

        KeyLine {
            words: qsTr("Show or hide the names in the side bar")
            keys: qsTr("Ctrl+B")
        }

        KeyLine {
            words: qsTr("Larger or smaller text")
            keys: qsTr("Ctrl++  Ctrl+-")
        }
    }

    Card {
        width: parent.width
        spacing: 0

        AppText {
            bottomPadding: Theme.gap8
            role: "heading"
            text: qsTr("Studying")
            Accessible.role: Accessible.Heading
        }

        KeyLine {
            words: qsTr("Show the answer; then rate it Good")
            keys: qsTr("Space")
        }

        KeyLine {
            words: qsTr("Rate: again, hard, good, easy")
            keys: "1  2  3  4"
        }

        KeyLine {
            words: qsTr("Choose an option by its letter")
            keys: "A – H"
        }

        KeyLine {
            words: qsTr("Check, or go on")
            keys: qsTr("Enter")
        }

        KeyLine {
            words: qsTr("Move a line when putting in order")
            keys: qsTr("Alt+Up  Alt+Down")
        }

        KeyLine {
            words: qsTr("Leave the session")
            keys: qsTr("Esc")
        }
    }

    Card {
        width: parent.width
        visible: !root.app.navigator.teaching
        spacing: 0

        AppText {
            bottomPadding: Theme.gap8
            role: "heading"
            text: qsTr("In the exam room")
            Accessible.role: Accessible.Heading
        }

        KeyLine {
            words: qsTr("Previous or next question")
            keys: qsTr("Alt+Left  Alt+Right")
        }

        KeyLine {
            words: qsTr("Flag the question, or remove the flag")
            keys: qsTr("Alt+F")
        }
    }

    Card {
        width: parent.width
        visible: root.app.navigator.teaching
        spacing: 0

        AppText {
            bottomPadding: Theme.gap8
            role: "heading"
            text: qsTr("Live monitor")
            Accessible.role: Accessible.Heading
        }

        KeyLine {
            words: qsTr("Message")
            keys: "M"
        }

        KeyLine {
            words: qsTr("More time")
            keys: "E"
        }

        KeyLine {
            words: qsTr("Pause, or go on")
            keys: "P  R"
        }

        KeyLine {
            words: qsTr("Collect the papers")
            keys: "C"
        }

        KeyLine {
            words: qsTr("Search by name or group")
            keys: "/"
        }

        KeyLine {
            words: qsTr("Select the student, or all who are shown")
            keys: qsTr("Space  Ctrl+A")
        }
    }
}

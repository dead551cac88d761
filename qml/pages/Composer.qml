// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Where a message is written. Grows with it; while a reply streams, stop stands in place of send.
Rectangle {
    id: root

    property bool streaming: false
    property string activity
    property alias text: area.text

    signal edited
    signal sent
    signal stopped

    implicitHeight: area.implicitHeight + Theme.gap8
    radius: Theme.radiusCard + 2
    color: Theme.surface
    border.width: area.input.activeFocus ? 2 : Theme.lineWidth
    border.color: area.input.activeFocus ? Theme.accent : Theme.line

    function takeFocus() {
        area.takeFocus();
    }

    function insert(letter: string) {
        area.takeFocus();
        area.insert(letter);
    }

    function fill(words: string) {
        area.text = words;
        area.input.cursorPosition = area.length;
        area.takeFocus();
        root.edited();
    }

    TextAreaField {
        id: area

        y: 4
        x: 4
        width: parent.width - button.width - Theme.gap16
        framed: false
        color: "transparent"
        inputName: "tutorInput"
        label: qsTr("Your message")
        placeholder: root.streaming && root.activity !== "" ? root.activity : qsTr("Write to your tutor")
        smallestHeight: Theme.target
        largestHeight: Theme.target * 5
        submitsOnReturn: true
        onEdited: root.edited()
        onSubmitted: root.sent()
    }

    IconButton {
        id: button

        objectName: root.streaming ? "tutorStop" : "tutorSend"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 4
        label: root.streaming ? qsTr("Stop the reply") : qsTr("Send")
        enabled: root.streaming || root.text.trim() !== ""
        iconName: root.streaming ? "square" : "arrow-up"
        onClicked: root.streaming ? root.stopped() : root.sent()

        background: Rectangle {
            anchors.fill: parent
            anchors.margins: 3
            radius: Theme.radiusCard - 2
            color: root.streaming ? Theme.ink : button.enabled ? Theme.accent : Theme.pressed

            FocusRing {
                shown: button.visualFocus
            }
        }

        contentItem: Item {
            Rectangle {
                anchors.centerIn: parent
                visible: root.streaming
                width: 12
                height: 12
                radius: 2
                color: Theme.background
            }

            Icon {
                anchors.centerIn: parent
                name: root.streaming ? "" : button.iconName
                size: 18
                color: button.enabled ? Theme.accentInk : Theme.inkMuted
            }
        }
    }
}

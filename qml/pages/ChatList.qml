// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// A conversation. It stays at its end while a reply grows, unless somebody scrolled away; then a
// chip leads back.
Item {
    id: root

    required property TutorController tutor
    required property ReadAloud reader
    property real columnWidth: width
    property string hoveredMessage
    property bool hasTeacher: false
    required property StudyController study
    property string chosenWords
    property bool stick: true
    readonly property alias count: list.count
    readonly property alias list: list

    signal copied(string message)
    signal linkActivated(string address)
    signal done
    signal notesWanted
    signal textGiven(string message)
    signal sourceWanted(string place)

    Component.onDestruction: reader.stop()

    function toEnd() {
        stick = true;
        list.positionViewAtEnd();
    }

    function saveWord(message: string) {
        saving.ask(message, root.chosenWords);
        root.chosenWords = "";
    }

    // A report is read from its beginning.
    function showReport(line: int) {
        if (!root.stick)
            return;
        root.stick = false;
        settled.line = line;
        settled.start();
    }

    function page(direction: int) {
        list.contentY = Math.max(list.originY - list.topMargin, Math.min(list.contentY + direction * list.height * 0.85, list.originY + list.contentHeight + list.bottomMargin - list.height));
        stick = list.atYEnd;
    }

    function showLine(line: int) {
        stick = false;
        list.positionViewAtIndex(line, ListView.Center);
    }

    function follow() {
        if (stick)
            list.positionViewAtEnd();
    }

    Connections {
        target: root.tutor

        function onLineFound(line: int) {
            root.showLine(line);
        }

        function onSentencesSaid(sentences: string) {
            heard.text = sentences;
        }
    }

    ListView {
        id: list

        anchors.fill: parent
        topMargin: Theme.gap16
        bottomMargin: Theme.gap24
        clip: true
        model: root.tutor.messages
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Messages")
        onMovementStarted: root.stick = false
        onMovementEnded: root.stick = atYEnd
        onContentHeightChanged: following.start()
        onHeightChanged: following.start()
        onCountChanged: root.follow()

        ScrollBar.vertical: ThinScrollBar {
            onPressedChanged: root.stick = list.atYEnd
        }

        delegate: ChatLine {
            x: (list.width - root.columnWidth) / 2
            width: root.columnWidth
            tutor: root.tutor
            reader: root.reader
            hoveredMessage: root.hoveredMessage
            hasTeacher: root.hasTeacher
            study: root.study
            onCopied: message => root.copied(message)
            onLinkActivated: address => root.linkActivated(address)
            onPointed: message => root.hoveredMessage = message
            onFocusCame: line => list.positionViewAtIndex(line, ListView.Contain)
            onDone: root.done()
            onNotesWanted: root.notesWanted()
            onTextGiven: message => root.textGiven(message)
            onChose: words => root.chosenWords = words
            onReported: line => root.showReport(line)
            onSourceWanted: place => root.sourceWanted(place)
            onReportWanted: message => reporting.ask(message)
            onWordWanted: message => root.saveWord(message)
            onMarkWanted: (from, mark, spot) => explained.show(from, mark, spot)
        }
    }

    // Not at once: heights change while a line is still being worked out, and following may end lines.
    Timer {
        id: following

        interval: 0
        onTriggered: root.follow()
    }

    Timer {
        id: settled

        property int line

        interval: 1
        onTriggered: list.positionViewAtIndex(line, ListView.Beginning)
    }

    CorrectionCard {
        id: explained

        onKeepWanted: (message, index, keep) => root.tutor.keepMark(message, index, keep)
    }

    SaveWordDialog {
        id: saving

        onSaved: (word, meaning, message) => root.tutor.saveWord(word, meaning, message)
    }

    ReportDialog {
        id: reporting

        onReported: (message, reason, words) => root.tutor.report(message, reason, words)
    }

    // Whole sentences for a screen reader; what is on the screen changes too often to be heard.
    Item {
        id: heard

        property string text

        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
        Accessible.ignored: text === ""
    }

    AppButton {
        objectName: "jumpToEnd"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap12
        visible: !root.stick && !list.atYEnd
        iconName: "arrow-down"
        text: root.tutor.state.streaming ? qsTr("To the newest words") : qsTr("To the end")
        onClicked: root.toEnd()

        FloatShadow {
            z: -1
        }
    }
}

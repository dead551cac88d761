// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// Several lines of text. Grows with what is typed between its smallest and largest height.
Rectangle {
    id: root

    required property string label
    property alias text: area.text
    property alias placeholder: area.placeholderText
    property alias readOnly: area.readOnly
    property alias inputName: area.objectName
    property alias length: area.length
    property alias pixelSize: area.font.pixelSize
    property alias input: area
    property real smallestHeight: Theme.target * 2
    property real largestHeight: 100000
    property bool framed: true

    signal edited
    signal submitted
    signal focusLost
    signal pasted(int characters)
    property bool submitsOnReturn: false

    implicitHeight: Math.min(largestHeight, Math.max(smallestHeight, area.contentHeight + area.topPadding + area.bottomPadding))
    radius: Theme.radiusControl
    color: area.readOnly ? Theme.sunken : Theme.surface
    border.width: !framed ? 0 : area.activeFocus ? 2 : Theme.lineWidth
    border.color: area.activeFocus ? Theme.accent : Theme.line

    function takeFocus() {
        area.forceActiveFocus(Qt.TabFocusReason);
    }

    function insert(text: string) {
        area.insert(area.cursorPosition, text);
        root.edited();
    }

    Flickable {
        id: flick

        anchors.fill: parent
        anchors.margins: 2
        clip: true
        contentWidth: width
        contentHeight: area.implicitHeight
        boundsBehavior: Flickable.StopAtBounds

        ScrollBar.vertical: ThinScrollBar {}

        TextArea.flickable: TextArea {
            id: area

            property string lastText

            leftPadding: Theme.gap12
            rightPadding: Theme.gap12
            topPadding: Theme.gap8 + 1
            bottomPadding: Theme.gap8
            font.family: Theme.family
            font.pixelSize: Theme.fontBody
            color: Theme.ink
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            placeholderTextColor: Theme.inkMuted
            wrapMode: TextEdit.Wrap
            selectByMouse: true
            textFormat: TextEdit.PlainText
            tabStopDistance: 32
            background: null
            Accessible.role: Accessible.EditableText
            Accessible.name: root.label
            Accessible.multiLine: true
            KeyNavigation.priority: KeyNavigation.BeforeItem
            KeyNavigation.tab: nextItemInFocusChain(true)
            KeyNavigation.backtab: nextItemInFocusChain(false)
            onActiveFocusChanged: {
                if (!activeFocus)
                    root.focusLost();
            }
            onTextChanged: {
                if (activeFocus)
                    root.edited();
            }
            Keys.onPressed: event => {
                const plain = (event.modifiers & (Qt.ShiftModifier | Qt.ControlModifier | Qt.AltModifier)) === 0;
                if (root.submitsOnReturn && plain && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)) {
                    event.accepted = true;
                    root.submitted();
                } else if (event.matches(StandardKey.Paste)) {
                    const before = length;
                    paste();
                    event.accepted = true;
                    root.pasted(Math.max(0, length - before));
                }
            }
        }
    }
}

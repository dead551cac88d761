// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What the learner said: to the right, on a soft ground. It can be said in other words, which opens
// another branch.
Item {
    id: root

    property messageRow said
    property bool hovered: false
    property bool locked: false
    property bool editing: false
    property real editorHeight: 0
    property int focusedMarks: 0
    readonly property bool focusInside: pencil.activeFocus || branch.focusInside || editing || focusedMarks > 0

    signal edited(string text)
    signal chosen(string message)
    signal editingDone
    signal markWanted(int index, Item spot)

    implicitHeight: (editing ? editorHeight : bubble.height) + (branch.visible ? branch.height : Theme.gap24) + (caution.visible ? caution.height + Theme.gap8 : 0)
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("You: %1").arg(said.text)
    Accessible.description: said.corrections

    function finish(text: string) {
        editing = false;
        if (text !== "" && text !== said.text)
            root.edited(text);
        root.editingDone();
    }

    Rectangle {
        id: bubble

        anchors.right: parent.right
        visible: !root.editing
        width: Math.min(root.width * 0.82, words.implicitWidth + 2 * Theme.gap16)
        height: words.implicitHeight + 2 * Theme.gap12
        radius: Theme.radiusCard + 2
        color: Theme.accentSoft
        border.width: Theme.highContrast ? Theme.lineWidth : 0
        border.color: Theme.line

        AppText {
            id: words

            x: Theme.gap16
            y: Theme.gap12
            width: Math.min(implicitWidth, root.width * 0.82 - 2 * Theme.gap16)
            wrapMode: Text.Wrap
            text: root.said.text
            Accessible.ignored: true
        }

        // They come when the reply has ended; the words stay where they are.
        Repeater {
            model: root.said.marks

            delegate: CorrectionMark {
                required property int index

                correction: root.said.mark(index)
                over: words
                onWanted: root.markWanted(index, this)
                onActiveFocusChanged: root.focusedMarks += activeFocus ? 1 : -1
            }
        }
    }

    AppText {
        id: caution

        objectName: "caution"
        visible: root.said.caution !== "" && !root.editing
        anchors.right: parent.right
        y: bubble.height + (branch.visible ? branch.height : Theme.gap8)
        width: Math.min(implicitWidth, root.width * 0.82)
        wrapMode: Text.Wrap
        role: "caption"
        color: Theme.warning
        text: root.said.caution
        Accessible.role: Accessible.AlertMessage
    }

    IconButton {
        id: pencil

        objectName: "editMessage"
        anchors.right: bubble.left
        anchors.rightMargin: Theme.gap4
        y: Math.max(0, bubble.height - height)
        visible: !root.editing && !root.locked
        opacity: root.hovered || hovered || visualFocus ? 1 : 0
        label: qsTr("Say it in other words")
        iconName: "pencil"
        onClicked: root.editing = true
    }

    BranchSwitch {
        id: branch

        anchors.right: parent.right
        y: bubble.height
        visible: root.said.branch !== "" && !root.editing
        text: root.said.branch
        earlier: root.said.earlier
        later: root.said.later
        onChosen: message => root.chosen(message)
    }

    Repeater {
        model: root.editing ? 1 : 0

        delegate: MessageEditor {
            width: root.width
            onFinished: text => root.finish(text)
            onImplicitHeightChanged: root.editorHeight = implicitHeight
            Component.onCompleted: start(root.said.text)
        }
    }
}

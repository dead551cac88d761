// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One line of text with its label above and help or an error below.
Column {
    id: root

    required property string label
    property alias text: input.text
    property string placeholder
    property string help
    property string error
    property bool secret: false
    property string leadingIcon
    property bool labelHidden: false
    property alias readOnly: input.readOnly
    property alias inputName: input.objectName
    property alias maximumLength: input.maximumLength
    property alias inputHints: input.inputMethodHints
    property alias field: input
    property bool revealed: false

    signal accepted
    signal edited

    spacing: Theme.gap4 + 2

    function takeFocus() {
        input.forceActiveFocus(Qt.TabFocusReason);
    }

    AppText {
        visible: !root.labelHidden
        text: root.label
        font.weight: Theme.medium
        Accessible.ignored: true
    }

    TextField {
        id: input

        width: root.width
        implicitHeight: Math.max(Theme.target, contentHeight + Theme.gap16)
        leftPadding: root.leadingIcon === "" ? Theme.gap12 : Theme.gap12 * 2 + Theme.icon
        rightPadding: root.secret ? Theme.target + 4 : Theme.gap12
        verticalAlignment: TextInput.AlignVCenter
        font.family: Theme.family
        font.pixelSize: Theme.fontBody
        color: Theme.ink
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        placeholderText: root.placeholder
        placeholderTextColor: Theme.inkMuted
        echoMode: root.secret && !root.revealed ? TextInput.Password : TextInput.Normal
        selectByMouse: true
        Accessible.role: Accessible.EditableText
        Accessible.name: root.label
        Accessible.description: root.error !== "" ? root.error : root.help
        onAccepted: root.accepted()
        onTextEdited: root.edited()

        background: Rectangle {
            radius: Theme.radiusControl
            color: input.readOnly ? Theme.sunken : Theme.surface
            border.width: input.activeFocus ? 2 : Theme.lineWidth
            border.color: root.error !== "" ? Theme.danger : input.activeFocus ? Theme.accent : input.hovered ? Theme.lineStrong : Theme.line

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.gap12
                name: root.leadingIcon
                color: Theme.inkMuted
            }
        }

        IconButton {
            anchors.right: parent.right
            anchors.rightMargin: 2
            anchors.verticalCenter: parent.verticalCenter
            visible: root.secret
            label: root.revealed ? qsTr("Hide what is typed") : qsTr("Show what is typed")
            iconName: root.revealed ? "eye-off" : "eye"
            onClicked: root.revealed = !root.revealed
        }
    }

    Row {
        visible: root.error !== "" || root.help !== ""
        spacing: 6
        width: root.width

        Icon {
            visible: root.error !== ""
            y: 1
            name: "circle-alert"
            size: Theme.iconSmall
            color: Theme.danger
        }

        AppText {
            width: parent.width - (root.error !== "" ? Theme.iconSmall + 6 : 0)
            role: "caption"
            wrapMode: Text.Wrap
            text: root.error !== "" ? root.error : root.help
            color: root.error !== "" ? Theme.danger : Theme.inkMuted
        }
    }
}

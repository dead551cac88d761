// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// One gap of a text: typed, or chosen from its options; after judging, what would be right.
Row {
    id: root

    required property ItemForm form
    required property string gap
    required property int number
    required property string stem
    required property list<string> choices
    property string value
    property string mark
    property string solution
    readonly property bool chosen: choices.length > 0
    readonly property string tone: mark === "right" ? "positive" : "danger"

    signal focused(TextField field)

    spacing: Theme.gap4

    TextMetrics {
        id: stemSize

        font: field.font
        text: field.placeholderText
    }

    TextField {
        id: field

        objectName: root.chosen ? "" : "gap_" + root.gap
        visible: !root.chosen
        implicitWidth: Math.max(Math.round(112 * Math.min(1.6, Theme.textScale)), Math.min(Math.round(260 * Math.min(1.6, Theme.textScale)), Math.max(contentWidth, stemSize.width) + Theme.gap32))
        implicitHeight: Theme.target
        leftPadding: Theme.gap8
        rightPadding: Theme.gap8
        topInset: 1
        bottomInset: 1
        horizontalAlignment: TextInput.AlignHCenter
        verticalAlignment: TextInput.AlignVCenter
        font.family: Theme.family
        font.pixelSize: Theme.fontLead
        font.weight: Theme.medium
        color: root.mark === "" ? Theme.ink : Theme.toneColor(root.tone)
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        selectByMouse: true
        readOnly: root.form.locked
        text: root.value
        placeholderText: root.stem === "" ? root.number.toString() : root.stem.toUpperCase()
        placeholderTextColor: Theme.inkMuted
        maximumLength: 200
        Accessible.role: Accessible.EditableText
        Accessible.name: root.stem === "" ? qsTr("Gap %1").arg(root.number) : qsTr("Gap %1, from the word %2").arg(root.number).arg(root.stem)
        onTextEdited: root.form.fillGap(root.gap, text)
        onEditingFinished: root.form.leave()
        onActiveFocusChanged: {
            if (activeFocus)
                root.focused(field);
        }
        Keys.onPressed: event => {
            if (event.matches(StandardKey.Paste)) {
                const before = length;
                paste();
                event.accepted = true;
                root.form.fillGap(root.gap, text);
                root.form.reportPaste(Math.max(0, length - before));
            }
        }

        background: Rectangle {
            radius: Theme.radiusControl
            color: root.mark === "" ? Theme.surface : Theme.toneSoft(root.tone)
            border.width: field.activeFocus ? 2 : Theme.lineWidth
            border.color: root.mark !== "" ? Theme.toneColor(root.tone) : field.activeFocus ? Theme.accent : Theme.lineStrong
        }
    }

    Select {
        objectName: root.chosen ? "gap_" + root.gap : ""
        visible: root.chosen
        implicitWidth: Math.round(152 * Math.min(1.5, Theme.textScale))
        enabled: !root.form.locked
        label: qsTr("Gap %1").arg(root.number)
        model: root.choices
        currentIndex: root.choices.indexOf(root.value)
        displayText: currentIndex < 0 ? qsTr("choose") : currentText
        onActivated: index => root.form.fillGapWithChoice(root.gap, index)
    }

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.mark !== ""
        name: root.mark === "right" ? "check" : "x"
        size: Theme.iconSmall
        color: Theme.toneColor(root.tone)
    }

    AppText {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.solution !== ""
        role: "lead"
        font.weight: Theme.semiBold
        text: root.solution
        color: Theme.positive
    }
}

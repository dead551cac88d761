// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// True or false.
Row {
    id: root

    required property ItemForm form
    readonly property real half: (width - spacing) / 2

    spacing: Theme.gap8
    Accessible.role: Accessible.Grouping
    Accessible.name: form.instruction

    function markOf(value: string): string {
        if (!form.judged)
            return "";
        if (form.truthSolution === "")
            return form.truth === value ? "right" : "";
        if (form.truth === value)
            return form.truthSolution === value ? "right" : "wrong";
        return form.truthSolution === value ? "missed" : "";
    }

    OptionButton {
        objectName: "option_true"
        width: root.half
        letter: qsTr("T", "short for true")
        text: qsTr("True")
        chosen: root.form.truth === "true"
        mark: root.markOf("true")
        locked: root.form.locked
        onClicked: root.form.setTruth(true)
    }

    OptionButton {
        objectName: "option_false"
        width: root.half
        letter: qsTr("F", "short for false")
        text: qsTr("False")
        chosen: root.form.truth === "false"
        mark: root.markOf("false")
        locked: root.form.locked
        onClicked: root.form.setTruth(false)
    }
}

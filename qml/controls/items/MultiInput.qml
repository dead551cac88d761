// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Any of several options.
Column {
    id: root

    required property ItemForm form

    spacing: Theme.gap8
    Accessible.role: Accessible.Grouping
    Accessible.name: form.instruction

    Repeater {
        model: root.form.options

        delegate: OptionButton {
            required property string option
            required text
            required chosen
            required mark

            objectName: "option_" + option
            width: root.width
            several: true
            locked: root.form.locked
            onClicked: root.form.toggle(option)
        }
    }
}

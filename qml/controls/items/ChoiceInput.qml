// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One of several options.
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
            locked: root.form.locked
            onClicked: root.form.choose(option)
        }
    }
}

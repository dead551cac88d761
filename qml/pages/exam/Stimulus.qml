// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What is read before answering.
Column {
    id: root

    required property ItemForm form

    spacing: Theme.gap16

    AppText {
        width: parent.width
        visible: text !== ""
        role: "heading"
        wrapMode: Text.Wrap
        text: root.form.stimulusTitle
    }

    AppText {
        objectName: "examStimulus"
        width: parent.width
        role: "lead"
        wrapMode: Text.Wrap
        text: root.form.stimulus
        lineHeight: 1.3
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A reply in the small subset of Markdown that tutors write; it can be selected and copied. Links
// and pictures in it are inert: what a model writes never opens anything.
TextEdit {
    id: root

    property string markdown

    readOnly: true
    selectByMouse: true
    activeFocusOnTab: false
    wrapMode: TextEdit.Wrap
    textFormat: TextEdit.RichText
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    color: Theme.ink
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    Accessible.role: Accessible.StaticText
    Accessible.name: markdown

    Component.onCompleted: format.apply()

    MarkdownFormat {
        id: format

        document: root.textDocument
        text: root.markdown
        lineHeight: Theme.lineHeight
        spacing: Theme.gap8
    }
}

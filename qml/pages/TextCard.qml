// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// What was asked for and what was written, to be read and copied from.
Card {
    id: root

    property string brief
    property string body

    padding: Theme.gap16
    spacing: Theme.gap12

    AppText {
        width: parent.width
        visible: text !== ""
        role: "caption"
        muted: true
        wrapMode: Text.Wrap
        text: root.brief
    }

    TextEdit {
        objectName: "textBody"
        width: parent.width
        readOnly: true
        selectByMouse: true
        selectByKeyboard: true
        activeFocusOnTab: true
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        font.family: Theme.family
        font.pixelSize: Theme.fontLead
        color: Theme.ink
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        text: root.body
        Accessible.role: Accessible.StaticText
        Accessible.name: root.body
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    }
}

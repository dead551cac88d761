// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What every page is: a title, actions for the header, and the way to the program. A scope, so that
// the item a page gives the focus to still has it when the page appears.
FocusScope {
    id: root

    required property App app
    property string title
    property string subtitle
    property Item headerActions: null
    // Where the content begins; the title stands above it.
    property real contentLeft: Theme.gap32
    // What stands at the lower edge and must not be covered by a passing message.
    property real toastSpace: 0

    objectName: "page"
    Accessible.role: Accessible.Pane
    Accessible.name: title
}

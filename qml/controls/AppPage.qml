// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What every page is: a title, actions for the header, and the way to the program.
Item {
    id: root

    required property App app
    property string title
    property string subtitle
    property Item headerActions: null

    objectName: "page"
    Accessible.role: Accessible.Pane
    Accessible.name: title
}

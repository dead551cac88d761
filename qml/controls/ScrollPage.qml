// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// A page whose content stacks in a column that scrolls, no wider than it can be read.
AppPage {
    id: root

    default property alias content: column.data
    property real widest: 1120
    property alias spacing: column.spacing
    property real topSpace: Theme.gap8
    contentLeft: column.x

    function scrollTo(y: real) {
        flick.contentY = Math.max(0, Math.min(y, flick.contentHeight - flick.height));
    }

    Flickable {
        id: flick

        anchors.fill: parent
        contentWidth: width
        contentHeight: column.height + root.topSpace + Theme.gap48
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: column

            x: Math.max(Theme.gap32, Math.round((flick.width - width) / 2))
            y: root.topSpace
            width: Math.min(root.widest, flick.width - 2 * Theme.gap32)
            spacing: Theme.gap24
        }
    }
}

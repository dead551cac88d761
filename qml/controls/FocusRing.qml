// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// The visible focus of the keyboard, outside the control it belongs to.
Rectangle {
    id: root

    property bool shown: false
    property int inset: -3

    anchors.fill: parent
    anchors.margins: inset
    radius: Theme.radiusControl + 3
    color: "transparent"
    border.width: 2
    border.color: Theme.accent
    visible: shown
    Accessible.ignored: true
}

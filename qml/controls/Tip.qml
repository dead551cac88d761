// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// A short explanation beside the thing under the pointer.
ToolTip {
    id: root

    property bool shown: false

    visible: shown && text !== ""
    delay: 500
    padding: Theme.gap8
    font.family: Theme.family
    font.pixelSize: Theme.fontCaption

    contentItem: AppText {
        role: "caption"
        text: root.text
        color: Theme.background
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.ink
    }
}

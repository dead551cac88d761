// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What the learner said: to the right, on a soft ground.
Item {
    id: root

    property messageRow said

    implicitHeight: bubble.height + Theme.gap24
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("You: %1").arg(said.text)

    Rectangle {
        id: bubble

        anchors.right: parent.right
        width: Math.min(root.width * 0.82, words.implicitWidth + 2 * Theme.gap16)
        height: words.implicitHeight + 2 * Theme.gap12
        radius: Theme.radiusCard + 2
        color: Theme.accentSoft
        border.width: Theme.highContrast ? Theme.lineWidth : 0
        border.color: Theme.line

        AppText {
            id: words

            x: Theme.gap16
            y: Theme.gap12
            width: Math.min(implicitWidth, root.width * 0.82 - 2 * Theme.gap16)
            wrapMode: Text.Wrap
            text: root.said.text
            Accessible.ignored: true
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// A scroll bar that keeps out of the way until it is needed.
ScrollBar {
    id: root

    padding: 2
    minimumSize: 0.08
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 6
        radius: 3
        color: root.pressed || root.hovered ? Theme.inkMuted : Theme.lineStrong
        opacity: root.policy === ScrollBar.AlwaysOn || (root.size < 1 && (root.active || root.hovered)) ? 0.7 : 0

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.stateDuration
            }
        }
    }
}

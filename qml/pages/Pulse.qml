// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Something is going on; the words beside it say what.
Rectangle {
    id: root

    width: 8
    height: 8
    radius: 4
    color: Theme.accent
    Accessible.ignored: true

    SequentialAnimation on opacity {
        running: root.visible && !Theme.reducedMotion
        loops: Animation.Infinite

        NumberAnimation {
            to: 0.25
            duration: 500
        }

        NumberAnimation {
            to: 1
            duration: 500
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A line between groups.
Rectangle {
    implicitHeight: Theme.lineWidth
    implicitWidth: 100
    color: Theme.line
    Accessible.ignored: true
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A sheet of paper: surface, one line around, no shadow. Its content stacks in `content`.
Rectangle {
    id: root

    default property alias content: column.data
    property int padding: Theme.gap24
    property alias spacing: column.spacing

    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.lineWidth
    border.color: Theme.line

    Column {
        id: column

        x: root.padding
        y: root.padding
        width: root.width - 2 * root.padding
        spacing: Theme.gap16
    }
}

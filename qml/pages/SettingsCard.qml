// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A group of settings under one heading.
Card {
    id: root

    property string heading
    property string iconName

    spacing: 0

    Row {
        bottomPadding: Theme.gap8
        spacing: Theme.gap8

        Icon {
            anchors.verticalCenter: title.verticalCenter
            name: root.iconName
            color: Theme.inkMuted
        }

        AppText {
            id: title

            role: "heading"
            text: root.heading
            Accessible.role: Accessible.Heading
        }
    }
}

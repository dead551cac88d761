// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A finished text in the small subset of Markdown that notes are written in.
Column {
    id: root

    property alias markdown: blocks.text
    property real pixelSize: Theme.fontBody

    signal linkActivated(string address)

    Repeater {
        model: MarkdownModel {
            id: blocks
        }

        delegate: TextBlock {
            required block

            width: root.width
            pixelSize: root.pixelSize
            onLinkActivated: address => root.linkActivated(address)
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// One setting: what it is, what it means, and the control that changes it.
Item {
    id: root

    property string title
    property string detail
    property bool last: false
    default property alias control: slot.data
    readonly property bool stacked: slot.width > width * 0.55

    width: parent?.width ?? 0
    implicitHeight: stacked ? texts.height + slot.height + Theme.gap12 + 2 * Theme.gap12 : Math.max(texts.height + 2 * Theme.gap12, slot.height + Theme.gap16)

    Column {
        id: texts

        y: root.stacked ? Theme.gap12 : (parent.height - height) / 2
        width: root.stacked || slot.width === 0 ? parent.width : parent.width - slot.width - Theme.gap24
        spacing: 2

        AppText {
            width: parent.width
            wrapMode: Text.Wrap
            font.weight: Theme.medium
            text: root.title
        }

        AppText {
            visible: root.detail !== ""
            width: Math.min(parent.width, Theme.measure * 1.1)
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: root.detail
        }
    }

    Row {
        id: slot

        x: root.stacked ? 0 : parent.width - width
        y: root.stacked ? texts.y + texts.height + Theme.gap12 : (parent.height - height) / 2
        spacing: Theme.gap8
    }

    Divider {
        visible: !root.last
        anchors.bottom: parent.bottom
        width: parent.width
    }
}

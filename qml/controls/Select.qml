// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One of several values, folded away.
ComboBox {
    id: root

    required property string label

    implicitHeight: Theme.target
    implicitWidth: 220
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    hoverEnabled: true
    Accessible.role: Accessible.ComboBox
    Accessible.name: label
    Accessible.description: displayText

    contentItem: AppText {
        leftPadding: Theme.gap12
        rightPadding: Theme.target
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
        text: root.displayText
        Accessible.ignored: true
    }

    indicator: Icon {
        x: root.width - width - Theme.gap12
        y: (root.height - height) / 2
        name: "chevron-down"
        size: Theme.iconSmall
        color: Theme.inkMuted
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.hovered ? Theme.hover : Theme.surface
        border.width: Theme.lineWidth
        border.color: root.hovered ? Theme.lineStrong : Theme.line

        FocusRing {
            shown: root.visualFocus
        }
    }

    delegate: ItemDelegate {
        id: option

        required property int index
        required property string modelData

        width: root.width - 8
        height: Theme.target
        highlighted: root.highlightedIndex === index
        Accessible.role: Accessible.ListItem
        Accessible.name: modelData

        contentItem: AppText {
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            text: option.modelData
            font.weight: root.currentIndex === option.index ? Theme.semiBold : Theme.regular
            Accessible.ignored: true
        }

        background: Rectangle {
            radius: Theme.radiusControl
            color: option.highlighted ? Theme.hover : "transparent"
        }
    }

    popup: Popup {
        y: root.height + 4
        width: root.width
        padding: 4
        implicitHeight: Math.min(contentItem.implicitHeight + 8, 320)

        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: root.popup.visible ? root.delegateModel : null
            currentIndex: root.highlightedIndex
            ScrollBar.vertical: ThinScrollBar {}
        }

        background: Rectangle {
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: Theme.lineWidth
            border.color: Theme.line

            FloatShadow {}
        }
    }
}

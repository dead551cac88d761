// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One of several reasons; the arrows go from one to the next.
AbstractButton {
    id: root

    property bool chosen: false

    implicitHeight: Math.max(Theme.target, label.implicitHeight + Theme.gap16)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checked: chosen
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.chosen ? Theme.accentSoft : root.hovered ? Theme.hover : "transparent"
        border.width: Theme.highContrast && root.chosen ? Theme.lineWidth : 0
        border.color: Theme.accent

        FocusRing {
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        Icon {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.gap8
            name: root.chosen ? "circle-dot" : "circle"
            color: root.chosen ? Theme.accent : Theme.inkMuted
        }

        AppText {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            x: sign.x + sign.width + Theme.gap12
            width: parent.width - x - Theme.gap8
            wrapMode: Text.Wrap
            text: root.text
            color: root.chosen ? Theme.accentSoftInk : Theme.ink
            font.weight: root.chosen ? Theme.medium : Theme.regular
            Accessible.ignored: true
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One option: its letter, its text, whether it is chosen, and after judging whether it is right.
AbstractButton {
    id: root

    required property string letter
    property string mark
    property bool chosen: false
    property bool several: false
    property bool locked: false
    readonly property string tone: mark === "right" || mark === "missed" ? "positive" : mark === "wrong" ? "danger" : "accent"
    readonly property bool lit: chosen || mark === "missed"

    implicitHeight: Math.max(Theme.target + Theme.gap8, label.implicitHeight + Theme.gap24)
    enabled: !locked
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: several ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.name: text
    Accessible.checked: chosen
    Accessible.description: mark === "right" ? qsTr("right") : mark === "wrong" ? qsTr("wrong") : mark === "missed" ? qsTr("this was right") : ""
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)

    background: Rectangle {
        radius: Theme.radiusCard - 2
        color: root.lit ? Theme.toneSoft(root.tone) : root.hovered ? Theme.hover : Theme.surface
        border.width: root.lit ? Math.max(1.5, Theme.lineWidth) : Theme.lineWidth
        border.color: root.lit ? Theme.toneColor(root.tone) : root.hovered ? Theme.lineStrong : Theme.line

        Behavior on color {
            ColorAnimation {
                duration: Theme.stateDuration
            }
        }

        FocusRing {
            radius: Theme.radiusCard + 1
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        Rectangle {
            id: badge

            x: Theme.gap12
            anchors.verticalCenter: parent.verticalCenter
            width: Math.round(24 * Math.min(1.5, Theme.textScale))
            height: width
            radius: root.several ? 6 : width / 2
            color: root.lit ? Theme.toneColor(root.tone) : "transparent"
            border.width: root.lit ? 0 : Theme.lineWidth
            border.color: Theme.lineStrong

            AppText {
                anchors.centerIn: parent
                visible: root.mark === "" && !(root.several && root.chosen)
                role: "caption"
                font.weight: Theme.semiBold
                text: root.letter
                color: root.lit ? Theme.accentInk : Theme.inkMuted
                Accessible.ignored: true
            }

            Icon {
                anchors.centerIn: parent
                visible: root.mark !== "" || (root.several && root.chosen)
                name: root.mark === "wrong" ? "x" : "check"
                size: 16
                color: Theme.background
            }
        }

        AppText {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            x: badge.x + badge.width + Theme.gap12
            width: parent.width - x - Theme.gap16 - (note.visible ? note.width + Theme.gap12 : 0)
            role: "lead"
            wrapMode: Text.Wrap
            text: root.text
            Accessible.ignored: true
        }

        AppText {
            id: note

            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap16
            visible: text !== ""
            role: "caption"
            font.weight: Theme.medium
            text: root.mark === "right" ? qsTr("Right") : root.mark === "wrong" ? qsTr("Not this one") : root.mark === "missed" ? qsTr("This was right") : ""
            color: Theme.toneColor(root.tone)
            Accessible.ignored: true
        }
    }
}

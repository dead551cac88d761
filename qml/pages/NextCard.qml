// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The next thing to do, as one large card.
Rectangle {
    id: root

    required property homeState now
    readonly property bool exam: now.nextKind === "exam"
    readonly property bool quiet: Theme.dark && !Theme.highContrast
    readonly property color inkColor: quiet ? Theme.ink : Theme.accentInk
    readonly property bool stacked: width < 640 * Theme.textScale

    signal started

    implicitHeight: Math.max(Math.round(136 * Math.min(1.4, Theme.textScale)), texts.implicitHeight + 2 * Theme.gap24 + (stacked ? button.height + Theme.gap16 : 0))
    radius: Theme.radiusCard
    color: quiet ? Theme.accentSoft : Theme.accent
    border.width: Theme.highContrast ? Theme.lineWidth : 0
    border.color: Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: now.nextTitle

    Skeleton {
        anchors.fill: parent
        visible: root.now.nextTitle === ""
        radius: Theme.radiusCard
    }

    Column {
        id: texts

        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: root.stacked ? -(button.height + Theme.gap16) / 2 : 0
        visible: root.now.nextTitle !== ""
        x: Theme.gap32
        width: parent.width - 2 * Theme.gap32 - (root.stacked ? 0 : button.width + Theme.gap32)
        spacing: Theme.gap4

        Row {
            spacing: Theme.gap8

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.now.nextIcon
                size: Theme.iconSmall
                color: root.inkColor
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                font.weight: Theme.medium
                text: root.now.nextOver
                color: root.inkColor
            }
        }

        AppText {
            width: parent.width
            role: "title"
            wrapMode: Text.Wrap
            text: root.now.nextTitle
            color: root.inkColor
        }

        AppText {
            width: Math.min(parent.width, Theme.measure)
            wrapMode: Text.Wrap
            text: root.now.nextText
            color: root.inkColor
        }
    }

    AppButton {
        id: button

        objectName: "homeNext"
        visible: root.now.nextTitle !== ""
        x: root.stacked ? Theme.gap32 : parent.width - width - Theme.gap32
        y: root.stacked ? texts.y + texts.height + Theme.gap16 : (parent.height - height) / 2
        implicitHeight: Theme.target + Theme.gap8
        kind: root.quiet ? "primary" : "secondary"
        text: root.now.nextAction
        iconName: "arrow-right"
        onClicked: root.started()
    }
}

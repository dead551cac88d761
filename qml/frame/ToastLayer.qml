// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Messages that come and go, newest at the bottom.
Column {
    id: root

    required property Toasts toasts

    spacing: Theme.gap8

    Repeater {
        model: root.toasts.rows

        delegate: Rectangle {
            id: card

            required property string toast
            required property string text
            required property string tone
            required property string action

            objectName: "toast"
            anchors.horizontalCenter: parent?.horizontalCenter
            width: row.implicitWidth + Theme.gap24
            height: Math.max(Theme.target + Theme.gap8, row.implicitHeight)
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: Theme.lineWidth
            border.color: Theme.line
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text

            FloatShadow {}

            Row {
                id: row

                x: Theme.gap16
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gap12

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: Theme.toneIcon(card.tone)
                    color: Theme.toneColor(card.tone)
                }

                AppText {
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.min(implicitWidth, 480)
                    wrapMode: implicitWidth > 480 ? Text.Wrap : Text.NoWrap
                    text: card.text
                }

                AppButton {
                    objectName: "toastAction"
                    anchors.verticalCenter: parent.verticalCenter
                    visible: card.action !== ""
                    kind: "quiet"
                    text: card.action
                    onClicked: root.toasts.press(card.toast)
                }

                IconButton {
                    anchors.verticalCenter: parent.verticalCenter
                    label: qsTr("Put away")
                    iconName: "x"
                    showTip: false
                    onClicked: root.toasts.dismiss(card.toast)
                }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The school's word that the paper has arrived.
AppPage {
    id: root

    readonly property examRoomState now: app.exam.state

    title: qsTr("Receipt")

    Card {
        anchors.centerIn: parent
        width: Math.min(520 * Math.min(1.4, Theme.textScale), parent.width - 2 * Theme.gap32)
        padding: Theme.gap32
        spacing: Theme.gap24

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 64
            height: 64
            radius: 32
            color: Theme.positiveSoft

            Icon {
                anchors.centerIn: parent
                name: "badge-check"
                size: 32
                color: Theme.positive
            }
        }

        Column {
            width: parent.width
            spacing: Theme.gap8

            AppText {
                objectName: "receiptTitle"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                role: "title"
                wrapMode: Text.Wrap
                text: root.now.receiptTitle
            }

            AppText {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                muted: true
                wrapMode: Text.Wrap
                text: root.now.receiptText
            }
        }

        Rectangle {
            width: parent.width
            height: code.implicitHeight + Theme.gap32
            radius: Theme.radiusControl
            color: Theme.sunken

            TabularText {
                id: code

                objectName: "receiptCode"
                anchors.centerIn: parent
                text: root.now.receipt
                font.family: Theme.family
                font.pixelSize: Theme.fontHeading
                font.weight: Theme.semiBold
                font.letterSpacing: 1
                color: Theme.ink
            }
        }

        AppText {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: root.now.summary + "\n" + root.now.keptText
        }

        AppButton {
            objectName: "receiptDone"
            anchors.horizontalCenter: parent.horizontalCenter
            kind: "primary"
            text: qsTr("To the start page")
            onClicked: {
                root.app.exam.leave();
                root.app.navigator.open("home");
            }
        }
    }
}

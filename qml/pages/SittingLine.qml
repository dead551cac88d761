// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One exam of a student: what, when, and the way in when it is open.
Rectangle {
    id: root

    required property string sitting
    required property string title
    required property string place
    required property string when
    required property string countdown
    required property string stateLabel
    required property string tone
    required property bool canEnter

    signal entered

    implicitHeight: texts.implicitHeight + 2 * Theme.gap16
    radius: Theme.radiusControl
    color: Theme.background
    border.width: Theme.highContrast ? Theme.lineWidth : 0
    border.color: Theme.line

    Column {
        id: texts

        x: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - 2 * Theme.gap16 - (enter.visible ? enter.width + Theme.gap16 : 0)
        spacing: Theme.gap4

        Row {
            spacing: Theme.gap8

            Chip {
                anchors.verticalCenter: parent.verticalCenter
                tone: root.tone
                text: root.stateLabel
            }

            TabularText {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.countdown !== ""
                text: root.countdown
                color: Theme.inkMuted
                font.family: Theme.family
                font.pixelSize: Theme.fontCaption
            }
        }

        AppText {
            width: parent.width
            elide: Text.ElideRight
            role: "lead"
            font.weight: Theme.semiBold
            text: root.title
        }

        AppText {
            width: parent.width
            elide: Text.ElideRight
            muted: true
            text: root.when !== "" && root.place !== "" ? qsTr("%1 · %2").arg(root.when).arg(root.place) : root.when + root.place
        }
    }

    AppButton {
        id: enter

        objectName: "enter_" + root.sitting
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        visible: root.canEnter
        kind: "primary"
        text: qsTr("Enter")
        onClicked: root.entered()
    }
}

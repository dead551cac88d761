// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Neolingus.Model
import Neolingus.Ui

// The demo academy: enter as a student or as a teacher, or how to start one.
Popup {
    id: root

    required property App app
    readonly property bool ready: app.account.demo === "ready"
    readonly property bool looking: app.account.demo === "looking" || app.account.demo === "unknown"
    readonly property string command: "neolingus-academy --demo"

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Math.round(520 * Math.min(1.4, Theme.textScale)), parent ? parent.width - 2 * Theme.gap24 : 520)
    modal: true
    focus: true
    padding: Theme.gap24
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onOpened: {
        app.account.clearError();
        app.account.watchDemo(true);
    }
    onClosed: app.account.watchDemo(false)

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }

    background: Rectangle {
        radius: Theme.radiusDialog
        color: Theme.surface
        border.width: Theme.lineWidth
        border.color: Theme.line

        FloatShadow {}
    }

    contentItem: Column {
        spacing: Theme.gap16
        Accessible.role: Accessible.Dialog
        Accessible.name: heading.text

        Item {
            width: parent.width
            height: Math.max(heading.implicitHeight, closer.height)

            AppText {
                id: heading

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - closer.width
                role: "heading"
                wrapMode: Text.Wrap
                text: qsTr("The demo academy")
            }

            IconButton {
                id: closer

                objectName: "demoClose"
                anchors.right: parent.right
                label: qsTr("Close")
                iconName: "x"
                showTip: false
                onClicked: root.close()
            }
        }

        Chip {
            dot: true
            tone: root.ready ? "positive" : root.looking ? "neutral" : "warning"
            text: root.ready ? qsTr("Running at %1").arg(root.app.account.demoUrl) : root.looking ? qsTr("Looking for it at %1").arg(root.app.account.demoUrl) : qsTr("Not running at %1").arg(root.app.account.demoUrl)
        }

        AppText {
            visible: root.ready
            width: parent.width
            wrapMode: Text.Wrap
            muted: true
            text: qsTr("Everything in it is invented and stays on this computer. Open the program twice to be teacher and student at the same time.")
        }

        Column {
            visible: !root.ready && !root.looking
            width: parent.width
            spacing: Theme.gap12

            AppText {
                width: parent.width
                wrapMode: Text.Wrap
                muted: true
                text: qsTr("Start it in a terminal. This page notices by itself when it is there.")
            }

            Rectangle {
                width: parent.width
                height: Theme.target + Theme.gap8
                radius: Theme.radiusControl
                color: Theme.sunken
                border.width: Theme.lineWidth
                border.color: Theme.line

                TextInput {
                    x: Theme.gap16
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - x - copy.width - Theme.gap16
                    clip: true
                    readOnly: true
                    selectByMouse: true
                    font.family: "monospace"
                    font.pixelSize: Theme.fontBody
                    color: Theme.ink
                    selectionColor: Theme.accent
                    selectedTextColor: Theme.accentInk
                    text: root.command
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }

                IconButton {
                    id: copy

                    objectName: "copyCommand"
                    anchors.right: parent.right
                    anchors.rightMargin: 4
                    anchors.verticalCenter: parent.verticalCenter
                    label: qsTr("Copy the command")
                    iconName: "copy"
                    onClicked: root.app.copyToClipboard(root.command)
                }
            }
        }

        Banner {
            width: parent.width
            visible: root.app.account.error !== ""
            tone: "danger"
            text: root.app.account.error
            details: root.app.account.errorDetails
        }

        Row {
            id: entrances

            readonly property real half: (width - spacing) / 2

            width: parent.width
            spacing: Theme.gap12

            AppButton {
                objectName: "demoStudent"
                width: entrances.half
                kind: "primary"
                iconName: "graduation-cap"
                text: qsTr("Enter as a student")
                enabled: root.ready && !busy
                busy: root.app.account.busy
                onClicked: root.app.account.signInToDemo(false)
            }

            AppButton {
                objectName: "demoTeacher"
                width: entrances.half
                iconName: "presentation"
                text: qsTr("Enter as a teacher")
                enabled: root.ready && !busy
                busy: root.app.account.busy
                onClicked: root.app.account.signInToDemo(true)
            }
        }
    }
}

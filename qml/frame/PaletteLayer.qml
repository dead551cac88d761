// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Neolingus.Model
import Neolingus.Ui

// Ctrl+K: every page and action by a few letters.
Popup {
    id: root

    required property CommandPalette palette

    parent: T.Overlay.overlay
    x: parent ? (parent.width - width) / 2 : 0
    y: parent ? Math.round(parent.height * 0.14) : 0
    width: Math.min(Math.round(560 * Math.min(1.3, Theme.textScale)), parent ? parent.width - 2 * Theme.gap24 : 560)
    modal: true
    focus: true
    padding: 0
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside

    function show() {
        palette.filter = "";
        palette.refresh();
        list.currentIndex = 0;
        open();
        input.forceActiveFocus(Qt.PopupFocusReason);
    }

    function run(command: string) {
        close();
        palette.run(command);
    }

    Connections {
        target: root.palette

        function onChosen(command: string) {
            if (command === "palette")
                root.show();
        }
    }

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
        Item {
            width: parent.width
            height: input.implicitHeight + Theme.gap16

            Icon {
                id: glass

                x: Theme.gap16 + Theme.gap4
                anchors.verticalCenter: parent.verticalCenter
                name: "search"
                color: Theme.inkMuted
            }

            TextField {
                id: input

                objectName: "paletteInput"
                anchors.verticalCenter: parent.verticalCenter
                x: glass.x + glass.width + Theme.gap4
                width: parent.width - x - Theme.gap16
                implicitHeight: Math.max(Theme.target, contentHeight + Theme.gap16)
                font.family: Theme.family
                font.pixelSize: Theme.fontLead
                color: Theme.ink
                placeholderText: qsTr("Go to a page or do something")
                placeholderTextColor: Theme.inkMuted
                background: null
                text: root.palette.filter
                Accessible.role: Accessible.EditableText
                Accessible.name: placeholderText
                onTextEdited: {
                    root.palette.filter = text;
                    list.currentIndex = 0;
                }
                Keys.onDownPressed: list.incrementCurrentIndex()
                Keys.onUpPressed: list.decrementCurrentIndex()
                onAccepted: (list.currentItem as ListRow)?.clicked()
            }
        }

        Divider {
            width: parent.width
        }

        ListView {
            id: list

            width: parent.width
            height: Math.min(contentHeight + Theme.gap16, 8 * (Theme.target + 6) + Theme.gap16)
            topMargin: Theme.gap8
            bottomMargin: Theme.gap8
            clip: true
            model: root.palette.commands
            highlightMoveDuration: 0
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Commands")

            delegate: ListRow {
                id: row

                required property string command
                required property string group
                required property string shortcut
                required title
                required iconName

                objectName: "command_" + command
                x: Theme.gap8
                width: list.width - 2 * Theme.gap8
                implicitHeight: Theme.target + 4
                chevron: false
                current: ListView.isCurrentItem
                focusPolicy: Qt.NoFocus
                onClicked: root.run(command)

                AppText {
                    anchors.verticalCenter: parent.verticalCenter
                    role: "caption"
                    muted: true
                    text: row.group
                }

                KeyCap {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: row.shortcut !== ""
                    text: row.shortcut
                }
            }
        }

        AppText {
            visible: list.count === 0
            width: parent.width
            padding: Theme.gap24
            horizontalAlignment: Text.AlignHCenter
            muted: true
            text: qsTr("Nothing here has that name.")
        }
    }
}

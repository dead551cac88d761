// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// The list of right parts beside a left part; a part that is used elsewhere says so.
AbstractButton {
    id: root

    required property string label
    required property OptionModel targets
    property string value
    property string valueText

    signal picked(string target)

    implicitHeight: Math.max(Theme.target, shownText.implicitHeight + Theme.gap16)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ComboBox
    Accessible.name: label
    Accessible.description: valueText
    onClicked: list.open()
    Keys.onReturnPressed: list.open()
    Keys.onDownPressed: list.open()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.hovered ? Theme.hover : Theme.surface
        border.width: Theme.lineWidth
        border.color: root.hovered ? Theme.lineStrong : Theme.line

        FocusRing {
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        AppText {
            id: shownText

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.gap12
            width: parent.width - x - Theme.gap32
            wrapMode: Text.Wrap
            muted: root.value === ""
            text: root.value === "" ? qsTr("choose") : root.valueText
            Accessible.ignored: true
        }

        Icon {
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap8
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-down"
            size: Theme.iconSmall
            color: Theme.inkMuted
        }
    }

    Popup {
        id: list

        y: root.height + 4
        width: root.width
        padding: 4
        focus: true
        implicitHeight: Math.min(view.contentHeight + 8, 320)
        onOpened: view.forceActiveFocus(Qt.PopupFocusReason)

        background: Rectangle {
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: Theme.lineWidth
            border.color: Theme.line

            FloatShadow {}
        }

        contentItem: ListView {
            id: view

            clip: true
            model: root.targets
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}
            Keys.onReturnPressed: (currentItem as AbstractButton)?.clicked()
            Keys.onSpacePressed: (currentItem as AbstractButton)?.clicked()

            delegate: AbstractButton {
                id: target

                required property string option
                required text
                required property bool chosen
                required property int index

                objectName: "target_" + option
                width: view.width
                height: Math.max(Theme.target, targetText.implicitHeight + Theme.gap12)
                hoverEnabled: true
                Accessible.role: Accessible.ListItem
                Accessible.name: text
                Accessible.description: chosen ? qsTr("used") : ""
                onClicked: {
                    list.close();
                    root.picked(option === root.value ? "" : option);
                }

                background: Rectangle {
                    radius: Theme.radiusControl
                    color: target.hovered || target.ListView.isCurrentItem ? Theme.hover : "transparent"
                }

                contentItem: Item {
                    AppText {
                        id: targetText

                        x: Theme.gap8
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - 2 * Theme.gap8 - (used.visible ? used.width + Theme.gap8 : 0)
                        wrapMode: Text.Wrap
                        text: target.text
                        font.weight: target.option === root.value ? Theme.semiBold : Theme.regular
                        muted: target.chosen && target.option !== root.value
                        Accessible.ignored: true
                    }

                    AppText {
                        id: used

                        anchors.right: parent.right
                        anchors.rightMargin: Theme.gap8
                        anchors.verticalCenter: parent.verticalCenter
                        visible: target.chosen
                        role: "caption"
                        muted: true
                        text: target.option === root.value ? qsTr("chosen") : qsTr("used")
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}

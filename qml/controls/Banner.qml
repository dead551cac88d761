// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A message that belongs to the page: what happened, what to do, details folded away.
Rectangle {
    id: root

    property string tone: "info"
    property string title
    property string text
    // What a unit's author or the tutor wrote, in Markdown; besides or instead of the text.
    property string markdown
    property string details
    property string actionText
    property string actionName
    property bool unfolded: false

    signal action

    implicitHeight: column.implicitHeight + 2 * Theme.gap12
    implicitWidth: 320
    radius: Theme.radiusCard
    color: Theme.toneSoft(tone)
    border.width: Theme.highContrast ? Theme.lineWidth : 0
    border.color: Theme.toneColor(tone)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title !== "" ? title : text
    Accessible.description: text + markdown

    Icon {
        id: sign

        x: Theme.gap16
        y: Theme.gap12 + 1
        name: Theme.toneIcon(root.tone)
        color: Theme.toneColor(root.tone)
    }

    Column {
        id: column

        x: Theme.gap16 + Theme.icon + Theme.gap12
        y: Theme.gap12
        width: root.width - x - Theme.gap16 - (button.visible ? button.width + Theme.gap16 : 0)
        spacing: Theme.gap4

        AppText {
            visible: root.title !== ""
            width: parent.width
            wrapMode: Text.Wrap
            text: root.title
            font.weight: Theme.semiBold
        }

        AppText {
            visible: root.text !== ""
            width: parent.width
            wrapMode: Text.Wrap
            text: root.text
        }

        MarkdownText {
            visible: root.markdown !== ""
            width: parent.width
            markdown: root.markdown
        }

        LinkButton {
            visible: root.details !== ""
            text: root.unfolded ? qsTr("Hide the details") : qsTr("Show the details")
            onClicked: root.unfolded = !root.unfolded
        }

        AppText {
            visible: root.unfolded
            width: parent.width
            role: "caption"
            muted: true
            wrapMode: Text.WrapAnywhere
            text: root.details
        }
    }

    AppButton {
        id: button

        objectName: root.actionName
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        visible: root.actionText !== ""
        text: root.actionText
        onClicked: root.action()
    }
}

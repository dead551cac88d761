// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Neolingus.Ui

// A question in front of the page. Escape closes it; `firstFocus` is where the keys go at first.
Popup {
    id: root

    property string title
    property string text
    property string acceptText
    property string rejectText: qsTr("Cancel")
    property string acceptKind: "primary"
    property bool acceptEnabled: true
    default property alias content: body.data
    property real preferredWidth: 440
    property Item firstFocus: accept

    signal accepted
    signal rejected

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(preferredWidth * Math.min(1.4, Theme.textScale), parent ? parent.width - 2 * Theme.gap24 : preferredWidth)
    modal: true
    focus: true
    padding: Theme.gap24
    closePolicy: Popup.CloseOnEscape
    onOpened: firstFocus.forceActiveFocus(Qt.TabFocusReason)

    function finish(yes: bool) {
        close();
        if (yes)
            root.accepted();
        else
            root.rejected();
    }

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.stateDuration
        }
    }

    background: Rectangle {
        radius: Theme.radiusDialog
        color: Theme.surface
        border.width: Theme.lineWidth
        border.color: Theme.line

        FloatShadow {}
    }

    contentItem: Column {
        // True when it stands there completely.
        readonly property bool settled: root.opened

        objectName: "dialog"
        spacing: Theme.gap16
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title

        AppText {
            width: parent.width
            role: "heading"
            wrapMode: Text.Wrap
            text: root.title
        }

        AppText {
            visible: text !== ""
            width: parent.width
            muted: true
            wrapMode: Text.Wrap
            text: root.text
        }

        Column {
            id: body

            width: parent.width
            spacing: Theme.gap12
        }

        Row {
            anchors.right: parent.right
            topPadding: Theme.gap8
            spacing: Theme.gap8

            AppButton {
                objectName: "dialogReject"
                visible: root.rejectText !== ""
                text: root.rejectText
                onClicked: root.finish(false)
            }

            AppButton {
                id: accept

                objectName: "dialogAccept"
                kind: root.acceptKind
                text: root.acceptText
                enabled: root.acceptEnabled
                onClicked: root.finish(true)
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// What could be better about some words: the suggestion, its rule, why, and whether it comes back
// among the cards. Escape closes it, and the keys are at the mark again.
Popup {
    id: root

    property LearnerMessage message
    property int index: 0
    readonly property correctionRow correction: message ? message.said.mark(index) : none
    property correctionRow none

    signal keepWanted(string message, int index, bool keep)

    function show(from: LearnerMessage, mark: int, spot: Item) {
        root.message = from;
        root.index = mark;
        root.parent = spot;
        root.open();
    }

    y: parent ? parent.height + 2 : 0
    width: Math.round(340 * Math.min(1.5, Theme.textScale))
    margins: Theme.gap12
    padding: Theme.gap16
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onMessageChanged: {
        if (!message)
            close();
    }
    onOpened: keep.forceActiveFocus(Qt.TabFocusReason)

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.stateDuration
        }
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: Theme.lineWidth
        border.color: Theme.line

        FloatShadow {}
    }

    contentItem: Column {
        spacing: Theme.gap12
        Accessible.role: Accessible.Dialog
        Accessible.name: root.correction.spoken

        AppText {
            width: parent.width
            role: "caption"
            font.weight: Theme.medium
            muted: true
            wrapMode: Text.Wrap
            text: root.correction.rule === "" ? root.correction.kind : qsTr("%1 · %2").arg(root.correction.kind).arg(root.correction.rule)
        }

        Flow {
            width: parent.width
            spacing: Theme.gap8

            AppText {
                width: Math.min(implicitWidth, parent.width)
                role: "lead"
                font.strikeout: true
                muted: true
                wrapMode: Text.Wrap
                text: root.correction.original
            }

            Icon {
                height: arrowLine.height
                name: "arrow-right"
                size: Theme.iconSmall
                color: Theme.inkMuted
            }

            AppText {
                id: arrowLine

                objectName: "correctionSuggestion"
                width: Math.min(implicitWidth, parent.width)
                role: "lead"
                font.weight: Theme.semiBold
                wrapMode: Text.Wrap
                text: root.correction.suggestion
            }
        }

        AppText {
            visible: text !== ""
            width: parent.width
            wrapMode: Text.Wrap
            text: root.correction.explanation
        }

        Divider {
            width: parent.width
        }

        Item {
            width: parent.width
            height: Math.max(state.implicitHeight, keep.height)

            AppText {
                id: state

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - keep.width - Theme.gap12
                role: "caption"
                muted: true
                wrapMode: Text.Wrap
                text: root.correction.inCards ? qsTr("It comes back in your reviews.") : qsTr("Not among your cards.")
            }

            AppButton {
                id: keep

                objectName: "keepMark"
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                iconName: root.correction.inCards ? "circle-check" : "square-stack"
                text: root.correction.inCards ? qsTr("Take it out") : qsTr("Make a card of it")
                onClicked: root.keepWanted(root.message.said.message, root.index, !root.correction.inCards)
            }
        }
    }
}

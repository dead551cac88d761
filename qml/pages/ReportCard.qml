// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// A reply of the tutor that a student reported, for their teacher.
Card {
    id: root

    required property string report
    required property string who
    required property string reason
    required property string words
    required property string reply
    required property string facts
    required property bool urgent
    required property bool seen
    property bool whole: false

    signal settled

    objectName: "report_" + report
    padding: Theme.gap16
    spacing: Theme.gap8
    opacity: seen ? 0.75 : 1
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("%1: %2").arg(who).arg(reason)

    Flow {
        width: parent.width
        spacing: Theme.gap8

        Chip {
            text: root.reason
            tone: root.seen ? "neutral" : root.urgent ? "danger" : "warning"
            iconName: "flag"
        }

        AppText {
            height: Math.max(implicitHeight, Theme.iconSmall + Theme.gap8)
            verticalAlignment: Text.AlignVCenter
            bottomPadding: 0
            font.weight: Theme.semiBold
            text: root.who
        }

        AppText {
            height: Math.max(implicitHeight, Theme.iconSmall + Theme.gap8)
            verticalAlignment: Text.AlignVCenter
            bottomPadding: 0
            role: "caption"
            muted: true
            text: root.facts
        }
    }

    AppText {
        visible: text !== ""
        width: parent.width
        wrapMode: Text.Wrap
        text: root.words === "" ? "" : qsTr("“%1”").arg(root.words)
    }

    Item {
        width: parent.width
        height: said.height

        Rectangle {
            width: 3
            height: parent.height
            radius: 1.5
            color: Theme.line
        }

        AppText {
            id: said

            x: Theme.gap12
            width: parent.width - x
            muted: true
            wrapMode: Text.Wrap
            maximumLineCount: root.whole ? 10000 : 4
            elide: Text.ElideRight
            text: root.reply
        }
    }

    Row {
        spacing: Theme.gap16

        LinkButton {
            objectName: "wholeReply"
            visible: said.truncated || root.whole
            text: root.whole ? qsTr("Show less") : qsTr("Show all of the reply")
            onClicked: root.whole = !root.whole
        }

        LinkButton {
            objectName: "settleReport"
            visible: !root.seen
            iconName: "check"
            text: qsTr("I have looked at it")
            onClicked: root.settled()
        }
    }
}

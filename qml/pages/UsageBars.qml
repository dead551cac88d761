// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What was used on each of the last days, today at the right.
Item {
    id: root

    required property TutorDayModel days
    property string label
    readonly property alias count: bars.count

    implicitHeight: 72 + axis.height
    Accessible.role: Accessible.Chart
    Accessible.name: label

    Row {
        id: row

        width: parent.width
        height: parent.height - axis.height
        spacing: Theme.gap4

        Repeater {
            id: bars

            model: root.days

            delegate: Item {
                id: bar

                required property string day
                required property string tokens
                required property string money
                required property double share
                required property bool today

                width: (row.width - (bars.count - 1) * row.spacing) / Math.max(1, bars.count)
                height: row.height
                Accessible.role: Accessible.StaticText
                Accessible.name: tokens === "" ? qsTr("%1: nothing").arg(day) : money === "" ? qsTr("%1: %2 tokens").arg(day).arg(tokens) : qsTr("%1: %2 tokens, $%3").arg(day).arg(tokens).arg(money)

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: bar.share > 0 ? Math.max(3, bar.share * (parent.height - Theme.gap4)) : Theme.lineWidth
                    radius: Math.min(3, height / 2)
                    color: bar.share === 0 ? Theme.line : bar.today ? Theme.accent : Theme.highContrast ? Theme.inkMuted : Theme.lineStrong
                }

                HoverHandler {
                    id: pointer
                }

                Tip {
                    text: bar.Accessible.name
                    shown: pointer.hovered
                }
            }
        }
    }

    Item {
        id: axis

        anchors.bottom: parent.bottom
        width: parent.width
        height: oldest.implicitHeight + Theme.gap4

        AppText {
            id: oldest

            anchors.bottom: parent.bottom
            role: "caption"
            muted: true
            text: qsTr("Two weeks ago")
        }

        AppText {
            anchors.bottom: parent.bottom
            anchors.right: parent.right
            role: "caption"
            muted: true
            text: qsTr("Today")
        }
    }
}

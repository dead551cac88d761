// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What falls due on the next days, today first.
Item {
    id: root

    required property ForecastModel days
    property int highest: 0
    property string label

    implicitHeight: 112 + Theme.fontCaption * 2
    implicitWidth: 260
    Accessible.role: Accessible.Chart
    Accessible.name: label

    Row {
        id: bars

        anchors.fill: parent
        spacing: Theme.gap8

        Repeater {
            id: repeater

            model: root.days

            delegate: Item {
                id: bar

                required property int index
                required property string dayName
                required property int due
                required property bool today
                readonly property real room: height - dayLabel.height - Theme.gap8 - number.height - Theme.gap4

                width: (bars.width - (repeater.count - 1) * bars.spacing) / Math.max(1, repeater.count)
                height: bars.height
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1: %2 due").arg(dayName).arg(due)

                TabularText {
                    id: number

                    anchors.horizontalCenter: parent.horizontalCenter
                    anchors.bottom: column.top
                    anchors.bottomMargin: Theme.gap4
                    text: bar.due > 0 ? bar.due.toString() : ""
                    color: bar.today ? Theme.ink : Theme.inkMuted
                    font.family: Theme.family
                    font.pixelSize: Theme.fontCaption
                    font.weight: bar.today ? Theme.semiBold : Theme.regular
                }

                Rectangle {
                    id: column

                    anchors.horizontalCenter: parent.horizontalCenter
                    anchors.bottom: dayLabel.top
                    anchors.bottomMargin: Theme.gap8
                    width: Math.min(28, parent.width)
                    height: bar.due > 0 ? Math.max(4, bar.room * bar.due / Math.max(1, root.highest)) : 2
                    radius: bar.due > 0 ? 3 : 1
                    color: bar.due === 0 ? Theme.line : bar.today ? Theme.accent : Theme.highContrast ? Theme.inkMuted : Qt.tint(Theme.surface, Qt.rgba(Theme.accent.r, Theme.accent.g, Theme.accent.b, 0.35))

                    Behavior on height {
                        NumberAnimation {
                            duration: Theme.pageDuration
                            easing.type: Theme.easing
                        }
                    }
                }

                AppText {
                    id: dayLabel

                    anchors.horizontalCenter: parent.horizontalCenter
                    anchors.bottom: parent.bottom
                    role: "caption"
                    text: bar.dayName
                    color: bar.today ? Theme.ink : Theme.inkMuted
                    font.weight: bar.today ? Theme.semiBold : Theme.regular
                    Accessible.ignored: true
                }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Shapes
import Neolingus.Model
import Neolingus.Ui

// One skill as a ring: how much of the course, with the change since last week below.
Item {
    id: root

    required property string label
    required property string skill
    property real value: 0
    property real change: 0
    property string changeText
    property bool known: true
    property real diameter: 88
    property real shown: known ? value : 0
    readonly property color ringColor: Theme.skillColor(skill)

    implicitWidth: Math.max(diameter, caption.implicitWidth, Theme.gap48 * 2)
    implicitHeight: diameter + Theme.gap12 + caption.implicitHeight + Theme.gap4 + delta.implicitHeight
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label
    Accessible.description: known ? qsTr("%1 percent, %2").arg(Math.round(value)).arg(delta.text) : qsTr("Nothing measured yet")

    Behavior on shown {
        NumberAnimation {
            duration: Theme.pageDuration * 3
            easing.type: Theme.easing
        }
    }

    Shape {
        id: ring

        anchors.horizontalCenter: parent.horizontalCenter
        width: root.diameter
        height: root.diameter
        layer.enabled: true
        layer.samples: 4
        layer.smooth: true

        ShapePath {
            strokeWidth: 7
            strokeColor: Theme.pressed
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                centerX: root.diameter / 2
                centerY: root.diameter / 2
                radiusX: root.diameter / 2 - 5
                radiusY: root.diameter / 2 - 5
                startAngle: 0
                sweepAngle: 360
            }
        }

        ShapePath {
            strokeWidth: root.shown > 0.5 ? 7 : 0
            strokeColor: root.shown > 0.5 ? root.ringColor : "transparent"
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                centerX: root.diameter / 2
                centerY: root.diameter / 2
                radiusX: root.diameter / 2 - 5
                radiusY: root.diameter / 2 - 5
                startAngle: -90
                sweepAngle: 3.6 * Math.min(100, root.shown)
            }
        }
    }

    Column {
        anchors.centerIn: ring
        spacing: 0

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: Theme.skillIcon(root.skill)
            size: 16
            color: root.ringColor
        }

        TabularText {
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.known ? Math.round(root.shown).toString() : "–"
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Math.round(20 * Math.min(1.2, Theme.textScale))
            font.weight: Theme.semiBold
        }
    }

    AppText {
        id: caption

        anchors.horizontalCenter: parent.horizontalCenter
        y: root.diameter + Theme.gap12
        text: root.label
        font.weight: Theme.medium
        Accessible.ignored: true
    }

    AppText {
        id: delta

        anchors.horizontalCenter: parent.horizontalCenter
        y: caption.y + caption.height + Theme.gap4
        role: "caption"
        text: !root.known ? qsTr("not yet measured") : Math.abs(root.change) < 0.05 ? qsTr("no change") : root.change > 0 ? qsTr("▲ %1 this week").arg(root.changeText) : qsTr("▼ %1 this week").arg(root.changeText)
        color: !root.known || Math.abs(root.change) < 0.05 ? Theme.inkMuted : root.change > 0 ? Theme.positive : Theme.warning
        Accessible.ignored: true
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Left parts, each with a list of the right parts to choose from.
Column {
    id: root

    required property ItemForm form

    spacing: Theme.gap8
    Accessible.role: Accessible.Grouping
    Accessible.name: form.instruction

    Repeater {
        model: root.form.pairs

        delegate: Rectangle {
            id: pairRow

            required property string leftPart
            required property string leftText
            required property string rightPart
            required property string rightText
            required property string mark
            required property string solution
            required property int index

            width: root.width
            height: Math.max(Theme.target + Theme.gap16, leftLabel.implicitHeight + Theme.gap24, answer.implicitHeight + Theme.gap16)
            radius: Theme.radiusCard - 2
            color: mark === "" ? Theme.surface : Theme.toneSoft(mark === "right" ? "positive" : "danger")
            border.width: Theme.lineWidth
            border.color: mark === "" ? Theme.line : Theme.toneColor(mark === "right" ? "positive" : "danger")

            AppText {
                id: leftLabel

                anchors.verticalCenter: parent.verticalCenter
                x: Theme.gap16
                width: parent.width * 0.5 - Theme.gap24
                role: "lead"
                wrapMode: Text.Wrap
                text: pairRow.leftText
            }

            Icon {
                x: parent.width * 0.5 - Theme.iconSmall / 2
                anchors.verticalCenter: parent.verticalCenter
                name: pairRow.mark === "wrong" ? "x" : pairRow.mark === "right" ? "check" : "arrow-right"
                size: Theme.iconSmall
                color: pairRow.mark === "" ? Theme.inkMuted : Theme.toneColor(pairRow.mark === "right" ? "positive" : "danger")
            }

            Column {
                id: answer

                anchors.verticalCenter: parent.verticalCenter
                x: parent.width * 0.5 + Theme.gap24
                width: parent.width * 0.5 - Theme.gap24 - Theme.gap8
                spacing: Theme.gap4

                MatchSelect {
                    objectName: "pair_" + pairRow.leftPart
                    width: parent.width
                    enabled: !root.form.locked
                    label: qsTr("What belongs to: %1").arg(pairRow.leftText)
                    targets: root.form.targets
                    value: pairRow.rightPart
                    valueText: pairRow.rightText
                    onPicked: target => root.form.pair(pairRow.leftPart, target)
                }

                AppText {
                    visible: pairRow.solution !== ""
                    width: parent.width
                    wrapMode: Text.Wrap
                    font.weight: Theme.medium
                    text: qsTr("Right: %1").arg(pairRow.solution)
                    color: Theme.positive
                }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One point of a report: what it is, how far it was reached, the words that show it, the next step.
Item {
    id: root

    property outcomeLine point
    readonly property bool pictured: point.icon !== ""
    readonly property real inset: pictured ? Theme.iconSmall + Theme.gap8 : 0

    implicitHeight: texts.implicitHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: point.spoken

    Icon {
        visible: root.pictured
        y: 2
        name: root.point.icon
        size: Theme.iconSmall
        color: root.point.tone === "" ? Theme.inkMuted : Theme.toneColor(root.point.tone)
    }

    Column {
        id: texts

        x: root.inset
        width: parent.width - x
        spacing: Theme.gap4

        Flow {
            width: parent.width
            spacing: Theme.gap8

            AppText {
                width: Math.min(implicitWidth, parent.width)
                topPadding: fact.visible ? Math.round((fact.height - Theme.fontBody * 1.3) / 2) : 0
                font.weight: Theme.medium
                wrapMode: Text.Wrap
                text: root.point.title
                Accessible.ignored: true
            }

            Chip {
                id: fact

                visible: text !== ""
                text: root.point.label
                tone: root.point.tone === "" ? "neutral" : root.point.tone
            }
        }

        Repeater {
            // A number, so that other words change the lines that stand there instead of making new ones.
            model: root.point.quoteCount

            delegate: Item {
                required property int index

                width: texts.width
                height: quoted.implicitHeight

                Rectangle {
                    width: 3
                    height: parent.height
                    radius: 1.5
                    color: Theme.line
                }

                AppText {
                    id: quoted

                    x: Theme.gap12
                    width: parent.width - x
                    font.italic: true
                    muted: true
                    wrapMode: Text.Wrap
                    text: root.point.quote(parent.index)
                    Accessible.ignored: true
                }
            }
        }

        AppText {
            visible: text !== ""
            width: parent.width
            wrapMode: Text.Wrap
            text: root.point.text
            Accessible.ignored: true
        }

        AppText {
            visible: root.point.next !== ""
            width: parent.width
            wrapMode: Text.Wrap
            text: qsTr("Next: %1").arg(root.point.next)
            Accessible.ignored: true
        }
    }
}

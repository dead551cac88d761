// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// An academy in a classroom made its own certificate: the person compares its six words with the
// teacher's screen. It opens by itself; closing it in any way but one trusts nobody.
AppDialog {
    id: root

    required property AcademyTrust trust

    title: qsTr("Compare six words")
    text: qsTr("%1 vouches for itself, as academies in a classroom do. The teacher's screen shows the same six words:").arg(trust.academy)
    acceptText: qsTr("Trust this academy")
    preferredWidth: 480
    firstFocus: words
    Component.onCompleted: {
        if (trust.asking)
            open();
    }
    onAccepted: trust.trust()
    onClosed: trust.refuse()

    Connections {
        target: root.trust

        function onChanged() {
            if (root.trust.asking)
                root.open();
            else
                root.close();
        }
    }

    FocusScope {
        id: words

        objectName: "trustWords"

        width: parent.width
        height: grid.height
        activeFocusOnTab: true
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("The six words")

        FocusRing {
            shown: words.activeFocus
        }

        Grid {
            id: grid

            readonly property real cell: (width - columnSpacing) / columns

            width: parent.width
            columns: 2
            columnSpacing: Theme.gap8
            rowSpacing: Theme.gap8

            Repeater {
                model: root.trust.words

                delegate: Rectangle {
                    id: word

                    required property int index
                    required property string modelData

                    width: grid.cell
                    height: label.implicitHeight + 2 * Theme.gap12
                    radius: Theme.radiusControl
                    color: Theme.sunken

                    AppText {
                        id: number

                        x: Theme.gap12
                        anchors.baseline: label.baseline
                        role: "caption"
                        muted: true
                        text: word.index + 1
                        Accessible.ignored: true
                    }

                    AppText {
                        id: label

                        x: number.x + number.width + Theme.gap8
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - x - Theme.gap8
                        role: "lead"
                        font.weight: Theme.semiBold
                        wrapMode: Text.WrapAnywhere
                        text: word.modelData
                    }
                }
            }
        }
    }

    AppText {
        width: parent.width
        role: "caption"
        muted: true
        wrapMode: Text.Wrap
        text: qsTr("If they differ, cancel and tell your teacher: somebody could be listening in between.")
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// How mistakes are treated in a talk.
Select {
    id: root

    property string mode
    readonly property list<string> modes: ["fluency", "accuracy", "exam"]

    signal chosen(string mode)

    objectName: "correctionMode"
    implicitWidth: Math.round(190 * Theme.textScale)
    label: qsTr("How mistakes are treated")
    model: [qsTr("One correction"), qsTr("All corrections"), qsTr("Corrections later")]
    currentIndex: modes.indexOf(mode)
    onActivated: choice => root.chosen(modes[choice])
}

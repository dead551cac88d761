// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Reads one reply aloud, or falls silent. Not there when the computer has no voice for its language.
IconButton {
    id: root

    required property ReadAloud reader
    required property string message
    readonly property bool reading: reader.state.message === message

    objectName: "readAloud"
    visible: reader.state.possible
    label: reading ? qsTr("Stop reading") : qsTr("Read aloud")
    iconName: reading ? "square" : "volume-2"
    iconColor: reading ? Theme.accent : Theme.inkMuted
    onClicked: reader.toggle(message)
    Component.onCompleted: reader.look()
}

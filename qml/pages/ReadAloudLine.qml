// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The sentence of a reply that is said at this moment, and the way to silence.
Item {
    id: root

    required property ReadAloud reader
    required property string message
    readonly property bool reading: reader.state.message === message
    readonly property bool failed: reader.state.failed === message

    visible: reading || failed
    height: Math.max(words.implicitHeight, stop.visible ? stop.height : 0) + 2 * Theme.gap8

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusControl
        color: root.failed ? Theme.warningSoft : Theme.accentSoft
    }

    Icon {
        id: picture

        x: Theme.gap12
        y: words.y + 1
        name: root.failed ? "triangle-alert" : "volume-2"
        size: Theme.iconSmall
        color: root.failed ? Theme.warning : Theme.accent
    }

    AppText {
        id: words

        objectName: "readAloudWords"
        x: picture.x + picture.width + Theme.gap8
        width: parent.width - x - stop.width - 2 * Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        role: "caption"
        wrapMode: Text.Wrap
        text: root.failed ? root.reader.state.why : root.reader.state.sentence === "" ? qsTr("Waiting for the next sentence") : root.reader.state.sentence
    }

    LinkButton {
        id: stop

        objectName: "readAloudStop"
        visible: root.reading
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        role: "caption"
        text: root.reader.state.place === "" ? qsTr("Stop reading") : qsTr("Stop reading (%1)").arg(root.reader.state.place)
        onClicked: root.reader.stop()
    }
}

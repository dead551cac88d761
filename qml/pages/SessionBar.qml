// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The thin bar above a session: leave, how far, and what stands at the end.
Item {
    id: root

    property string title
    property string position
    property real progress: 0
    default property alias trailing: end.data

    signal closed

    implicitHeight: Theme.target + Theme.gap24

    IconButton {
        id: closer

        objectName: "sessionClose"
        x: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        label: qsTr("Leave; everything is kept")
        iconName: "x"
        onClicked: root.closed()
    }

    AppText {
        id: heading

        anchors.verticalCenter: parent.verticalCenter
        x: closer.x + closer.width + Theme.gap12
        width: Math.min(implicitWidth, root.width * 0.28)
        elide: Text.ElideRight
        font.weight: Theme.medium
        text: root.title
    }

    ProgressLine {
        anchors.verticalCenter: parent.verticalCenter
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(400, root.width * 0.34)
        label: qsTr("Progress of this session")
        value: root.progress
    }

    Row {
        id: end

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap24
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap12

        TabularText {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.position !== ""
            text: root.position
            color: Theme.inkMuted
            font.family: Theme.family
            font.pixelSize: Theme.fontBody
        }
    }

    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}

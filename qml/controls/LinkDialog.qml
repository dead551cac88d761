// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Asks before an address somebody wrote is opened, and shows all of it.
AppDialog {
    id: root

    property string address

    function ask(target: string) {
        root.address = target;
        root.open();
    }

    title: qsTr("Open this address in your browser?")
    text: qsTr("It was not written by Neolingus. Open it only when you know where it leads.")
    acceptText: qsTr("Open")
    preferredWidth: 520
    onAccepted: Qt.openUrlExternally(root.address)

    Rectangle {
        width: parent.width
        height: line.implicitHeight + 2 * Theme.gap12
        radius: Theme.radiusControl
        color: Theme.sunken
        border.width: Theme.highContrast ? Theme.lineWidth : 0
        border.color: Theme.line

        AppText {
            id: line

            objectName: "linkAddress"
            x: Theme.gap12
            y: Theme.gap12
            width: parent.width - 2 * Theme.gap12
            wrapMode: Text.WrapAnywhere
            text: root.address
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Which of several messages in the same place is shown, and the way to its neighbours.
Row {
    id: root

    property string text
    property string earlier
    property string later
    readonly property bool focusInside: before.activeFocus || after.activeFocus

    signal chosen(string message)

    visible: text !== ""

    IconButton {
        id: before

        objectName: "earlierBranch"
        enabled: root.earlier !== ""
        label: qsTr("The one before")
        iconName: "chevron-left"
        onClicked: root.chosen(root.earlier)
    }

    AppText {
        anchors.verticalCenter: parent.verticalCenter
        role: "caption"
        muted: true
        text: root.text
    }

    IconButton {
        id: after

        objectName: "laterBranch"
        enabled: root.later !== ""
        label: qsTr("The one after")
        iconName: "chevron-right"
        onClicked: root.chosen(root.later)
    }
}

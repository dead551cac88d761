// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What a reply rests on, with the number it is cited by. A note can be opened, the rest is only named.
Item {
    id: root

    property sourceRow source
    property string place
    property real widest: 400
    readonly property string words: qsTr("%1 · %2").arg(source.number).arg(source.title)

    signal opened

    implicitWidth: Math.min(widest, place !== "" ? link.implicitWidth : plain.implicitWidth)
    implicitHeight: Math.max(link.implicitHeight, plain.implicitHeight)
    Accessible.role: Accessible.ListItem
    Accessible.name: words

    LinkButton {
        id: link

        objectName: "source_" + root.source.item
        visible: root.place !== ""
        width: root.width
        height: root.height
        role: "caption"
        text: root.words
        onClicked: root.opened()
    }

    AppText {
        id: plain

        visible: root.place === ""
        width: root.width
        height: root.height
        verticalAlignment: Text.AlignVCenter
        bottomPadding: 0
        elide: Text.ElideRight
        role: "caption"
        muted: true
        text: root.words
        Accessible.ignored: true
    }
}

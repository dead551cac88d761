// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Window
import Neolingus.Ui

// One picture of the icon family in one colour.
Image {
    id: root

    property string name
    property color color: Theme.ink
    property int size: Theme.icon

    width: size
    height: size
    sourceSize.width: size * Screen.devicePixelRatio
    sourceSize.height: size * Screen.devicePixelRatio
    source: name === "" ? "" : "image://icons/" + name + "/" + color.toString().slice(-6)
    visible: name !== ""
    Accessible.ignored: true
}

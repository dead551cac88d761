// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Shows the page the navigator names. Pages are made in slices, so that nothing else waits.
FocusScope {
    id: root

    required property App app
    readonly property AppPage page: loader.item as AppPage
    readonly property pageInfo wanted: app.navigator.current
    property string shown
    // True when the page that is wanted stands there completely.
    readonly property bool ready: loader.status === Loader.Ready && wanted.file !== ""
    readonly property bool settled: ready && !appear.running

    objectName: "pageHost"
    focus: true
    onWantedChanged: show()
    Component.onCompleted: show()

    function show() {
        const address = wanted.file + "#" + app.navigator.argument;
        if (wanted.file === "" || address === shown)
            return;
        shown = address;
        // Else the page before, still appearing, would bring this one to light half made.
        appear.stop();
        loader.opacity = 0;
        loader.setSource("qrc:/qt/qml/Neolingus/Ui/pages/" + wanted.file, {
            "app": root.app
        });
    }

    Loader {
        id: loader

        anchors.fill: parent
        asynchronous: true
        focus: true
        onLoaded: {
            appear.restart();
            (item as Item).forceActiveFocus();
        }

        NumberAnimation {
            id: appear

            target: loader
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.pageDuration
            easing.type: Theme.easing
        }
    }
}

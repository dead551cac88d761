// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// The window: rail, header, page, and the layers above them.
ApplicationWindow {
    id: root

    required property App app
    required property rect place
    required property bool startMaximized
    readonly property pageInfo page: app.navigator.current
    readonly property bool framed: page.framed

    objectName: "window"
    x: place.width > 0 ? place.x : (Screen.width - width) / 2
    y: place.width > 0 ? place.y : (Screen.height - height) / 2
    width: place.width > 0 ? place.width : Math.min(1280, Screen.width)
    height: place.width > 0 ? place.height : Math.min(800, Screen.height)
    minimumWidth: 960
    minimumHeight: 640
    visible: true
    visibility: startMaximized ? Window.Maximized : Window.Windowed
    title: page.title === "" ? "Neolingus" : qsTr("%1 – Neolingus").arg(page.title)
    color: Theme.background
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    onActiveChanged: app.exam.windowFocused(active)
    onClosing: {
        root.app.exam.flush();
        root.app.settings.keepWindow(Qt.rect(x, y, width, height), visibility === Window.Maximized);
    }

    Binding {
        target: Theme
        property: "dark"
        value: root.app.settings.dark
    }

    Binding {
        target: Theme
        property: "highContrast"
        value: root.app.settings.highContrast
    }

    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.app.settings.reducedMotion
    }

    Binding {
        target: Theme
        property: "textScale"
        value: root.app.settings.textScale
    }

    Connections {
        target: root.app

        function onRaiseWanted() {
            root.show();
            root.raise();
            root.requestActivate();
        }
    }

    Instantiator {
        model: root.app.navigator.shortcuts

        delegate: Shortcut {
            required property string page
            required property string shortcut

            sequence: shortcut
            enabled: root.framed
            onActivated: root.app.navigator.open(page)
        }
    }

    Shortcut {
        sequence: "Ctrl+K"
        onActivated: paletteLayer.show()
    }

    Shortcut {
        sequence: "Ctrl+B"
        enabled: root.framed
        onActivated: root.app.palette.run("rail")
    }

    Shortcut {
        sequences: ["Ctrl++", "Ctrl+="]
        onActivated: root.app.palette.run("larger")
    }

    Shortcut {
        sequence: "Ctrl+-"
        onActivated: root.app.palette.run("smaller")
    }

    Shortcut {
        sequence: "Ctrl+Q"
        enabled: root.framed
        onActivated: root.close()
    }

    Shortcut {
        sequences: ["Alt+Left", "Back"]
        enabled: root.framed && root.app.navigator.canGoBack
        onActivated: root.app.navigator.back()
    }

    Rail {
        id: rail

        app: root.app
        visible: root.framed
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        collapsed: root.app.settings.railCollapsed || root.width < 900 * Theme.textScale
    }

    Item {
        id: sheet

        anchors.left: root.framed ? rail.right : parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom

        TopBar {
            id: bar

            app: root.app
            page: host.page
            visible: root.framed
            width: parent.width
        }

        Banner {
            id: notice

            objectName: "appNotice"
            anchors.top: root.framed ? bar.bottom : parent.top
            anchors.topMargin: root.framed ? 0 : Theme.gap16
            x: Theme.gap32
            width: parent.width - 2 * Theme.gap32
            visible: root.app.notice !== ""
            height: visible ? implicitHeight : 0
            tone: "warning"
            text: root.app.notice
        }

        PageHost {
            id: host

            app: root.app
            anchors.top: notice.visible ? notice.bottom : root.framed ? bar.bottom : parent.top
            anchors.topMargin: notice.visible ? Theme.gap16 : 0
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }

    ToastLayer {
        toasts: root.app.toasts
        anchors.horizontalCenter: sheet.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap24 + (host.page?.toastSpace ?? 0)
    }

    PaletteLayer {
        id: paletteLayer

        palette: root.app.palette
    }
}

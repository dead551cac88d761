// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The way around: pages of this role, settings at the foot, names hidden when collapsed.
Rectangle {
    id: root

    required property App app
    property bool collapsed: false

    width: collapsed ? 68 : Math.round(212 * Math.min(1.35, Theme.textScale))
    color: Theme.background
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Behavior on width {
        NumberAnimation {
            duration: Theme.pageDuration
            easing.type: Theme.easing
        }
    }

    Rectangle {
        anchors.right: parent.right
        width: Theme.lineWidth
        height: parent.height
        color: Theme.line
    }

    Item {
        id: brand

        width: parent.width
        height: Math.round(72 * Math.min(1.3, Theme.textScale))

        Image {
            id: mark

            x: 20
            anchors.verticalCenter: parent.verticalCenter
            width: 28
            height: 28
            sourceSize.width: 56
            sourceSize.height: 56
            source: "qrc:/neolingus/neolingus.svg"
            Accessible.ignored: true
        }

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            x: mark.x + mark.width + Theme.gap12
            visible: !root.collapsed
            role: "lead"
            font.weight: Theme.semiBold
            font.letterSpacing: -0.2
            text: "Neolingus"
        }
    }

    Column {
        id: pageButtons

        anchors.top: brand.bottom
        anchors.topMargin: Theme.gap8
        x: Theme.gap12
        width: parent.width - 2 * Theme.gap12
        spacing: 2

        RailButton {
            objectName: "railSearch"
            width: parent.width
            collapsed: root.collapsed
            iconName: "search"
            text: qsTr("Find")
            hint: qsTr("Ctrl K")
            onClicked: root.app.palette.run("palette")
        }

        Item {
            width: 1
            height: Theme.gap8
        }

        Repeater {
            model: root.app.navigator.railTop

            delegate: RailButton {
                required property string page
                required property string title
                required iconName

                objectName: "rail_" + page
                width: pageButtons.width
                collapsed: root.collapsed
                text: title
                required current
                onClicked: root.app.navigator.open(page)
            }
        }
    }

    Column {
        id: footButtons

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap12
        x: Theme.gap12
        width: parent.width - 2 * Theme.gap12
        spacing: 2

        Repeater {
            model: root.app.navigator.railBottom

            delegate: RailButton {
                required property string page
                required property string title
                required iconName

                objectName: "rail_" + page
                width: footButtons.width
                collapsed: root.collapsed
                text: title
                required current
                onClicked: root.app.navigator.open(page)
            }
        }

        RailButton {
            objectName: "railCollapse"
            width: parent.width
            collapsed: root.collapsed
            iconName: root.collapsed ? "panel-left-open" : "panel-left-close"
            text: root.collapsed ? qsTr("Show the names") : qsTr("Hide the names")
            onClicked: root.app.palette.run("rail")
        }
    }
}

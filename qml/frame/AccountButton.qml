// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// Who is here, and what they can do about it.
AbstractButton {
    id: root

    required property App app
    readonly property accountState who: app.account.state

    objectName: "account"
    implicitWidth: Theme.target
    implicitHeight: Theme.target
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: who.signedIn ? qsTr("Account of %1").arg(who.name) : qsTr("Account: nobody is signed in")
    onClicked: menu.open()
    Keys.onReturnPressed: menu.open()

    background: Item {
        FocusRing {
            radius: width / 2
            inset: -1
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        Avatar {
            anchors.centerIn: parent
            size: 32
            initials: root.who.initials
            opacity: root.hovered ? 0.85 : 1
        }
    }

    Popup {
        id: menu

        y: root.height + 6
        x: root.width - width
        width: Math.round(296 * Math.min(1.4, Theme.textScale))
        padding: Theme.gap8
        focus: true
        onOpened: (root.who.signedIn ? settingsRow : signInRow).forceActiveFocus(Qt.TabFocusReason)

        background: Rectangle {
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: Theme.lineWidth
            border.color: Theme.line

            FloatShadow {}
        }

        contentItem: Column {
            spacing: Theme.gap4

            Item {
                width: parent.width
                height: head.height + Theme.gap16

                Row {
                    id: head

                    x: Theme.gap12
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.gap12

                    Avatar {
                        anchors.verticalCenter: parent.verticalCenter
                        size: 40
                        initials: root.who.initials
                    }

                    Column {
                        anchors.verticalCenter: parent.verticalCenter

                        AppText {
                            width: menu.width - 100
                            elide: Text.ElideRight
                            font.weight: Theme.semiBold
                            text: root.who.signedIn ? root.who.name : qsTr("Guest")
                        }

                        AppText {
                            width: menu.width - 100
                            elide: Text.ElideRight
                            role: "caption"
                            muted: true
                            text: root.who.signedIn ? root.who.email : qsTr("Everything stays on this computer")
                        }
                    }
                }
            }

            Divider {
                width: parent.width
            }

            ListRow {
                id: settingsRow

                objectName: "menuSettings"
                width: parent.width
                iconName: "settings"
                title: qsTr("Settings")
                chevron: false
                onClicked: {
                    menu.close();
                    root.app.navigator.open("settings");
                }
            }

            ListRow {
                objectName: "menuKeys"
                width: parent.width
                iconName: "keyboard"
                title: qsTr("Keyboard shortcuts")
                chevron: false
                onClicked: {
                    menu.close();
                    root.app.navigator.open("keys");
                }
            }

            ListRow {
                id: signInRow

                objectName: "menuSignIn"
                width: parent.width
                visible: !root.who.signedIn
                iconName: "log-in"
                title: qsTr("Sign in to an academy")
                chevron: false
                onClicked: {
                    menu.close();
                    root.app.navigator.open("signin");
                }
            }

            ListRow {
                objectName: "menuSignOut"
                width: parent.width
                iconName: "log-out"
                title: root.who.signedIn ? qsTr("Sign out") : qsTr("Back to the welcome page")
                chevron: false
                onClicked: {
                    menu.close();
                    root.app.account.signOut();
                }
            }
        }
    }
}

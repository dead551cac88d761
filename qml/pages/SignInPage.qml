// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Sign in, or make an account, at one academy. Each problem is said beside the field it belongs to.
AppPage {
    id: root

    property bool creating: false
    readonly property AccountController account: app.account

    title: creating ? qsTr("Make an account") : qsTr("Sign in")

    Component.onCompleted: {
        account.clearError();
        academy.text = account.academyUrl;
        (academy.text === "" ? academy : email).takeFocus();
    }

    function submit() {
        if (creating)
            account.signUp(academy.text, key.text, name.text, email.text, password.text);
        else
            account.signIn(academy.text, key.text, email.text, password.text);
    }

    IconButton {
        objectName: "signInBack"
        x: Theme.gap24
        y: Theme.gap24
        label: qsTr("Back")
        iconName: "arrow-left"
        onClicked: root.app.navigator.back()
    }

    Flickable {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap48 + Theme.gap32
        anchors.rightMargin: Theme.gap48 + Theme.gap32
        contentWidth: width
        contentHeight: Math.max(height, sheet.height + 2 * Theme.gap32)
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: sheet

            x: (parent.width - width) / 2
            y: Math.max(Theme.gap32, (parent.height - height) / 2 - Theme.gap16)
            width: Math.min(Math.round(400 * Math.min(1.5, Theme.textScale)), parent.width)
            spacing: Theme.gap24

            Column {
                width: parent.width
                spacing: Theme.gap8

                Image {
                    width: 44
                    height: 44
                    sourceSize.width: 88
                    sourceSize.height: 88
                    source: "qrc:/neolingus/neolingus.svg"
                    Accessible.ignored: true
                }

                AppText {
                    width: parent.width
                    topPadding: Theme.gap8
                    role: "title"
                    wrapMode: Text.Wrap
                    text: root.title
                    Accessible.role: Accessible.Heading
                }
            }

            Banner {
                width: parent.width
                visible: root.account.error !== "" && root.account.errorField === ""
                tone: "danger"
                text: root.account.error
                details: root.account.errorDetails
            }

            Field {
                id: academy

                objectName: "academyField"
                inputName: "academy"
                width: parent.width
                label: qsTr("Academy")
                placeholder: "https://academy.example"
                leadingIcon: "school"
                inputHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
                error: root.account.errorField === "academy" ? root.account.error : ""
                help: qsTr("The address your academy gave you.")
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            Field {
                id: key

                inputName: "academyKey"
                width: parent.width
                visible: root.account.needsKey(academy.text)
                label: qsTr("Public key of the academy")
                leadingIcon: "key-round"
                help: qsTr("Also called the anon key. It is not a secret.")
                error: root.account.errorField === "key" ? root.account.error : ""
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            Field {
                id: name

                inputName: "name"
                width: parent.width
                visible: root.creating
                label: qsTr("Your name")
                leadingIcon: "user"
                onAccepted: root.submit()
            }

            Field {
                id: email

                inputName: "email"
                width: parent.width
                label: qsTr("E-mail")
                leadingIcon: "mail"
                inputHints: Qt.ImhEmailCharactersOnly | Qt.ImhNoAutoUppercase
                error: root.account.errorField === "email" ? root.account.error : ""
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            Field {
                id: password

                objectName: "passwordField"

                inputName: "password"
                width: parent.width
                label: qsTr("Password")
                leadingIcon: "lock"
                secret: true
                error: root.account.errorField === "password" ? root.account.error : ""
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            Column {
                width: parent.width
                spacing: Theme.gap12

                AppButton {
                    objectName: "signIn"
                    width: parent.width
                    kind: "primary"
                    busy: root.account.busy
                    text: busy ? qsTr("One moment") : root.title
                    onClicked: root.submit()
                }

                LinkButton {
                    objectName: "switchCreate"
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: root.creating ? qsTr("I have an account already") : qsTr("I have no account yet")
                    onClicked: {
                        root.account.clearError();
                        root.creating = !root.creating;
                    }
                }
            }

            Row {
                visible: !root.account.state.secretsPersist
                width: parent.width
                spacing: Theme.gap8

                Icon {
                    y: 1
                    name: "key-round"
                    size: Theme.iconSmall
                    color: Theme.inkMuted
                }

                AppText {
                    width: parent.width - Theme.iconSmall - Theme.gap8
                    role: "caption"
                    muted: true
                    wrapMode: Text.Wrap
                    text: qsTr("This computer has no keychain: you will be asked to sign in again after closing Neolingus.")
                }
            }
        }
    }
}

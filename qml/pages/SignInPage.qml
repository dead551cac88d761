// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Sign in, or make an account, at one academy: by password, by a code in an e-mail or through the
// browser, with a second step where the account has one. Each problem is said beside the field it
// belongs to.
AppPage {
    id: root

    property bool creating: app.navigator.argument === "create"
    property bool byCode: false
    property bool wasAnonymous: false
    readonly property AccountController account: app.account
    readonly property bool atStart: account.step === ""
    readonly property bool awaitsCode: account.step === "code" || account.step === "second"

    title: {
        switch (account.step) {
        case "code":
            return qsTr("Your code");
        case "browser":
            return qsTr("Go on in the browser");
        case "second":
            return qsTr("Second step");
        default:
            return creating ? qsTr("Make an account") : qsTr("Sign in");
        }
    }

    Component.onCompleted: {
        wasAnonymous = account.state.anonymous;
        account.clearError();
        academy.text = account.academyUrl;
        account.lookForProviders();
        if (awaitsCode)
            code.takeFocus();
        else
            (academy.text === "" ? academy : email).takeFocus();
    }

    Connections {
        target: root.account

        function onStepChanged() {
            code.text = "";
            if (root.awaitsCode)
                code.takeFocus();
        }

        // The same person, who has an address now: nothing else leads on from here.
        function onStateChanged() {
            if (root.wasAnonymous && root.account.state.signedIn && !root.account.state.anonymous)
                root.app.navigator.back();
        }
    }

    function submit() {
        if (awaitsCode)
            account.enterCode(code.text);
        else if (byCode)
            account.sendCode(academy.text, key.text, email.text, creating);
        else if (creating)
            account.signUp(academy.text, key.text, name.text, email.text, password.text);
        else
            account.signIn(academy.text, key.text, email.text, password.text);
    }

    TrustDialog {
        trust: root.account.trust
    }

    IconButton {
        objectName: "signInBack"
        x: Theme.gap24
        y: Theme.gap24
        label: qsTr("Back")
        iconName: "arrow-left"
        onClicked: {
            if (root.atStart)
                root.app.navigator.back();
            else
                root.account.leaveStep();
        }
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

                AppText {
                    width: parent.width
                    visible: text !== ""
                    muted: true
                    wrapMode: Text.Wrap
                    text: {
                        switch (root.account.step) {
                        case "code":
                            return qsTr("We sent six digits to %1. They work for one hour.").arg(root.account.codeAddress);
                        case "browser":
                            return qsTr("Sign in on the page that has opened. This window goes on by itself.");
                        case "second":
                            return qsTr("Enter the six digits your authenticator app shows now.");
                        default:
                            if (!root.creating)
                                return "";
                            return root.account.state.guest ? qsTr("What you studied as a guest comes with you.") : root.account.state.anonymous ? qsTr("What you did so far stays yours.") : "";
                        }
                    }
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
                visible: root.atStart
                label: qsTr("Academy")
                placeholder: "https://academy.example"
                leadingIcon: "school"
                inputHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
                error: root.account.errorField === "academy" ? root.account.error : ""
                help: qsTr("The address your academy gave you.")
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            LinkButton {
                objectName: "compareAgain"
                visible: root.atStart && root.account.otherCertificate
                text: qsTr("My teacher set it up again: compare the words")
                onClicked: {
                    root.account.compareAgain(academy.text);
                    root.submit();
                }
            }

            Field {
                id: key

                inputName: "academyKey"
                width: parent.width
                visible: root.atStart && root.account.needsKey(academy.text)
                label: qsTr("Public key of the academy")
                leadingIcon: "key-round"
                help: qsTr("Also called the anon or publishable key. It is not a secret.")
                error: root.account.errorField === "key" ? root.account.error : ""
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            Field {
                id: name

                inputName: "name"
                width: parent.width
                visible: root.atStart && root.creating && !root.byCode
                label: qsTr("Your name")
                leadingIcon: "user"
                onAccepted: root.submit()
            }

            Field {
                id: email

                inputName: "email"
                width: parent.width
                visible: root.atStart
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
                visible: root.atStart && !root.byCode
                label: qsTr("Password")
                leadingIcon: "lock"
                secret: true
                error: root.account.errorField === "password" ? root.account.error : ""
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            Field {
                id: code

                inputName: "code"
                width: parent.width
                visible: root.awaitsCode
                label: qsTr("Six digits")
                leadingIcon: "key-round"
                maximumLength: 7
                inputHints: Qt.ImhDigitsOnly
                error: root.account.errorField === "code" ? root.account.error : ""
                onEdited: root.account.clearError()
                onAccepted: root.submit()
            }

            Column {
                width: parent.width
                spacing: Theme.gap12

                AppButton {
                    objectName: "signIn"
                    width: parent.width
                    visible: root.account.step !== "browser"
                    kind: "primary"
                    busy: root.account.busy
                    text: busy ? qsTr("One moment") : root.awaitsCode ? qsTr("Continue") : root.byCode ? qsTr("Send me a code") : root.title
                    onClicked: root.submit()
                }

                AppButton {
                    objectName: "byCode"
                    width: parent.width
                    visible: root.atStart
                    text: root.byCode ? qsTr("Use a password") : qsTr("Use a code by e-mail")
                    onClicked: {
                        root.account.clearError();
                        root.byCode = !root.byCode;
                    }
                }

                Repeater {
                    model: root.atStart ? root.account.providers : []

                    delegate: AppButton {
                        required property string modelData

                        objectName: "browser_" + modelData
                        width: parent.width
                        text: qsTr("Continue with %1").arg(root.account.providerName(modelData))
                        onClicked: root.account.signInInBrowser(academy.text, key.text, modelData)
                    }
                }

                AppButton {
                    objectName: "leaveStep"
                    width: parent.width
                    visible: root.account.step === "browser"
                    text: qsTr("Cancel")
                    onClicked: root.account.leaveStep()
                }

                LinkButton {
                    objectName: "codeAgain"
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.account.step === "code"
                    enabled: root.account.codeWait === 0
                    text: root.account.codeWait > 0 ? qsTr("Another code in %1 s").arg(root.account.codeWait) : qsTr("Send another code")
                    onClicked: root.account.sendCodeAgain()
                }

                LinkButton {
                    objectName: "switchCreate"
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.atStart
                    text: root.creating ? qsTr("I have an account already") : qsTr("I have no account yet")
                    onClicked: {
                        root.account.clearError();
                        root.creating = !root.creating;
                    }
                }

                LinkButton {
                    objectName: "tryWithoutAccount"
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.atStart && !root.account.state.signedIn
                    enabled: !root.account.busy
                    text: qsTr("Try it without an account")
                    onClicked: root.account.tryWithoutAccount(academy.text, key.text)
                }
            }

            AppText {
                width: parent.width
                visible: root.account.step === "browser"
                role: "caption"
                muted: true
                wrapMode: Text.WrapAnywhere
                text: qsTr("No page? Open this address yourself: %1").arg(root.account.browserAddress)
            }

            AppText {
                width: parent.width
                visible: root.account.step === "code" && root.account.mailboxUrl !== ""
                role: "caption"
                muted: true
                wrapMode: Text.Wrap
                text: qsTr("A demo academy sends no e-mail. Read yours at %1").arg(root.account.mailboxUrl)
            }

            Row {
                visible: !root.account.state.secretsPersist && root.atStart
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

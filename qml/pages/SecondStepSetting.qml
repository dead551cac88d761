// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Two-step verification: off, being set up with an authenticator app, or on.
Column {
    id: root

    required property SecondStep step

    width: parent?.width ?? 0

    SettingLine {
        title: qsTr("Two-step verification")
        detail: root.step.on ? qsTr("On. Signing in asks for a code of your authenticator app.") : qsTr("Off. Nobody gets in with your password alone when it is on.")
        last: root.step.settingUp

        AppButton {
            objectName: "secondStepSwitch"
            visible: !root.step.settingUp
            busy: root.step.busy
            enabled: root.step.known
            text: root.step.on ? qsTr("Turn off") : qsTr("Set up")
            onClicked: root.step.on ? sure.open() : root.step.begin()
        }
    }

    Banner {
        width: parent.width
        visible: root.step.error !== "" && !root.step.settingUp
        tone: "danger"
        text: root.step.error
    }

    Column {
        width: parent.width
        visible: root.step.settingUp
        spacing: Theme.gap12
        bottomPadding: Theme.gap16

        AppText {
            width: parent.width
            wrapMode: Text.Wrap
            text: qsTr("Scan this with your authenticator app, then enter the six digits it shows.")
        }

        Image {
            source: root.step.picture
            smooth: false
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("QR code for your authenticator app")
        }

        AppText {
            width: parent.width
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: qsTr("No camera? Type this key into the app: %1").arg(root.step.secret)
        }

        Field {
            id: digits

            inputName: "secondStepCode"
            width: Math.min(parent.width, 260)
            label: qsTr("Six digits")
            maximumLength: 7
            inputHints: Qt.ImhDigitsOnly
            error: root.step.error
            onAccepted: root.step.confirm(text)
        }

        Row {
            spacing: Theme.gap8

            AppButton {
                objectName: "secondStepConfirm"
                kind: "primary"
                busy: root.step.busy
                text: qsTr("Turn on")
                onClicked: root.step.confirm(digits.text)
            }

            AppButton {
                objectName: "secondStepCancel"
                text: qsTr("Cancel")
                onClicked: {
                    digits.text = "";
                    root.step.stop();
                }
            }
        }

        Divider {
            width: parent.width
        }
    }

    AppDialog {
        id: sure

        title: qsTr("Turn two-step verification off?")
        text: qsTr("From then on your password alone is enough to sign in.")
        acceptText: qsTr("Turn off")
        acceptKind: "danger"
        onAccepted: root.step.turnOff()
    }
}

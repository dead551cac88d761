// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Ui

// One tutor in the settings: whether it is asked, its place in the order, and what it needs.
Column {
    id: root

    required property string tutor
    required property string name
    required property string detail
    required property bool used
    required property bool first
    required property bool last
    required property bool local
    required property bool ownAddress
    required property bool configurable
    required property bool needsKey
    required property bool hasKey
    required property string model
    required property list<string> models
    required property string address
    required property string check
    required property string tone
    required property string measured
    property bool keychain: true

    signal wanted(bool yes)
    signal moved(int places)
    signal modelChosen(string name)
    signal addressChosen(string address)
    signal keyGiven(string key)
    signal keyRemoved

    objectName: "tutorChoice_" + tutor

    SettingLine {
        title: root.name
        detail: root.check !== "" && root.local ? root.check : root.detail
        last: root.used && root.configurable

        IconButton {
            objectName: "tutorUp_" + root.tutor
            visible: root.used
            enabled: !root.first
            label: qsTr("Ask %1 earlier").arg(root.name)
            iconName: "chevron-up"
            onClicked: root.moved(-1)
        }

        IconButton {
            objectName: "tutorDown_" + root.tutor
            visible: root.used
            enabled: !root.last
            label: qsTr("Ask %1 later").arg(root.name)
            iconName: "chevron-down"
            onClicked: root.moved(1)
        }

        AppSwitch {
            objectName: "tutorUse_" + root.tutor
            label: qsTr("Ask %1").arg(root.name)
            checked: root.used
            onToggled: root.wanted(checked)
        }
    }

    Repeater {
        model: root.used && root.configurable ? 1 : 0

        delegate: Column {
            width: root.width
            spacing: Theme.gap12
            bottomPadding: Theme.gap16

            Field {
                inputName: "tutorAddress_" + root.tutor
                width: parent.width
                visible: root.local || root.ownAddress
                label: qsTr("Address")
                placeholder: root.ownAddress ? "https://…/v1" : ""
                text: root.address
                onAccepted: root.addressChosen(text)
                field.onEditingFinished: {
                    if (text !== root.address)
                        root.addressChosen(text);
                }
            }

            Field {
                inputName: "tutorModelName_" + root.tutor
                width: parent.width
                visible: root.ownAddress && root.models.length <= 1
                label: qsTr("Model")
                help: qsTr("As the server calls it. A key that works brings the list.")
                text: root.model
                onAccepted: root.modelChosen(text)
                field.onEditingFinished: {
                    if (text !== root.model)
                        root.modelChosen(text);
                }
            }

            Item {
                visible: !root.ownAddress || root.models.length > 1
                width: parent.width
                height: modelLabel.height + Theme.gap4 + 2 + chooser.height

                AppText {
                    id: modelLabel

                    text: qsTr("Model")
                    font.weight: Theme.medium
                    Accessible.ignored: true
                }

                Select {
                    id: chooser

                    objectName: "tutorModel_" + root.tutor
                    y: modelLabel.height + Theme.gap4 + 2
                    width: Math.min(parent.width, 320 * Theme.textScale)
                    enabled: count > 0
                    label: qsTr("Model of %1").arg(root.name)
                    model: root.models
                    currentIndex: root.models.indexOf(root.model)
                    displayText: root.model !== "" ? root.model : qsTr("None yet")
                    onActivated: root.modelChosen(currentText)
                }
            }

            AppText {
                objectName: "tutorMeasured_" + root.tutor
                visible: root.measured !== ""
                width: parent.width
                wrapMode: Text.Wrap
                role: "caption"
                muted: true
                text: root.measured
            }

            Item {
                width: parent.width
                height: keyField.height
                visible: root.needsKey || root.hasKey

                Field {
                    id: keyField

                    inputName: "tutorKey_" + root.tutor
                    width: parent.width - keyButtons.width - Theme.gap8
                    label: qsTr("Key")
                    secret: true
                    placeholder: root.hasKey ? qsTr("A key is kept") : ""
                    help: root.keychain ? qsTr("Kept in this computer's keychain, never in a file and never at the academy.") : qsTr("This computer has no keychain: the key is forgotten when Neolingus closes.")
                    onAccepted: root.give(keyField)
                }

                Row {
                    id: keyButtons

                    anchors.right: parent.right
                    y: keyField.field.y
                    spacing: Theme.gap8

                    AppButton {
                        objectName: "saveKey_" + root.tutor
                        text: qsTr("Try and keep")
                        enabled: keyField.text !== ""
                        onClicked: root.give(keyField)
                    }

                    AppButton {
                        objectName: "removeKey_" + root.tutor
                        visible: root.hasKey
                        text: qsTr("Remove")
                        onClicked: root.keyRemoved()
                    }
                }
            }

            Row {
                visible: root.check !== "" && !root.local
                spacing: Theme.gap8

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.tone !== ""
                    name: Theme.toneIcon(root.tone)
                    size: Theme.iconSmall
                    color: Theme.toneColor(root.tone)
                }

                Pulse {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.tone === ""
                }

                AppText {
                    objectName: "keyCheck_" + root.tutor
                    width: Math.min(implicitWidth, root.width - Theme.iconSmall - Theme.gap8)
                    wrapMode: Text.Wrap
                    role: "caption"
                    font.weight: Theme.medium
                    text: root.check
                    color: root.tone === "" ? Theme.inkMuted : Theme.toneColor(root.tone)
                }
            }

            Divider {
                width: parent.width
            }
        }
    }

    function give(field: Field) {
        root.keyGiven(field.text);
        field.text = "";
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Who answers and in which order, what may be used in a day, and what was used.
SettingsCard {
    id: root

    required property TutorPreferences tutor
    required property ReadAloud reader
    property bool keychain: true

    heading: qsTr("Tutor")
    iconName: "message-circle"
    Component.onCompleted: {
        tutor.look();
        reader.look();
    }

    Item {
        width: parent.width
        height: intro.implicitHeight + Theme.gap8

        AppText {
            id: intro

            width: Math.min(parent.width, Theme.measure * 1.1)
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: qsTr("The first one that can answers. When it cannot, the next one does, and the reply says so.")
        }
    }

    Repeater {
        model: root.tutor.choices

        delegate: TutorChoice {
            width: parent?.width ?? 0
            keychain: root.keychain
            onWanted: yes => root.tutor.use(tutor, yes)
            onMoved: places => root.tutor.move(tutor, places)
            onModelChosen: name => root.tutor.setModel(tutor, name)
            onAddressChosen: address => root.tutor.setAddress(tutor, address)
            onKeyGiven: key => root.tutor.saveKey(tutor, key)
            onKeyRemoved: root.tutor.removeKey(tutor)
        }
    }

    SettingLine {
        title: qsTr("Servers on this computer")
        detail: root.tutor.looking ? qsTr("Looking for Ollama, llama.cpp and LM Studio") : qsTr("Ollama, llama.cpp and LM Studio are found by themselves when they run.")

        AppButton {
            objectName: "lookForServers"
            text: qsTr("Look again")
            enabled: !root.tutor.looking
            onClicked: root.tutor.look()
        }
    }

    SettingLine {
        title: qsTr("Most in a day")
        detail: qsTr("Tokens; a page of talk is about a thousand. Notes and servers on this computer are free.")

        SegmentedControl {
            label: qsTr("Most in a day")
            namePrefix: "tutorBudget"
            values: ["0", "20000", "50000", "200000"]
            labels: [qsTr("No limit"), qsTr("20 000"), qsTr("50 000"), qsTr("200 000")]
            value: root.tutor.tokensPerDay.toString()
            onChosen: value => root.tutor.setTokensPerDay(Number(value))
        }
    }

    SettingLine {
        title: qsTr("Most money in a day")
        detail: qsTr("In dollars, at the prices of the providers. The academy keeps a limit of its own.")

        SegmentedControl {
            label: qsTr("Most money in a day")
            namePrefix: "tutorMoney"
            values: ["0", "25", "100", "500"]
            labels: [qsTr("No limit"), qsTr("$0.25"), qsTr("$1"), qsTr("$5")]
            value: root.tutor.centsPerDay.toString()
            onChosen: value => root.tutor.setCentsPerDay(Number(value))
        }
    }

    SettingLine {
        title: qsTr("Reading aloud")
        detail: root.reader.state.voices

        AppButton {
            objectName: "lookForVoices"
            visible: !root.reader.state.possible
            text: qsTr("Look again")
            onClicked: root.reader.look(true)
        }

        SegmentedControl {
            visible: root.reader.state.possible
            label: qsTr("Pace of reading aloud")
            namePrefix: "readAloudPace"
            values: ["normal", "slow"]
            labels: [qsTr("Normal"), qsTr("Slow")]
            value: root.reader.slow ? "slow" : "normal"
            onChosen: value => root.reader.slow = value === "slow"
        }
    }

    SettingLine {
        visible: root.reader.state.possible
        title: qsTr("Read new replies by themselves")
        detail: qsTr("Sentence by sentence, while the tutor still writes.")

        AppSwitch {
            objectName: "readAloudByItself"
            label: qsTr("Read new replies by themselves")
            checked: root.reader.byItself
            onToggled: root.reader.byItself = checked
        }
    }

    Column {
        width: parent.width
        topPadding: Theme.gap12
        spacing: Theme.gap8

        AppText {
            width: parent.width
            wrapMode: Text.Wrap
            font.weight: Theme.medium
            text: qsTr("What was used")
        }

        AppText {
            width: parent.width
            role: "caption"
            muted: true
            wrapMode: Text.Wrap
            text: root.tutor.usage
        }

        UsageBars {
            width: parent.width
            visible: count > 0
            days: root.tutor.days
            label: root.tutor.usage
        }
    }
}

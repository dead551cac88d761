// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Ui

// One criterion while it is corrected.
Card {
    id: root

    required property string criterion
    required property string name
    required property string reached
    required property string quotes
    required property string strength
    required property string next
    required property string problem

    signal reachedChosen(string value)
    signal quotesGiven(string words)
    signal strengthGiven(string words)
    signal nextGiven(string words)

    padding: Theme.gap16
    spacing: Theme.gap12
    border.color: problem === "" ? Theme.line : Theme.danger
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    component Words: Column {
        id: part

        property string caption
        property string content
        property string inputName

        signal given(string words)

        width: parent?.width ?? 0
        spacing: Theme.gap4

        AppText {
            role: "caption"
            muted: true
            text: part.caption
            Accessible.ignored: true
        }

        TextAreaField {
            width: parent.width
            inputName: part.inputName
            label: part.caption
            smallestHeight: Theme.target
            largestHeight: Theme.target * 4
            text: part.content
            onEdited: part.given(text)
        }
    }

    AppText {
        width: parent.width
        font.weight: Theme.semiBold
        wrapMode: Text.Wrap
        text: root.name
        Accessible.role: Accessible.Heading
    }

    Flickable {
        width: parent.width
        height: choice.height
        contentWidth: choice.width
        clip: contentWidth > width

        SegmentedControl {
            id: choice

            label: root.name
            namePrefix: "reached_" + root.criterion
            values: ["", "not_yet", "partly", "mostly", "fully"]
            labels: [qsTr("Nothing said"), qsTr("Not yet"), qsTr("Partly"), qsTr("Mostly"), qsTr("Fully")]
            value: root.reached
            onChosen: value => root.reachedChosen(value)
        }
    }

    Words {
        visible: root.reached !== ""
        caption: qsTr("The student's words that show it, one quote a line")
        inputName: "quotes_" + root.criterion
        content: root.quotes
        onGiven: words => root.quotesGiven(words)
    }

    Words {
        visible: root.reached !== ""
        caption: qsTr("What is good")
        inputName: "strength_" + root.criterion
        content: root.strength
        onGiven: words => root.strengthGiven(words)
    }

    Words {
        visible: root.reached !== ""
        caption: qsTr("The next step")
        inputName: "next_" + root.criterion
        content: root.next
        onGiven: words => root.nextGiven(words)
    }

    Row {
        visible: root.problem !== ""
        width: parent.width
        spacing: Theme.gap8

        Icon {
            name: "circle-alert"
            size: Theme.iconSmall
            color: Theme.danger
        }

        AppText {
            objectName: "problem_" + root.criterion
            width: parent.width - Theme.iconSmall - Theme.gap8
            role: "caption"
            wrapMode: Text.Wrap
            color: Theme.danger
            text: root.problem
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A student's text beside the criteria: the tutor's words are filled in, the teacher has the last
// one. Every criterion needs the student's own words as evidence.
ScrollPage {
    id: root

    readonly property WritingsController desk: app.writings
    readonly property writingRow now: desk.current
    readonly property bool wide: width > 980 * Theme.textScale

    title: now.who !== "" ? now.who : qsTr("A text")
    subtitle: now.when === "" ? "" : qsTr("%1 · %2").arg(now.when).arg(now.state)
    widest: wide ? 1280 : Math.round(760 * Math.min(1.4, Theme.textScale))

    Component.onCompleted: desk.open(app.navigator.argument)

    Connections {
        target: root.desk

        function onCorrected() {
            root.app.navigator.back();
        }
    }

    headerActions: AppButton {
        objectName: "markingBack"
        iconName: "arrow-left"
        text: qsTr("Back")
        onClicked: root.app.navigator.back()
    }

    Flow {
        width: parent.width
        spacing: Theme.gap24

        Column {
            id: left

            width: root.wide ? Math.round((parent.width - parent.spacing) * 0.45) : parent.width
            spacing: Theme.gap16

            TextCard {
                width: parent.width
                visible: root.now.body !== ""
                brief: root.now.brief
                body: root.now.body
            }

            OutcomeCard {
                width: parent.width
                visible: outcome.lines > 0
                outcome: root.now.tutor
            }
        }

        Column {
            width: root.wide ? parent.width - left.width - parent.spacing : parent.width
            spacing: Theme.gap16

            AppText {
                width: parent.width
                wrapMode: Text.Wrap
                muted: true
                text: qsTr("Your student sees what you keep here instead of the tutor's words, with your name. It is help, never a mark.")
            }

            Repeater {
                model: root.desk.marking

                delegate: MarkingCard {
                    width: parent?.width ?? 0
                    onReachedChosen: value => root.desk.setReached(criterion, value)
                    onQuotesGiven: words => root.desk.setQuotes(criterion, words)
                    onStrengthGiven: words => root.desk.setStrength(criterion, words)
                    onNextGiven: words => root.desk.setNext(criterion, words)
                }
            }

            Card {
                width: parent.width
                padding: Theme.gap16
                spacing: Theme.gap8

                AppText {
                    font.weight: Theme.medium
                    text: qsTr("A word to the student")
                    Accessible.ignored: true
                }

                TextAreaField {
                    width: parent.width
                    inputName: "markingComment"
                    label: qsTr("A word to the student")
                    smallestHeight: Theme.target * 1.6
                    largestHeight: Theme.target * 5
                    text: root.desk.comment
                    onEdited: root.desk.comment = text
                }
            }

            Banner {
                width: parent.width
                visible: root.desk.markingError !== ""
                tone: "danger"
                text: root.desk.markingError
            }

            AppButton {
                objectName: "keepMarking"
                anchors.right: parent.right
                kind: "primary"
                iconName: "send"
                text: qsTr("Give it to the student")
                busy: root.desk.busy
                onClicked: root.desk.keepMarking()
            }
        }
    }
}

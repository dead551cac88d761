// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// A text with gaps that are typed or chosen where they stand.
Column {
    id: root

    required property ItemForm form
    property TextField active: null

    spacing: Theme.gap16
    Accessible.role: Accessible.Grouping
    Accessible.name: form.instruction

    Flow {
        visible: root.form.wordBank.length > 0
        width: root.width
        spacing: Theme.gap8

        Repeater {
            model: root.form.wordBank

            delegate: Chip {
                required property string modelData

                text: modelData
            }
        }
    }

    Flow {
        id: flow

        width: root.width
        spacing: Math.round(Theme.fontLead * 0.28)

        Repeater {
            model: root.form.segments

            delegate: Item {
                id: segment

                required property string kind
                required property string text
                required property string before
                required property string gap
                required property string after
                required property int number
                required property string stem
                required property list<string> choices
                required property string value
                required property string mark
                required property string solution
                readonly property bool isGap: kind === "gap"

                width: kind === "break" ? flow.width : isGap ? gapParts.width : word.implicitWidth
                height: kind === "break" ? Theme.gap4 : Math.max(Theme.target, word.implicitHeight)

                AppText {
                    id: word

                    anchors.verticalCenter: parent.verticalCenter
                    visible: segment.kind === "word"
                    role: "lead"
                    text: segment.text
                }

                Row {
                    id: gapParts

                    anchors.verticalCenter: parent.verticalCenter
                    visible: segment.isGap

                    AppText {
                        anchors.verticalCenter: parent.verticalCenter
                        role: "lead"
                        text: segment.before
                    }

                    Loader {
                        id: gapRow

                        anchors.verticalCenter: parent.verticalCenter
                        Component.onCompleted: {
                            if (segment.isGap)
                                setSource(Qt.resolvedUrl("GapInput.qml"), {
                                    "form": root.form,
                                    "gap": segment.gap,
                                    "number": segment.number,
                                    "stem": segment.stem,
                                    "choices": segment.choices
                                });
                        }
                    }

                    AppText {
                        anchors.verticalCenter: parent.verticalCenter
                        role: "lead"
                        text: segment.after
                    }
                }

                Binding {
                    target: gapRow.item
                    property: "value"
                    value: segment.value
                    when: segment.isGap
                }

                Binding {
                    target: gapRow.item
                    property: "mark"
                    value: segment.mark
                    when: segment.isGap
                }

                Binding {
                    target: gapRow.item
                    property: "solution"
                    value: segment.solution
                    when: segment.isGap
                }

                Connections {
                    target: gapRow.item as GapInput

                    function onFocused(field: TextField) {
                        root.active = field;
                    }
                }
            }
        }
    }

    AccentBar {
        language: root.form.answerLanguage
        visible: !root.form.locked && root.active !== null && letters.length > 0
        onPicked: letter => {
            root.active.insert(root.active.cursorPosition, letter);
            root.active.textEdited();
        }
    }
}

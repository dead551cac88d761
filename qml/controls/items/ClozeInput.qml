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
                required property string gap
                required property int number
                required property string stem
                required property list<string> choices
                required property string value
                required property string mark
                required property string solution
                readonly property bool isGap: kind === "gap"
                readonly property bool chosen: isGap && choices.length > 0

                width: kind === "break" ? flow.width : isGap ? gapRow.implicitWidth : word.implicitWidth
                height: kind === "break" ? Theme.gap4 : Math.max(Theme.target, word.implicitHeight)

                AppText {
                    id: word

                    anchors.verticalCenter: parent.verticalCenter
                    visible: segment.kind === "word"
                    role: "lead"
                    text: segment.text
                }

                Row {
                    id: gapRow

                    anchors.verticalCenter: parent.verticalCenter
                    visible: segment.isGap
                    spacing: Theme.gap4

                    Loader {
                        active: segment.isGap && !segment.chosen
                        visible: active

                        sourceComponent: TextField {
                            id: field

                            objectName: "gap_" + segment.gap
                            implicitWidth: Math.max(Math.round(112 * Math.min(1.6, Theme.textScale)), Math.min(260, contentWidth + Theme.gap32))
                            implicitHeight: Theme.target - 2
                            leftPadding: Theme.gap8
                            rightPadding: Theme.gap8
                            horizontalAlignment: TextInput.AlignHCenter
                            verticalAlignment: TextInput.AlignVCenter
                            font.family: Theme.family
                            font.pixelSize: Theme.fontLead
                            font.weight: Theme.medium
                            color: segment.mark === "" ? Theme.ink : Theme.toneColor(segment.mark === "right" ? "positive" : "danger")
                            selectionColor: Theme.accent
                            selectedTextColor: Theme.accentInk
                            readOnly: root.form.locked
                            text: segment.value
                            placeholderText: segment.stem === "" ? segment.number.toString() : segment.stem.toUpperCase()
                            placeholderTextColor: Theme.inkMuted
                            maximumLength: 200
                            Accessible.role: Accessible.EditableText
                            Accessible.name: segment.stem === "" ? qsTr("Gap %1").arg(segment.number) : qsTr("Gap %1, from the word %2").arg(segment.number).arg(segment.stem)
                            onTextEdited: root.form.fillGap(segment.gap, text)
                            onEditingFinished: root.form.leave()
                            onActiveFocusChanged: {
                                if (activeFocus)
                                    root.active = field;
                            }
                            Keys.onPressed: event => {
                                if (event.matches(StandardKey.Paste)) {
                                    const before = length;
                                    paste();
                                    event.accepted = true;
                                    root.form.fillGap(segment.gap, text);
                                    root.form.reportPaste(Math.max(0, length - before));
                                }
                            }

                            background: Rectangle {
                                radius: Theme.radiusControl
                                color: segment.mark === "" ? Theme.surface : Theme.toneSoft(segment.mark === "right" ? "positive" : "danger")
                                border.width: field.activeFocus ? 2 : Theme.lineWidth
                                border.color: segment.mark !== "" ? Theme.toneColor(segment.mark === "right" ? "positive" : "danger") : field.activeFocus ? Theme.accent : Theme.lineStrong
                            }
                        }
                    }

                    Loader {
                        active: segment.chosen
                        visible: active

                        sourceComponent: Select {
                            objectName: "gap_" + segment.gap
                            implicitWidth: Math.round(168 * Math.min(1.5, Theme.textScale))
                            enabled: !root.form.locked
                            label: qsTr("Gap %1").arg(segment.number)
                            model: segment.choices
                            currentIndex: segment.choices.indexOf(segment.value)
                            displayText: currentIndex < 0 ? qsTr("choose") : currentText
                            onActivated: index => root.form.fillGapWithChoice(segment.gap, index)
                        }
                    }

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: segment.mark !== ""
                        name: segment.mark === "right" ? "check" : "x"
                        size: Theme.iconSmall
                        color: Theme.toneColor(segment.mark === "right" ? "positive" : "danger")
                    }

                    AppText {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: segment.solution !== ""
                        role: "lead"
                        font.weight: Theme.semiBold
                        text: segment.solution
                        color: Theme.positive
                    }
                }
            }
        }
    }

    AccentBar {
        visible: !root.form.locked && root.active !== null
        onPicked: letter => {
            root.active.insert(root.active.cursorPosition, letter);
            root.active.textEdited();
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One exam of a student: what, when, the way in when it is open, and its result when it is out.
Rectangle {
    id: root

    required property string sitting
    required property string title
    required property string place
    required property string when
    required property string countdown
    required property string stateLabel
    required property string tone
    required property bool canEnter
    required property string points
    required property string verdict
    required property string verdictTone
    required property list<string> parts
    required property list<string> partPoints
    required property string remark
    required property talkOutcome words
    property bool unfolded: false

    signal entered

    implicitHeight: texts.implicitHeight + 2 * Theme.gap16
    radius: Theme.radiusControl
    color: Theme.background
    border.width: Theme.highContrast ? Theme.lineWidth : 0
    border.color: Theme.line

    Column {
        id: texts

        x: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - 2 * Theme.gap16 - (enter.visible ? enter.width + Theme.gap16 : 0)
        spacing: Theme.gap4

        Row {
            spacing: Theme.gap8

            Chip {
                anchors.verticalCenter: parent.verticalCenter
                tone: root.tone
                text: root.stateLabel
            }

            TabularText {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.countdown !== ""
                text: root.countdown
                color: Theme.inkMuted
                font.family: Theme.family
                font.pixelSize: Theme.fontCaption
            }
        }

        AppText {
            width: parent.width
            elide: Text.ElideRight
            role: "lead"
            font.weight: Theme.semiBold
            text: root.title
        }

        AppText {
            width: parent.width
            elide: Text.ElideRight
            muted: true
            text: root.when !== "" && root.place !== "" ? qsTr("%1 · %2").arg(root.when).arg(root.place) : root.when + root.place
        }

        Column {
            objectName: "result_" + root.sitting
            width: parent.width
            topPadding: Theme.gap8
            spacing: Theme.gap8
            visible: root.points !== ""

            Flow {
                width: parent.width
                spacing: Theme.gap12

                AppText {
                    role: "heading"
                    text: root.points
                }

                Chip {
                    visible: root.verdict !== ""
                    tone: root.verdictTone
                    iconName: root.verdictTone === "positive" ? "circle-check" : "circle-dashed"
                    text: root.verdict
                }
            }

            Repeater {
                model: root.parts

                delegate: Item {
                    id: part

                    required property int index
                    required property string modelData

                    width: parent?.width ?? 0
                    height: name.implicitHeight
                    Accessible.role: Accessible.StaticText
                    Accessible.name: qsTr("%1: %2").arg(modelData).arg(value.text)

                    AppText {
                        id: name

                        width: parent.width - value.width - Theme.gap16
                        elide: Text.ElideRight
                        text: part.modelData
                        Accessible.ignored: true
                    }

                    AppText {
                        id: value

                        anchors.right: parent.right
                        muted: true
                        text: root.partPoints[part.index] ?? ""
                        Accessible.ignored: true
                    }
                }
            }

            AppText {
                width: parent.width
                visible: root.remark !== ""
                role: "caption"
                muted: true
                wrapMode: Text.Wrap
                text: root.remark
            }

            LinkButton {
                objectName: "resultWords_" + root.sitting
                visible: root.words.lines > 0
                text: root.unfolded ? qsTr("Hide your teacher's words") : qsTr("Read your teacher's words")
                onClicked: root.unfolded = !root.unfolded
            }

            Repeater {
                model: root.unfolded ? root.words.lines : 0

                delegate: OutcomePoint {
                    required property int index

                    // What is said of a text stands below its head.
                    x: pictured ? 0 : Theme.iconSmall + Theme.gap8
                    width: (parent?.width ?? 0) - x
                    point: root.words.line(index)
                }
            }
        }
    }

    AppButton {
        id: enter

        objectName: "enter_" + root.sitting
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        visible: root.canEnter
        kind: "primary"
        text: qsTr("Enter")
        onClicked: root.entered()
    }
}

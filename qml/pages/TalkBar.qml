// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What the talk is: its name, or the scene with who wants what, how mistakes are treated, and the
// ways out.
Item {
    id: root

    required property TutorController tutor
    readonly property tutorState now: tutor.state
    readonly property bool scene: now.task === "scene"
    readonly property bool stacked: width < 620 * Theme.textScale

    signal renameWanted
    signal exerciseWanted

    implicitHeight: rows.implicitHeight + 2 * Theme.gap8
    Accessible.role: Accessible.ToolBar
    Accessible.name: scene ? qsTr("Scene: %1. %2").arg(now.scene).arg(now.goal) : now.title

    Flow {
        id: rows

        y: Theme.gap8
        width: parent.width
        spacing: Theme.gap8

        Item {
            width: root.stacked ? parent.width : parent.width - actions.width - parent.spacing
            height: Math.max(texts.implicitHeight, Theme.target)

            Column {
                id: texts

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width
                spacing: 2

                Row {
                    spacing: Theme.gap8

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: root.now.task !== "talk"
                        name: root.scene ? "users" : root.now.task === "exercise" ? "lightbulb" : "pen-line"
                        size: Theme.iconSmall
                        color: Theme.inkMuted
                    }

                    AppText {
                        objectName: "talkTitle"
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.min(implicitWidth, texts.width - Theme.target - Theme.iconSmall - 2 * Theme.gap8)
                        elide: Text.ElideRight
                        font.weight: Theme.semiBold
                        text: root.scene ? root.now.scene : root.now.task === "writing" && root.now.conversation === "" ? qsTr("A text of yours") : root.now.task === "exercise" ? qsTr("About this exercise") : root.now.title !== "" ? root.now.title : qsTr("A new talk")
                        Accessible.role: Accessible.Heading
                    }
                }

                AppText {
                    objectName: "talkGoal"
                    visible: text !== ""
                    width: parent.width
                    wrapMode: Text.Wrap
                    maximumLineCount: 3
                    elide: Text.ElideRight
                    role: "caption"
                    muted: true
                    text: root.scene ? qsTr("%1 · %2 · %3").arg(root.now.goal).arg(root.now.manner).arg(root.now.level) : root.now.goal
                }
            }
        }

        Row {
            id: actions

            spacing: Theme.gap8

            ModeSelect {
                visible: root.now.task !== "exercise"
                mode: root.now.mode
                onChosen: mode => root.tutor.setMode(mode)
            }

            AppButton {
                objectName: "toExercise"
                visible: root.now.exercise !== ""
                iconName: "arrow-left"
                text: qsTr("To the exercise")
                onClicked: root.exerciseWanted()
            }

            IconButton {
                objectName: "leaveRole"
                visible: root.scene && root.now.conversation !== "" && !root.now.over
                enabled: !root.now.streaming
                label: qsTr("Help me outside the scene")
                iconName: "hand"
                onClicked: root.tutor.ask("leave")
            }

            AppButton {
                objectName: "finishTalk"
                visible: root.now.talked && !root.now.over && root.now.task !== "writing" && root.now.task !== "exercise"
                enabled: !root.now.streaming
                text: root.scene ? qsTr("End the scene") : qsTr("Look back")
                onClicked: root.tutor.ask(root.scene ? "endscene" : "recap")
            }

            IconButton {
                objectName: "renameTalk"
                visible: root.now.conversation !== ""
                label: qsTr("Give this talk another name")
                iconName: "pencil"
                onClicked: root.renameWanted()
            }
        }
    }

    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}

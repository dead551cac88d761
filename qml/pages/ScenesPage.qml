// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Scenes to be played with the tutor: who is met, what is wanted, how one speaks there.
ScrollPage {
    id: root

    readonly property TutorController tutor: app.tutor

    title: qsTr("Scenes")
    subtitle: qsTr("The tutor plays somebody, you are yourself")
    widest: Math.round(860 * Math.min(1.3, Theme.textScale))
    spacing: Theme.gap16

    function play(scene: string) {
        root.tutor.startScene(scene);
        root.app.navigator.open("tutor", "scene");
    }

    headerActions: AppButton {
        objectName: "scenesBack"
        iconName: "arrow-left"
        text: qsTr("Back")
        onClicked: root.app.navigator.back()
    }

    Flow {
        width: parent.width
        spacing: Theme.gap12

        AppText {
            height: Theme.target
            verticalAlignment: Text.AlignVCenter
            font.weight: Theme.medium
            text: qsTr("Your level")
        }

        SegmentedControl {
            label: qsTr("Your level")
            namePrefix: "sceneLevel"
            values: ["A1", "A2", "B1", "B2", "C1"]
            labels: values
            value: root.tutor.level
            onChosen: value => root.tutor.level = value
        }
    }

    Repeater {
        model: root.tutor.scenes

        delegate: Card {
            id: card

            required property string scene
            required property string title
            required property string goal
            required property string manner
            required property string levels
            required property bool fits

            width: parent?.width ?? 0
            padding: Theme.gap16

            Item {
                readonly property bool stacked: width < 520 * Theme.textScale

                width: parent.width
                height: stacked ? words.implicitHeight + play.height + Theme.gap12 : Math.max(words.implicitHeight, play.height)

                Column {
                    id: words

                    width: parent.stacked ? parent.width : parent.width - play.width - Theme.gap24
                    spacing: Theme.gap8

                    AppText {
                        width: parent.width
                        role: "lead"
                        font.weight: Theme.semiBold
                        wrapMode: Text.Wrap
                        text: card.title
                        Accessible.role: Accessible.Heading
                    }

                    AppText {
                        width: parent.width
                        wrapMode: Text.Wrap
                        text: card.goal
                    }

                    Flow {
                        width: parent.width
                        spacing: Theme.gap8

                        Chip {
                            text: card.levels
                            tone: card.fits ? "positive" : "neutral"
                            iconName: card.fits ? "check" : ""
                        }

                        Chip {
                            text: card.manner
                        }
                    }
                }

                AppButton {
                    id: play

                    objectName: "play_" + card.scene
                    anchors.right: parent.stacked ? undefined : parent.right
                    y: parent.stacked ? parent.height - height : (parent.height - height) / 2
                    iconName: "play"
                    kind: "secondary"
                    text: qsTr("Play")
                    Accessible.name: qsTr("Play: %1").arg(card.title)
                    onClicked: root.play(card.scene)
                }
            }
        }
    }
}

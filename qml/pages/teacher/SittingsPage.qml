// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The teacher's sittings: what is open now first, with one action each.
ScrollPage {
    id: root

    readonly property SittingsController sittings: app.sittings

    title: qsTr("Sittings")

    Component.onCompleted: sittings.refresh()

    component Fact: Row {
        property string icon
        property string words

        spacing: 6

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: parent.icon
            size: Theme.iconSmall
            color: Theme.inkMuted
        }

        AppText {
            muted: true
            text: parent.words
        }
    }

    Connections {
        target: root.sittings

        function onOpened(sitting: string) {
            root.app.navigator.open("monitor", sitting);
        }
    }

    Banner {
        width: parent.width
        visible: root.sittings.error !== ""
        tone: "danger"
        text: root.sittings.error
        details: root.sittings.errorDetails
        actionText: qsTr("Try again")
        onAction: root.sittings.refresh()
    }

    Column {
        width: parent.width
        spacing: Theme.gap16
        visible: root.sittings.loading && root.sittings.error === ""

        Repeater {
            model: 2

            delegate: Skeleton {
                width: parent?.width ?? 0
                height: 132
                radius: Theme.radiusCard
            }
        }
    }

    EmptyState {
        width: parent.width
        topPadding: Theme.gap48
        visible: !root.sittings.loading && root.sittings.error === "" && list.count === 0
        iconName: "calendar-clock"
        title: qsTr("No sittings yet")
        text: qsTr("Sittings that your academy schedules for your classes appear here.")
        actionText: qsTr("Look again")
        actionKind: "secondary"
        onAction: root.sittings.refresh()
    }

    Column {
        width: parent.width
        spacing: Theme.gap16

        Repeater {
            id: list

            model: root.sittings.sittings

            delegate: Card {
                id: sitting

                required property string sitting
                required property string title
                required property string className
                required property string when
                required property string duration
                required property string stateLabel
                required property string stateTone
                required property string counts
                required property int students
                required property int started
                required property int submitted
                required property string marking
                required property bool canOpen
                required property bool canWatch
                required property bool live
                required property bool released
                required property bool canRelease

                width: parent?.width ?? 0
                spacing: Theme.gap16

                Item {
                    width: parent.width
                    height: Math.max(words.height, actions.height)

                    Column {
                        id: words

                        width: parent.width - actions.width - Theme.gap24
                        spacing: Theme.gap8

                        Row {
                            spacing: Theme.gap12

                            AppText {
                                role: "heading"
                                text: sitting.title
                            }

                            Chip {
                                anchors.verticalCenter: parent.verticalCenter
                                text: sitting.stateLabel
                                tone: sitting.stateTone
                                dot: true
                            }
                        }

                        Flow {
                            width: parent.width
                            spacing: Theme.gap16

                            Fact {
                                icon: "users"
                                words: sitting.className
                            }

                            Fact {
                                icon: "calendar-clock"
                                words: sitting.when
                            }

                            Fact {
                                icon: "timer"
                                words: sitting.duration
                            }
                        }
                    }

                    Row {
                        id: actions

                        anchors.right: parent.right
                        anchors.verticalCenter: words.verticalCenter
                        spacing: Theme.gap8

                        AppButton {
                            objectName: "papersOfSitting"
                            visible: sitting.canWatch && sitting.submitted > 0
                            kind: sitting.canRelease && sitting.marking !== "" ? "primary" : "secondary"
                            text: qsTr("Papers")
                            onClicked: root.app.navigator.open("papers", sitting.sitting)
                        }

                        AppButton {
                            objectName: "releaseSitting"
                            visible: sitting.canRelease
                            kind: sitting.marking === "" && !sitting.released ? "primary" : "secondary"
                            text: sitting.released ? qsTr("Release the rest") : qsTr("Release results")
                            busy: root.sittings.busy
                            onClicked: root.sittings.releaseResults(sitting.sitting)
                        }

                        AppButton {
                            objectName: "openSitting"
                            visible: sitting.canOpen
                            kind: "primary"
                            iconName: "play"
                            text: qsTr("Open the sitting")
                            busy: root.sittings.busy
                            onClicked: root.sittings.openSitting(sitting.sitting)
                        }

                        AppButton {
                            objectName: "watchSitting"
                            visible: sitting.canWatch
                            kind: sitting.live ? "primary" : "secondary"
                            iconName: "presentation"
                            text: sitting.live ? qsTr("Watch live") : qsTr("See the monitor")
                            onClicked: root.app.navigator.open("monitor", sitting.sitting)
                        }
                    }
                }

                Column {
                    width: parent.width
                    spacing: Theme.gap8

                    ProgressLine {
                        width: parent.width
                        visible: sitting.canWatch
                        value: sitting.students > 0 ? sitting.submitted / sitting.students : 0
                        color: Theme.positive
                        label: qsTr("Handed in")
                    }

                    AppText {
                        role: "caption"
                        muted: true
                        text: sitting.counts
                    }

                    Row {
                        visible: sitting.marking !== ""
                        width: parent.width
                        spacing: Theme.gap8

                        Icon {
                            y: 1
                            name: "pen-line"
                            size: Theme.iconSmall
                            color: Theme.warning
                        }

                        AppText {
                            objectName: "unmarked"
                            width: parent.width - Theme.iconSmall - parent.spacing
                            role: "caption"
                            wrapMode: Text.Wrap
                            color: Theme.warning
                            text: sitting.marking
                        }
                    }
                }
            }
        }
    }
}

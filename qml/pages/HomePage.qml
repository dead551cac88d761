// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What to do next, how the skills stand, what falls due, and the exam that comes.
ScrollPage {
    id: root

    readonly property HomeController home: app.home
    readonly property homeState now: home.state
    readonly property bool wide: width > 900 * Theme.textScale

    title: now.greeting
    subtitle: now.date

    headerActions: Chip {
        visible: root.now.streak > 0
        tone: root.now.studiedToday ? "warning" : "neutral"
        iconName: "flame"
        text: root.now.streakText
    }

    Banner {
        width: parent.width
        visible: root.now.error !== ""
        tone: "danger"
        text: root.now.error
        actionText: qsTr("Try again")
        onAction: root.home.refresh()
    }

    Banner {
        objectName: "homeHeld"
        width: parent.width
        visible: root.app.diagnostics.state.held !== ""
        tone: "warning"
        text: root.app.diagnostics.state.held
        actionText: qsTr("Look")
        onAction: root.app.navigator.open("diagnostics")
    }

    NextCard {
        width: parent.width
        visible: root.now.loading || root.now.nextTitle !== ""
        now: root.now
        onStarted: root.app.navigator.open(root.now.nextPage, root.now.nextArgument)
    }

    Card {
        width: parent.width
        visible: root.now.loading || root.now.hasProgress

        Item {
            width: parent.width
            height: skillsTitle.implicitHeight

            AppText {
                id: skillsTitle

                role: "heading"
                text: qsTr("Your skills")
                Accessible.role: Accessible.Heading
            }

            AppText {
                anchors.right: parent.right
                anchors.baseline: skillsTitle.baseline
                width: Math.min(implicitWidth, parent.width - skillsTitle.width - Theme.gap24)
                elide: Text.ElideRight
                muted: true
                text: root.now.movedBy !== "" ? qsTr("%1 · %2").arg(root.now.course).arg(root.now.movedBy) : root.now.course
            }
        }

        Flow {
            id: rings

            readonly property int fitting: Math.max(1, Math.min(5, Math.floor((width + spacing) / (108 * Math.min(1.6, Theme.textScale) + spacing))))
            // Never four and a lonely fifth.
            readonly property int perRow: fitting === 4 ? 3 : fitting

            width: parent.width
            topPadding: Theme.gap8
            spacing: Theme.gap16

            Repeater {
                model: root.home.skills

                delegate: Item {
                    id: cell

                    required property string skill
                    required property string label
                    required property double value
                    required property double change
                    required property string changeText
                    required property bool known

                    width: Math.floor((rings.width - (rings.perRow - 1) * rings.spacing) / rings.perRow)
                    height: ring.implicitHeight

                    SkillRing {
                        id: ring

                        objectName: "skill_" + cell.skill
                        anchors.horizontalCenter: parent.horizontalCenter
                        visible: !root.now.loading
                        label: cell.label
                        skill: cell.skill
                        value: cell.value
                        change: cell.change
                        changeText: cell.changeText
                        known: cell.known
                    }

                    Skeleton {
                        anchors.horizontalCenter: parent.horizontalCenter
                        visible: root.now.loading
                        width: 88
                        height: 88
                        radius: 44
                    }
                }
            }
        }
    }

    Grid {
        id: pair

        readonly property real cell: root.wide ? (width - columnSpacing) / 2 : width

        width: parent.width
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.gap24
        rowSpacing: Theme.gap24

        Card {
            visible: !root.now.unreadable
            width: pair.cell

            Item {
                width: parent.width
                height: dueTitle.implicitHeight

                AppText {
                    id: dueTitle

                    role: "heading"
                    text: qsTr("Due today")
                    Accessible.role: Accessible.Heading
                }

                TabularText {
                    objectName: "dueToday"
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.now.due.toString()
                    color: root.now.due > 0 ? Theme.accent : Theme.inkMuted
                    font.family: Theme.family
                    font.pixelSize: Theme.fontTitle
                    font.weight: Theme.semiBold
                }
            }

            ForecastBars {
                width: parent.width
                visible: !root.now.loading && root.now.highestForecast > 0
                label: qsTr("Cards that fall due in the next seven days")
                days: root.home.forecast
                highest: root.now.highestForecast
            }

            AppText {
                visible: !root.now.loading && root.now.highestForecast === 0
                width: parent.width
                muted: true
                wrapMode: Text.Wrap
                text: qsTr("Nothing falls due in the next seven days. What you learn now comes back when it is time.")
            }

            Skeleton {
                visible: root.now.loading
                width: parent.width
                height: 136
            }
        }

        Card {
            width: pair.cell

            AppText {
                role: "heading"
                text: qsTr("Exams")
                Accessible.role: Accessible.Heading
            }

            Repeater {
                id: sittingLines

                model: root.home.sittings

                delegate: SittingLine {
                    width: parent?.width ?? 0
                    onEntered: root.app.navigator.open("exam", sitting)
                }
            }

            AppText {
                visible: sittingLines.count === 0
                width: parent.width
                muted: true
                wrapMode: Text.Wrap
                text: root.app.account.state.signedIn ? qsTr("No exam is planned. When your teacher schedules one, it appears here.") : qsTr("Exams come from your academy. Sign in to see yours.")
            }

            LinkButton {
                objectName: "homeSignIn"
                visible: !root.app.account.state.signedIn
                text: qsTr("Sign in to an academy")
                onClicked: root.app.navigator.open("signin")
            }
        }
    }
}

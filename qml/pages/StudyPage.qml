// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Units with what waits in them, and mock exams.
ScrollPage {
    id: root

    readonly property StudyController study: app.study
    readonly property studyState now: study.state

    title: qsTr("Study")
    widest: 960

    Banner {
        objectName: "studyError"
        width: parent.width
        visible: root.now.error !== ""
        tone: "danger"
        title: qsTr("Your units could not be opened")
        text: root.now.error
        details: root.now.errorDetails
    }

    EmptyState {
        width: parent.width
        topPadding: Theme.gap48
        visible: root.now.empty
        iconName: "library-big"
        title: qsTr("No units yet")
        text: qsTr("Units come with the program or from your academy.")
    }

    Card {
        width: parent.width
        visible: !root.now.empty && root.now.error === ""

        Item {
            width: parent.width
            height: Math.max(headline.implicitHeight, reviewAll.height)

            Column {
                id: headline

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - reviewAll.width - Theme.gap24
                spacing: Theme.gap4

                AppText {
                    visible: !root.now.loading
                    width: parent.width
                    role: "heading"
                    wrapMode: Text.Wrap
                    text: root.now.headline
                }

                AppText {
                    visible: !root.now.loading && text !== ""
                    width: parent.width
                    muted: true
                    wrapMode: Text.Wrap
                    text: root.now.detail
                }

                Skeleton {
                    visible: root.now.loading
                    width: 220
                    height: 24
                }

                Skeleton {
                    visible: root.now.loading
                    width: 160
                }
            }

            AppButton {
                id: reviewAll

                objectName: "reviewAll"
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                kind: "primary"
                iconName: "square-stack"
                text: qsTr("Review")
                enabled: root.now.due + root.now.fresh > 0
                onClicked: root.app.navigator.open("review")
            }
        }
    }

    Column {
        width: parent.width
        visible: root.now.loading
        spacing: Theme.gap12

        Repeater {
            model: 3

            delegate: Skeleton {
                required property int index

                width: parent?.width ?? 0
                height: 72
                radius: Theme.radiusCard
            }
        }
    }

    Column {
        width: parent.width
        visible: !root.now.loading && !root.now.empty
        spacing: Theme.gap12

        AppText {
            role: "heading"
            text: qsTr("Units")
            Accessible.role: Accessible.Heading
        }

        Repeater {
            model: root.study.units

            delegate: UnitCard {
                width: parent?.width ?? 0
                onReviewed: root.app.navigator.open("review", argument)
                onReadNotes: root.app.navigator.open("notes", argument)
                onPractised: root.app.navigator.open("practice", argument)
            }
        }
    }

    Column {
        width: parent.width
        visible: mockRepeater.count > 0
        spacing: Theme.gap12

        AppText {
            role: "heading"
            text: qsTr("Mock exams")
            Accessible.role: Accessible.Heading
        }

        Card {
            width: parent.width
            padding: Theme.gap8
            spacing: 0

            Repeater {
                id: mockRepeater

                model: root.study.mocks

                delegate: ListRow {
                    required property string argument
                    required property string summary
                    required title

                    objectName: "mock_" + argument
                    width: parent?.width ?? 0
                    iconName: "notebook-pen"
                    subtitle: summary
                    onClicked: root.app.navigator.open("practice", argument)
                }
            }
        }
    }
}

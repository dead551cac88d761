// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// One sentence of what this is and three equal ways in.
AppPage {
    id: root

    readonly property bool narrow: width < 940 * Theme.textScale

    title: qsTr("Welcome")

    Flickable {
        anchors.fill: parent
        contentWidth: width
        contentHeight: Math.max(height, column.height + 2 * Theme.gap48)
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: column

            x: (parent.width - width) / 2
            y: Math.max(Theme.gap48, (parent.height - height) / 2 - Theme.gap16)
            width: Math.min(960 * Math.min(1.4, Theme.textScale), parent.width - 2 * Theme.gap32)
            spacing: Theme.gap48

            Column {
                width: parent.width
                spacing: Theme.gap16

                Image {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: 64
                    height: 64
                    sourceSize.width: 128
                    sourceSize.height: 128
                    source: "qrc:/neolingus/neolingus.svg"
                    Accessible.ignored: true
                }

                AppText {
                    width: parent.width
                    topPadding: Theme.gap8
                    horizontalAlignment: Text.AlignHCenter
                    role: "display"
                    wrapMode: Text.Wrap
                    text: qsTr("Your language academy")
                    Accessible.role: Accessible.Heading
                }

                AppText {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.min(parent.width, Math.round(500 * Theme.textScale))
                    horizontalAlignment: Text.AlignHCenter
                    role: "lead"
                    muted: true
                    wrapMode: Text.Wrap
                    text: qsTr("Study offline, talk to a tutor and sit live exams in which nothing you write is ever lost.")
                }
            }

            Grid {
                id: ways

                readonly property real tall: Math.max(studyNow.implicitHeight, signIn.implicitHeight, tryDemo.implicitHeight)
                readonly property real card: root.narrow ? width : (width - 2 * columnSpacing) / 3

                width: parent.width
                columns: root.narrow ? 1 : 3
                columnSpacing: Theme.gap24
                rowSpacing: Theme.gap16

                WayIn {
                    id: studyNow

                    objectName: "studyNow"
                    width: ways.card
                    height: ways.tall
                    compact: root.narrow
                    iconName: "book-open-check"
                    title: qsTr("Study now")
                    detail: qsTr("No account, no network. A first unit is ready for you.")
                    onClicked: root.app.account.studyWithoutAccount()
                }

                WayIn {
                    id: signIn

                    objectName: "goSignIn"
                    width: ways.card
                    height: ways.tall
                    compact: root.narrow
                    iconName: "log-in"
                    title: qsTr("Sign in")
                    detail: qsTr("Your academy's courses, exams and your progress, on every computer you use.")
                    onClicked: root.app.navigator.open("signin")
                }

                WayIn {
                    id: tryDemo

                    objectName: "tryDemo"
                    width: ways.card
                    height: ways.tall
                    compact: root.narrow
                    iconName: "school"
                    title: qsTr("Try the demo academy")
                    detail: qsTr("Look around as a student or as a teacher, with an exam to sit and to watch.")
                    onClicked: demo.open()
                }
            }

            SegmentedControl {
                anchors.horizontalCenter: parent.horizontalCenter
                label: qsTr("Language of the program")
                namePrefix: "language"
                values: root.app.settings.languages
                labels: root.app.settings.languageNames
                value: root.app.settings.language
                onChosen: value => root.app.settings.language = value
            }
        }
    }

    DemoDialog {
        id: demo

        app: root.app
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What is left to decide when a sitting is over, the doubtful papers first.
ScrollPage {
    id: root

    readonly property PapersController papers: app.papers
    readonly property papersState now: papers.state

    title: now.title !== "" ? now.title : qsTr("Papers")
    subtitle: now.loading ? "" : now.summary
    widest: 860

    Component.onCompleted: papers.open(app.navigator.argument)

    Connections {
        target: root.papers

        function onAskedFirst() {
            released.open();
        }
    }

    AppDialog {
        id: released

        title: qsTr("Change a result that is out?")
        text: qsTr("The results are already released; the student will see the change.")
        acceptText: qsTr("Change it")
        onAccepted: root.papers.goOn(true)
        onRejected: root.papers.goOn(false)
    }

    headerActions: AppButton {
        objectName: "papersBack"
        iconName: "arrow-left"
        text: qsTr("Back")
        onClicked: root.app.navigator.back()
    }

    Banner {
        width: parent.width
        visible: root.now.error !== ""
        tone: "danger"
        text: root.now.error
        actionText: qsTr("Try again")
        onAction: root.papers.refresh()
    }

    Column {
        width: parent.width
        spacing: Theme.gap16
        visible: root.now.loading && root.now.error === ""

        Repeater {
            model: 3

            delegate: Skeleton {
                width: parent?.width ?? 0
                height: 76
                radius: Theme.radiusCard
            }
        }
    }

    EmptyState {
        width: parent.width
        topPadding: Theme.gap48
        visible: !root.now.loading && root.now.error === "" && list.count === 0
        iconName: "check-check"
        title: qsTr("Nothing waits for you here")
        text: qsTr("Essays to mark, words that came late and words of a second device appear here when papers are in.")
        actionText: qsTr("Look again")
        actionKind: "secondary"
        onAction: root.papers.refresh()
    }

    Column {
        width: parent.width
        spacing: Theme.gap12

        Repeater {
            id: list

            model: root.papers.tasks

            delegate: PaperCard {
                width: parent?.width ?? 0
                papers: root.papers
            }
        }
    }
}

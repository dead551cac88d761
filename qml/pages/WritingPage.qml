// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A text of the learner: the teacher's word first, then the tutor's, then the text itself.
ScrollPage {
    id: root

    readonly property WritingsController desk: app.writings
    readonly property writingRow now: desk.current

    title: qsTr("Your text")
    subtitle: now.when
    widest: Math.round(720 * Math.min(1.4, Theme.textScale))

    Component.onCompleted: desk.open(app.navigator.argument)

    headerActions: AppButton {
        objectName: "textBack"
        iconName: "arrow-left"
        text: qsTr("Back")
        onClicked: root.app.navigator.back()
    }

    Banner {
        objectName: "textState"
        width: parent.width
        visible: root.now.state !== ""
        tone: root.now.tone
        text: root.now.state
    }

    Card {
        width: parent.width
        visible: root.now.corrected && root.now.comment !== ""
        padding: Theme.gap16
        spacing: Theme.gap8

        AppText {
            width: parent.width
            font.weight: Theme.semiBold
            text: qsTr("Your teacher says")
            Accessible.role: Accessible.Heading
        }

        AppText {
            objectName: "teacherComment"
            width: parent.width
            wrapMode: Text.Wrap
            text: root.now.comment
        }
    }

    OutcomeCard {
        objectName: "teacherFeedback"
        width: parent.width
        visible: root.now.corrected
        outcome: root.now.teacher
    }

    OutcomeCard {
        objectName: "tutorFeedback"
        width: parent.width
        visible: outcome.lines > 0
        outcome: root.now.tutor
    }

    TextCard {
        width: parent.width
        visible: root.now.body !== ""
        brief: root.now.brief
        body: root.now.body
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Texts with feedback: a learner's own, or those of a teacher's students.
ScrollPage {
    id: root

    readonly property WritingsController desk: app.writings
    readonly property bool teaching: app.navigator.teaching

    title: qsTr("Texts")
    subtitle: teaching ? qsTr("What your students wrote, and what the tutor said of it") : qsTr("What you wrote, with help from the tutor and from your teacher")
    widest: Math.round(860 * Math.min(1.3, Theme.textScale))
    spacing: Theme.gap16

    Component.onCompleted: {
        desk.refresh();
        if (teaching)
            root.app.reports.refresh();
    }

    function begin(brief: string) {
        root.app.tutor.startWriting(brief);
        root.app.navigator.open("tutor", "writing");
    }

    headerActions: AppButton {
        objectName: "newText"
        visible: !root.teaching
        iconName: "pen-line"
        text: qsTr("New text")
        onClicked: asking.open()
    }

    AppDialog {
        id: asking

        title: qsTr("What was the text to be?")
        text: qsTr("The task, in a few words. The tutor looks at your text with it in mind.")
        acceptText: qsTr("Go on")
        firstFocus: brief.input
        onAccepted: root.begin(brief.text)

        TextAreaField {
            id: brief

            width: parent.width
            inputName: "textBrief"
            label: qsTr("The task")
            placeholder: qsTr("An e-mail to a friend about my holidays, 120 words")
            largestHeight: Theme.target * 4
        }
    }

    Banner {
        objectName: "textsOffline"
        width: parent.width
        visible: root.desk.offline
        tone: "info"
        title: qsTr("The academy cannot be reached")
        text: root.teaching ? qsTr("Your students' texts are shown as soon as it can.") : qsTr("What you send waits on this computer and goes by itself. Corrections are shown as soon as it can be reached.")
    }

    Banner {
        width: parent.width
        visible: root.desk.error !== ""
        tone: "danger"
        text: root.desk.error
        actionText: qsTr("Try again")
        onAction: root.desk.refresh()
    }

    Repeater {
        model: root.desk.loading && list.count === 0 && !root.desk.offline ? 2 : 0

        delegate: Skeleton {
            width: parent?.width ?? 0
            height: 72
            radius: Theme.radiusCard
        }
    }

    Banner {
        width: parent.width
        visible: root.teaching && root.app.reports.error !== ""
        tone: "danger"
        text: root.app.reports.error
        actionText: qsTr("Try again")
        onAction: root.app.reports.refresh()
    }

    AppText {
        width: parent.width
        visible: reports.count > 0
        role: "lead"
        font.weight: Theme.semiBold
        wrapMode: Text.Wrap
        text: qsTr("Replies of the tutor that students reported")
        Accessible.role: Accessible.Heading
    }

    Column {
        width: parent.width
        visible: reports.count > 0
        bottomPadding: Theme.gap16
        spacing: Theme.gap8

        Repeater {
            id: reports

            model: root.teaching ? root.app.reports.rows : null

            delegate: ReportCard {
                width: parent?.width ?? 0
                onSettled: root.app.reports.settle(report)
            }
        }

        AppButton {
            objectName: "moreReports"
            visible: root.app.reports.hidden > 0
            text: qsTr("Show more (%1)").arg(root.app.reports.hidden)
            onClicked: root.app.reports.showMore()
        }
    }

    AppText {
        width: parent.width
        visible: reports.count > 0 && list.count > 0
        role: "lead"
        font.weight: Theme.semiBold
        text: qsTr("Texts")
        Accessible.role: Accessible.Heading
    }

    Column {
        width: parent.width
        spacing: Theme.gap8

        Repeater {
            id: list

            model: root.desk.writings

            delegate: Card {
                id: card

                required property string writing
                required property string title
                required property string who
                required property string when
                required property string state
                required property string tone
                required property string icon

                width: parent?.width ?? 0
                padding: Theme.gap4

                ListRow {
                    objectName: "text_" + card.writing
                    width: parent.width
                    implicitHeight: Theme.target + Theme.gap24
                    title: card.title
                    subtitle: card.who === "" || !root.teaching ? qsTr("%1 · %2").arg(card.when).arg(card.state) : qsTr("%1 · %2 · %3").arg(card.who).arg(card.when).arg(card.state)
                    iconName: card.icon
                    iconColor: Theme.toneColor(card.tone)
                    onClicked: root.app.navigator.open(root.teaching ? "marking" : "writing", card.writing)
                }
            }
        }
    }

    EmptyState {
        width: parent.width
        topPadding: Theme.gap48
        visible: list.count === 0 && reports.count === 0 && !root.desk.loading && root.desk.error === "" && !root.desk.offline
        iconName: "pen-line"
        title: root.teaching ? qsTr("No texts yet") : root.desk.canSend ? qsTr("You have sent no text yet") : qsTr("Texts go to a teacher")
        text: root.teaching ? qsTr("Texts that your students send you appear here, with what the tutor said of them.") : root.desk.canSend ? qsTr("Write one, have the tutor look at it, and send it to your teacher if you like. You get help, never a mark.") : root.app.account.state.signedIn ? qsTr("The tutor looks at your text here as well. When a teacher has you in a class, you can send it to them.") : qsTr("The tutor looks at your text here as well. To send it to a teacher, sign in at your academy.")
        actionText: root.teaching ? "" : qsTr("New text")
        actionName: "firstText"
        onAction: asking.open()
    }
}

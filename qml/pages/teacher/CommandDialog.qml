// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// What a command will do, before it is done: to whom, until when, and why it cannot for the others.
AppDialog {
    id: root

    required property MonitorController monitor
    readonly property commandPreview preview: monitor.preview

    title: preview.title
    acceptText: preview.acceptText
    acceptKind: preview.kind === "collect" || preview.kind === "lock" ? "danger" : "primary"
    acceptEnabled: preview.ready && !preview.busy
    visible: preview.kind !== ""
    firstFocus: preview.needsText ? message.input : reason.field
    onAccepted: monitor.confirm(reason.text)
    onRejected: monitor.abandon()
    onClosed: {
        reason.text = "";
        message.text = "";
        minutes.value = "5";
    }

    TextAreaField {
        id: message

        width: parent.width
        visible: root.preview.needsText
        label: qsTr("Message")
        placeholder: qsTr("What the students should read")
        inputName: "commandMessage"
        smallestHeight: 84
        largestHeight: 160
        onEdited: root.monitor.setMessage(text)
    }

    Column {
        width: parent.width
        visible: root.preview.needsMinutes
        spacing: Theme.gap8

        AppText {
            text: qsTr("Minutes")
            font.weight: Theme.medium
        }

        SegmentedControl {
            id: minutes

            label: qsTr("Minutes")
            values: ["1", "2", "5", "10", "15", "30"]
            labels: values
            value: "5"
            namePrefix: "minutes"
            onChosen: chosen => {
                minutes.value = chosen;
                root.monitor.setMinutes(Number(chosen));
            }
        }
    }

    Row {
        width: parent.width
        spacing: Theme.gap8

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.preview.busy ? "hourglass" : root.preview.error !== "" ? "octagon-alert" : "users"
            color: root.preview.error !== "" ? Theme.danger : Theme.inkMuted
        }

        AppText {
            objectName: "commandPreviewText"
            width: parent.width - Theme.icon - Theme.gap8
            wrapMode: Text.Wrap
            text: root.preview.error !== "" ? root.preview.error : root.preview.busy ? qsTr("Looking whom this reaches …") : root.preview.text
            color: root.preview.error !== "" ? Theme.danger : Theme.ink
        }
    }

    AppText {
        width: parent.width
        visible: root.preview.refused !== ""
        role: "caption"
        muted: true
        wrapMode: Text.Wrap
        text: qsTr("Not for: %1").arg(root.preview.refused)
    }

    Field {
        id: reason

        width: parent.width
        label: qsTr("Reason")
        help: qsTr("Kept with your name in the record of this sitting.")
        inputName: "commandReason"
        onAccepted: {
            if (root.acceptEnabled)
                root.finish(true);
        }
    }
}

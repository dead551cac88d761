// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Page title and actions, then the connection and the account.
Item {
    id: root

    required property App app
    property AppPage page: null
    readonly property Item actions: page ? page.headerActions : null

    onActionsChanged: {
        if (actions)
            actions.parent = slot;
    }

    implicitHeight: Math.max(Math.round(72 * Math.min(1.3, Theme.textScale)), titles.implicitHeight + Theme.gap16)

    Column {
        id: titles

        anchors.verticalCenter: parent.verticalCenter
        // Above the content, unless the title would have to be cut for it.
        x: root.page && root.page.contentLeft + title.implicitWidth + Theme.gap16 <= right.x ? root.page.contentLeft : Theme.gap32
        width: right.x - x - Theme.gap16

        AppText {
            id: title

            objectName: "pageTitle"
            width: parent.width
            role: "title"
            elide: Text.ElideRight
            text: root.page && root.page.title !== "" ? root.page.title : root.app.navigator.current.title
            Accessible.role: Accessible.Heading
        }

        AppText {
            visible: text !== ""
            width: parent.width
            role: "caption"
            muted: true
            elide: Text.ElideRight
            text: root.page ? root.page.subtitle : ""
        }
    }

    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap24
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap8

        Item {
            id: slot

            anchors.verticalCenter: parent.verticalCenter
            implicitWidth: root.actions?.visible ? root.actions.width : 0
            implicitHeight: root.actions ? root.actions.height : 0
            visible: root.actions !== null
        }

        ConnectionChip {
            anchors.verticalCenter: parent.verticalCenter
            status: root.app.connection.status
            onClicked: root.app.navigator.open(status.kind === "needsSignIn" || status.kind === "otherCertificate" ? "signin" : "diagnostics")
        }

        AccountButton {
            anchors.verticalCenter: parent.verticalCenter
            app: root.app
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Does everything answer, and how fast; figures; an export without secrets.
ScrollPage {
    id: root

    readonly property DiagnosticsController diagnostics: app.diagnostics
    readonly property diagnosticsState now: diagnostics.state
    // Four parts: never three and a lonely fourth.
    readonly property int perRow: width - 64 > 600 * Math.min(1.5, Theme.textScale) ? 2 : 1

    title: qsTr("Diagnostics")

    Component.onCompleted: diagnostics.check()

    headerActions: Row {
        spacing: Theme.gap8

        AppButton {
            objectName: "exportReport"
            iconName: "download"
            text: qsTr("Export")
            onClicked: root.diagnostics.exportReport()
        }

        AppButton {
            objectName: "checkNow"
            kind: "primary"
            iconName: "zap"
            busy: root.now.checking
            text: qsTr("Check now")
            onClicked: root.diagnostics.check()
        }
    }

    Banner {
        width: parent.width
        visible: root.now.error !== ""
        tone: "danger"
        text: root.now.error
    }

    Banner {
        width: parent.width
        visible: root.now.exported !== ""
        tone: "positive"
        title: qsTr("The report was written")
        text: root.now.exported
        actionText: qsTr("Copy the path")
        actionName: "copyReportPath"
        onAction: root.app.copyToClipboard(root.now.exported)
    }

    Row {
        width: parent.width
        spacing: Theme.gap16

        Icon {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            size: 28
            name: root.now.checked ? Theme.toneIcon(root.now.tone) : "circle-dot"
            color: Theme.toneColor(root.now.tone)
        }

        Column {
            width: parent.width - sign.width - Theme.gap16

            AppText {
                objectName: "healthHeadline"
                width: parent.width
                role: "heading"
                wrapMode: Text.Wrap
                text: root.now.headline
            }

            AppText {
                width: parent.width
                muted: true
                wrapMode: Text.Wrap
                text: root.now.detail
            }
        }
    }

    Row {
        id: line

        readonly property connectionStatus connection: root.app.connection.status

        width: parent.width
        visible: connection.quality !== ""
        spacing: Theme.gap12

        Chip {
            id: quality

            objectName: "connectionQuality"
            anchors.verticalCenter: parent.verticalCenter
            tone: line.connection.qualityTone
            iconName: "wifi"
            text: line.connection.quality
        }

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - quality.width - parent.spacing
            wrapMode: Text.Wrap
            text: line.connection.qualityText
        }
    }

    Card {
        objectName: "heldCard"
        width: parent.width
        visible: root.now.held !== ""

        AppText {
            width: parent.width
            role: "heading"
            wrapMode: Text.Wrap
            text: root.now.held
            Accessible.role: Accessible.Heading
        }

        AppText {
            width: Math.min(parent.width, Theme.measure * 1.1)
            muted: true
            wrapMode: Text.Wrap
            text: qsTr("It is kept on this computer. Talk to your teacher about the reason, then send it again.")
        }

        Repeater {
            model: root.diagnostics.heldBack

            delegate: Column {
                id: heldRow

                required property string title
                required property string label
                required property string reason

                width: parent?.width ?? 0
                spacing: Theme.gap4

                Divider {
                    width: parent.width
                }

                AppText {
                    topPadding: Theme.gap8
                    width: parent.width
                    elide: Text.ElideRight
                    font.weight: Theme.medium
                    text: heldRow.title
                }

                AppText {
                    visible: heldRow.label !== ""
                    width: parent.width
                    elide: Text.ElideRight
                    text: heldRow.label
                }

                AppText {
                    width: parent.width
                    muted: true
                    wrapMode: Text.Wrap
                    text: heldRow.reason
                }
            }
        }

        AppButton {
            objectName: "retryHeld"
            iconName: "refresh-cw"
            text: qsTr("Try again")
            busy: root.now.retrying
            onClicked: root.diagnostics.retryHeld()
        }
    }

    Flow {
        id: cards

        width: parent.width
        spacing: Theme.gap16

        Repeater {
            model: root.diagnostics.components

            delegate: Card {
                id: card

                required property string component
                required property string title
                required property string icon
                required property string tone
                required property string level
                required property string roundTrip
                required property string advice
                required property string details

                objectName: "health_" + component
                width: Math.floor((cards.width - (root.perRow - 1) * cards.spacing) / root.perRow)
                height: Math.max(implicitHeight, root.now.tone === "positive" ? 0 : Math.round(168 * Theme.textScale))
                padding: Theme.gap16
                spacing: Theme.gap12

                Item {
                    width: parent.width
                    height: Math.max(heading.implicitHeight, chip.height)

                    Icon {
                        id: partIcon

                        anchors.verticalCenter: parent.verticalCenter
                        name: card.icon
                        color: Theme.inkMuted
                    }

                    AppText {
                        id: heading

                        anchors.verticalCenter: parent.verticalCenter
                        x: partIcon.width + Theme.gap8
                        width: parent.width - x - chip.width - Theme.gap8
                        elide: Text.ElideRight
                        font.weight: Theme.semiBold
                        text: card.title
                    }

                    Chip {
                        id: chip

                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        tone: card.tone
                        dot: true
                        text: card.level
                    }
                }

                TabularText {
                    text: card.roundTrip
                    color: Theme.ink
                    font.family: Theme.family
                    font.pixelSize: Theme.fontTitle
                    font.weight: Theme.semiBold
                }

                AppText {
                    width: parent.width
                    visible: card.advice !== ""
                    wrapMode: Text.Wrap
                    text: card.advice
                }

                AppText {
                    width: parent.width
                    visible: card.details !== ""
                    role: "caption"
                    muted: true
                    wrapMode: Text.Wrap
                    text: card.details
                }
            }
        }

        Repeater {
            model: root.now.checking && !root.now.checked ? 4 : 0

            delegate: Skeleton {
                required property int index

                width: Math.floor((cards.width - (root.perRow - 1) * cards.spacing) / root.perRow)
                height: 112
                radius: Theme.radiusCard
            }
        }
    }

    Card {
        width: parent.width
        visible: figures.count > 0
        spacing: 0

        AppText {
            bottomPadding: Theme.gap12
            role: "heading"
            text: qsTr("Figures")
            Accessible.role: Accessible.Heading
        }

        Repeater {
            id: figures

            model: root.diagnostics.figures

            delegate: Column {
                id: figure

                required property string group
                required property string label
                required property string value
                required property bool first

                width: parent?.width ?? 0

                AppText {
                    visible: figure.first
                    topPadding: Theme.gap16
                    bottomPadding: Theme.gap4
                    font.weight: Theme.semiBold
                    text: figure.group
                }

                Divider {
                    visible: figure.first
                    width: parent.width
                }

                Item {
                    width: parent.width
                    height: Math.round(28 * Theme.textScale)

                    AppText {
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - shown.width - Theme.gap16
                        elide: Text.ElideRight
                        muted: true
                        text: figure.label
                    }

                    TabularText {
                        id: shown

                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        text: figure.value
                        color: Theme.ink
                        font.family: Theme.family
                        font.pixelSize: Theme.fontBody
                    }
                }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Ui

// Letters of a language that many keyboards lack; none for one that every keyboard can write. Pressing
// one types it and leaves the focus where it is.
Flow {
    id: root

    // BCP 47; empty when it is not known.
    property string language
    readonly property string tongue: language.split("-")[0]
    readonly property list<string> letters: {
        switch (tongue) {
        case "en":
            return [];
        case "es":
            return ["á", "é", "í", "ó", "ú", "ü", "ñ", "¿", "¡"];
        case "ca":
            return ["à", "é", "è", "í", "ï", "ó", "ò", "ú", "ü", "ç", "·"];
        case "fr":
            return ["à", "â", "ç", "é", "è", "ê", "ë", "î", "ï", "ô", "œ", "ù", "û", "ü", "«", "»"];
        case "de":
            return ["ä", "ö", "ü", "ß", "Ä", "Ö", "Ü", "„", "“"];
        case "it":
            return ["à", "è", "é", "ì", "ò", "ù"];
        case "pt":
            return ["á", "à", "â", "ã", "ç", "é", "ê", "í", "ó", "ô", "õ", "ú"];
        case "gl":
            return ["á", "é", "í", "ó", "ú", "ü", "ñ", "ï"];
        case "pl":
            return ["ą", "ć", "ę", "ł", "ń", "ó", "ś", "ź", "ż"];
        case "ro":
            return ["ă", "â", "î", "ș", "ț"];
        case "sv":
            return ["å", "ä", "ö"];
        case "da":
        case "nb":
        case "no":
            return ["å", "æ", "ø"];
        case "tr":
            return ["ç", "ğ", "ı", "ö", "ş", "ü", "İ"];
        default:
            return ["á", "é", "í", "ó", "ú", "ü", "ñ", "ç", "à", "è", "ò", "ï", "¿", "¡", "’"];
        }
    }

    signal picked(string letter)

    spacing: 0
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Letters with accents")

    Repeater {
        model: root.letters

        delegate: AbstractButton {
            id: key

            required property string modelData

            objectName: "accent_" + modelData
            width: Theme.target
            height: Theme.target
            focusPolicy: Qt.NoFocus
            hoverEnabled: true
            text: modelData
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Type %1").arg(modelData)
            onClicked: root.picked(modelData)

            background: Item {
                Rectangle {
                    anchors.fill: parent
                    anchors.topMargin: 4
                    anchors.bottomMargin: 4
                    radius: Theme.radiusControl
                    color: key.down ? Theme.pressed : key.hovered ? Theme.hover : "transparent"
                }
            }

            contentItem: AppText {
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                role: "lead"
                text: key.text
                muted: !key.hovered
                Accessible.ignored: true
            }
        }
    }
}

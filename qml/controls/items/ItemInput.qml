// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The input that fits an item. Practice and the exam room show the same one.
Item {
    id: root

    required property ItemForm form
    readonly property string file: fileOf(form.kind)

    implicitHeight: loader.item ? (loader.item as Item).implicitHeight : 0
    onFileChanged: show()
    Component.onCompleted: show()

    function fileOf(kind: string): string {
        switch (kind) {
        case "choice":
            return "ChoiceInput.qml";
        case "multi":
            return "MultiInput.qml";
        case "truefalse":
            return "TrueFalseInput.qml";
        case "cloze":
            return "ClozeInput.qml";
        case "match":
        case "gapped-text":
            return "MatchInput.qml";
        case "order":
            return "OrderInput.qml";
        case "short":
        case "transform":
        case "dictation":
            return "ShortInput.qml";
        case "essay":
            return "EssayInput.qml";
        case "record":
            return "RecordInput.qml";
        default:
            return "";
        }
    }

    function show() {
        if (file === "")
            loader.source = "";
        else
            loader.setSource(Qt.resolvedUrl(file), {
                "form": root.form
            });
    }

    Loader {
        id: loader

        width: root.width
    }
}

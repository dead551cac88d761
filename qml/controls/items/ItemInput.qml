// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// The input that fits an item. Practice and the exam room show the same one.
Item {
    id: root

    required property ItemForm form
    readonly property Item input: loader.item as Item

    implicitHeight: loader.item ? (loader.item as Item).implicitHeight : 0

    function componentOf(kind: string): Component {
        switch (kind) {
        case "choice":
            return choice;
        case "multi":
            return multi;
        case "truefalse":
            return truth;
        case "cloze":
            return cloze;
        case "match":
        case "gapped-text":
            return match;
        case "order":
            return order;
        case "short":
        case "transform":
        case "dictation":
            return shortText;
        case "essay":
            return essay;
        case "record":
            return unanswerable;
        default:
            return null;
        }
    }

    Loader {
        id: loader

        width: root.width
        sourceComponent: root.componentOf(root.form.kind)
    }

    Component {
        id: choice

        ChoiceInput {
            form: root.form
        }
    }

    Component {
        id: multi

        MultiInput {
            form: root.form
        }
    }

    Component {
        id: truth

        TrueFalseInput {
            form: root.form
        }
    }

    Component {
        id: cloze

        ClozeInput {
            form: root.form
        }
    }

    Component {
        id: match

        MatchInput {
            form: root.form
        }
    }

    Component {
        id: order

        OrderInput {
            form: root.form
        }
    }

    Component {
        id: shortText

        ShortInput {
            form: root.form
        }
    }

    Component {
        id: essay

        EssayInput {
            form: root.form
        }
    }

    Component {
        id: unanswerable

        Banner {
            tone: "info"
            text: qsTr("Speaking is recorded in the classroom. Go on to the next question.")
        }
    }
}

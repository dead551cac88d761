// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// One block of Markdown. Light: the words are drawn as they are, and a text that can be selected
// takes their place only once somebody drags over them. Links say that they were pressed, no more.
Item {
    id: root

    property markdownBlock block
    property real pixelSize: Theme.fontBody
    property bool choosing: false
    readonly property string kind: block.kind
    readonly property bool code: kind === "code"
    readonly property bool table: kind === "tableHead" || kind === "tableRow"
    readonly property real step: Math.round(pixelSize * 1.6)
    readonly property real indent: kind === "item" ? (block.level + 1) * step : kind === "quote" ? block.level * step + Theme.gap16 : kind === "paragraph" ? block.level * step : code ? Theme.gap12 : 0
    readonly property real above: [0, Theme.gap4, Theme.gap12, Theme.gap16][block.gap]
    readonly property real padding: code ? Theme.gap8 : 0
    // Rich text has no line height of its own.
    readonly property string spaced: block.rich || choosing ? "<p style='margin:0; line-height:" + Math.round(Theme.lineHeight * 100) + "%'>" + block.text + "</p>" : ""

    signal linkActivated(string address)
    signal chose(string words)

    implicitHeight: above + (table ? cells.height : kind === "rule" ? Theme.gap8 : words.implicitHeight + 2 * padding)
    Accessible.role: kind === "heading" ? Accessible.Heading : Accessible.StaticText
    Accessible.name: block.plain
    Accessible.ignored: block.plain === ""

    function startChoosing(x: real, y: real) {
        choosing = true;
        const edit = editor.itemAt(0) as TextEdit;
        edit.forceActiveFocus(Qt.MouseFocusReason);
        edit.cursorPosition = edit.positionAt(x, y);
    }

    function chooseTo(x: real, y: real) {
        if (!choosing)
            startChoosing(pointer.pressX, pointer.pressY);
        const edit = editor.itemAt(0) as TextEdit;
        edit.moveCursorSelection(edit.positionAt(x, y));
    }

    function chooseWord(x: real, y: real) {
        startChoosing(x, y);
        (editor.itemAt(0) as TextEdit).selectWord();
    }

    // The ground of code, the bar of a quote, the line of a rule or below a table's row.
    Rectangle {
        visible: root.code || root.table || root.kind === "quote" || root.kind === "rule"
        x: root.kind === "quote" ? root.indent - Theme.gap16 : 0
        y: root.kind === "rule" ? root.above + Theme.gap4 : root.table ? root.height - height : root.above
        width: root.kind === "quote" ? 3 : root.width
        height: root.table || root.kind === "rule" ? Theme.lineWidth : root.height - root.above
        radius: root.code ? Theme.radiusControl : 0
        color: root.code ? Theme.sunken : root.kind === "tableHead" ? Theme.lineStrong : Theme.line
        border.width: root.code && Theme.highContrast ? Theme.lineWidth : 0
        border.color: Theme.line
    }

    AppText {
        visible: root.kind === "item" && text !== ""
        x: root.indent - width - Theme.gap8
        y: root.above
        font.pixelSize: root.pixelSize
        text: root.block.marker
        color: Theme.inkMuted
        Accessible.ignored: true
    }

    Text {
        id: words

        x: root.indent
        y: root.above + root.padding
        width: root.width - x - (root.code ? Theme.gap12 : 0)
        visible: !root.table
        opacity: root.choosing ? 0 : 1
        wrapMode: root.code ? Text.WrapAnywhere : Text.Wrap
        textFormat: root.code ? Text.PlainText : root.block.rich ? Text.RichText : Text.StyledText
        font.family: root.code ? "monospace" : Theme.family
        font.pixelSize: root.kind !== "heading" ? root.pixelSize : root.block.level <= 2 ? Math.round(root.pixelSize * 1.25) : Math.round(root.pixelSize * 1.1)
        font.weight: root.kind === "heading" ? Theme.semiBold : Theme.regular
        color: root.kind === "quote" ? Theme.inkMuted : Theme.ink
        linkColor: Theme.accent
        lineHeight: Theme.lineHeight
        text: root.code ? root.block.plain : root.block.rich ? root.spaced : root.block.text
        Accessible.ignored: true
    }

    Repeater {
        id: editor

        model: root.choosing ? 1 : 0

        delegate: TextEdit {
            x: words.x
            y: words.y
            width: words.width
            readOnly: true
            wrapMode: root.code ? TextEdit.WrapAnywhere : TextEdit.Wrap
            textFormat: root.code ? TextEdit.PlainText : TextEdit.RichText
            font: words.font
            color: words.color
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            text: root.code ? root.block.plain : root.spaced
            Accessible.role: Accessible.StaticText
            Accessible.name: root.block.plain
            onActiveFocusChanged: root.choosing = activeFocus
            onSelectedTextChanged: {
                if (selectedText !== "")
                    root.chose(selectedText);
            }
        }
    }

    Row {
        id: cells

        y: root.above
        width: root.width
        visible: root.table
        topPadding: Theme.gap8
        bottomPadding: Theme.gap8

        Repeater {
            model: root.block.cells

            delegate: Text {
                required property string modelData

                width: cells.width / Math.max(1, root.block.cells.length)
                rightPadding: Theme.gap12
                wrapMode: Text.Wrap
                textFormat: root.block.rich ? Text.RichText : Text.StyledText
                font.family: Theme.family
                font.pixelSize: root.pixelSize
                font.weight: root.kind === "tableHead" ? Theme.semiBold : Theme.regular
                color: Theme.ink
                linkColor: Theme.accent
                text: modelData
                Accessible.ignored: true
                onLinkActivated: link => root.linkActivated(root.block.links[Number(link)])
            }
        }
    }

    MouseArea {
        id: pointer

        property string link
        property real pressX
        property real pressY

        x: words.x
        y: words.y
        width: words.width
        height: words.height
        visible: !root.table
        hoverEnabled: true
        preventStealing: true
        cursorShape: link !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
        onPressed: event => {
            pressX = event.x;
            pressY = event.y;
            root.choosing = false;
        }
        onPositionChanged: event => {
            link = words.linkAt(event.x, event.y);
            if (pressed && (root.choosing || Math.abs(event.x - pressX) > 4))
                root.chooseTo(event.x, event.y);
        }
        onDoubleClicked: event => root.chooseWord(event.x, event.y)
        onClicked: {
            if (link !== "" && !root.choosing)
                root.linkActivated(root.block.links[Number(link)]);
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A mark below some of the learner's words: its line tells the kind, colour never alone. Press it, or
// Enter on it, for what could be better.
MarkSpot {
    id: root

    required property correctionRow correction
    required property Text over

    signal wanted

    objectName: "mark_" + correction.original
    x: over.x + spot.x
    y: over.y + spot.y
    width: Math.max(1, spot.width)
    height: Math.max(1, spot.height)
    laidText: over.text
    font: over.font
    wrapWidth: over.width
    lineHeight: over.lineHeight
    start: correction.start
    length: correction.length
    group: correction.group
    color: correction.group === "words" ? Theme.info : correction.group === "spelling" ? Theme.danger : correction.group === "order" ? Theme.accent : Theme.warning
    activeFocusOnTab: true
    Accessible.role: Accessible.Link
    Accessible.name: correction.spoken
    Accessible.onPressAction: root.wanted()
    Keys.onReturnPressed: root.wanted()
    Keys.onEnterPressed: root.wanted()
    Keys.onSpacePressed: root.wanted()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.wanted()
    }

    FocusRing {
        shown: root.activeFocus
        inset: -2
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Ui

// Text in one of the six steps of the type scale: caption, body, lead, heading, title, display.
Text {
    id: root

    property string role: "body"
    property bool muted: false

    font.family: Theme.family
    font.pixelSize: role === "body" ? Theme.fontBody : role === "caption" ? Theme.fontCaption : role === "lead" ? Theme.fontLead : role === "heading" ? Theme.fontHeading : role === "title" ? Theme.fontTitle : Theme.fontDisplay
    font.weight: role === "heading" || role === "title" || role === "display" ? Theme.semiBold : Theme.regular
    font.letterSpacing: role === "display" ? -0.6 : role === "title" ? -0.3 : 0
    color: muted ? Theme.inkMuted : Theme.ink
    linkColor: Theme.accent
    textFormat: Text.PlainText
    lineHeight: wrapMode === Text.NoWrap ? 1 : role === "display" || role === "title" ? 1 : role === "heading" ? 1.08 : Theme.lineHeight
    // Air belongs between lines, not below the last one.
    bottomPadding: -Math.round((lineHeight - 1) * 1.21 * font.pixelSize)
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}

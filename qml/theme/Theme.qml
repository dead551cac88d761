// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

import QtQuick

// Every colour, size and duration of the interface. The window binds the four switches to the
// reader's settings; nothing else in the interface holds a literal.
QtObject {
    id: root

    property bool dark: false
    property bool highContrast: false
    property bool reducedMotion: false
    property real textScale: 1

    readonly property color background: pick("#f7f6f3", "#131318", "#ffffff", "#000000")
    readonly property color surface: pick("#ffffff", "#1b1b22", "#ffffff", "#000000")
    readonly property color sunken: pick("#efede8", "#0f0f13", "#ffffff", "#000000")
    readonly property color ink: pick("#1a1a22", "#ececf1", "#000000", "#ffffff")
    readonly property color inkMuted: pick("#5d5b66", "#a3a2ae", "#000000", "#ffffff")
    readonly property color line: pick("#dedbd3", "#2d2d37", "#000000", "#ffffff")
    readonly property color lineStrong: pick("#8d8a94", "#6d6c7a", "#000000", "#ffffff")
    readonly property color hover: pick("#f0eee9", "#23232c", "#e6e6e6", "#262626")
    readonly property color pressed: pick("#e7e4dd", "#2a2a34", "#d0d0d0", "#333333")
    readonly property color accent: pick("#3b4cca", "#8e9bff", "#1a2b9f", "#b4bdff")
    readonly property color accentStrong: pick("#2f3ea8", "#a5afff", "#000000", "#ffffff")
    readonly property color accentInk: pick("#ffffff", "#11122b", "#ffffff", "#000000")
    readonly property color accentSoft: pick("#e7e9fb", "#262a4a", "#ffffff", "#000000")
    readonly property color accentSoftInk: pick("#2c3aa3", "#bac3ff", "#000000", "#ffffff")
    readonly property color positive: pick("#187650", "#56c596", "#005c38", "#7dffc0")
    readonly property color positiveSoft: pick("#e3f3eb", "#16302a", "#ffffff", "#000000")
    readonly property color warning: pick("#8f5f00", "#e0ac3e", "#6a4500", "#ffd479")
    readonly property color warningSoft: pick("#fbf0d9", "#332a16", "#ffffff", "#000000")
    readonly property color danger: pick("#b3261e", "#f2827a", "#8c0f08", "#ffa29b")
    readonly property color dangerSoft: pick("#fbe9e7", "#3a1f1e", "#ffffff", "#000000")
    readonly property color dangerInk: pick("#ffffff", "#2b0e0c", "#ffffff", "#000000")
    readonly property color info: pick("#1c6599", "#6db7ea", "#004a7c", "#9ad4ff")
    readonly property color infoSoft: pick("#e3f0f8", "#172c3a", "#ffffff", "#000000")
    readonly property color reading: pick("#3b4cca", "#8e9bff", "#1a2b9f", "#b4bdff")
    readonly property color listening: pick("#0f8b8d", "#54c6c8", "#005f61", "#8ff3f5")
    readonly property color writing: pick("#b45f06", "#e8a05a", "#7a3e00", "#ffc48a")
    readonly property color speaking: pick("#a23b72", "#e087b4", "#7a1b50", "#ffb5d8")
    readonly property color language: pick("#5b7f2b", "#a3c76c", "#3c5c10", "#cdf58e")
    readonly property color scrim: pick("#66131318", "#99000000", "#99000000", "#99000000")
    readonly property color shadow: pick("#1f1a1a22", "#66000000", "#00000000", "#00000000")

    readonly property string family: "Inter"
    readonly property real fontCaption: Math.round(12 * textScale)
    readonly property real fontBody: Math.round(14 * textScale)
    readonly property real fontLead: Math.round(16 * textScale)
    readonly property real fontHeading: Math.round(20 * textScale)
    readonly property real fontTitle: Math.round(26 * textScale)
    readonly property real fontDisplay: Math.round(34 * textScale)
    // 1.45 times the size of the text; the font itself brings 1.21.
    readonly property real lineHeight: 1.2
    readonly property int regular: Font.Normal
    readonly property int medium: Font.Medium
    readonly property int semiBold: Font.DemiBold
    // About 68 characters of body text.
    readonly property real measure: Math.round(560 * textScale)

    readonly property int gap4: 4
    readonly property int gap8: 8
    readonly property int gap12: 12
    readonly property int gap16: 16
    readonly property int gap24: 24
    readonly property int gap32: 32
    readonly property int gap48: 48

    readonly property int radiusControl: 6
    readonly property int radiusCard: 10
    readonly property int radiusDialog: 16
    readonly property int lineWidth: highContrast ? 2 : 1
    readonly property real target: Math.round(40 * Math.min(textScale, 1.5))
    readonly property int icon: Math.round(20 * Math.min(textScale, 1.5))
    readonly property int iconSmall: Math.round(16 * Math.min(textScale, 1.5))

    readonly property int stateDuration: reducedMotion ? 0 : 120
    readonly property int pageDuration: reducedMotion ? 0 : 200
    readonly property int easing: Easing.OutCubic

    function pick(light: color, darkOne: color, contrastLight: color, contrastDark: color): color {
        if (highContrast)
            return dark ? contrastDark : contrastLight;
        return dark ? darkOne : light;
    }

    function toneColor(tone: string): color {
        switch (tone) {
        case "accent":
            return accent;
        case "positive":
            return positive;
        case "warning":
            return warning;
        case "danger":
            return danger;
        case "info":
            return info;
        default:
            return inkMuted;
        }
    }

    function toneSoft(tone: string): color {
        switch (tone) {
        case "accent":
            return accentSoft;
        case "positive":
            return positiveSoft;
        case "warning":
            return warningSoft;
        case "danger":
            return dangerSoft;
        case "info":
            return infoSoft;
        default:
            return sunken;
        }
    }

    function toneIcon(tone: string): string {
        switch (tone) {
        case "positive":
            return "circle-check";
        case "warning":
            return "triangle-alert";
        case "danger":
            return "octagon-alert";
        default:
            return "info";
        }
    }

    function skillColor(skill: string): color {
        switch (skill) {
        case "listening":
            return listening;
        case "writing":
            return writing;
        case "speaking":
            return speaking;
        case "language":
            return language;
        default:
            return reading;
        }
    }

    function skillIcon(skill: string): string {
        switch (skill) {
        case "listening":
            return "headphones";
        case "writing":
            return "pen-line";
        case "speaking":
            return "mic";
        case "language":
            return "languages";
        default:
            return "book-open";
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Neolingus.Model
import Neolingus.Ui

// Account, academy, language, appearance, tutor, privacy, storage, about.
ScrollPage {
    id: root

    readonly property AppSettings settings: app.settings
    readonly property TutorPreferences tutor: app.tutorPreferences
    readonly property accountState who: app.account.state

    title: qsTr("Settings")
    widest: 760

    Timer {
        interval: 1
        running: root.app.navigator.argument === "tutor"
        onTriggered: root.scrollTo(tutorCard.y)
    }

    SettingsCard {
        width: parent.width
        heading: qsTr("Account")
        iconName: "circle-user"

        SettingLine {
            title: root.who.signedIn ? root.who.name : qsTr("Guest")
            detail: root.who.signedIn ? root.who.email : qsTr("Everything you do stays on this computer.")

            AppButton {
                objectName: "settingsCreateAccount"
                visible: !root.who.signedIn || root.who.anonymous
                text: qsTr("Create an account")
                onClicked: root.app.navigator.open("signin", "create")
            }

            AppButton {
                objectName: root.who.signedIn ? "settingsSignOut" : "settingsSignIn"
                text: root.who.signedIn ? qsTr("Sign out") : qsTr("Sign in")
                onClicked: root.who.signedIn ? root.app.account.signOut() : root.app.navigator.open("signin")
            }
        }

        SecondStepSetting {
            visible: root.who.signedIn && !root.who.anonymous
            step: root.app.account.secondStep
            Component.onCompleted: step.refresh()
        }

        SettingLine {
            title: qsTr("Academy")
            detail: root.who.academy === "" ? qsTr("None") : root.who.academy
            last: true

            AppButton {
                objectName: "settingsAcademy"
                text: qsTr("Change")
                onClicked: root.app.navigator.open("signin")
            }
        }
    }

    SettingsCard {
        width: parent.width
        heading: qsTr("Language and appearance")
        iconName: "palette"

        SettingLine {
            title: qsTr("Language of the program")
            detail: qsTr("Changes at once.")

            SegmentedControl {
                label: qsTr("Language of the program")
                namePrefix: "settingsLanguage"
                values: root.app.settings.languages
                labels: root.app.settings.languageNames
                value: root.settings.language
                onChosen: value => root.settings.language = value
            }
        }

        SettingLine {
            title: qsTr("Appearance")

            SegmentedControl {
                label: qsTr("Appearance")
                namePrefix: "appearance"
                values: ["system", "light", "dark"]
                labels: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                icons: ["monitor", "sun", "moon"]
                value: root.settings.appearance
                onChosen: value => root.settings.appearance = value
            }
        }

        SettingLine {
            title: qsTr("Text size")
            detail: qsTr("%1 %").arg(Math.round(root.settings.textScale * 100))

            Row {
                spacing: Theme.gap4

                IconButton {
                    objectName: "textSmaller"
                    label: qsTr("Smaller text")
                    iconName: "chevron-down"
                    enabled: root.settings.textScale > 1.001
                    onClicked: root.settings.textScale = root.settings.textScale - 0.1
                }

                IconButton {
                    objectName: "textLarger"
                    label: qsTr("Larger text")
                    iconName: "chevron-up"
                    enabled: root.settings.textScale < 1.999
                    onClicked: root.settings.textScale = root.settings.textScale + 0.1
                }
            }
        }

        SettingLine {
            title: qsTr("High contrast")
            detail: qsTr("Black, white and strong lines.")

            AppSwitch {
                objectName: "highContrast"
                label: qsTr("High contrast")
                checked: root.settings.highContrast
                onToggled: root.settings.highContrast = checked
            }
        }

        SettingLine {
            title: qsTr("Reduced motion")
            detail: qsTr("Nothing glides or fades.")
            last: true

            AppSwitch {
                objectName: "reducedMotion"
                label: qsTr("Reduced motion")
                checked: root.settings.reducedMotion
                onToggled: root.settings.reducedMotion = checked
            }
        }
    }

    TutorCard {
        id: tutorCard

        width: parent.width
        tutor: root.tutor
        reader: root.app.readAloud
        keychain: root.who.secretsPersist
    }

    SettingsCard {
        width: parent.width
        heading: qsTr("Privacy and storage")
        iconName: "shield"

        SettingLine {
            title: qsTr("What leaves this computer")
            detail: qsTr("To your academy: your answers, reviews and progress. To a tutor: what you write to it. Nothing else, and nothing to us.")
        }

        SettingLine {
            title: qsTr("Where your data is")
            detail: root.app.dataFolder
            last: true

            AppButton {
                objectName: "copyDataFolder"
                iconName: "copy"
                text: qsTr("Copy the path")
                onClicked: root.app.copyToClipboard(root.app.dataFolder)
            }
        }
    }

    SettingsCard {
        width: parent.width
        heading: qsTr("About")
        iconName: "info"

        SettingLine {
            title: qsTr("Neolingus %1").arg(root.app.version)
            detail: qsTr("Free software under the GNU General Public License, version 3 or later. It comes without any warranty.")
        }

        SettingLine {
            title: qsTr("Credits")
            detail: qsTr("Qt, under the LGPL 3 · Inter, the typeface, by Rasmus Andersson and others, under the SIL Open Font License 1.1 · Lucide, the icons, under the ISC License · SQLite, public domain · QtKeychain, under the BSD License · OpenSSL, under the Apache License 2.0 · libzip, under the BSD License · FSRS, the review schedule, by Jarrett Ye and the open spaced repetition community")
            last: true
        }
    }
}

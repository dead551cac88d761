// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Neolingus.Model
import Neolingus.Ui

// Conversations at the left, the current one in a column that can be read, the composer below.
AppPage {
    id: root

    readonly property TutorController tutor: app.tutor
    readonly property tutorState now: tutor.state
    readonly property bool wide: width > 820 * Theme.textScale
    readonly property real columnWidth: Math.min(720 * Math.min(1.4, Theme.textScale), talk.width - 2 * Theme.gap24)
    readonly property bool blank: now.conversation === "" && list.count === 0
    // Nothing was chosen yet: neither a talk nor a scene nor a text.
    readonly property bool fresh: now.conversation === "" && now.task === "talk"

    title: qsTr("Tutor")
    subtitle: now.notesOnly ? qsTr("Answers from your course's notes, on this computer") : qsTr("Answers by %1").arg(now.provider)

    Component.onCompleted: {
        composer.text = tutor.draft;
        composer.takeFocus();
    }
    Keys.onPressed: event => root.press(event)

    headerActions: Row {
        spacing: Theme.gap8

        IconButton {
            objectName: "lessonNotes"
            label: qsTr("Lesson notes")
            iconName: "notebook-text"
            onClicked: root.app.navigator.open("lessonnotes")
        }

        AppButton {
            objectName: "newChat"
            iconName: "square-pen"
            text: qsTr("New")
            onClicked: {
                root.tutor.startNew();
                composer.takeFocus();
            }
        }
    }

    function give(message: string) {
        root.tutor.giveText(message);
        root.app.navigator.open("writings");
    }

    function send() {
        root.tutor.send();
        list.toEnd();
    }

    function press(event: KeyEvent) {
        event.accepted = true;
        if (event.key === Qt.Key_PageUp)
            list.page(-1);
        else if (event.key === Qt.Key_PageDown)
            list.page(1);
        else if (event.key === Qt.Key_Escape && root.now.streaming)
            root.tutor.stop();
        else
            event.accepted = false;
    }

    Connections {
        target: root.tutor

        function onDraftChanged() {
            if (composer.text !== root.tutor.draft)
                composer.text = root.tutor.draft;
        }
    }

    LinkDialog {
        id: leaving
    }

    RenameDialog {
        id: renaming

        onRenamed: (conversation, name) => root.tutor.rename(conversation, name)
    }

    Item {
        id: side

        visible: root.wide
        width: visible ? Math.round(260 * Math.min(1.3, Theme.textScale)) : 0
        height: parent.height

        Field {
            id: search

            inputName: "tutorSearch"
            x: Theme.gap32
            width: parent.width - x - Theme.gap12
            labelHidden: true
            label: qsTr("Find a conversation")
            placeholder: label
            leadingIcon: "search"
            onEdited: root.tutor.search = text
        }

        ListView {
            id: conversations

            anchors.top: search.bottom
            anchors.topMargin: Theme.gap12
            anchors.bottom: parent.bottom
            x: Theme.gap24
            width: parent.width - x - Theme.gap4
            clip: true
            reuseItems: true
            model: root.tutor.conversations
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Conversations")

            delegate: ListRow {
                id: row

                required property string conversation
                required property string message
                required property string when
                required title
                required current

                objectName: "conversation_" + conversation
                width: ListView.view.width
                implicitHeight: Theme.target + Theme.gap12
                subtitle: when
                chevron: false
                onClicked: message === "" ? root.tutor.open(conversation) : root.tutor.openAt(conversation, message)
                Keys.onDeletePressed: root.tutor.remove(conversation)

                IconButton {
                    objectName: "deleteConversation"
                    visible: row.message === ""
                    opacity: row.current || row.hovered || hovered || visualFocus ? 1 : 0
                    label: qsTr("Delete this conversation")
                    iconName: "trash-2"
                    onClicked: root.tutor.remove(row.conversation)
                }
            }
        }

        AppText {
            anchors.top: search.bottom
            anchors.topMargin: Theme.gap16
            x: Theme.gap32
            width: parent.width - x - Theme.gap12
            visible: root.tutor.search !== "" && conversations.count === 0
            wrapMode: Text.Wrap
            muted: true
            text: qsTr("Nothing was said about “%1”.").arg(root.tutor.search)
        }
    }

    Divider {
        x: side.width
        visible: side.visible
        width: Theme.lineWidth
        height: parent.height
    }

    Item {
        id: talk

        anchors.left: side.right
        anchors.right: parent.right
        height: parent.height

        TalkBar {
            id: bar

            x: (parent.width - width) / 2
            width: root.columnWidth
            visible: !root.fresh
            tutor: root.tutor
            onRenameWanted: renaming.ask(root.now.conversation, root.now.title)
            onExerciseWanted: root.app.navigator.open("practice", root.now.exercise)
        }

        ChatList {
            id: list

            anchors.top: bar.bottom
            anchors.bottom: dock.top
            width: parent.width
            visible: !root.blank
            tutor: root.tutor
            reader: root.app.readAloud
            columnWidth: root.columnWidth
            hasTeacher: root.app.writings.canSend
            onCopied: message => root.app.copyToClipboard(root.tutor.textOf(message))
            onLinkActivated: address => leaving.ask(address)
            onDone: composer.takeFocus()
            onNotesWanted: root.app.navigator.open("lessonnotes")
            onTextGiven: message => root.give(message)
            study: root.app.study
            onSourceWanted: place => root.app.navigator.open("notes", place)
        }

        EmptyState {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(bar.height + Theme.gap24, (dock.y - height) / 2)
            width: root.columnWidth
            visible: root.blank && root.now.task === "exercise"
            iconName: "lightbulb"
            title: root.now.solved ? qsTr("What is not clear yet?") : qsTr("Where are you stuck?")
            text: root.now.solved ? qsTr("Ask why the answer is what it is, or for another example.") : qsTr("Say what you have tried, or ask for a hint. The answer comes last.")
            actionText: root.now.solved ? qsTr("Explain the answer") : qsTr("A hint, please")
            actionName: "firstHint"
            actionKind: "secondary"
            onAction: {
                root.tutor.ask("hint");
                composer.takeFocus();
            }
        }

        EmptyState {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(bar.height + Theme.gap24, (dock.y - height) / 2)
            width: root.columnWidth
            visible: root.blank && !root.fresh && root.now.task !== "exercise"
            iconName: root.now.task === "scene" ? "users" : "pen-line"
            title: root.now.task === "scene" ? qsTr("You begin") : qsTr("Your text, please")
            text: root.now.task === "scene" ? qsTr("Say hello, and then what you want. The tutor stays in the role until you ask for help or end the scene.") : qsTr("Write or paste it below. You get help with it, never a mark.")
        }

        Flickable {
            readonly property bool atChoices: tongue.activeFocus || level.activeFocus || mode.activeFocus

            width: parent.width
            height: Math.max(0, dock.y - Theme.gap8)
            visible: root.blank && root.fresh
            contentHeight: choices.y + choices.height + Theme.gap8
            boundsBehavior: Flickable.StopAtBounds
            clip: contentHeight > height
            onAtChoicesChanged: {
                if (atChoices)
                    contentY = Math.max(0, contentHeight - height);
            }

            ScrollBar.vertical: ThinScrollBar {}

            Column {
                id: choices

                anchors.horizontalCenter: parent.horizontalCenter
                y: Math.max(Theme.gap16, (dock.y - height) / 2)
                width: root.columnWidth
                spacing: Theme.gap24

                EmptyState {
                    width: parent.width
                    iconName: "message-circle"
                    title: qsTr("Ask about your course")
                    text: root.now.notesOnly ? qsTr("The notes tutor answers from the notes, words and exercises on this computer, and says where it found them.") : qsTr("Write in the language you learn. Your words are kept on this computer.")
                }

                Flow {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.min(parent.width, first.width + second.width + third.width + 2 * spacing)
                    spacing: Theme.gap8

                    AppButton {
                        id: first

                        objectName: "suggestion1"
                        text: root.now.language.startsWith("en") ? qsTr("When do I use the present perfect?") : qsTr("Which past tense do I use when?")
                        onClicked: composer.fill(text)
                    }

                    AppButton {
                        id: second

                        objectName: "suggestion2"
                        text: root.now.language.startsWith("en") ? qsTr("Explain a phrasal verb") : qsTr("Explain an idiom to me")
                        onClicked: composer.fill(text)
                    }

                    AppButton {
                        id: third

                        objectName: "suggestion3"
                        text: qsTr("Give me a short exercise")
                        onClicked: composer.fill(text)
                    }
                }

                Flow {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.min(parent.width, toScenes.width + toTexts.width + spacing)
                    spacing: Theme.gap24

                    LinkButton {
                        id: toScenes

                        objectName: "openScenes"
                        iconName: "users"
                        text: qsTr("Play a scene")
                        onClicked: root.app.navigator.open("scenes")
                    }

                    LinkButton {
                        id: toTexts

                        objectName: "openWritings"
                        iconName: "pen-line"
                        text: qsTr("Have a text looked at")
                        onClicked: root.app.navigator.open("writings")
                    }
                }

                Flow {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.min(parent.width, (tongue.visible ? tongue.width + spacing : 0) + levelWord.width + level.width + mode.width + 2 * spacing)
                    spacing: Theme.gap12

                    Select {
                        id: tongue

                        readonly property list<string> languages: root.now.languages

                        objectName: "talkLanguage"
                        visible: root.now.languages.length > 1
                        implicitWidth: Math.round(150 * Math.min(1.5, Theme.textScale))
                        label: qsTr("Language of the talk")
                        model: root.now.languageNames
                        currentIndex: languages.indexOf(root.now.language)
                        onActivated: choice => root.tutor.chooseLanguage(languages[choice])
                    }

                    AppText {
                        id: levelWord

                        height: Theme.target
                        verticalAlignment: Text.AlignVCenter
                        muted: true
                        text: qsTr("Your level")
                    }

                    Select {
                        id: level

                        readonly property list<string> levels: ["A1", "A2", "B1", "B2", "C1"]

                        objectName: "learnerLevel"
                        implicitWidth: Math.round(90 * Math.min(1.5, Theme.textScale))
                        label: qsTr("Your level")
                        model: levels
                        currentIndex: levels.indexOf(root.tutor.level)
                        onActivated: choice => root.tutor.level = levels[choice]
                    }

                    ModeSelect {
                        id: mode

                        mode: root.now.mode
                        onChosen: mode => root.tutor.setMode(mode)
                    }
                }
            }
        }

        Column {
            id: dock

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gap24
            x: (parent.width - width) / 2
            width: root.columnWidth
            spacing: Theme.gap8

            Banner {
                width: parent.width
                visible: root.now.error !== ""
                tone: "danger"
                text: root.now.error
            }

            Banner {
                objectName: "tutorOff"
                width: parent.width
                visible: root.now.off
                tone: "info"
                text: qsTr("The tutor is off while you sit an exam. It is back when you have handed in.")
            }

            Composer {
                id: composer

                width: parent.width
                streaming: root.now.streaming
                activity: root.now.activity
                onEdited: root.tutor.draft = text
                onSent: root.send()
                onStopped: root.tutor.stop()
            }

            AccentBar {
                width: parent.width
                language: root.now.language
                visible: letters.length > 0 && !root.now.off
                onPicked: letter => composer.insert(letter)
            }

            Item {
                width: parent.width
                height: Math.max(hint.implicitHeight, providerLink.implicitHeight)

                AppText {
                    id: hint

                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - providerLink.width - Theme.gap12
                    elide: Text.ElideRight
                    role: "caption"
                    muted: true
                    text: root.now.limit !== "" ? root.now.limit : qsTr("Enter sends, Shift+Enter makes a new line. A tutor can be wrong.")
                }

                LinkButton {
                    id: providerLink

                    objectName: "chooseTutor"
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    role: "caption"
                    text: root.now.notesOnly ? qsTr("Use a model of your own") : qsTr("Change the tutor")
                    onClicked: root.app.navigator.open("settings", "tutor")
                }
            }
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Neolingus.Model
import Neolingus.Ui

// A spoken answer, which this program does not record: it says where it is given.
Banner {
    id: root

    required property ItemForm form

    tone: "info"
    title: root.form.instruction
    text: qsTr("Speaking is recorded in the classroom. Go on to the next question.")
}

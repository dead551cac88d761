<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AppContext</name>
    <message numerus="yes">
        <source>The file with your data was damaged. It is kept at %1. What could be read was carried over; %n change(s) that your academy did not have yet could not be read: please tell your teacher.</source>
        <translation>
            <numerusform>The file with your data was damaged. It is kept at %1. What could be read was carried over; %n change that your academy did not have yet could not be read: please tell your teacher.</numerusform>
            <numerusform>The file with your data was damaged. It is kept at %1. What could be read was carried over; %n changes that your academy did not have yet could not be read: please tell your teacher.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) you studied before signing in are yours here too.</source>
        <translation>
            <numerusform>%n thing you studied before signing in is yours here too.</numerusform>
            <numerusform>%n things you studied before signing in are yours here too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionStatus</name>
    <message numerus="yes">
        <source>Catching up (%n)</source>
        <translation>
            <numerusform>Catching up (%n)</numerusform>
            <numerusform>Catching up (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of this computer on the way to the academy.</source>
        <translation>
            <numerusform>%n change of this computer on the way to the academy.</numerusform>
            <numerusform>%n changes of this computer on the way to the academy.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline (%n kept)</source>
        <translation>
            <numerusform>Offline (%n kept)</numerusform>
            <numerusform>Offline (%n kept)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sign in again to send %n kept change(s).</source>
        <translation>
            <numerusform>Sign in again to send %n kept change.</numerusform>
            <numerusform>Sign in again to send %n kept changes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiagnosticsController</name>
    <message numerus="yes">
        <source>Measured at %1 · %2 MB of memory · %n channel(s)</source>
        <translation>
            <numerusform>Measured at %1 · %2 MB of memory · %n channel</numerusform>
            <numerusform>Measured at %1 · %2 MB of memory · %n channels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your academy did not accept %n thing(s) you did.</source>
        <translation>
            <numerusform>Your academy did not accept %n thing you did.</numerusform>
            <numerusform>Your academy did not accept %n things you did.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamController</name>
    <message numerus="yes">
        <source>Everything you wrote is safe on this computer; %n changes are still to be sent.</source>
        <translation>
            <numerusform>Everything you wrote is safe on this computer; %n change is still to be sent.</numerusform>
            <numerusform>Everything you wrote is safe on this computer; %n changes are still to be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamReview</name>
    <message numerus="yes">
        <source>%n question(s) still open</source>
        <translation>
            <numerusform>%n question still open</numerusform>
            <numerusform>%n questions still open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You flagged %n question(s). Choose one to go back to it.</source>
        <translation>
            <numerusform>You flagged %n question. Choose one to go back to it.</numerusform>
            <numerusform>You flagged %n questions. Choose one to go back to it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are still open. After handing in you cannot change anything.</source>
        <translation>
            <numerusform>%n question is still open. After handing in you cannot change anything.</numerusform>
            <numerusform>%n questions are still open. After handing in you cannot change anything.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeController</name>
    <message numerus="yes">
        <source>%n day(s) in a row</source>
        <translation>
            <numerusform>%n day in a row</numerusform>
            <numerusform>%n days in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Review %n card(s)</source>
        <translation>
            <numerusform>Review %n card</numerusform>
            <numerusform>Review %n cards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learn %n new card(s)</source>
        <translation>
            <numerusform>Learn %n new card</numerusform>
            <numerusform>Learn %n new cards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and up to %n new one(s). About %1 minutes.</source>
        <translation>
            <numerusform>and up to %n new one. About %1 minutes.</numerusform>
            <numerusform>and up to %n new ones. About %1 minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n minute(s).</source>
        <translation>
            <numerusform>About %n minute.</numerusform>
            <numerusform>About %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n minute(s)</source>
        <comment>class, length</comment>
        <translation>
            <numerusform>%1 · %n minute</numerusform>
            <numerusform>%1 · %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>in %n minute</numerusform>
            <numerusform>in %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemForm</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveMonitorPage</name>
    <message numerus="yes">
        <source>%n student(s) are still writing: their papers are collected now. Nobody can begin any more.</source>
        <translation>
            <numerusform>%n student is still writing: the paper is collected now. Nobody can begin any more.</numerusform>
            <numerusform>%n students are still writing: their papers are collected now. Nobody can begin any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MonitorController</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>as of %n seconds ago</source>
        <translation>
            <numerusform>as of %n second ago</numerusform>
            <numerusform>as of %n seconds ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For %n students.</source>
        <translation>
            <numerusform>For %n student.</numerusform>
            <numerusform>For %n students.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PapersController</name>
    <message numerus="yes">
        <source>%n thing(s) to decide</source>
        <translation>
            <numerusform>%n thing to decide</numerusform>
            <numerusform>%n things to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PracticeController</name>
    <message numerus="yes">
        <source>%n answer(s) that only a person can mark are not counted.</source>
        <translation>
            <numerusform>%n answer that only a person can mark is not counted.</numerusform>
            <numerusform>%n answers that only a person can mark are not counted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewController</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) reviewed. They come back when it is time.</source>
        <translation>
            <numerusform>%n card reviewed. It comes back when it is time.</numerusform>
            <numerusform>%n cards reviewed. They come back when it is time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SittingsController</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students</source>
        <translation>
            <numerusform>%n student</numerusform>
            <numerusform>%n students</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) are not marked yet. Their results show no verdict until they are.</source>
        <translation>
            <numerusform>%n paper is not marked yet. Its result shows no verdict until it is.</numerusform>
            <numerusform>%n papers are not marked yet. Their results show no verdict until they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) are with the students.</source>
        <translation>
            <numerusform>%n result is with its student.</numerusform>
            <numerusform>%n results are with the students.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) still wait for a mark: see Papers.</source>
        <translation>
            <numerusform>%n paper still waits for a mark: see Papers.</numerusform>
            <numerusform>%n papers still wait for a mark: see Papers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) could not be graded, because the key of the exam has a mistake. Correct it and release again.</source>
        <translation>
            <numerusform>%n paper could not be graded, because the key of the exam has a mistake. Correct it and release again.</numerusform>
            <numerusform>%n papers could not be graded, because the key of the exam has a mistake. Correct it and release again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudyController</name>
    <message numerus="yes">
        <source>%n card(s)</source>
        <translation>
            <numerusform>%n card</numerusform>
            <numerusform>%n cards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) to review</source>
        <translation>
            <numerusform>%n card to review</numerusform>
            <numerusform>%n cards to review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and up to %n new one(s) today</source>
        <translation>
            <numerusform>and up to %n new one today</numerusform>
            <numerusform>and up to %n new ones today</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new card(s) to learn</source>
        <translation>
            <numerusform>%n new card to learn</numerusform>
            <numerusform>%n new cards to learn</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeachingWords</name>
    <message numerus="yes">
        <source>%n correction(s): %1.</source>
        <translation>
            <numerusform>%n correction: %1.</numerusform>
            <numerusform>%n corrections: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TutorController</name>
    <message numerus="yes">
        <source>The next message can go in %n second(s).</source>
        <translation>
            <numerusform>The next message can go in %n second.</numerusform>
            <numerusform>The next message can go in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n second(s)</source>
        <translation>
            <numerusform>Trying again in %n second</numerusform>
            <numerusform>Trying again in %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TutorPreferences</name>
    <message numerus="yes">
        <source>Running here, with %n model(s).</source>
        <translation>
            <numerusform>Running here, with %n model.</numerusform>
            <numerusform>Running here, with %n models.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnitCard</name>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n due</numerusform>
            <numerusform>%n due</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
</TS>

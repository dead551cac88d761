// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/Gallery.h"

#include "store/Outbox.h"
#include "viewmodels/App.h"
#include "viewmodels/ResultWords.h"
#include "viewmodels/TeachingWords.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>

namespace {

using Gallery::Scene;

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

void stageHome(App& app, const QString& variant)
{
    HomeState state;
    QList<SkillRow> skills;
    QList<ForecastRow> forecast;
    QList<SittingRow> sittings;
    const QStringList names {s("reading"), s("listening"), s("writing"), s("speaking"), s("language")};
    const QStringList labels {HomeController::tr("Reading"), HomeController::tr("Listening"), HomeController::tr("Writing"),
        HomeController::tr("Speaking"), HomeController::tr("Language")};
    if (variant == s("loading")) {
        for (qsizetype i = 0; i < names.size(); ++i) {
            skills.append({names.at(i), labels.at(i), 0, 0, false, {}});
        }
        state.greeting = s("Good evening, Marta");
        app.home()->present(state, skills, {}, {});
        return;
    }
    state.loading = false;
    state.greeting = s("Good evening, Marta");
    state.date = s("Monday, 23 November 2026");
    const QList<double> values {72, 58, 41, 35, 66};
    const QList<double> changes {2.4, 0, 3.1, -0.6, 1.2};
    for (qsizetype i = 0; i < names.size(); ++i) {
        skills.append({names.at(i), labels.at(i), values.at(i), changes.at(i), i != 3,
            app.settings()->locale().toString(std::abs(changes.at(i)), 'f', 1)});
    }
    const QList<int> due {18, 7, 12, 3, 9, 0, 5};
    for (int i = 0; i < due.size(); ++i) {
        const QLocale locale = app.settings()->locale();
        forecast.append({QString::number(i), locale.standaloneDayName(i + 1, QLocale::ShortFormat), due.at(i), i == 0});
    }
    state.highestForecast = 18;
    state.due = 18;
    state.fresh = 6;
    state.streak = 12;
    state.studiedToday = true;
    state.streakText = HomeController::tr("%n day(s) in a row", nullptr, 12);
    state.nextKind = s("review");
    state.nextOver = HomeController::tr("Next for you");
    state.nextTitle = HomeController::tr("Review %n card(s)", nullptr, 18);
    state.nextText = HomeController::tr("and up to %n new one(s). About %1 minutes.", nullptr, 6).arg(5);
    state.nextAction = HomeController::tr("Start");
    state.nextIcon = s("square-stack");
    state.nextPage = s("review");
    if (variant == s("guest")) {
        state.greeting = HomeController::tr("Good evening");
        state.streak = 0;
        app.home()->present(state, {}, forecast, {});
        return;
    }
    state.hasProgress = true;
    state.course = s("English B2");
    state.movedBy = HomeController::tr("Last moved by your reviews");
    SittingRow open;
    open.sitting = s("1");
    open.title = s("B2 mock, evening paper");
    open.place = s("B2 Evening · 60 minutes");
    open.when = s("Today, 19:00");
    open.countdown = HomeController::tr("in %1 h %2 min").arg(1).arg(12);
    open.stateLabel = HomeController::tr("Scheduled");
    open.tone = s("info");
    if (variant == s("open")) {
        open.canEnter = true;
        open.countdown.clear();
        open.stateLabel = HomeController::tr("Open now");
        open.tone = s("positive");
        state.nextKind = s("exam");
        state.nextOver = HomeController::tr("Your exam is open");
        state.nextTitle = open.title;
        state.nextText = HomeController::tr("Go in when you are ready. Everything you write is kept on this computer and sent to the school.");
        state.nextAction = HomeController::tr("Enter the exam room");
        state.nextIcon = s("notebook-pen");
        state.nextPage = s("exam");
    }
    sittings.append(open);
    SittingRow past;
    past.sitting = s("2");
    past.title = s("Reading test, unit 4");
    past.place = s("B2 Evening · 25 minutes");
    past.when = s("Mon 16 Nov, 19:00");
    past.stateLabel = HomeController::tr("Results are out");
    past.tone = s("accent");
    ResultWords::tell(past,
        {{s("score"), 16.5}, {s("max_score"), 24}, {s("needs_marking"), variant == s("open")}, {s("passed"), true},
            {s("marks"), QJsonArray {QJsonObject {{s("prompt"), s("Should every town keep its old market?")}, {s("points"), 14}, {s("max"), 20},
                {s("words"), s("You argue like somebody who means it. Next time, answer the supermarket's side as well.")},
                {s("criteria"), QJsonObject {{s("task"), QJsonObject {{s("band"), 4}, {s("words"), s("Both points of the task, and one of your own.")}}},
                    {s("order"), QJsonObject {{s("band"), 3}}}, {s("range"), QJsonObject {{s("band"), 4}, {s("words"), s("“fair price”, “at a till”: exact words.")}}},
                    {s("accuracy"), QJsonObject {{s("band"), 3}}}}}}}},
            {s("per_section"),
                QJsonArray {
                    QJsonObject {{s("title"), s("Reading and Use of English")}, {s("score"), 11.5}, {s("max"), 16}},
                    QJsonObject {{s("title"), s("Writing")}, {s("score"), 5}, {s("max"), 8}, {s("needs_marking"), variant == s("open")}}}}},
        app.settings()->locale(), app.settings()->language());
    sittings.append(past);
    app.home()->present(state, skills, forecast, sittings);
}

void stageStudy(App& app, const QString& variant)
{
    StudyState state;
    QList<UnitRow> units;
    QList<MockRow> mocks;
    state.loading = variant == s("loading");
    state.empty = variant == s("empty");
    if (variant == s("failed")) {
        state.loading = false;
        state.error = s("The folder with your Neolingus data cannot be opened. Check its permissions.");
        state.errorDetails = s("storage · store_unreadable");
    }
    if (variant.isEmpty()) {
        state.due = 18;
        state.fresh = 6;
        state.headline = StudyController::tr("%n card(s) to review", nullptr, 18);
        state.detail = StudyController::tr("and up to %n new one(s) today", nullptr, 6);
        units = {{s("p/1"), s("English for Spanish speakers · B1"), s("Travel and the past"), s("24 cards · 3 of 12 exercises done"), 12, 4, 24, 12, 3, 5},
            {s("p/2"), s("English for Spanish speakers · B1"), s("Work, plans and conditionals"), s("30 cards · 12 of 12 exercises done"), 6, 0, 30, 12, 12, 4},
            {s("p/3"), s("English for Spanish speakers · B1"), s("False friends that everybody meets sooner or later"), s("18 cards · 0 of 8 exercises done"), 0, 18, 18, 8, 0, 0}};
        mocks = {{s("p/mock/1"), s("B1 mock exam, short form"), s("18 questions · 35 minutes")}};
    }
    app.study()->present(state, units, mocks);
}

void stageReview(App& app, const QString& variant)
{
    ReviewState state;
    state.title = s("Travel and the past");
    state.phase = variant.isEmpty() ? s("asking") : variant;
    state.front = s("to run out of something");
    state.back = s("quedarse sin algo");
    state.hint = s("phrasal verb");
    state.example = s("We ran out of petrol in the middle of nowhere.");
    state.exampleGloss = s("Nos quedamos sin gasolina en medio de la nada.");
    state.cardPhase = ReviewController::tr("Review");
    state.intervals = {ReviewController::tr("%1 min").arg(10), ReviewController::tr("%n day(s)", nullptr, 3),
        ReviewController::tr("%n day(s)", nullptr, 8), ReviewController::tr("%n day(s)", nullptr, 15)};
    state.done = 7;
    state.due = 11;
    state.learning = 2;
    state.fresh = 6;
    state.progress = 0.27;
    if (variant == s("finished")) {
        state.progress = 1;
        state.finishedText = ReviewController::tr("%n card(s) reviewed. They come back when it is time.", nullptr, 26);
    }
    if (variant == s("failed")) {
        state.error = s("The disk is full. Free some space: what is already kept is safe, but nothing new can be kept.");
        state.errorDetails = s("storage · store_full");
    }
    app.review()->present(state);
}

ExamItem itemOf(const QString& kind)
{
    QJsonObject json {{s("id"), kind}, {s("type"), kind}, {s("points"), 2}, {s("skill"), s("language")}};
    const auto option = [](const char* id, const char* text) {
        return QJsonObject {{QStringLiteral("id"), s(id)}, {QStringLiteral("text"), s(text)}};
    };
    if (kind == s("choice")) {
        json[s("prompt")] = s("If I ____ more time, I would learn to play the cello.");
        json[s("options")] = QJsonArray {option("a", "have"), option("b", "had"), option("c", "would have"), option("d", "have had")};
    } else if (kind == s("multi")) {
        json[s("prompt")] = s("Which of these can follow “I look forward to”?");
        json[s("options")] = QJsonArray {option("a", "hearing from you"), option("b", "hear from you"), option("c", "the weekend"), option("d", "meet you")};
    } else if (kind == s("truefalse")) {
        json[s("prompt")] = s("The writer regrets leaving the city.");
    } else if (kind == s("cloze")) {
        json[s("prompt")] = s("Complete the e-mail.");
        json[s("text")] = s("Dear Ana,\nThank you {{g1}} your letter. I have {{g2}} working here {{g3}} two years and I am very {{g4}} with the team.");
        json[s("gaps")] = QJsonArray {QJsonObject {{s("id"), s("g1")}}, QJsonObject {{s("id"), s("g2")}},
            QJsonObject {{s("id"), s("g3")}, {s("options"), QJsonArray {s("since"), s("for"), s("during")}}},
            QJsonObject {{s("id"), s("g4")}, {s("stem"), s("satisfy")}}};
    } else if (kind == s("match")) {
        json[s("prompt")] = s("Match the phrasal verbs with their meanings.");
        json[s("left")] = QJsonArray {option("l1", "put off"), option("l2", "get over"), option("l3", "turn down")};
        json[s("right")] = QJsonArray {option("r1", "refuse an offer"), option("r2", "postpone"), option("r3", "recover from an illness or a disappointment")};
    } else if (kind == s("order")) {
        json[s("prompt")] = s("Put the story in order.");
        json[s("options")] = QJsonArray {option("a", "She missed the last train."), option("b", "So she rang her brother."), option("c", "He was already asleep."), option("d", "In the end she walked home under the stars.")};
    } else if (kind == s("transform")) {
        json[s("prompt")] = s("I started living here ten years ago. (FOR)");
        json[s("keyWord")] = s("for");
    } else if (kind == s("essay")) {
        json[s("prompt")] = s("Some people say that public transport should be free for everybody. Write your opinion and give reasons.");
        json[s("minWords")] = 140;
        json[s("maxWords")] = 190;
    } else {
        json[s("prompt")] = s("Write the past participle of “to swim”.");
    }
    const Result<ExamItem> item = parseItem(json);
    return item.ok() ? *item : ExamItem {};
}

QJsonObject answerOf(const QString& kind)
{
    if (kind == s("choice")) {
        return {{s("choice"), s("c")}};
    }
    if (kind == s("multi")) {
        return {{s("choices"), QJsonArray {s("a"), s("b")}}};
    }
    if (kind == s("truefalse")) {
        return {{s("value"), true}};
    }
    if (kind == s("cloze")) {
        return {{s("gaps"), QJsonObject {{s("g1"), s("for")}, {s("g2"), s("being")}, {s("g3"), s("for")}}}};
    }
    if (kind == s("match")) {
        return {{s("pairs"), QJsonObject {{s("l1"), s("r2")}, {s("l2"), s("r1")}}}};
    }
    if (kind == s("essay")) {
        return {{s("text"), s("In my opinion, public transport is a right and not a luxury.")}};
    }
    if (kind == s("transform")) {
        return {{s("text"), s("I have lived here since ten years.")}};
    }
    return {};
}

void stagePractice(App& app, const QString& variant)
{
    PracticeState state;
    state.title = s("Travel and the past");
    state.position = PracticeController::tr("%1 of %2", "position").arg(4).arg(12);
    state.progress = 0.25;
    QList<MarkRow> marks;
    for (int i = 1; i <= 12; ++i) {
        marks.append({i, i == 1 || i == 3 ? s("right") : i == 2 ? s("wrong") : s("open"), i == 4});
    }
    if (variant == s("finished")) {
        state.phase = s("finished");
        state.resultTitle = PracticeController::tr("Practice finished");
        state.resultText = PracticeController::tr("%1 of %2 points").arg(17).arg(24);
        state.resultShare = 17.0 / 24;
        app.practice()->present(state, marks);
        return;
    }
    if (variant == s("loading") || variant == s("failed")) {
        state.phase = variant;
        state.error = variant == s("failed") ? s("Something could not be kept on this computer. Check the disk.") : QString();
        app.practice()->present(state, marks);
        return;
    }
    state.mayAsk = true;
    const bool judged = variant.endsWith(s("-judged"));
    const QString kind = variant.section(QLatin1Char('-'), 0, 0);
    state.phase = judged ? s("judged") : s("answering");
    ItemForm* form = app.practice()->form();
    form->setLocked(judged);
    form->setItem(itemOf(kind), s("en"), answerOf(kind));
    if (judged) {
        state.tone = s("danger");
        state.verdict = PracticeController::tr("Not yet");
        state.feedback = s("The second conditional speaks of an unreal present: if + past simple, would + infinitive.");
        if (kind == s("choice")) {
            form->judge(false, {s("c")}, {{s("choice"), s("b")}});
        } else if (kind == s("cloze")) {
            form->judge(false, {s("g2"), s("g4")},
                {{s("gaps"), QJsonObject {{s("g1"), s("for")}, {s("g2"), s("been")}, {s("g3"), s("for")}, {s("g4"), s("satisfied")}}}});
        } else if (kind == s("match")) {
            form->judge(false, {s("l2"), s("l3")}, {{s("pairs"), QJsonObject {{s("l1"), s("r2")}, {s("l2"), s("r3")}, {s("l3"), s("r1")}}}});
        } else {
            form->judge(false, {}, {{s("text"), s("I have lived here for ten years.")}});
        }
    }
    app.practice()->present(state, marks);
}

/// The end of a scene: its report and what stays of it.
void stageReport(const App& app, TutorState& state, MessageRow& last)
{
    const auto scenario = scenarioNamed(s("job-interview"));
    state.task = s("scene");
    state.over = true;
    state.level = s("B2");
    SceneReport report;
    if (scenario) {
        state.scene = scenario->title.in(app.settings()->language());
        state.goal = scenario->goal.in(app.settings()->language());
        state.manner = TeachingWords::manner(scenario->manner);
        for (const ScenePoint& point : scenario->points) {
            const bool met = report.points.size() % 3 != 2;
            report.points.append({point.id, point.text, met, met ? s("I have worked in a hotel for two summers.") : QString()});
        }
    }
    report.tip = s("Ask your own question before the interview ends.");
    last.text = s("That was a good interview. You answered with examples.");
    last.state = s("done");
    last.newest = true;
    last.footer = s("18:44");
    last.outcomeList = {TeachingWords::sceneReport(report, state.scene, app.settings()->language()),
        TeachingWords::recap(s("**Done well**\n- *I have worked in a hotel for two summers.*\n\n**To improve**\n- since for: ~~since six "
                               "years~~ → **for six years** (2 times)\n\n**New words**\n- assistant, shift, to apply for\n\n**Task**\n"
                               "- Write three sentences with “for”."))};
}

void stageLessonNotes(App& app, const QString& variant)
{
    QList<LessonNoteRow> rows;
    if (variant.isEmpty()) {
        const QString body = s("**Done well**\n- You gave a reason. *I prefer the train because I can read.*\n\n**To improve**\n- since for: "
                               "~~since six years~~ → **for six years** (2 times)\n\n**New words**\n- platform, delay, return ticket\n\n"
                               "**Task**\n- Write three sentences with “for”.");
        rows = {{s("1"), s("A role play at the airport, please"), s("Today, 18:52"), body, s("1")},
            {s("2"), s("Difference between “make” and “do”"), s("Fri 20 Nov, 19:10"), body, {}}};
    }
    app.lessonNotes()->present(rows);
}

const char* const Letter = "Dear Ana,\n\nI am writing to tell you about my holidays. We have been in Girona since two weeks and the weather is "
                           "very well. Yesterday we visited the old town, because I wanted to see the cathedral. In the evening we ate in a small "
                           "restaurant near of the river.\n\nI hope to see you soon,\nMarta";

RubricFeedback letterFeedback(bool corrected)
{
    RubricFeedback feedback;
    feedback.criteria = {{s("task"), Reached::Mostly, {s("I am writing to tell you about my holidays")}, s("You say at once why you write."),
                             s("Tell Ana one thing you liked most.")},
        {s("order"), Reached::Partly, {s("because I wanted to see the cathedral")}, s("You give a reason."), s("Use a linking word for time.")},
        {s("accuracy"), corrected ? Reached::Mostly : Reached::Partly, {s("since two weeks"), s("near of the river")}, {},
            s("“For two weeks”, “near the river”.")}};
    feedback.missing = {s("range")};
    return feedback;
}

WritingRow letterRow(const App& app, bool corrected)
{
    const QString language = app.settings()->language();
    WritingRow row;
    row.writing = s("w1");
    row.title = s("An e-mail to a friend about your holidays, 120 words");
    row.brief = row.title;
    row.body = s(Letter);
    row.who = s("Marta Ferrer i Puig");
    row.when = s("Today, 18:20");
    row.tutor = TeachingWords::feedback(TutorTask::Writing, letterFeedback(false), language);
    row.tutor.title = WritingsController::tr("What the tutor said");
    row.state = WritingsController::tr("With your teacher");
    row.tone = s("info");
    row.icon = s("check");
    if (corrected) {
        row.corrected = true;
        row.state = WritingsController::tr("Corrected by %1").arg(s("Núria Soler"));
        row.tone = s("positive");
        row.icon = s("user-check");
        row.comment = s("A friendly letter, Marta. Look at the two prepositions once more.");
        row.teacher = TeachingWords::feedback(TutorTask::Writing, letterFeedback(true), language);
        row.teacher.title = row.state;
        row.teacher.icon = s("user-check");
        row.teacher.notice = WritingsController::tr("%1. Help, not an official mark.").arg(s("Today, 19:02"));
        row.teacher.tip.clear();
    }
    return row;
}

void stageWritings(App& app, const QString& variant)
{
    QList<WritingRow> rows;
    if (variant.isEmpty() || variant == s("offline") || variant == s("teacher")) {
        WritingRow waiting = letterRow(app, false);
        waiting.writing = s("w0");
        waiting.title = s("My opinion on free public transport");
        waiting.state = WritingsController::tr("Waits on this computer until the academy can be reached");
        waiting.tone = s("warning");
        waiting.icon = s("clock");
        WritingRow second = letterRow(app, false);
        second.writing = s("w2");
        rows = {waiting, letterRow(app, true), second};
        rows.erase(rows.begin(), rows.begin() + (variant == s("offline") ? 0 : 1));
    }
    app.writings()->present(rows, {}, {}, variant == s("offline"));
    QList<ReportRow> reports;
    if (variant == s("teacher")) {
        ReportRow report;
        report.report = s("r1");
        report.who = s("Marta Ferrer i Puig");
        report.reason = ReportsController::reasonText(ReportReason::Wrong);
        report.words = s("My book says the opposite.");
        report.reply = s("“Since” is used with a length of time: I have lived here since ten years. “For” is used with a starting point.");
        report.facts = s("Today, 18:44 · llama3.1:8b");
        ReportRow urgent = report;
        urgent.report = s("r2");
        urgent.who = s("Joan Vidal");
        urgent.reason = ReportsController::reasonText(ReportReason::Personal);
        urgent.words.clear();
        urgent.urgent = true;
        urgent.reply = s("What a nice town! Which school do you go to, and what is your telephone number?");
        reports = {urgent, report};
    }
    app.reports()->present(reports);
}

void stageWriting(App& app, const QString& variant)
{
    QList<MarkingRow> marking;
    const QStringList names {s("task"), s("order"), s("range"), s("accuracy")};
    for (const QString& name : names) {
        MarkingRow row;
        row.criterion = name;
        row.name = TeachingWords::criterionName(TutorTask::Writing, name, app.settings()->language());
        for (const CriterionFeedback& said : letterFeedback(true).criteria) {
            if (said.criterion == name) {
                row.reached = reachedName(said.reached);
                row.quotes = said.evidence.join(QLatin1Char('\n'));
                row.strength = said.strength;
                row.next = said.next;
            }
        }
        if (variant == s("problem") && name == s("accuracy")) {
            row.quotes = s("since three weeks");
            row.problem = WritingsController::tr("“%1” is not in the text.").arg(row.quotes);
        }
        marking.append(row);
    }
    app.writings()->present({}, letterRow(app, variant == s("corrected")), marking, false);
}

void stageExercise(TutorState& state)
{
    state.task = s("exercise");
    state.goal = s("Choose the right form: “I ____ for this company since 2021.” · work · have worked · worked · am working");
    state.exercise = s("p/work-1");
    state.level = s("B1");
}

void stageTutor(App& app, const QString& variant)
{
    const QString language = app.settings()->language();
    TutorState state;
    state.available = true;
    state.loading = false;
    state.notesOnly = variant != s("streaming");
    state.provider = s("llama3.1:8b");
    QList<ConversationRow> conversations;
    QList<MessageRow> messages;
    if (variant == s("beginning")) {
        state.task = s("scene");
        state.scene = s("A job interview");
        state.goal = s("Show that you are the right person, and ask one question of your own.");
        state.manner = TeachingWords::manner(s("formal"));
        state.level = s("B2");
    } else if (variant == s("exercise")) {
        stageExercise(state);
    } else if (variant == s("off")) {
        state.off = true;
    } else if (variant == s("empty")) {
        state.languages = {s("en"), s("es")};
        state.languageNames = {s("English"), s("Español")};
        state.language = s("es");
    } else if (variant != s("empty")) {
        state.conversation = s("1");
        state.title = s("When do I use the present perfect?");
        state.talked = true;
        conversations = {{s("1"), s("When do I use the present perfect?"), s("18:42"), true},
            {s("2"), s("Difference between “make” and “do”"), s("Yesterday"), false},
            {s("3"), s("A role play at the airport, please"), s("Fri 20 Nov"), false}};
        MessageRow mine;
        mine.message = s("m1");
        mine.mine = true;
        mine.text = s("When do I use the present perfect and when the past simple? I always mix them up.");
        messages.append(mine);
        MessageRow reply;
        reply.message = s("m2");
        reply.text = s("Use the **past simple** for a finished time, and the **present perfect** when the time still goes on.\n\n"
                       "- I *visited* Rome in 2019. (finished)\n- I *have visited* Rome twice. (in my life, until now)\n\n"
                       "Try one: *I ____ (know) Ana since we were children.*");
        reply.state = s("done");
        reply.sourceList = {{{}, s("note-perfect-or-past"), s("Present perfect or past simple?"), s("1")}, {{}, s("card-since"), s("since and for"), s("2")}};
        reply.footer = s("18:42");
        messages.append(reply);
        MessageRow second = mine;
        second.message = s("m3");
        second.text = s("I have known Ana since we were children.");
        messages.append(second);
        MessageRow last;
        last.message = s("m4");
        last.text = s("Exactly. **Have known**, because you still");
        if (variant == s("marks")) {
            // The second message of the learner says something wrong, three times.
            messages.last().text = s("I have known Ana since six years and we goed togethr to the same school always in Valencia.");
            messages.last().marked = {TeachingWords::mark({17, 15, s("since six years"), s("for six years"), MistakeType::Grammar, 2, s("since-for"), s("Since goes with a point in time, for with a length of time."), 1}, true, language),
                TeachingWords::mark({40, 4, s("goed"), s("went"), MistakeType::Tense, 3, s("irregular-past"), s("“Go” has a past form of its own."), 1}, true, language),
                TeachingWords::mark({45, 7, s("togethr"), s("together"), MistakeType::Spelling, 1, {}, {}, 1}, false, language)};
            messages.last().corrections = TeachingWords::corrections(messages.last().marked);
            last.text = s("You know her well, then! What did you like most about that school?");
            last.state = s("done");
            last.footer = s("18:44");
            last.newest = true;
            last.canRetry = true;
        } else if (variant == s("feedback")) {
            state.task = s("writing");
            state.goal = s("An e-mail to a friend about your holidays, 120 words");
            messages = {messages.first()};
            messages.first().text = s(Letter);
            last.text = s("Two things would help your letter most: one link between your sentences, and the prepositions of time.");
            last.state = s("done");
            last.newest = true;
            last.footer = s("18:44");
            last.outcomeList = {TeachingWords::feedback(TutorTask::Writing, letterFeedback(false), app.settings()->language())};
        } else if (variant == s("hints")) {
            stageExercise(state);
            state.conversation = s("1");
            state.title = s("Choose the right form: “I ____ for this company since 2021.”");
            messages = {messages.first(), messages.at(1)};
            messages.first().text = s("I think it is “work”, because it is true now.");
            messages.last().text = s("Good reason, and a good start. Look at the word **since** once more [1]. It joins a moment in the past with "
                                     "now. Which form does that in English?");
            messages.last().newest = true;
            messages.last().mayShowAnswer = true;
            messages.last().mayReport = true;
            messages.last().canRetry = true;
            messages.last().sourceList = {{s("p"), s("note-perfect-or-past"), s("Present perfect or past simple?"), s("1")}};
            TaughtReply taught;
            taught.concerns = {ReplyConcern::HardWords, ReplyConcern::LongSentences};
            taught.level.outside = {s("nevertheless"), s("whereby")};
            messages.last().concerns = TeachingWords::concerns(taught, s("B1"));
        } else if (variant == s("filtered")) {
            messages[1].reported = true;
            messages[1].sourceList.clear();
            last.text = s("That is a long story. It begins in");
            last.state = s("done");
            last.stateText = TutorController::tr("The provider's safety filter ended this reply. Ask in other words, or go on with your lesson.");
            last.tone = s("warning");
            last.newest = true;
            last.canRetry = true;
            last.mayReport = true;
            last.footer = s("18:44");
        } else if (variant == s("waiting")) {
            messages.last().branch = TutorController::tr("%1 of %2").arg(2).arg(3);
            messages.last().earlier = s("m3a");
            messages.last().later = s("m3b");
            messages[1].branch = TutorController::tr("%1 of %2").arg(1).arg(2);
            messages[1].later = s("m2b");
            last.text.clear();
            last.state = s("queued");
            last.stateText = TutorController::tr("Trying again in %n second(s)", nullptr, 15);
            last.error = s("Your tutor gets more questions than it can answer now.");
            last.streaming = true;
            last.waits = true;
            last.newest = true;
            state.hasOther = true;
            state.streaming = true;
            state.activity = TutorController::tr("Waiting for its turn");
        } else if (variant == s("editing") || variant == s("reporting") || variant == s("renaming")) {
            last.text = s("Exactly. **Have known**, because you still know her.");
            last.state = s("done");
            last.newest = true;
            last.canRetry = true;
            last.mayReport = true;
            last.footer = s("18:44");
        } else if (variant == s("report")) {
            stageReport(app, state, last);
        } else if (variant == s("streaming")) {
            last.state = s("writing");
            last.stateText = TutorController::tr("Writing");
            last.streaming = true;
            state.streaming = true;
            state.activity = TutorController::tr("Writing");
        } else {
            last.state = s("interrupted");
            last.stateText = TutorController::tr("The reply was interrupted; what arrived is kept");
            last.tone = s("warning");
            last.canRetry = true;
            last.footer = s("18:44");
        }
        if (variant != s("hints")) {
            messages.append(last);
        }
    }
    app.tutor()->present(state, conversations, messages);
    ReadAloudState aloud;
    aloud.possible = true;
    if (variant == s("aloud")) {
        aloud.message = s("m2");
        aloud.sentence = s("Use the past simple for a finished time, and the present perfect when the time still goes on.");
        aloud.place = s("1 of 3");
    }
    app.readAloud()->present(aloud);
}

void stageDiagnostics(App& app, const QString& variant)
{
    RealtimeHealthStatus status;
    status.overall = variant == s("offline") ? HealthLevel::Unhealthy : HealthLevel::Healthy;
    const HealthLevel::Value level = status.overall;
    const std::chrono::microseconds gone {-1};
    status.components = {{s("auth"), level, level == HealthLevel::Healthy ? std::chrono::microseconds(3'410) : gone, s("network_refused"), level == HealthLevel::Healthy ? QString() : s("Offline")},
        {s("rest"), level, level == HealthLevel::Healthy ? std::chrono::microseconds(5'120) : gone, {}, {}},
        {s("realtime"), level, level == HealthLevel::Healthy ? std::chrono::microseconds(1'240) : gone, {}, {}},
        {s("store"), HealthLevel::Healthy, std::chrono::microseconds(310), {}, {}}};
    status.memoryBytes = 118LL * 1024 * 1024;
    status.channels = 3;
    status.checkedAt = s("2026-11-23T18:44:00.000000Z");
    OutboxRow review;
    review.opId = OpId(s("1"));
    review.opType = s("review_log");
    review.label = s("to run out of something");
    review.lastError = s("ACADEMY_NOT_FOUND");
    review.createdWall = WallTime(std::chrono::seconds(1'795'459'440));
    OutboxRow text = review;
    text.opId = OpId(s("2"));
    text.opType = s("writing");
    text.label = s("Dear Nora, thank you for your letter. I have been thinking about what you said on the market");
    text.lastError = s("ACADEMY_FORBIDDEN");
    const QList<OutboxRow> held {review, text};
    app.diagnostics()->present(status,
        {{s("progress"), QJsonObject {{s("changes_received"), 128}, {s("updates_delivered"), 41}}},
            {s("exam_sessions"), QJsonObject {{s("student_sessions"), 1}, {s("operations_received_by_school"), 219}}},
            {s("unified"), QJsonObject {{s("messages_in"), 1204}, {s("socket_latency"), QJsonObject {{s("p50_ms"), 1.31}}},
                {s("bytes_in"), 482'113}, {s("reconnects"), 2}, {s("uptime_s"), 5400}}}},
        variant == s("held") ? held : QList<OutboxRow> {});
}

void stageExam(App& app, const QString& variant)
{
    ExamRoomState state;
    state.phase = s("writing");
    state.title = s("B2 mock, evening paper");
    state.section = s("Use of English");
    state.position = s("Question 4 of 12");
    state.keptText = s("Kept here 41 · received by the school 39");
    state.kept = 41;
    state.received = 39;
    state.connection = variant == s("offline") ? ConnectionStatus::offline(14) : ConnectionStatus::live();
    state.hasPrevious = true;
    state.hasNext = true;
    state.answered = 6;
    state.open = 6;
    state.flags = 1;
    state.summary = s("6 of 12 answered · 1 flagged");
    if (variant == s("paused")) {
        state.phase = s("paused");
        state.coverTitle = s("Your teacher paused the exam");
        state.coverText = s("Your time stands still. The paper comes back when your teacher goes on.");
        state.coverIcon = s("circle-pause");
    }
    if (variant == s("receipt")) {
        state.phase = s("handedIn");
        state.receipt = s("7F3A-91C2-D04E");
        state.receiptTitle = s("Handed in");
        state.receiptText = s("The school has all 219 changes. Handed in at 19:58, on time.");
    }
    QList<PaletteRow> palette;
    for (int i = 1; i <= 12; ++i) {
        palette.append({QString::number(i), i < 8 ? s("Use of English") : s("Writing"), QString::number(i),
            i < 7 ? s("answered") : i < 9 ? s("seen") : s("unseen"), s("answered"), i == 3, i == 4});
    }
    const QString kind = variant == s("essay") ? s("essay") : s("choice");
    app.exam()->form()->setItem(itemOf(kind), s("en"), answerOf(kind));
    app.exam()->form()->setStimulus(s("Leaving the city"),
        s("When Nora Whitfield handed back the keys of her flat in London, friends told her she would return within the year. "
          "That was six winters ago.\n\nShe now runs a small bakery in a village of four hundred people, gets up at three, and "
          "says that the quiet was the hardest thing to learn. “I kept turning on the radio,” she admits. “Not to listen. Just "
          "so that something would be there.”"));
    app.exam()->present(state, palette, s("42:17"));
}

void stageMonitor(App& app)
{
    MonitorHead head;
    head.title = s("B2 mock, evening paper");
    head.state = s("open");
    head.stateLabel = s("Open");
    head.stateTone = s("positive");
    head.timeLeft = s("42:17");
    head.asOf = s("as of 0.8 s ago");
    head.stale = false;
    head.loading = false;
    head.students = 24;
    head.shown = 24;
    QList<MonitorLine> lines;
    for (int i = 0; i < 24; ++i) {
        MonitorLine line;
        line.student = QString::number(i);
        line.attempt = QString::number(i);
        line.name = i % 3 == 0 ? s("Marta Ferrer i Puig") : i % 3 == 1 ? s("Jorge Alcaraz") : s("Lucía Benítez de la Torre");
        line.group = i % 2 == 0 ? s("Group A") : s("Group B");
        const bool away = i == 0;
        line.status = away ? s("offline") : i == 1 ? s("attention") : s("active");
        line.statusLabel = away ? s("Offline") : i == 1 ? s("Needs a look") : s("Writing");
        line.statusIcon = away ? s("wifi-off") : i == 1 ? s("triangle-alert") : s("pencil");
        line.statusTone = away ? s("danger") : i == 1 ? s("warning") : s("positive");
        line.items = s("aaafaass....").left(12);
        line.answered = s("6 / 12");
        line.safe = away ? s("41 / 27") : s("41 / 41");
        line.allSafe = !away;
        line.connection = away ? s("no answer") : s("34 ms");
        line.lastSeen = away ? s("1 min ago") : s("2 s ago");
        line.timeLeft = s("42:17");
        line.incidents = i == 1 ? s("2") : QString();
        line.lastIncident = i == 1 ? s("left the window") : QString();
        lines.append(line);
    }
    const QList<MonitorCount> counts {{s("active"), s("Writing"), s("pencil"), s("positive"), 22, false},
        {s("attention"), s("Needs a look"), s("triangle-alert"), s("warning"), 1, false},
        {s("offline"), s("Offline"), s("wifi-off"), s("danger"), 1, false}};
    app.monitor()->present(head, lines, counts);
}

void stageSittings(App& app, const QString& variant)
{
    QList<TeacherSitting> rows;
    if (variant.isEmpty()) {
        TeacherSitting open;
        open.sitting = s("1");
        open.title = s("B2 mock, evening paper");
        open.className = s("B2 Evening");
        open.when = s("Today, 19:00");
        open.duration = s("60 min");
        open.state = s("open");
        open.stateLabel = s("Open");
        open.stateTone = s("positive");
        open.counts = s("30 students · 28 writing · 1 handed in");
        open.canWatch = true;
        open.live = true;
        TeacherSitting next = open;
        next.sitting = s("2");
        next.title = s("Listening test, unit 5");
        next.when = s("Thu 26 Nov, 18:00");
        next.state = s("scheduled");
        next.stateLabel = s("Scheduled");
        next.stateTone = s("info");
        next.counts = s("30 students");
        next.canWatch = false;
        next.live = false;
        next.canOpen = true;
        TeacherSitting over = open;
        over.sitting = s("3");
        over.title = s("B2 mock, first paper");
        over.when = s("Mon 16 Nov, 19:00");
        over.state = s("closed");
        over.live = false;
        over.stateLabel = s("Closed");
        over.stateTone = s("neutral");
        over.counts = s("30 of 30 started, 30 handed in");
        over.students = 30;
        over.started = 30;
        over.submitted = 30;
        over.marking = s("4 papers are not marked yet. Their results show no verdict until they are.");
        over.canRelease = true;
        rows = {open, next, over};
    }
    app.sittings()->present(rows);
}

void stagePapers(App& app, const QString& variant)
{
    const auto text = [](const char* words) { return QJsonObject {{s("text"), s(words)}}; };
    const QJsonObject essay {{s("id"), s("w1")}, {s("type"), s("essay")}, {s("points"), 20},
        {s("prompt"), QJsonObject {{s("en"), s("Should every town keep its old market, even if a supermarket is cheaper? Give reasons for your opinion.")}}}};
    const QJsonObject choice {{s("id"), s("u9")}, {s("type"), s("choice")}, {s("points"), 1},
        {s("prompt"), QJsonObject {{s("en"), s("Not until the last guest had left ________ the broken window.")}}},
        {s("options"), QJsonArray {QJsonObject {{s("id"), s("a")}, {s("text"), s("we noticed")}}, QJsonObject {{s("id"), s("b")}, {s("text"), s("did we notice")}}}}};
    const QJsonObject written = text("In my opinion every town should keep its market. First of all, the food is fresher and its price is often fair, because nobody stands between the farmer and the buyer. Second, a market is where neighbours meet; nobody ever made a friend at a till.\n\nIt is true that a supermarket is cheaper on some days. However, what we save there we pay later, when the last small shop has closed.");
    const auto paper = [](const char* name, const QJsonArray& open, const QJsonArray& late, const QJsonArray& aside) {
        return QJsonObject {{s("attempt_id"), s(name)}, {s("name"), s(name)}, {s("open"), open}, {s("late"), late}, {s("aside"), aside},
            {s("released_at"), s("2026-11-23T20:00:00Z")}};
    };
    const QJsonObject criteria {{s("task"), QJsonObject {{s("band"), 4}, {s("words"), s("Both points of the task, and one of his own.")}}},
        {s("order"), QJsonObject {{s("band"), 3}}}};
    const QJsonObject four {{s("band"), 4}, {s("words"), s("Clear and exact.")}};
    const QJsonObject full {{s("task"), four}, {s("order"), four}, {s("range"), four}, {s("accuracy"), four}};
    const QJsonArray papers {
        paper("Aitana Ferrer", {QJsonObject {{s("item"), essay}, {s("answer"), written}, {s("criteria"), criteria}}}, {},
            {QJsonObject {{s("item"), choice}, {s("op_id"), s("1")}, {s("answer"), QJsonObject {{s("choice"), s("b")}}}, {s("counted"), QJsonObject {{s("choice"), s("a")}}}}}),
        paper("Marc Soler", {QJsonObject {{s("item"), essay}, {s("answer"), written}, {s("points"), 16}, {s("comment"), s("Marked twice.")}, {s("criteria"), full}, {s("to_student"), s("Well argued.")}}},
            {QJsonObject {{s("item"), essay}, {s("answer"), text("One sentence more, after the end.")}, {s("counted"), text("One sentence")}}}, {})};
    app.papers()->present(variant == s("empty") ? QJsonObject {} : QJsonObject {{s("sitting"), QJsonObject {{s("title"), s("B2 mock, evening paper")}}}, {s("papers"), papers}},
        variant == s("aside")          ? s("aside Aitana Ferrer u9")
            : variant == s("late")     ? s("late Marc Soler w1")
            : variant == s("released") ? s("mark Marc Soler w1")
                                       : s("mark Aitana Ferrer w1"));
    if (variant == s("released")) {
        app.papers()->setToStudent(s("Well argued. Next time, answer the other side as well."));
    }
}

void stageSignIn(App& app, const QString& variant)
{
    AcademyTrust* trust = app.account()->trust();
    if (variant == s("compare")) {
        trust->present(QUrl(s("https://192.168.1.20:54321")),
            QByteArray::fromHex("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"));
    } else {
        trust->refuse();
    }
}

ConnectionStatus connectionOf(const QString& page, const QString& variant)
{
    if (variant == s("certificate")) {
        return ConnectionStatus::otherCertificate();
    }
    ConnectionStatus status = ConnectionStatus::local();
    if (page == s("diagnostics")) {
        const bool away = variant == s("offline");
        status = away ? ConnectionStatus::offline(14) : ConnectionStatus::live();
        status.grade(away              ? ConnectionQuality::Grade::None
                : variant == s("held") ? ConnectionQuality::Grade::Unsteady
                                       : ConnectionQuality::Grade::Good);
    }
    return status;
}

} // namespace

QList<Scene> Gallery::scenes()
{
    const QString nobody = s("nobody");
    const QString guest = s("guest");
    const QString student = s("student");
    const QString teacher = s("teacher");
    QList<Scene> list {{s("welcome"), s("welcome"), nobody}, {s("signin"), s("signin"), nobody},
        {s("signin-compare"), s("signin"), nobody},
        {s("home"), s("home"), student}, {s("home-open"), s("home"), student}, {s("home-guest"), s("home"), guest},
        {s("home-words"), s("home"), student, s("resultWords_2")}, {s("home-certificate"), s("home"), student},
        {s("home-loading"), s("home"), student}, {s("study"), s("study"), student}, {s("study-loading"), s("study"), student},
        {s("study-empty"), s("study"), guest}, {s("study-failed"), s("study"), guest}, {s("review"), s("review"), student},
        {s("review-revealed"), s("review"), student}, {s("review-finished"), s("review"), student},
        {s("review-loading"), s("review"), student}, {s("review-failed"), s("review"), student}};
    for (const char* kind : {"choice", "choice-judged", "multi", "truefalse", "cloze", "cloze-judged", "match", "match-judged",
             "order", "transform", "transform-judged", "essay", "loading", "finished", "failed"}) {
        list.append({s("practice-") + s(kind), s("practice"), student});
    }
    list.append({{s("tutor"), s("tutor"), student}, {s("tutor-empty"), s("tutor"), guest},
        {s("tutor-streaming"), s("tutor"), student}, {s("tutor-marks"), s("tutor"), student},
        {s("tutor-exercise"), s("tutor"), student}, {s("tutor-hints"), s("tutor"), student},
        {s("tutor-filtered"), s("tutor"), student}, {s("tutor-off"), s("tutor"), student},
        {s("tutor-beginning"), s("tutor"), student}, {s("tutor-aloud"), s("tutor"), student}, {s("tutor-report"), s("tutor"), student},
        {s("tutor-feedback"), s("tutor"), student}, {s("tutor-waiting"), s("tutor"), student},
        {s("tutor-editing"), s("tutor"), student, s("editMessage")}, {s("tutor-reporting"), s("tutor"), student, s("reportReply")},
        {s("tutor-renaming"), s("tutor"), student, s("renameTalk")},
        {s("writings"), s("writings"), student},
        {s("writings-empty"), s("writings"), student}, {s("writings-offline"), s("writings"), student},
        {s("writings-teacher"), s("writings"), teacher}, {s("writing"), s("writing"), student},
        {s("writing-corrected"), s("writing"), student}, {s("marking"), s("marking"), teacher},
        {s("marking-problem"), s("marking"), teacher}, {s("scenes"), s("scenes"), student},
        {s("lessonnotes"), s("lessonnotes"), student}, {s("lessonnotes-empty"), s("lessonnotes"), student}, {s("diagnostics"), s("diagnostics"), student},
        {s("diagnostics-held"), s("diagnostics"), student}, {s("diagnostics-offline"), s("diagnostics"), teacher}, {s("settings"), s("settings"), student},
        {s("keys"), s("keys"), student}, {s("exam"), s("exam"), student}, {s("exam-essay"), s("exam"), student},
        {s("exam-offline"), s("exam"), student}, {s("exam-paused"), s("exam"), student},
        {s("examreview"), s("examreview"), student}, {s("receipt-receipt"), s("receipt"), student},
        {s("sittings"), s("sittings"), teacher}, {s("sittings-empty"), s("sittings"), teacher},
        {s("papers"), s("papers"), teacher}, {s("papers-aside"), s("papers"), teacher}, {s("papers-late"), s("papers"), teacher},
        {s("papers-released"), s("papers"), teacher, s("keepMark")}, {s("papers-empty"), s("papers"), teacher},
        {s("monitor"), s("monitor"), teacher}});
    return list;
}

void Gallery::stage(App& app, const Scene& scene)
{
    const QString variant = scene.name.section(QLatin1Char('-'), 1);
    app.connection()->present(connectionOf(scene.page, variant));
    if (scene.page == s("signin")) {
        stageSignIn(app, variant);
    } else if (scene.page == s("home")) {
        stageHome(app, variant);
    } else if (scene.page == s("study")) {
        stageStudy(app, variant);
    } else if (scene.page == s("review")) {
        stageReview(app, variant);
    } else if (scene.page == s("practice")) {
        stagePractice(app, variant);
    } else if (scene.page == s("tutor")) {
        stageTutor(app, variant);
    } else if (scene.page == s("writings")) {
        stageWritings(app, variant);
    } else if (scene.page == s("writing") || scene.page == s("marking")) {
        stageWriting(app, variant);
    } else if (scene.page == s("lessonnotes")) {
        stageLessonNotes(app, variant);
    } else if (scene.page == s("diagnostics")) {
        stageDiagnostics(app, variant);
    } else if (scene.page == s("exam") || scene.page == s("examreview") || scene.page == s("receipt")) {
        stageExam(app, variant);
    } else if (scene.page == s("monitor")) {
        stageMonitor(app);
    } else if (scene.page == s("papers")) {
        stagePapers(app, variant);
    } else if (scene.page == s("sittings")) {
        stageSittings(app, variant);
    }
}

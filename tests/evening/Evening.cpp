// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/Evening.h"

#include "evening/ReportPage.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

using namespace std::chrono_literals;

namespace {

const QString Sitting = QStringLiteral("11111111-0000-4000-8000-000000000004");
const QString Password = QStringLiteral("neolingus-demo");
constexpr int KeyIntervalMs = 320;
constexpr std::chrono::milliseconds HumanKey {55};
constexpr std::chrono::milliseconds Promise {300}; ///< an edit older than this survives anything
constexpr auto Patience = std::chrono::seconds(40);

bool isTrue(const QJsonValue& value)
{
    return value.toBool();
}

std::function<bool(const QJsonValue&)> equals(const QString& text)
{
    return [text](const QJsonValue& value) { return value.toString() == text; };
}

[[noreturn]] void fail(const QString& text)
{
    throw std::runtime_error(text.toStdString());
}

} // namespace

Evening::Evening(Setup setup) :
    m_setup(std::move(setup)),
    m_academy(m_setup.build + QStringLiteral("/bin/neolingus-academy"), m_setup.out + QStringLiteral("/work/academy"))
{
    QDir(m_setup.out + QStringLiteral("/work")).removeRecursively();
    QDir().mkpath(m_setup.out + QStringLiteral("/work"));
    m_clock.start();
    m_anaWork.email = QStringLiteral("student01@neolingus.demo");
    m_benWork.email = QStringLiteral("student02@neolingus.demo");
}

Evening::~Evening() = default;

void Evening::play()
{
    openTheAcademy();
    everybodySignsIn();
    theTeacherOpensTheSitting();
    studentsEnter();
    everybodyWrites();
    theCableIsPulled();
    aProgramIsKilled();
    theTeacherActs();
    theAcademyLosesItsPower();
    everybodyHandsIn();
    theTeacherReleases();
    afterTheExam();
    compareEverything();
}

void Evening::say(const QString& text)
{
    std::printf("%6.1f s  %s\n", double(m_clock.elapsed()) / 1000.0, qPrintable(text));
    std::fflush(stdout);
}

void Evening::scene(Puppet& who, const QString& name, const QString& caption)
{
    // Pages fade in for a fifth of a second; the picture is of what a person sees after it.
    who.expect(QStringLiteral("pageHost"), QStringLiteral("settled"), isTrue, 5s);
    const QString file = QStringLiteral("%1-%2.png").arg(m_scenes.size() + 1, 2, 10, QLatin1Char('0')).arg(name);
    who.screenshot(m_setup.out + QLatin1Char('/') + file);
    m_scenes.append(QJsonObject {{QStringLiteral("file"), file}, {QStringLiteral("who"), who.name()},
        {QStringLiteral("caption"), caption}, {QStringLiteral("at_s"), double(m_clock.elapsed()) / 1000.0}});
    say(caption);
}

void Evening::openTheAcademy()
{
    m_academy.start();
    say(QStringLiteral("the academy serves at %1").arg(m_academy.url().toString()));
    m_cable = std::make_unique<TcpProxy>(m_academy.port());
    const auto student = [this](const QString& name, const QString& theme, const QString& language, quint16 port) {
        return std::make_unique<Puppet>(Puppet::Setup {name, m_setup.build + QStringLiteral("/bin/neolingus"),
            folder(name),
            {QStringLiteral("--academy"), QStringLiteral("http://127.0.0.1:%1").arg(port), QStringLiteral("--key"),
                m_academy.anonKey(), QStringLiteral("--theme"), theme, QStringLiteral("--language"), language}});
    };
    const QString light = QStringLiteral("light");
    const QString english = QStringLiteral("en");
    m_teacher = student(QStringLiteral("teacher"), light, english, m_academy.port());
    m_ana = student(QStringLiteral("ana"), light, english, m_cable->port());
    m_ben = student(QStringLiteral("ben"), QStringLiteral("dark"), QStringLiteral("es"), m_academy.port());
}

void Evening::signIn(Puppet& who, const QString& email)
{
    who.start();
    who.click(QStringLiteral("goSignIn"));
    who.typeInto(QStringLiteral("email"), email);
    who.typeInto(QStringLiteral("password"), Password);
    who.click(QStringLiteral("signIn"));
}

void Evening::everybodySignsIn()
{
    m_teacher->start();
    m_teacher->waitFor(QStringLiteral("goSignIn"));
    scene(*m_teacher, QStringLiteral("welcome"), QStringLiteral("The program starts: three ways in"));
    m_teacher->click(QStringLiteral("goSignIn"));
    m_teacher->typeInto(QStringLiteral("email"), QStringLiteral("teacher@neolingus.demo"));
    m_teacher->typeInto(QStringLiteral("password"), QStringLiteral("wrong password"));
    m_teacher->click(QStringLiteral("signIn"));
    m_teacher->expect(QStringLiteral("passwordField"), QStringLiteral("error"),
        [](const QJsonValue& sentence) { return !sentence.toString().isEmpty(); }, Patience);
    scene(*m_teacher, QStringLiteral("wrong-password"), QStringLiteral("A wrong password is a clear sentence"));
    m_teacher->click(QStringLiteral("password"));
    m_teacher->call(QStringLiteral("key"), {{QStringLiteral("key"), QStringLiteral("Ctrl+A")}});
    m_teacher->type(Password);
    m_teacher->click(QStringLiteral("signIn"));
    m_teacher->waitFor(QStringLiteral("openSitting"), Patience);
    scene(*m_teacher, QStringLiteral("sittings"), QStringLiteral("The teacher's sittings"));

    signIn(*m_ana, m_anaWork.email);
    signIn(*m_ben, m_benWork.email);
    m_ana->waitFor(QStringLiteral("homeNext"), Patience);
    m_ben->waitFor(QStringLiteral("homeNext"), Patience);
    m_crowd = std::make_unique<Crowd>(m_setup.build + QStringLiteral("/bin/neolingus-evening-student"),
        folder(QStringLiteral("crowd")), m_academy.url(), m_academy.anonKey(), Sitting);
    m_crowd->start(3, 2 + m_setup.crowd, KeyIntervalMs);
    scene(*m_ana, QStringLiteral("home-light"), QStringLiteral("Ana's home: the next thing, skills, the sitting"));
    scene(*m_ben, QStringLiteral("home-dark-spanish"), QStringLiteral("Ben's home, dark and in Spanish"));
}

void Evening::theTeacherOpensTheSitting()
{
    m_teacher->click(QStringLiteral("openSitting"));
    m_teacher->waitFor(QStringLiteral("monitorList"), Patience);
    readPaper();
}

void Evening::readPaper()
{
    const QJsonArray exams = m_academy.rows(QStringLiteral("exams?select=paper&id=eq.11111111-0000-4000-8000-000000000003"));
    for (const QJsonValue& section : exams.at(0).toObject().value(QLatin1String("paper")).toObject().value(QLatin1String("sections")).toArray()) {
        for (const QJsonValue& value : section.toObject().value(QLatin1String("items")).toArray()) {
            const QJsonObject item = value.toObject();
            const QString type = item.value(QLatin1String("type")).toString();
            const QString id = item.value(QLatin1String("id")).toString();
            if (type == QLatin1String("choice") && m_choiceItem.isEmpty()) {
                m_choiceItem = id;
                const QJsonArray options = item.value(QLatin1String("options")).toArray();
                m_choiceOption = options.at(1).toObject().value(QLatin1String("id")).toString();
                m_otherOption = options.at(0).toObject().value(QLatin1String("id")).toString();
            } else if ((type == QLatin1String("short") || type == QLatin1String("transform")) && m_shortItem.isEmpty()) {
                m_shortItem = id;
            } else if (type == QLatin1String("essay") && m_essayItem.isEmpty()) {
                m_essayItem = id;
            }
        }
    }
    if (m_choiceItem.isEmpty() || m_shortItem.isEmpty() || m_essayItem.isEmpty()) {
        fail(QStringLiteral("the demo paper lacks a choice, a short answer or an essay"));
    }
}

void Evening::enterExam(Puppet& who)
{
    who.waitFor(QStringLiteral("enter_") + Sitting, Patience);
    who.click(QStringLiteral("enter_") + Sitting);
    who.waitFor(QStringLiteral("examReview"), Patience);
}

void Evening::studentsEnter()
{
    for (Puppet* student : {m_ana.get(), m_ben.get()}) {
        enterExam(*student);
    }
    if (!waitUntil([this] { return m_crowd->countRunning() == m_crowd->count(); }, 90s)) {
        fail(QStringLiteral("only %1 of %2 further students entered").arg(m_crowd->countRunning()).arg(m_crowd->count()));
    }
    say(QStringLiteral("%1 further students are writing").arg(m_crowd->count()));
}

void Evening::goToItem(Puppet& who, const QString& item)
{
    who.click(QStringLiteral("palette_") + item);
}

void Evening::choose(Puppet& who, WindowStudent& student, const QString& item, const QString& option)
{
    goToItem(who, item);
    who.click(QStringLiteral("option_") + option);
    ++student.edits;
    student.typed.insert(item, QJsonObject {{QStringLiteral("choice"), option}});
}

void Evening::writeText(Puppet& who, WindowStudent& student, const QString& item, const QString& text)
{
    goToItem(who, item);
    who.click(QStringLiteral("itemText"));
    who.call(QStringLiteral("key"), {{QStringLiteral("key"), QStringLiteral("Ctrl+End")}});
    who.type(text);
    student.edits += text.size();
    const QString before = student.typed.value(item).toObject().value(QLatin1String("text")).toString();
    student.typed.insert(item, QJsonObject {{QStringLiteral("text"), before + text}});
}

void Evening::waitUntilReceived(Puppet& who, std::chrono::milliseconds limit)
{
    // "Kept here 41 · received by the school 41", in whichever language.
    who.expect(QStringLiteral("keptReceived"), QStringLiteral("text"),
        [](const QJsonValue& value) {
            QStringList numbers;
            QString digits;
            for (const QChar c : value.toString() + QLatin1Char(' ')) {
                if (c.isDigit()) {
                    digits += c;
                } else if (!digits.isEmpty()) {
                    numbers.append(std::exchange(digits, {}));
                }
            }
            return numbers.size() == 2 && numbers.at(0) == numbers.at(1);
        },
        limit);
}

void Evening::everybodyWrites()
{
    choose(*m_ana, m_anaWork, m_choiceItem, m_otherOption);
    choose(*m_ana, m_anaWork, m_choiceItem, m_choiceOption);
    scene(*m_ana, QStringLiteral("exam-room"), QStringLiteral("Ana's exam room"));
    writeText(*m_ana, m_anaWork, m_shortItem, QStringLiteral("she has been working here"));
    writeText(*m_ana, m_anaWork, m_essayItem, QStringLiteral("Travelling alone teaches you to trust yourself. "));
    waitUntilReceived(*m_ana, Patience);
    choose(*m_ben, m_benWork, m_choiceItem, m_choiceOption);
    writeText(*m_ben, m_benWork, m_essayItem, QStringLiteral("Last summer I worked in a small café near València. "));
    scene(*m_ben, QStringLiteral("exam-room-dark-spanish"), QStringLiteral("Ben's exam room, dark and in Spanish"));
    scene(*m_teacher, QStringLiteral("monitor"), QStringLiteral("The live monitor: everybody writes"));
}

void Evening::theCableIsPulled()
{
    const qint64 began = m_clock.elapsed();
    m_cable->pullOut();
    say(QStringLiteral("Ana's cable is pulled"));
    writeText(*m_ana, m_anaWork, m_essayItem, QStringLiteral("Nobody decides for you where to go, so every street is yours. "));
    m_ana->expect(QStringLiteral("examNotice"), QStringLiteral("visible"), isTrue, std::chrono::seconds(m_setup.cutSeconds));
    writeText(*m_ana, m_anaWork, m_shortItem, QStringLiteral(" for ten years"));
    scene(*m_ana, QStringLiteral("offline"), QStringLiteral("Ana goes on writing without a network"));
    waitUntil([this, began] { return m_clock.elapsed() - began >= m_setup.cutSeconds * 1000; },
        std::chrono::seconds(m_setup.cutSeconds) + 5s);
    scene(*m_teacher, QStringLiteral("monitor-offline"), QStringLiteral("The teacher sees that Ana is offline"));
    const qint64 cut = m_clock.elapsed() - began;
    const qint64 back = m_clock.elapsed();
    m_cable->putBack();
    waitUntilReceived(*m_ana, 60s);
    addFault(QStringLiteral("the network of one student was cut for %1 s while she went on typing").arg(double(cut) / 1000.0, 0, 'f', 1),
        m_ana->name(), m_clock.elapsed() - back, {{QStringLiteral("lasted_ms"), cut}});
    scene(*m_ana, QStringLiteral("back-online"), QStringLiteral("The network is back: the school has everything"));
}

void Evening::aProgramIsKilled()
{
    const QString before = m_benWork.typed.value(m_essayItem).toObject().value(QLatin1String("text")).toString();
    const QString text = QStringLiteral("The owner spoke no Spanish at first, which was good for me. ");
    goToItem(*m_ben, m_essayItem);
    m_ben->click(QStringLiteral("itemText"));
    m_ben->call(QStringLiteral("key"), {{QStringLiteral("key"), QStringLiteral("Ctrl+End")}});
    // One key after the other, as a person types; the kill comes in the middle of a word.
    const QString all = text + QStringLiteral("And th");
    QList<qint64> typedAt;
    const QString keptBefore = m_ben->read(QStringLiteral("keptReceived")).toString();
    for (const QChar key : all) {
        m_ben->type(QString(key));
        typedAt.append(m_clock.elapsed());
        waitUntil([] { return false; }, HumanKey);
    }
    const qint64 lastMoment = m_clock.elapsed();
    m_ben->kill9();
    const qint64 killed = m_clock.elapsed();
    say(QStringLiteral("Ben's program is killed while typing (%1)").arg(keptBefore));
    // His session is in the keychain and his place is known: no password, no click, the paper is there.
    m_ben->start();
    m_ben->waitFor(QStringLiteral("itemText"), Patience);
    const QString shown = m_ben->read(QStringLiteral("itemText")).toString();
    const qint64 recovered = m_clock.elapsed() - killed;
    const auto old = std::count_if(typedAt.cbegin(), typedAt.cend(),
        [lastMoment](qint64 at) { return lastMoment - at > Promise.count(); });
    const QString promised = before + all.left(old);
    if (!(before + all).startsWith(shown) || !shown.startsWith(promised)) {
        fail(QStringLiteral("after the kill Ben sees '%1' instead of at least '%2'").arg(shown, promised));
    }
    m_benWork.edits += all.size();
    m_benWork.typed.insert(m_essayItem, QJsonObject {{QStringLiteral("text"), shown}});
    addFault(QStringLiteral("a student's program was killed with SIGKILL in the middle of a word and started again"),
        m_ben->name(), recovered,
        {{QStringLiteral("characters_typed"), qint64((before + all).size())},
            {QStringLiteral("characters_older_than_300_ms"), qint64(promised.size())},
            {QStringLiteral("characters_shown_after"), qint64(shown.size())}});
    scene(*m_ben, QStringLiteral("after-the-kill"), QStringLiteral("Ben's text is there again, the cursor where it was"));
    writeText(*m_ben, m_benWork, m_essayItem, QStringLiteral(" I learnt more in one month than in two years of classes."));
    waitUntilReceived(*m_ben, Patience);
}

void Evening::theTeacherActs()
{
    m_teacher->click(QStringLiteral("monitorExtend"));
    m_teacher->waitFor(QStringLiteral("commandPreviewText"));
    m_teacher->click(QStringLiteral("minutes-10"));
    m_teacher->typeInto(QStringLiteral("commandReason"), QStringLiteral("The network of the room was down"));
    m_teacher->expect(QStringLiteral("dialogAccept"), QStringLiteral("enabled"), isTrue, Patience);
    scene(*m_teacher, QStringLiteral("extend-preview"), QStringLiteral("More time, with a preview and a reason"));
    m_teacher->click(QStringLiteral("dialogAccept"));
    m_teacher->waitFor(QStringLiteral("monitorUndo"), Patience);
    scene(*m_teacher, QStringLiteral("extend-undo"), QStringLiteral("Done, with five seconds to take it back"));

    const qint64 paused = m_clock.elapsed();
    m_teacher->click(QStringLiteral("monitorPause"));
    m_teacher->expect(QStringLiteral("dialogAccept"), QStringLiteral("enabled"), isTrue, Patience);
    m_teacher->click(QStringLiteral("dialogAccept"));
    m_ana->waitFor(QStringLiteral("examCover"), Patience);
    m_ben->waitFor(QStringLiteral("examCover"), Patience);
    const qint64 reached = m_clock.elapsed() - paused;
    scene(*m_ana, QStringLiteral("paused"), QStringLiteral("The exam is paused on Ana's screen"));
    scene(*m_teacher, QStringLiteral("monitor-paused"), QStringLiteral("The teacher sees everybody paused"));
    m_teacher->click(QStringLiteral("monitorResume"));
    m_teacher->expect(QStringLiteral("dialogAccept"), QStringLiteral("enabled"), isTrue, Patience);
    m_teacher->click(QStringLiteral("dialogAccept"));
    m_ana->waitFor(QStringLiteral("examReview"), Patience);
    m_ben->waitFor(QStringLiteral("examReview"), Patience);
    addFault(QStringLiteral("the teacher paused the exam and let it go on"), m_teacher->name(), reached);

    m_teacher->click(QStringLiteral("monitorMessage"));
    m_teacher->typeInto(QStringLiteral("commandMessage"), QStringLiteral("You all have ten more minutes. Take a breath."));
    m_teacher->expect(QStringLiteral("dialogAccept"), QStringLiteral("enabled"), isTrue, Patience);
    m_teacher->click(QStringLiteral("dialogAccept"));
    m_ana->expect(QStringLiteral("examMessage"), QStringLiteral("visible"), isTrue, Patience);
    scene(*m_ana, QStringLiteral("message"), QStringLiteral("The teacher's message on Ana's screen"));
    m_ana->click(QStringLiteral("examMessageRead"));
}

void Evening::theAcademyLosesItsPower()
{
    m_academy.kill9();
    const qint64 down = m_clock.elapsed();
    say(QStringLiteral("the academy is killed with SIGKILL"));
    writeText(*m_ana, m_anaWork, m_essayItem, QStringLiteral("When a train is late, you learn to wait and to look. "));
    writeText(*m_ben, m_benWork, m_essayItem, QStringLiteral(" That is why I would do it again."));
    m_academy.start();
    const qint64 up = m_clock.elapsed();
    waitUntilReceived(*m_ana, 90s);
    waitUntilReceived(*m_ben, 90s);
    addFault(QStringLiteral("the academy was killed with SIGKILL in the middle and started again on the same data"),
        QStringLiteral("academy"), m_clock.elapsed() - up, {{QStringLiteral("down_ms"), up - down}});
    m_teacher->expect(QStringLiteral("monitorAsOf"), QStringLiteral("text"), equals(QStringLiteral("up to date")), 60s);
    scene(*m_teacher, QStringLiteral("monitor-recovered"), QStringLiteral("The monitor recovered by itself"));
}

void Evening::everybodyHandsIn()
{
    if (!waitUntil([this] { return m_crowd->countTyped() == m_crowd->count(); }, 240s)) {
        fail(QStringLiteral("only %1 further students finished typing").arg(m_crowd->countTyped()));
    }
    say(QStringLiteral("the further students have typed everything"));
    for (Puppet* student : {m_ana.get(), m_ben.get()}) {
        WindowStudent& work = student == m_ana.get() ? m_anaWork : m_benWork;
        for (const QString& item : {m_shortItem, m_essayItem}) {
            if (!work.typed.contains(item)) {
                continue;
            }
            goToItem(*student, item);
            const QString meant = work.typed.value(item).toObject().value(QLatin1String("text")).toString();
            const QString shown = student->read(QStringLiteral("itemText")).toString();
            if (shown != meant) {
                ++m_screenDifferences;
                m_differences.append(QJsonObject {{QStringLiteral("student"), work.email}, {QStringLiteral("item"), item},
                    {QStringLiteral("typed"), meant}, {QStringLiteral("on_screen"), shown}});
            }
        }
        student->click(QStringLiteral("examReview"));
        student->waitFor(QStringLiteral("handIn"));
        if (student == m_ana.get()) {
            scene(*student, QStringLiteral("review"), QStringLiteral("Ana checks her paper before handing in"));
        }
        student->click(QStringLiteral("handIn"));
        student->click(QStringLiteral("dialogAccept"));
        student->waitFor(QStringLiteral("receiptCode"), Patience);
    }
    scene(*m_ana, QStringLiteral("receipt"), QStringLiteral("Ana's receipt"));
    m_crowd->askToHandIn();
    if (!waitUntil([this] { return m_crowd->countHandedIn() == m_crowd->count(); }, 120s)) {
        fail(QStringLiteral("only %1 further students handed in").arg(m_crowd->countHandedIn()));
    }
    waitUntil([this] { return m_teacher->read(QStringLiteral("count_submitted"), QStringLiteral("count")).toInt() == m_crowd->count() + 2; }, 30s);
    scene(*m_teacher, QStringLiteral("monitor-handed-in"), QStringLiteral("Everybody has handed in"));
}

void Evening::waitForPage(Puppet& who, const QString& page)
{
    if (!waitUntil([&] { return who.call(QStringLiteral("page")).toString() == page; }, Patience)) {
        fail(QStringLiteral("%1: page %2 never opened").arg(who.name(), page));
    }
}

void Evening::theTeacherReleases()
{
    m_teacher->click(QStringLiteral("monitorClose"));
    m_teacher->waitFor(QStringLiteral("dialogAccept"));
    m_teacher->expect(QStringLiteral("dialog"), QStringLiteral("settled"), isTrue, 5s);
    scene(*m_teacher, QStringLiteral("closing"), QStringLiteral("The teacher is asked before the sitting is closed"));
    m_teacher->click(QStringLiteral("dialogAccept"));
    m_teacher->waitFor(QStringLiteral("monitorToResults"), Patience);
    scene(*m_teacher, QStringLiteral("closed"), QStringLiteral("The sitting is closed"));
    m_teacher->click(QStringLiteral("monitorToResults"));
    m_teacher->waitFor(QStringLiteral("releaseSitting"), Patience);
    m_teacher->click(QStringLiteral("releaseSitting"));
    const QString state = QStringLiteral("sittings?select=state&id=eq.") + Sitting;
    if (!waitUntil([&] { return m_academy.rows(state).at(0).toObject().value(QLatin1String("state")) == QLatin1String("released"); },
            Patience)) {
        fail(QStringLiteral("the results were not released"));
    }
    scene(*m_teacher, QStringLiteral("released"), QStringLiteral("The results are with the students"));
}

void Evening::afterTheExam()
{
    m_ana->click(QStringLiteral("receiptDone"));
    m_ana->waitFor(QStringLiteral("homeNext"), Patience);
    m_ana->waitFor(QStringLiteral("result_") + Sitting, Patience);
    scene(*m_ana, QStringLiteral("home-after"), QStringLiteral("Ana's progress has moved, and her result is out"));
    const auto open = [this](const QString& page) {
        m_ana->click(QStringLiteral("rail_") + page);
        waitForPage(*m_ana, page);
    };
    open(QStringLiteral("study"));
    scene(*m_ana, QStringLiteral("study"), QStringLiteral("Study goes on, offline too"));
    open(QStringLiteral("tutor"));
    m_ana->typeInto(QStringLiteral("tutorInput"), QStringLiteral("When do I use the present perfect?"));
    m_ana->call(QStringLiteral("key"), {{QStringLiteral("key"), QStringLiteral("Return")}});
    m_ana->waitFor(QStringLiteral("copyReply"), Patience);
    scene(*m_ana, QStringLiteral("tutor"), QStringLiteral("The notes tutor answers without a network or a key"));
    open(QStringLiteral("diagnostics"));
    scene(*m_ana, QStringLiteral("diagnostics"), QStringLiteral("Diagnostics with real round trips"));
    open(QStringLiteral("settings"));
    scene(*m_ana, QStringLiteral("settings"), QStringLiteral("Settings"));
}

void Evening::collectStalls(Puppet& who)
{
    for (const QJsonValue& stall : who.call(QStringLiteral("stalls")).toArray()) {
        QJsonObject entry = stall.toObject();
        entry.insert(QStringLiteral("who"), who.name());
        m_stalls.append(entry);
    }
}

void Evening::addFault(const QString& what, const QString& who, qint64 recoveryMs, QJsonObject more)
{
    more.insert(QStringLiteral("what"), what);
    more.insert(QStringLiteral("who"), who);
    more.insert(QStringLiteral("recovery_ms"), recoveryMs);
    m_faults.append(more);
    say(QStringLiteral("%1: over after %2 ms").arg(what).arg(recoveryMs));
}

QString Evening::attemptOf(const QString& email)
{
    const QString number = email.mid(7, 2);
    const QJsonArray rows = m_academy.rows(
        QStringLiteral("attempts?select=id&sitting_id=eq.%1&student_id=eq.33333333-0000-4000-8000-0000000000%2").arg(Sitting, number));
    return rows.at(0).toObject().value(QLatin1String("id")).toString();
}

PaperTrail Evening::trailOf(
    const QString& email, const QString& profileRoot, const QString& attempt, const QJsonObject& typed)
{
    const QString user = QStringLiteral("33333333-0000-4000-8000-0000000000") + email.mid(7, 2);
    PaperTrail trail;
    trail.student = email;
    trail.typed = typed;
    trail.localOps = readLocalOps(profileRoot + QStringLiteral("/profiles/%1/academy.sqlite").arg(user), attempt);
    trail.schoolOps = m_academy.rows(
        QStringLiteral("attempt_ops?select=op_id,seq,item_id,kind,body,branch&attempt_id=eq.%1&order=seq").arg(attempt));
    return trail;
}

void Evening::compareEverything()
{
    for (Puppet* who : {m_teacher.get(), m_ana.get(), m_ben.get()}) {
        collectStalls(*who);
        who->quit();
    }
    QList<PaperTrail> trails;
    for (const auto& [puppet, work] : {std::pair {m_ana.get(), &m_anaWork}, std::pair {m_ben.get(), &m_benWork}}) {
        trails.append(trailOf(work->email, puppet->folder() + QStringLiteral("/profile"), attemptOf(work->email), work->typed));
        m_edits += work->edits;
    }
    for (const auto& member : m_crowd->members()) {
        trails.append(trailOf(member->email, member->folder, member->last.value(QLatin1String("attempt")).toString(),
            member->last.value(QLatin1String("answers")).toObject()));
        m_edits += member->last.value(QLatin1String("edits")).toInteger();
    }
    for (const PaperTrail& trail : trails) {
        const Comparison one = compare(trail);
        m_lost += one.lost;
        m_duplicated += one.duplicated;
        m_mismatched += one.mismatched;
        m_characters += one.charactersCompared;
        for (const QJsonValue& difference : one.differences) {
            m_differences.append(difference);
        }
        m_students.append(QJsonObject {{QStringLiteral("student"), trail.student},
            {QStringLiteral("operations_on_this_computer"), one.localOps}, {QStringLiteral("operations_at_the_school"), one.schoolOps},
            {QStringLiteral("lost"), one.lost}, {QStringLiteral("duplicated"), one.duplicated},
            {QStringLiteral("mismatched"), one.mismatched}});
    }
    m_mismatched += m_screenDifferences;
    m_compared = true;
    m_academy.stop();
    say(QStringLiteral("%1 students, %2 edits: %3 lost, %4 duplicated, %5 mismatched")
            .arg(trails.size()).arg(m_edits).arg(m_lost).arg(m_duplicated).arg(m_mismatched));
}

bool Evening::writeReport(const QString& problem)
{
    if (!m_compared) {
        for (Puppet* who : {m_teacher.get(), m_ana.get(), m_ben.get()}) {
            if (who && who->isRunning()) {
                try {
                    scene(*who, QStringLiteral("stopped-here"), QStringLiteral("Where the story stopped"));
                } catch (const std::exception&) {
                    say(QStringLiteral("no screenshot of %1").arg(who->name()));
                }
            }
        }
    }
    const bool clean = problem.isEmpty() && m_compared && m_lost == 0 && m_duplicated == 0 && m_mismatched == 0;
    const QJsonObject report {
        {QStringLiteral("students"), m_students.size()},
        {QStringLiteral("edits_typed"), m_edits},
        {QStringLiteral("characters_compared"), m_characters},
        {QStringLiteral("lost"), m_lost},
        {QStringLiteral("duplicated"), m_duplicated},
        {QStringLiteral("mismatched"), m_mismatched},
        {QStringLiteral("differences"), m_differences},
        {QStringLiteral("scenes"), m_scenes},
        {QStringLiteral("faults"), m_faults},
        {QStringLiteral("stalls_over_50_ms"), m_stalls.size()},
        {QStringLiteral("stalls"), m_stalls},
        {QStringLiteral("papers"), m_students},
        {QStringLiteral("complete"), m_compared},
        {QStringLiteral("problem"), problem},
        {QStringLiteral("duration_s"), double(m_clock.elapsed()) / 1000.0},
    };
    const auto write = [this](const QString& name, const QByteArray& bytes) {
        QSaveFile file(m_setup.out + QLatin1Char('/') + name);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    };
    const bool written = write(QStringLiteral("report.json"), QJsonDocument(report).toJson())
        && write(QStringLiteral("report.html"), reportPage(report));
    if (!written) {
        std::fprintf(stderr, "The report could not be written to %s\n", qPrintable(m_setup.out));
    }
    return clean && written;
}

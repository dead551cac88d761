// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evening/Academy.h"
#include "evening/Comparison.h"
#include "evening/Crowd.h"
#include "evening/Puppet.h"
#include "support/TcpProxy.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>

#include <memory>

/// The whole story: one teacher, two students at real windows, thirty further students; a cable is
/// pulled, a program is killed while typing, the academy loses its power, the teacher extends and
/// pauses; everybody hands in; then every character is compared. Throws std::runtime_error when the
/// story cannot go on; whatever was measured until then is in the report all the same.
class Evening
{
public:
    struct Setup
    {
        QString out;   ///< screenshots and the report
        QString build; ///< where the programs are
        int crowd = 30;
        int cutSeconds = 60;
    };

    explicit Evening(Setup setup);
    ~Evening();

    void play();
    /// Writes report.json and report.html. True when nothing was lost, doubled or different.
    bool writeReport(const QString& problem);

private:
    struct WindowStudent
    {
        QString email;
        QJsonObject typed; ///< item → payload meant
        qint64 edits = 0;
        QString attempt;
    };

    // The scenes, in order.
    void openTheAcademy();
    void everybodySignsIn();
    void theTeacherOpensTheSitting();
    void studentsEnter();
    void everybodyWrites();
    void theCableIsPulled();
    void aProgramIsKilled();
    void theTeacherActs();
    void theAcademyLosesItsPower();
    void everybodyHandsIn();
    void theTeacherReleases();
    void afterTheExam();
    void compareEverything();

    void scene(Puppet& who, const QString& name, const QString& caption);
    void signIn(Puppet& who, const QString& email);
    void enterExam(Puppet& who);
    void waitForPage(Puppet& who, const QString& page);
    void goToItem(Puppet& who, const QString& item);
    void choose(Puppet& who, WindowStudent& student, const QString& item, const QString& option);
    void writeText(Puppet& who, WindowStudent& student, const QString& item, const QString& text);
    void waitUntilReceived(Puppet& who, std::chrono::milliseconds limit);
    void collectStalls(Puppet& who);
    void addFault(const QString& what, const QString& who, qint64 recoveryMs, QJsonObject more = {});
    void say(const QString& text);
    QString attemptOf(const QString& email);
    QString folder(const QString& name) const { return m_setup.out + QStringLiteral("/work/") + name; }
    void readPaper();
    PaperTrail trailOf(const QString& email, const QString& profileRoot, const QString& attempt, const QJsonObject& typed);

    Setup m_setup;
    QElapsedTimer m_clock;
    Academy m_academy;
    std::unique_ptr<TcpProxy> m_cable;
    std::unique_ptr<Puppet> m_teacher;
    std::unique_ptr<Puppet> m_ana;
    std::unique_ptr<Puppet> m_ben;
    std::unique_ptr<Crowd> m_crowd;
    WindowStudent m_anaWork;
    WindowStudent m_benWork;
    QString m_choiceItem, m_choiceOption, m_otherOption, m_shortItem, m_essayItem;

    QJsonArray m_scenes;
    QJsonArray m_faults;
    QJsonArray m_stalls;
    QJsonArray m_differences;
    QJsonArray m_students;
    qint64 m_edits = 0;
    qint64 m_lost = 0;
    qint64 m_duplicated = 0;
    qint64 m_mismatched = 0;
    qint64 m_characters = 0;
    qint64 m_screenDifferences = 0;
    bool m_compared = false;
};

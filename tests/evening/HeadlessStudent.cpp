// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/HeadlessStudent.h"

#include "evening/AnswerWriter.h"
#include "realtime/Installation.h"

#include <QJsonDocument>
#include <QTimeZone>

#include <cstdio>

using namespace std::chrono_literals;

HeadlessStudent::HeadlessStudent(Setup setup, QObject* parent) :
    QObject(parent),
    m_setup(std::move(setup)),
    m_story(m_setup.seed)
{
}

HeadlessStudent::~HeadlessStudent() = default;

void HeadlessStudent::say(const QString& what, QJsonObject more) const
{
    more.insert(QStringLiteral("reached"), what);
    more.insert(QStringLiteral("student"), m_setup.email);
    const QByteArray line = QJsonDocument(more).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
}

void HeadlessStudent::start()
{
    m_link = std::make_unique<AcademyLink>(m_setup.project, m_secrets, m_clock, m_scheduler, m_random);
    const auto attempt = m_link->auth.signInWithPassword(m_setup.email, m_setup.password);
    whenDone(attempt, this, [this](const Result<void>& done) {
        if (done) {
            signedIn();
        } else if (done.error().isTransient()) {
            m_retry = m_scheduler.after(2s, [this] { start(); });
        } else {
            Q_EMIT finished(QStringLiteral("sign-in refused: ") + done.error().code);
        }
    });
}

void HeadlessStudent::signedIn()
{
    const auto device = installationId(m_setup.folder, m_random);
    if (!device) {
        Q_EMIT finished(device.error().detail);
        return;
    }
    m_profile = std::make_unique<Profile>(*m_link, m_secrets,
        Profile::folderFor(m_setup.folder, m_link->auth.user().id), m_link->auth.user().id, *device,
        QTimeZone::utc());
    m_profile->realtime.start();
    say(QStringLiteral("signed_in"));
    openExam();
}

void HeadlessStudent::openExam()
{
    m_session = m_profile->exams.startExamSession(m_setup.sitting);
    connect(m_session.get(), &StudentExamSession::snapshotChanged, this, &HeadlessStudent::follow);
    m_session->start();
    m_typing = m_scheduler.every(m_setup.keyInterval, [this] { typeOne(); });
}

void HeadlessStudent::follow()
{
    const ExamSnapshot& now = m_session->snapshot();
    if (now.phase == ExamSnapshot::Phase::Refused) {
        m_retry = m_scheduler.after(1s, [this] { m_session->start(); });
        return;
    }
    if (!m_planned && now.phase == ExamSnapshot::Phase::Running) {
        planEdits();
        say(QStringLiteral("running"), {{QStringLiteral("attempt"), m_session->attempt().toString()}});
    }
    if (now.phase == ExamSnapshot::Phase::Submitted && now.kept == now.received && !std::exchange(m_handedIn, true)) {
        say(QStringLiteral("handed_in"), truth());
        Q_EMIT finished({});
    }
}

void HeadlessStudent::planEdits()
{
    m_planned = true;
    for (const ExamItem& item : m_session->paper().items()) {
        for (const QJsonObject& payload : editsFor(item, m_story)) {
            m_edits.push_back({item.id, payload});
        }
    }
}

void HeadlessStudent::typeOne()
{
    if (!m_planned || !m_session->snapshot().editable) {
        return;
    }
    if (m_edits.empty()) {
        m_typing.cancel();
        m_session->flush();
        say(QStringLiteral("typed"), truth());
        if (m_handInAsked) {
            m_session->submit();
        }
        return;
    }
    const Edit edit = m_edits.front();
    if (m_session->snapshot().currentItem != edit.item) {
        m_session->visit(edit.item);
    }
    if (m_session->setAnswer(edit.item, edit.payload)) {
        m_edits.pop_front();
        ++m_accepted;
        m_truth.insert(edit.item.toString(), edit.payload);
    }
}

void HeadlessStudent::handIn()
{
    m_handInAsked = true;
    if (m_planned && m_edits.empty()) {
        m_session->submit();
    }
}

QJsonObject HeadlessStudent::truth() const
{
    const ExamSnapshot& now = m_session->snapshot();
    return {
        {QStringLiteral("attempt"), m_session->attempt().toString()},
        {QStringLiteral("edits"), m_accepted},
        {QStringLiteral("answers"), m_truth},
        {QStringLiteral("kept"), now.kept},
        {QStringLiteral("received"), now.received},
    };
}

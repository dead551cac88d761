// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/Profile.h"

#include "domain/OpChain.h"
#include "realtime/AcademyLink.h"

#include <QDir>
#include <QFile>

namespace {

QString databasePath(const QString& folder)
{
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return folder + QStringLiteral("/academy.sqlite");
}

QByteArray hashOf(const QByteArray& previousHash, const OpId& op, qint64 seq, const ItemId& item,
    const QString& kind, const QByteArray& body)
{
    return opHash({op, seq, item, kind, body, previousHash, {}});
}

} // namespace

Profile::Profile(AcademyLink& link, SecretStore& secrets, const QString& folder, const UserId& owner,
    const DeviceId& device, const QTimeZone& zone, RealtimeOptions options) :
    user(owner),
    database(databasePath(folder)),
    attempts(database, hashOf),
    progressStore(database),
    sync(database, link.auth, link.clock, link.scheduler, link.random),
    studySync(link.rest),
    study(database, link.clock, link.random, {owner, device, zone}),
    progress(link.realtime, link.rest, &progressStore, link.clock, link.scheduler, link.random, options.progress),
    exams(link.rest, link.realtime, link.auth, sync, attempts, link.clock, link.scheduler, link.random, device),
    tutor(database, link.streams, secrets, link.clock, link.scheduler, link.random),
    silence(attempts, link.clock, link.scheduler, owner),
    memory(tutor, database, link.clock, link.random),
    conversations(database, link.rest, owner),
    realtime({database, link.http, link.auth, link.rest, link.realtime, sync, link.network, progress,
                 exams, &tutor, link.clock, link.scheduler, link.random},
        options)
{
    sync.registerUploader(QStringLiteral("review:"), &studySync.reviews());
    sync.registerUploader(QStringLiteral("study:"), &studySync.events());
    sync.registerUploader(QStringLiteral("conversation:"), &conversations);
    QObject::connect(&study, &StudyLibrary::workKept, &sync, &SyncEngine::poke);
    QObject::connect(&tutor, &AiTutorStreamManager::workKept, &sync, &SyncEngine::poke);
    QObject::connect(&conversations, &ConversationSync::changed, &tutor, &AiTutorStreamManager::adoptRemote);
    QObject::connect(&link.network, &NetworkWatch::networkUp, &conversations, &ConversationSync::pull);
    QObject::connect(&memory, &TutorMemory::studied, &study, &StudyLibrary::keepEvent);
    QObject::connect(&memory, &TutorMemory::mistakesChanged, &study, &StudyLibrary::refreshMistakes);
    QObject::connect(&exams, &RealtimeExamSessionManager::studentWritingChanged, &silence, &ExamSilence::writingChanged);
    QObject::connect(&silence, &ExamSilence::changed, &tutor, &AiTutorStreamManager::setExamRunning);
    tutor.setAccount(owner, device);
    tutor.setRelayToken([&auth = link.auth] { return auth.accessToken(); });
    conversations.pull();
}

Profile::~Profile() = default;

QString Profile::folderFor(const QString& root, const UserId& user)
{
    return root + QStringLiteral("/profiles/")
        + (user.isEmpty() ? QStringLiteral("guest") : user.toString());
}

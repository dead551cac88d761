// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/Profile.h"

#include "domain/OpChain.h"
#include "realtime/AcademyLink.h"
#include "tutor/GuestTalks.h"

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

Profile::Profile(AcademyLink& academy, SecretStore& secrets, const QString& folder, const UserId& owner,
    const DeviceId& thisDevice, const QTimeZone& zone, RealtimeOptions options) :
    link(academy),
    user(owner),
    device(thisDevice),
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
    conversations(database, link.rest, owner, link.scheduler, link.random),
    teachers(database, link.rest, owner),
    writings(database, link.rest, teachers, owner, device, link.clock),
    reports(database, link.rest, teachers, owner, device, link.clock, link.random),
    catalogue(tutor, database, link.rest, owner),
    realtime({database, link.http, link.auth, link.rest, link.realtime, sync, link.network, progress,
                 exams, &tutor, link.clock, link.scheduler, link.random},
        options)
{
    sync.registerUploader(QStringLiteral("review:"), &studySync.reviews());
    sync.registerUploader(QStringLiteral("study:"), &studySync.events());
    sync.registerUploader(QStringLiteral("conversation:"), &conversations);
    sync.registerUploader(QStringLiteral("writing:"), &writings);
    sync.registerUploader(QStringLiteral("report:"), &reports);
    QObject::connect(&writings, &WritingDesk::workKept, &sync, &SyncEngine::poke);
    QObject::connect(&reports, &ReplyReports::workKept, &sync, &SyncEngine::poke);
    QObject::connect(&study, &StudyLibrary::workKept, &sync, &SyncEngine::poke);
    QObject::connect(&tutor, &AiTutorStreamManager::workKept, &sync, &SyncEngine::poke);
    QObject::connect(&memory, &TutorMemory::workKept, &sync, &SyncEngine::poke);
    // First, so that whoever reads the branch again finds its marks.
    QObject::connect(&conversations, &ConversationSync::changed, &memory, &TutorMemory::adoptRemote);
    QObject::connect(&conversations, &ConversationSync::changed, &tutor, &AiTutorStreamManager::adoptRemote);
    QObject::connect(&link.network, &NetworkWatch::networkUp, &conversations, &ConversationSync::pull);
    QObject::connect(&link.network, &NetworkWatch::networkUp, &catalogue, &AcademyCatalogue::fetch);
    QObject::connect(&link.network, &NetworkWatch::networkUp, &teachers, &Teachers::look);
    QObject::connect(&catalogue, &AcademyCatalogue::refused, &tutor,
        [this](const Error& error) { Q_EMIT tutor.errorOccurred({}, error); });
    QObject::connect(&memory, &TutorMemory::studied, &study, &StudyLibrary::keepEvent);
    QObject::connect(&memory, &TutorMemory::mistakesChanged, &study, &StudyLibrary::refreshMistakes);
    QObject::connect(&exams, &RealtimeExamSessionManager::studentWritingChanged, &silence, &ExamSilence::writingChanged);
    QObject::connect(&silence, &ExamSilence::changed, &tutor, &AiTutorStreamManager::setExamRunning);
    tutor.setAccount(owner, device);
    memory.setAccount(owner, device);
    tutor.setRelayToken([&auth = link.auth](const QString& refused) {
        return refused.isEmpty() ? auth.accessToken() : auth.refreshAfterRefusal(refused);
    });
    conversations.pull();
    catalogue.fetch();
    teachers.look();
}

Profile::~Profile() = default;

Async<int> Profile::takeOverTalks(Database& guest)
{
    const AsyncPromise<int> promise;
    whenDone(adoptGuestTalks(guest, database, user, device, link.clock, link.random, &tutor), &tutor,
        [this, promise](const Result<QList<ConversationId>>& came) {
            if (!came) {
                promise.resolve(came.error());
                return;
            }
            if (!came->isEmpty()) {
                memory.adoptRemote(*came);
                tutor.adoptRemote(*came);
                sync.poke();
            }
            promise.resolve(int(came->size()));
        });
    return promise.future();
}

QString Profile::folderFor(const QString& root, const UserId& user)
{
    return root + QStringLiteral("/profiles/")
        + (user.isEmpty() ? QStringLiteral("guest") : user.toString());
}

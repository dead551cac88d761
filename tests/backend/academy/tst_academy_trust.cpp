// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtHttpClient.h"
#include "realtime/AcademyLink.h"
#include "store/MemorySecretStore.h"
#include "store/Settings.h"
#include "support/AcademyFixture.h"
#include "viewmodels/AccountController.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

namespace {

constexpr int patience = 30'000;

/// A student's program as far as signing in goes, put together as the composition root does.
class Student final
{
public:
    explicit Student(const QString& settingsFile)
        : m_settings(settingsFile),
          account(m_http, m_settings, m_scheduler, m_random, [](const QUrl&) { return false; })
    {
        QObject::connect(&account, &AccountController::academyWanted, &account,
            [this](const QString& url, const QString& key) {
                Project project{QUrl(url), key};
                project.certificatePin = AcademyTrust::pinOf(m_settings, project.url);
                account.setSession(nullptr);
                link = std::make_unique<AcademyLink>(project, m_secrets, m_clock, m_scheduler, m_random);
                if (!isLate) {
                    account.setSession(&link->auth);
                }
            });
    }
    ~Student() { account.setSession(nullptr); }
    Q_DISABLE_COPY_MOVE(Student)

    QString words() { return account.trust()->words().join(QLatin1Char('-')); }
    bool isAsked() { return account.trust()->isAsking(); }
    void signIn(const QString& academy)
    {
        account.signIn(academy, {}, QStringLiteral("ana@neolingus.test"), QStringLiteral("long enough"));
    }

private:
    SystemClock m_clock;
    QtScheduler m_scheduler;
    SystemRandom m_random;
    QtHttpClient m_http;
    Settings m_settings;
    MemorySecretStore m_secrets;

public:
    bool isLate = false; ///< the keychain is still asked when the person is ready
    std::unique_ptr<AcademyLink> link;
    AccountController account;
};

} // namespace

/// Joining a classroom's academy: an address, six words, a password. The real academy on the other
/// side, with the certificate it made itself.
class TestAcademyTrust : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    QTemporaryDir m_home;

    QString settingsFile() const { return m_home.filePath(QStringLiteral("settings.json")); }
    /// What stands on the teacher's screen.
    QString printedWords() const
    {
        QFile file(m_academy.dataDir() + QStringLiteral("/../port.json"));
        return file.open(QIODevice::ReadOnly)
            ? QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("certificate_words")).toString()
            : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_academy.setArguments({QStringLiteral("--lan"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1")});
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        QCOMPARE(printedWords().count(QLatin1Char('-')), 5);
    }

    void whoDoesNotTrustSendsNothing()
    {
        Student student(settingsFile());
        student.signIn(m_academy.url().toString());
        QTRY_VERIFY_WITH_TIMEOUT(student.isAsked(), patience);
        QCOMPARE(student.words(), printedWords());
        QCOMPARE(student.account.trust()->academy(), QStringLiteral("127.0.0.1:%1").arg(m_academy.port()));
        student.account.trust()->refuse();
        QTRY_VERIFY_WITH_TIMEOUT(!student.account.isBusy(), patience);
        QVERIFY(!student.isAsked());
        QVERIFY(!student.link);
        QCOMPARE(student.account.error(), QString());
    }

    void whoTrustsIsInWithoutTypingAKey()
    {
        Student student(settingsFile());
        student.account.signUp(m_academy.url().toString(), {}, QStringLiteral("Ana"),
            QStringLiteral("ana@neolingus.test"), QStringLiteral("long enough"));
        QTRY_VERIFY_WITH_TIMEOUT(student.isAsked(), patience);
        student.account.trust()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(student.account.state().signedIn, patience);
        QCOMPARE(student.account.error(), QString());
        QCOMPARE(student.link->auth.project().anonKey, m_academy.publishableKey());
        QCOMPARE(student.link->auth.project().certificatePin.size(), 32);
        // The pinned connection serves data too.
        bool served = false;
        whenDone(student.link->rest.rpc(QStringLiteral("student_home"), {}), &student.account,
            [&served](const Result<QJsonValue>& home) { served = home.ok(); });
        QTRY_VERIFY_WITH_TIMEOUT(served, patience);
    }

    void whatWasTrustedIsNotAskedAgain()
    {
        Student student(settingsFile());
        student.signIn(m_academy.url().toString());
        QTRY_VERIFY_WITH_TIMEOUT(student.account.state().signedIn || student.isAsked(), patience);
        QVERIFY(!student.isAsked());
    }

    void whoIsQuickerThanTheKeychainWaits()
    {
        Student student(settingsFile());
        student.isLate = true;
        student.signIn(m_academy.url().toString());
        QTRY_VERIFY_WITH_TIMEOUT(student.link, patience);
        QVERIFY(student.account.isBusy());
        student.account.setSession(&student.link->auth);
        QTRY_VERIFY_WITH_TIMEOUT(student.account.state().signedIn, patience);
        QVERIFY(!student.account.isBusy());
    }

    void anotherCertificateIsRefusedUntilItIsCompared()
    {
        const QString before = printedWords();
        QCOMPARE(m_academy.terminate(), 0);
        for (const char* file : {"/lan-certificate.pem", "/lan-key.pem"}) {
            QVERIFY(QFile::remove(m_academy.dataDir() + QLatin1String(file)));
        }
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        QVERIFY(printedWords() != before);

        Student student(settingsFile());
        student.signIn(m_academy.url().toString());
        QTRY_VERIFY_WITH_TIMEOUT(!student.account.error().isEmpty(), patience);
        QVERIFY(!student.isAsked() && !student.account.state().signedIn);
        QVERIFY(student.account.isOtherCertificate());
        QCOMPARE(student.account.errorField(), QStringLiteral("academy"));
        QVERIFY2(student.account.error().contains(QLatin1String("another certificate")), qPrintable(student.account.error()));

        student.account.compareAgain(m_academy.url().toString());
        QVERIFY(!student.account.isOtherCertificate());
        student.signIn(m_academy.url().toString());
        QTRY_VERIFY_WITH_TIMEOUT(student.isAsked(), patience);
        QCOMPARE(student.words(), printedWords());
        student.account.trust()->trust();
        QTRY_VERIFY_WITH_TIMEOUT(student.account.state().signedIn, patience);
    }

    void nobodyThereIsSaidSo()
    {
        m_academy.terminate();
        Student student(m_home.filePath(QStringLiteral("other.json")));
        student.signIn(m_academy.url().toString());
        QTRY_VERIFY_WITH_TIMEOUT(!student.account.error().isEmpty(), patience);
        QVERIFY(!student.account.isBusy());
        QCOMPARE(student.account.errorField(), QStringLiteral("academy"));
    }
};

QTEST_MAIN(TestAcademyTrust)
#include "tst_academy_trust.moc"

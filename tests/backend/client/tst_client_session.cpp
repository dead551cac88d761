// SPDX-License-Identifier: GPL-3.0-or-later
#include "Person.h"

#include "supabase/BrowserSignIn.h"
#include "supabase/MfaClient.h"
#include "wire/Json.h"
#include "wire/Totp.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

/// Sign-in, tokens and REST of the client core against the real academy.
class TestClientSession : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;

    /// What a browser gets for one request; redirects are not followed.
    static QByteArray browse(const QUrl& url, const QByteArray& form = {})
    {
        QTcpSocket socket;
        socket.connectToHost(url.host(), quint16(url.port()));
        const QByteArray method = form.isEmpty() ? "GET " : "POST ";
        socket.write(method + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
            + " HTTP/1.1\r\nHost: " + url.authority().toLatin1()
            + "\r\nConnection: close\r\nContent-Type: "
              "application/x-www-form-urlencoded\r\nContent-Length: "
            + QByteArray::number(form.size()) + "\r\n\r\n" + form);
        QByteArray all;
        (void)QTest::qWaitFor(
            [&] {
                all += socket.readAll();
                return socket.state() == QAbstractSocket::UnconnectedState;
            },
            30'000);
        return all;
    }
    static QUrl locationIn(const QByteArray& answer)
    {
        static const QRegularExpression pattern(
            QStringLiteral("\r\nLocation: ([^\r\n]+)"), QRegularExpression::CaseInsensitiveOption);
        return QUrl(pattern.match(QString::fromLatin1(answer)).captured(1));
    }
    /// The code in the newest mail to an address.
    QString codeFor(const QString& email) const
    {
        const QByteArray answer
            = browse(m_academy.url(QStringLiteral("/mail/messages?to=%1").arg(email)));
        const QByteArray body = answer.mid(answer.indexOf("\r\n\r\n") + 4);
        return parseJson(body)
            .valueOr({})
            .toArray()
            .first()
            .toObject()
            .value(QStringLiteral("code"))
            .toString();
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_academy.start(), qPrintable(m_academy.problem())); }

    void aWrongPasswordIsSaidSo()
    {
        Person ana(m_academy);
        auto done = ana.session.signInWithPassword(Demo::student(1), QStringLiteral("wrong"));
        AWAIT(done);
        QCOMPARE(done.result().error().kind, ErrorKind::Invalid);
        QCOMPARE(done.result().error().code, QStringLiteral("invalid_credentials"));
        QCOMPARE(ana.session.state(), AuthSession::State::SignedOut);
    }

    void whoIsWhoComesFromTheServer()
    {
        Person ana(m_academy);
        SIGN_IN(ana, Demo::student(1));
        QCOMPARE(ana.session.user().id, UserId(Demo::studentId(1)));
        QCOMPARE(ana.session.user().appRole, QStringLiteral("student"));
        QVERIFY(!ana.session.user().displayName.isEmpty());
        Person tom(m_academy);
        SIGN_IN(tom, Demo::teacher());
        QCOMPARE(tom.session.user().appRole, QStringLiteral("teacher"));
    }

    void theSessionGoesOnAfterARestartAndRotatesItsToken()
    {
        const auto keychain = std::make_shared<MemorySecretStore>();
        QString firstToken;
        {
            Person ana(m_academy, keychain);
            SIGN_IN(ana, Demo::student(2));
            auto token = ana.session.accessToken();
            AWAIT_OK(token);
            firstToken = *token.result();
        }
        Person again(m_academy, keychain);
        auto restored = again.session.restore();
        AWAIT_OK(restored);
        QCOMPARE(again.session.user().id, UserId(Demo::studentId(2)));
        QList<Async<QString>> tokens;
        for (int i = 0; i < 20; ++i) {
            tokens.append(again.session.accessToken());
        }
        for (const auto& token : tokens) {
            AWAIT_OK(token);
            QCOMPARE(*token.result(), *tokens.first().result());
        }
        auto rows = again.rest.select(PostgrestQuery(QStringLiteral("profiles")).limit(1));
        AWAIT_OK(rows);
    }

    void functionsAndTablesAnswerAsThePersonMay()
    {
        Person ana(m_academy);
        SIGN_IN(ana, Demo::student(3));
        auto info = ana.rest.rpc(QStringLiteral("server_info"), {});
        AWAIT_OK(info);
        QVERIFY(info.result()->toObject().contains(QStringLiteral("version")));
        auto home = ana.rest.rpc(QStringLiteral("student_home"), {});
        AWAIT_OK(home);
        QVERIFY(!home.result()->toObject().value(QStringLiteral("sittings")).toArray().isEmpty());

        auto keys = ana.rest.select(PostgrestQuery(QStringLiteral("exam_keys")).limit(1));
        AWAIT(keys);
        const bool hidden = keys.result().ok() ? keys.result()->isEmpty()
                                               : keys.result().error().kind == ErrorKind::Forbidden;
        QVERIFY(hidden);
        auto command = ana.rest.rpc(
            QStringLiteral("open_sitting"), {{QStringLiteral("p_sitting"), Demo::sitting()}});
        AWAIT(command);
        // What is not a student's to open does not exist for them.
        QCOMPARE(command.result().error().code, QStringLiteral("ACADEMY_NOT_FOUND"));
        auto nothing = ana.rest.rpc(QStringLiteral("no_such_function"), {});
        AWAIT(nothing);
        QCOMPARE(nothing.result().error().kind, ErrorKind::NotFound);
        QCOMPARE(nothing.result().error().code, QStringLiteral("PGRST202"));
        QVERIFY(ana.rest.lastLatency()->count() > 0);
    }

    void aRefusedTokenIsReplacedWithoutAnybodyNoticing()
    {
        Person ana(m_academy);
        SIGN_IN(ana, Demo::student(4));
        auto before = ana.session.accessToken();
        AWAIT_OK(before);
        auto after = ana.session.refreshAfterRefusal(*before.result());
        AWAIT_OK(after);
        auto info = ana.rest.rpc(QStringLiteral("student_home"), {});
        AWAIT_OK(info);
    }

    void signingOutEndsTheSessionOnTheServer()
    {
        const auto keychain = std::make_shared<MemorySecretStore>();
        Person ana(m_academy, keychain);
        SIGN_IN(ana, Demo::student(5));
        auto kept = keychain->read(QStringLiteral("session:") + ana.project.storageName());
        AWAIT_OK(kept);
        auto out = ana.session.signOut();
        AWAIT_OK(out);
        auto gone = keychain->read(QStringLiteral("session:") + ana.project.storageName());
        AWAIT(gone);
        QVERIFY(!gone.result().ok());

        auto stolen = keychain->write(
            QStringLiteral("session:") + ana.project.storageName(), *kept.result());
        AWAIT_OK(stolen);
        Person thief(m_academy, keychain);
        auto restored = thief.session.restore();
        AWAIT_OK(restored);
        auto token = thief.session.accessToken();
        AWAIT(token);
        // The server hears of the sign-out a moment after this computer forgot the session.
        for (int i = 0; i < 20 && token.result().ok(); ++i) {
            token = thief.session.refreshAfterRefusal(*token.result());
            AWAIT(token);
        }
        QVERIFY(!token.result().ok());
        QCOMPARE(thief.session.state(), AuthSession::State::NeedsSignIn);
    }

    void aCodeByEmailSignsIn()
    {
        Person eva(m_academy);
        const QString email = QStringLiteral("eva@example.org");
        auto unknown = eva.session.sendCode(email, false);
        AWAIT(unknown);
        QCOMPARE(unknown.result().error().code, QStringLiteral("otp_disabled"));
        auto sent = eva.session.sendCode(email, true);
        AWAIT_OK(sent);
        auto wrong = eva.session.signInWithCode(email, QStringLiteral("wrong"));
        AWAIT(wrong);
        QCOMPARE(wrong.result().error().code, QStringLiteral("otp_expired"));
        auto in = eva.session.signInWithCode(email, codeFor(email));
        AWAIT_OK(in);
        QCOMPARE(eva.session.user().email, email);
        auto home = eva.rest.rpc(QStringLiteral("student_home"), {});
        AWAIT_OK(home);
    }

    void theBrowserSignsIn()
    {
        Person ana(m_academy);
        auto providers = ana.session.browserProviders();
        AWAIT_OK(providers);
        QCOMPARE(*providers.result(), QStringList{QStringLiteral("demo")});
        QUrl opened;
        BrowserSignIn browser(ana.session, ana.scheduler, ana.random, [&](const QUrl& url) {
            opened = url;
            return true;
        });
        auto done = browser.start(QStringLiteral("demo"), {"<p>done", "<p>failed"});
        const QUrl page = locationIn(browse(opened));
        const QByteArray form = browse(page);
        QVERIFY(form.contains("<form method=post"));
        const QByteArray fields
            = "flow=" + QUrlQuery(page).queryItemValue(QStringLiteral("flow")).toLatin1()
            + "&email=student08%40neolingus.demo&password=neolingus-demo";
        const QUrl back
            = locationIn(browse(m_academy.url(QStringLiteral("/auth/v1/sign-in")), fields));
        QVERIFY2(back.hasQuery(), qPrintable(back.toString()));
        QVERIFY(browse(back).endsWith("<p>done"));
        AWAIT_OK(done);
        QCOMPARE(ana.session.user().id, UserId(Demo::studentId(8)));
    }

    void anAnonymousAccountKeepsItsIdWhenItBecomesAFullOne()
    {
        Person guest(m_academy);
        auto in = guest.session.signInAnonymously();
        AWAIT_OK(in);
        const UserId id = guest.session.user().id;
        QVERIFY(guest.session.user().anonymous);
        const QString email = QStringLiteral("guest@example.org");
        auto full = guest.session.completeAccount(
            email, QStringLiteral("long enough"), QStringLiteral("Gil"));
        AWAIT_OK(full);
        QVERIFY(!guest.session.user().anonymous);
        auto claims = guest.session.claims();
        AWAIT_OK(claims);
        QCOMPARE(claims.result()->all.value(QStringLiteral("is_anonymous")).toBool(true), false);
        Person again(m_academy);
        auto later = again.session.signInWithPassword(email, QStringLiteral("long enough"));
        AWAIT_OK(later);
        QCOMPARE(again.session.user().id, id);
        QCOMPARE(again.session.user().displayName, QStringLiteral("Gil"));
    }

    void aSecondStepIsSetUpAskedForAndRemoved()
    {
        const QString email = QStringLiteral("careful@example.org");
        Person careful(m_academy);
        auto made = careful.session.signUp(email, QStringLiteral("long enough"), {});
        AWAIT_OK(made);
        MfaClient mfa(careful.session);
        auto enrolled = mfa.enrol(QStringLiteral("Phone"), QStringLiteral("Neolingus"));
        AWAIT_OK(enrolled);
        const QByteArray secret = base32Decode(enrolled.result()->secret.toLatin1()).value();
        auto wrong = mfa.verify(enrolled.result()->factorId, QStringLiteral("wrong"));
        AWAIT(wrong);
        QCOMPARE(wrong.result().error().code, QStringLiteral("mfa_verification_failed"));
        auto verified
            = mfa.verify(enrolled.result()->factorId, totpCode(secret, careful.clock.wall()));
        AWAIT_OK(verified);
        QVERIFY(careful.session.user().secondStep && !careful.session.needsSecondStep());

        Person later(m_academy);
        auto in = later.session.signInWithPassword(email, QStringLiteral("long enough"));
        AWAIT_OK(in);
        QVERIFY(later.session.needsSecondStep());
        MfaClient step(later.session);
        auto early = step.remove(enrolled.result()->factorId);
        AWAIT(early);
        QCOMPARE(early.result().error().code, QStringLiteral("insufficient_aal"));
        // The code of this half minute is used up; the academy takes that of the next as well.
        auto taken = step.verify(enrolled.result()->factorId,
            totpCode(secret, later.clock.wall() + std::chrono::seconds(30)));
        AWAIT_OK(taken);
        QVERIFY(!later.session.needsSecondStep());
        auto removed = step.remove(enrolled.result()->factorId);
        AWAIT_OK(removed);
        QTRY_VERIFY(!later.session.user().secondStep);
    }

    void twoProcessesShareOneSession()
    {
        QTemporaryDir folder;
        const auto keychain = std::make_shared<MemorySecretStore>();
        Person one(m_academy, keychain);
        Person two(m_academy, keychain);
        FileSessionLock first(one.scheduler, folder.path());
        FileSessionLock second(two.scheduler, folder.path());
        one.session.useLock(first);
        two.session.useLock(second);
        SIGN_IN(one, Demo::student(13));
        auto restored = two.session.restore();
        AWAIT_OK(restored);
        for (int round = 0; round < 8; ++round) {
            auto mine = one.session.accessToken();
            auto theirs = two.session.accessToken();
            AWAIT_OK(mine);
            AWAIT_OK(theirs);
            // Both want another token at the same moment.
            auto next = one.session.refreshAfterRefusal(*mine.result());
            auto other = two.session.refreshAfterRefusal(*theirs.result());
            AWAIT_OK(next);
            AWAIT_OK(other);
        }
        QCOMPARE(one.session.state(), AuthSession::State::SignedIn);
        QCOMPARE(two.session.state(), AuthSession::State::SignedIn);
    }

    void anAcademyThatIsDownIsOfflineAndTheSessionStays()
    {
        const auto keychain = std::make_shared<MemorySecretStore>();
        Person ana(m_academy, keychain);
        SIGN_IN(ana, Demo::student(6));
        m_academy.kill9();
        auto info = ana.rest.rpc(QStringLiteral("server_info"), {});
        AWAIT(info);
        QCOMPARE(info.result().error().kind, ErrorKind::Offline);
        QCOMPARE(ana.session.state(), AuthSession::State::SignedIn);
        Person later(m_academy, keychain);
        auto restored = later.session.restore();
        AWAIT_OK(restored);
        QCOMPARE(later.session.state(), AuthSession::State::SignedIn);
        auto none = later.session.accessToken();
        AWAIT(none);
        QCOMPARE(none.result().error().kind, ErrorKind::Offline);
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        // An attempt that was under way before the academy was back may still fail.
        auto token = later.session.accessToken();
        const auto hasToken = [&] {
            if (token.isFinished() && !token.result().ok()) {
                token = later.session.accessToken();
            }
            return token.isFinished() && token.result().ok();
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasToken(), 30'000);
    }
};

QTEST_GUILESS_MAIN(TestClientSession)
#include "tst_client_session.moc"

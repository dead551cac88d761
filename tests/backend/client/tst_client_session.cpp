// SPDX-License-Identifier: GPL-3.0-or-later
#include "Person.h"

#include <QTest>

/// Sign-in, tokens and REST of the client core against the real academy.
class TestClientSession : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;

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
        auto token = later.session.accessToken();
        AWAIT_OK(token);
    }
};

QTEST_GUILESS_MAIN(TestClientSession)
#include "tst_client_session.moc"

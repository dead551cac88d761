// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

#include "store/KeychainSecretStore.h"
#include "store/MemorySecretStore.h"

/// Runs twice: with a real keyring (NEOLINGUS_KEYRING=1) and on a computer without a session bus.
class TestSecretStore : public QObject
{
    Q_OBJECT

    const bool m_keyring = qEnvironmentVariableIsSet("NEOLINGUS_KEYRING");

    static void check(SecretStore& store)
    {
        const QString key = QStringLiteral("session:127.0.0.1");
        const QByteArray secret("rotating\0token\xff", 15);
        QCOMPARE(answerOf(store.read(key)).error().code, QStringLiteral("secret_missing"));
        VERIFY_OK(answerOf(store.remove(key)));
        VERIFY_OK(answerOf(store.write(key, secret)));
        QCOMPARE(answerOf(store.read(key)).valueOr({}), secret);
        VERIFY_OK(answerOf(store.write(key, "second")));
        QCOMPARE(answerOf(store.read(key)).valueOr({}), QByteArray("second"));
        VERIFY_OK(answerOf(store.remove(key)));
        QCOMPARE(answerOf(store.read(key)).error().kind, ErrorKind::NotFound);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_keyring) {
            qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        }
    }

    void memoryKeepsSecretsForTheSession()
    {
        MemorySecretStore store;
        QVERIFY(!store.isPersistent());
        check(store);
    }

    void theFactoryTellsTheTruth()
    {
        const auto store = answerOf(openSecretStore());
        VERIFY_OK(store);
        QCOMPARE((*store)->isPersistent(), m_keyring);
        check(**store);
    }

    void theKeychainKeepsSecrets()
    {
        KeychainSecretStore store(QStringLiteral("neolingus-test"));
        if (m_keyring) {
            check(store);
            VERIFY_OK(answerOf(store.write(QStringLiteral("kept"), "x")));
            KeychainSecretStore another(QStringLiteral("neolingus-test"));
            QCOMPARE(answerOf(another.read(QStringLiteral("kept"))).valueOr({}), QByteArray("x"));
        } else {
            QCOMPARE(answerOf(store.write(QStringLiteral("kept"), "x")).error().code, QStringLiteral("secret_failed"));
        }
    }

    void jobsOnOneKeyKeepTheirOrder()
    {
        KeychainSecretStore store(QStringLiteral("neolingus-order"));
        QList<Async<void>> writes;
        for (int i = 0; i < 10; ++i) {
            writes.append(store.write(QStringLiteral("k"), QByteArray::number(i)));
        }
        const auto last = answerOf(store.read(QStringLiteral("k")));
        for (const auto& write : writes) {
            QVERIFY(write.isFinished());
        }
        QCOMPARE(last.valueOr({}), m_keyring ? QByteArray("9") : QByteArray());
    }

    void dyingWithJobsUnderWayAnswersCancelled()
    {
        Async<QByteArray> read;
        {
            KeychainSecretStore store;
            read = store.read(QStringLiteral("k"));
        }
        QCOMPARE(answerOf(read).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"

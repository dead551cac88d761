// SPDX-License-Identifier: GPL-3.0-or-later
#include "SelfSigned.h"
#include "net/CertificateProbe.h"
#include "support/FakeScheduler.h"

#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace std::chrono_literals;

/// What is seen of servers with a certificate of their own, with somebody else's, and with none.
class TestCertificateProbe : public QObject
{
    Q_OBJECT

    static constexpr int Patience = 20'000;

    FakeScheduler m_scheduler;
    std::optional<Result<ShownCertificate>> m_seen;

    void look(CertificateProbe& probe, quint16 port)
    {
        m_seen.reset();
        whenDone(probe.look(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(port))), this,
            [this](const Result<ShownCertificate>& seen) { m_seen = seen; });
    }
    QString codeOf(quint16 port)
    {
        CertificateProbe probe(m_scheduler);
        look(probe, port);
        (void)QTest::qWaitFor([this] { return m_seen.has_value(); }, Patience);
        return !m_seen ? QStringLiteral("nothing") : m_seen->ok() ? QString() : m_seen->error().code;
    }

private Q_SLOTS:
    void aCertificateOfItsOwnIsShownAndTheServerHearsNothing()
    {
        const SelfSigned identity;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(identity.certificate);
        configuration.setPrivateKey(identity.key);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        QSslServer server;
        server.setSslConfiguration(configuration);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        qint64 heard = 0;
        connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server, &heard] {
            QTcpSocket* guest = server.nextPendingConnection();
            connect(guest, &QTcpSocket::readyRead, guest, [guest, &heard] { heard += guest->readAll().size(); });
        });
        QCOMPARE(codeOf(server.serverPort()), QString());
        QCOMPARE((*m_seen)->sha256, identity.fingerprint());
        QVERIFY((*m_seen)->isSelfMade);
        QVERIFY(!(*m_seen)->isVouchedFor);
        QCOMPARE(heard, 0);
    }

    void aServerWithoutEncryptionIsNamed()
    {
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
            QTcpSocket* guest = plain.nextPendingConnection();
            guest->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            guest->disconnectFromHost();
        });
        QCOMPARE(codeOf(plain.serverPort()), QStringLiteral("tls_failed"));
    }

    void nobodyThere()
    {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        const quint16 port = gone.serverPort();
        gone.close();
        QCOMPARE(codeOf(port), QStringLiteral("network_unreachable"));
    }

    void aSilentServerIsGivenUp()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        CertificateProbe probe(m_scheduler);
        look(probe, silent.serverPort());
        QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), Patience);
        m_scheduler.advance(11s);
        QTRY_VERIFY_WITH_TIMEOUT(m_seen.has_value(), Patience);
        QCOMPARE(m_seen->error().code, QStringLiteral("tls_timeout"));
    }

    void whoStopsAskingIsLeftAlone()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        {
            CertificateProbe probe(m_scheduler);
            look(probe, silent.serverPort());
            QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), Patience);
        }
        m_scheduler.advance(11s);
        QTRY_VERIFY_WITH_TIMEOUT(m_seen.has_value(), Patience);
        QCOMPARE(m_seen->error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCertificateProbe)
#include "tst_certificateprobe.moc"

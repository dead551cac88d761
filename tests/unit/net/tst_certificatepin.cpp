// SPDX-License-Identifier: GPL-3.0-or-later
#include "SelfSigned.h"
#include "net/QtHttpClient.h"
#include "net/QtHttpStreams.h"
#include "net/WebSocketTransport.h"

#include <QSslConfiguration>
#include <QSslServer>
#include <QSslSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

namespace {

QSslConfiguration configurationOf(const SelfSigned& identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(identity.certificate);
    configuration.setPrivateKey(identity.key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

/// Answers every request with "hello" over TLS.
struct SecureHost
{
    explicit SecureHost(const SelfSigned& identity)
    {
        server.setSslConfiguration(configurationOf(identity));
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [this] {
            while (QTcpSocket* guest = server.nextPendingConnection()) {
                QObject::connect(guest, &QTcpSocket::readyRead, guest, [this, guest] {
                    if (guest->readAll().contains("\r\n\r\n")) {
                        ++requests;
                        guest->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                    }
                });
            }
        });
    }
    QUrl url() const { return QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(server.serverPort())); }

    QSslServer server;
    int requests = 0;
};

CertificatePin pinOf(const SelfSigned& identity, quint16 port)
{
    return {QStringLiteral("127.0.0.1"), port, identity.fingerprint()};
}

} // namespace

/// Three ways to the academy, each with the right pin, another pin and none.
class TestCertificatePin : public QObject
{
    Q_OBJECT

    const SelfSigned m_academy;
    const SelfSigned m_stranger;

    CertificatePin pin(const QString& which, quint16 port) const
    {
        if (which == QLatin1String("right")) {
            return pinOf(m_academy, port);
        }
        return which == QLatin1String("other") ? pinOf(m_stranger, port) : CertificatePin{};
    }
    static void cases()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QString>("code");
        QTest::newRow("the academy's") << QStringLiteral("right") << QString();
        QTest::newRow("another's") << QStringLiteral("other")
                                   << QStringLiteral("certificate_mismatch");
        QTest::newRow("none") << QStringLiteral("none") << QStringLiteral("tls_failed");
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QSslSocket::supportsSsl()) {
            QSKIP("this Qt has no TLS");
        }
    }

    void requests_data() { cases(); }
    void requests()
    {
        QFETCH(QString, which);
        QFETCH(QString, code);
        SecureHost host(m_academy);
        QtHttpClient http(pin(which, host.server.serverPort()));
        const Async<HttpResponse> answer = http.send({"GET", host.url(), {}, {}});
        QTRY_VERIFY(answer.isFinished());
        if (code.isEmpty()) {
            QVERIFY2(answer.result().ok(), answer.result().ok() ? "" : qPrintable(answer.result().error().code));
            QCOMPARE(answer.result()->body, QByteArray("hello"));
        } else {
            QCOMPARE(answer.result().error().code, code);
            QCOMPARE(answer.result().error().kind, ErrorKind::Protocol);
            QCOMPARE(host.requests, 0);
        }
    }

    void streams_data() { cases(); }
    void streams()
    {
        QFETCH(QString, which);
        QFETCH(QString, code);
        SecureHost host(m_academy);
        QtHttpStreams streams(pin(which, host.server.serverPort()));
        QObject parent;
        HttpStream* stream = streams.open({"GET", host.url(), {}, {}}, &parent);
        QByteArray body;
        std::optional<QString> end;
        connect(stream, &HttpStream::bytes, &parent, [&](const QByteArray& some) { body += some; });
        connect(stream, &HttpStream::finished, &parent, [&] { end = QString(); });
        connect(stream, &HttpStream::failed, &parent, [&](const Error& error) { end = error.code; });
        QTRY_VERIFY(end);
        QCOMPARE(*end, code);
        QCOMPARE(body, code.isEmpty() ? QByteArray("hello") : QByteArray());
    }

    void sockets_data() { cases(); }
    void sockets()
    {
        QFETCH(QString, which);
        QFETCH(QString, code);
        QWebSocketServer server(QStringLiteral("academy"), QWebSocketServer::SecureMode);
        server.setSslConfiguration(configurationOf(m_academy));
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QtScheduler time;
        WebSocketTransport transport(time, nullptr, pin(which, server.serverPort()));
        std::optional<QString> end;
        connect(&transport, &Transport::opened, this, [&] { end = QString(); });
        connect(&transport, &Transport::failed, this, [&](const Error& error) { end = error.code; });
        transport.open(QUrl(QStringLiteral("wss://127.0.0.1:%1/").arg(server.serverPort())), {});
        QTRY_VERIFY(end);
        QCOMPARE(*end, code);
    }

    void withoutTlsNothingIsSent()
    {
        const CertificatePin pinned = pinOf(m_academy, 8443);
        QtHttpClient http(pinned);
        const Async<HttpResponse> answer
            = http.send({"GET", QUrl(QStringLiteral("http://127.0.0.1:8080/")), {}, {}});
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result().error().code, QStringLiteral("certificate_missing"));
        QtScheduler time;
        WebSocketTransport transport(time, nullptr, pinned);
        QString end;
        connect(&transport, &Transport::failed, this, [&](const Error& error) { end = error.code; });
        transport.open(QUrl(QStringLiteral("ws://127.0.0.1:8080/")), {});
        QTRY_COMPARE(end, QStringLiteral("certificate_missing"));
    }

    void otherHostsAreJudgedAsUsual()
    {
        const CertificatePin pinned = pinOf(m_academy, 8443);
        QVERIFY(pinned.appliesTo(QUrl(QStringLiteral("https://127.0.0.1:8443/x"))));
        QVERIFY(!pinned.appliesTo(QUrl(QStringLiteral("https://127.0.0.1/x"))));
        QVERIFY(!pinned.appliesTo(QUrl(QStringLiteral("https://example.org:8443/"))));
        QVERIFY(!CertificatePin().appliesTo(QUrl(QStringLiteral("https://127.0.0.1:443/"))));
    }
};

QTEST_GUILESS_MAIN(TestCertificatePin)
#include "tst_certificatepin.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeTransport.h"

#include "wire/Json.h"

#include <QTest>

namespace {

void failTest(const QByteArray& message)
{
    QTest::qFail(message.constData(), __FILE__, __LINE__);
}

} // namespace

void FakeTransport::open(const QUrl& url, const HttpHeaders&)
{
    if (!m_url.isEmpty()) {
        failTest("a transport is opened once");
    }
    m_url = url;
    m_version = url.query().contains(QLatin1String("vsn=1.0.0")) ? PhoenixVersion::V1
                                                                 : PhoenixVersion::V2;
}

void FakeTransport::sendText(const QByteArray& utf8)
{
    if (!m_opened || m_gone) {
        failTest("sent on a socket that is not open: " + utf8);
        return;
    }
    m_sent.push_back(utf8);
}

void FakeTransport::sendBinary(const QByteArray& bytes)
{
    if (!m_opened || m_gone) {
        failTest("sent on a socket that is not open: " + bytes.toHex());
        return;
    }
    m_sentBytes.push_back(bytes);
}

void FakeTransport::close()
{
    m_gone = true;
}

void FakeTransport::abort()
{
    m_gone = true;
}

void FakeTransport::acceptOpen()
{
    m_opened = true;
    Q_EMIT opened();
}

void FakeTransport::refuse(const Error& error)
{
    m_gone = true;
    Q_EMIT failed(error);
}

void FakeTransport::drop(int code)
{
    m_gone = true;
    Q_EMIT closed(code, {});
}

void FakeTransport::receive(const QByteArray& text)
{
    Q_EMIT textReceived(text);
}

void FakeTransport::receiveBytes(const QByteArray& bytes)
{
    Q_EMIT binaryReceived(bytes);
}

PhoenixMessage FakeTransport::take(const QString& event)
{
    if (m_sent.empty()) {
        failTest("nothing was sent, expected " + event.toUtf8());
        return {};
    }
    const QByteArray text = m_sent.front();
    m_sent.pop_front();
    Result<PhoenixMessage> message = decodeText(m_version, text);
    if (!message.ok() || message->event != event) {
        failTest("expected " + event.toUtf8() + ", was sent " + text);
        return {};
    }
    message.value().payload = parseJson(message->payloadText).valueOr({});
    return *message;
}

void FakeTransport::verify()
{
    for (const QByteArray& text : m_sent) {
        failTest("nobody took " + text);
    }
    m_sent.clear();
    for (const QByteArray& bytes : m_sentBytes) {
        failTest("nobody took " + bytes.toHex());
    }
    m_sentBytes.clear();
}

void FakeTransport::ignoreHeartbeats()
{
    std::erase_if(m_sent, [](const QByteArray& text) { return text.contains("\"heartbeat\""); });
}

QByteArray FakeTransport::takeBytes()
{
    if (m_sentBytes.empty()) {
        failTest("no binary frame was sent");
        return {};
    }
    const QByteArray bytes = m_sentBytes.front();
    m_sentBytes.pop_front();
    return bytes;
}

Transport* FakeTransportFactory::create(QObject* parent)
{
    ++m_created;
    m_current = new FakeTransport(parent);
    return m_current;
}

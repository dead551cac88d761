// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeTransport.h"

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
    failTest("binary frames are never sent: older servers crash on them: " + bytes.toHex());
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
    const Result<PhoenixMessage> message = decodeText(PhoenixVersion::V2, text);
    if (!message.ok() || message->event != event) {
        failTest("expected " + event.toUtf8() + ", was sent " + text);
        return {};
    }
    return *message;
}

void FakeTransport::verify()
{
    for (const QByteArray& text : m_sent) {
        failTest("nobody took " + text);
    }
    m_sent.clear();
}

Transport* FakeTransportFactory::create(QObject* parent)
{
    ++m_created;
    m_current = new FakeTransport(parent);
    return m_current;
}

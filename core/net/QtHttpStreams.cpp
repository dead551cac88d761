// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtHttpStreams.h"

#include "base/Log.h"
#include "net/QtRequest.h"

#include <QNetworkAccessManager>

/// One stream: waits in the queue of its owner, then reads its reply.
class QtHttpStream final : public HttpStream
{
public:
    QtHttpStream(QtHttpStreams& owner, HttpRequest request, QObject* parent)
        : HttpStream(parent), m_owner(owner), m_ownerAlive(owner.m_context.get()),
          m_request(std::move(request))
    {
    }
    ~QtHttpStream() override { release(); }
    Q_DISABLE_COPY_MOVE(QtHttpStream)

    void abort() override { release(); }
    bool isWaiting() const { return !m_over && !m_reply; }

    void start(QNetworkAccessManager& manager, const CertificatePin& pin)
    {
        m_running = true;
        if (const auto objection = pin.objectionTo(m_request.url)) {
            conclude(objection);
            return;
        }
        m_reply = startRequest(manager, m_request, pin);
        connect(m_reply, &QNetworkReply::requestSent, this, [this] {
            if (!std::exchange(m_sent, true)) {
                Q_EMIT sent();
            }
        });
        connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { announce(); });
        connect(m_reply, &QNetworkReply::readyRead, this, [this] { read(); });
        connect(m_reply, &QNetworkReply::finished, this, [this] { end(); });
    }

private:
    bool isError() const { return m_status < 200 || m_status > 299; }

    /// Qt announces headers of redirects too; only the answer that stays counts.
    void announce()
    {
        const int status = statusOf(*m_reply);
        const bool redirect = status >= 300 && status < 400;
        if (m_status == 0 && status > 0 && !redirect) {
            m_status = status;
            Q_EMIT started(status, headersOf(*m_reply));
        }
    }

    void read()
    {
        const QPointer<QtHttpStream> alive(this);
        announce();
        if (!alive || !m_reply || !m_reply->isOpen() || m_status == 0) {
            return;
        }
        if (!isError()) {
            const QByteArray chunk = m_reply->readAll();
            if (!chunk.isEmpty()) {
                Q_EMIT bytes(chunk);
            }
            return;
        }
        m_errorBody.append(m_reply->read(QtHttpStreams::LargestErrorBody - m_errorBody.size()));
        if (m_errorBody.size() >= QtHttpStreams::LargestErrorBody) {
            conclude({});
        }
    }

    void end()
    {
        const QPointer<QtHttpStream> alive(this);
        const auto error = transportError(*m_reply);
        read();
        if (alive && !m_over) {
            conclude(error);
        }
    }

    void conclude(const std::optional<Error>& error)
    {
        const QPointer<QtHttpStream> alive(this);
        release();
        if (!m_errorBody.isEmpty()) {
            Q_EMIT bytes(m_errorBody);
        }
        if (!alive) {
            return;
        }
        if (error) {
            qCInfo(lcNet) << "stream" << loggable(m_request.url) << error->code;
            Q_EMIT failed(*error);
        } else {
            Q_EMIT finished();
        }
    }

    /// Detaches from the reply before stopping it: QNetworkReply::abort() reports from inside.
    void release()
    {
        m_over = true;
        if (m_reply) {
            m_reply->disconnect(this);
            if (m_status == 0 || !isError()) {
                m_reply->abort(); // after an error status Qt would report a second error; deleting
                                  // stops it
            }
            m_reply->deleteLater();
            m_reply = nullptr;
        }
        if (std::exchange(m_running, false) && m_ownerAlive) {
            m_owner.ended();
        }
    }

    QtHttpStreams& m_owner;
    QPointer<QObject> m_ownerAlive;
    HttpRequest m_request;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_errorBody;
    int m_status = 0;
    bool m_sent = false;
    bool m_running = false;
    bool m_over = false;
};

QtHttpStreams::QtHttpStreams(CertificatePin pin)
    : m_pin(std::move(pin)), m_manager(std::make_unique<QNetworkAccessManager>()), m_context(std::make_unique<QObject>())
{
}

QtHttpStreams::~QtHttpStreams() = default;

HttpStream* QtHttpStreams::open(const HttpRequest& request, QObject* parent)
{
    auto* stream = new QtHttpStream(*this, request, parent);
    m_waiting.append(stream);
    QMetaObject::invokeMethod(
        m_context.get(), [this] { startNext(); }, Qt::QueuedConnection);
    return stream;
}

void QtHttpStreams::startNext()
{
    while (m_running < LargestCount && !m_waiting.isEmpty()) {
        const QPointer<QtHttpStream> next = m_waiting.takeFirst();
        if (next && next->isWaiting()) {
            ++m_running;
            next->start(*m_manager, m_pin);
        }
    }
}

void QtHttpStreams::ended()
{
    --m_running;
    QMetaObject::invokeMethod(
        m_context.get(), [this] { startNext(); }, Qt::QueuedConnection);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/CertificatePin.h"
#include "net/HttpStream.h"

#include <QPointer>

#include <memory>

class QNetworkAccessManager;
class QtHttpStream;

/// Streams on a QNetworkAccessManager of their own, so that they never starve ordinary requests;
/// at most four at a time, the others wait in order. GUI thread; outlives its streams or not.
class QtHttpStreams final : public HttpStreams
{
public:
    static constexpr int LargestCount = 4;
    static constexpr qsizetype LargestErrorBody = 64 * 1024;

    explicit QtHttpStreams(CertificatePin pin = {});
    ~QtHttpStreams() override;
    Q_DISABLE_COPY_MOVE(QtHttpStreams)

    HttpStream* open(const HttpRequest& request, QObject* parent) override;
    int running() const { return m_running; }

private:
    friend class QtHttpStream;
    void startNext();
    void ended();

    CertificatePin m_pin;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<QObject> m_context;
    QList<QPointer<QtHttpStream>> m_waiting;
    int m_running = 0;
};

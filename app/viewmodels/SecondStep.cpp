// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/SecondStep.h"

#include "supabase/AuthSession.h"
#include "viewmodels/ErrorText.h"
#include "wire/QrCode.h"

#include <QBuffer>
#include <QImage>

#include <algorithm>

namespace {

/// Four dots per module and the quiet zone that readers need.
QUrl pictureOf(const QString& text)
{
    constexpr int Dots = 4;
    constexpr int Quiet = 4;
    const Result<QrCode> code = QrCode::of(text.toUtf8());
    if (!code.ok()) {
        return {};
    }
    const int side = (code->size() + 2 * Quiet) * Dots;
    QImage image(side, side, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    for (int y = 0; y < code->size() * Dots; ++y) {
        for (int x = 0; x < code->size() * Dots; ++x) {
            if (code->isDark(x / Dots, y / Dots)) {
                image.setPixel(x + Quiet * Dots, y + Quiet * Dots, qRgb(0, 0, 0));
            }
        }
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return QUrl(QStringLiteral("data:image/png;base64,") + QString::fromLatin1(bytes.toBase64()));
}

} // namespace

SecondStep::SecondStep(QObject* parent) : QObject(parent) { }

void SecondStep::setSession(AuthSession* session)
{
    m_client.reset();
    m_session = session;
    m_factors.clear();
    m_known = false;
    end();
    if (session) {
        m_client = std::make_unique<MfaClient>(*session);
    }
    Q_EMIT changed();
}

bool SecondStep::isOn() const
{
    return std::any_of(m_factors.begin(), m_factors.end(), [](const MfaFactor& factor) { return factor.verified; });
}

QString SecondStep::secret() const
{
    QString grouped;
    for (qsizetype i = 0; i < m_enrolment.secret.size(); i += 4) {
        grouped += (i > 0 ? QStringLiteral(" ") : QString()) + m_enrolment.secret.mid(i, 4);
    }
    return grouped;
}

void SecondStep::refresh()
{
    if (!m_client || !m_session || m_session->state() != AuthSession::State::SignedIn) {
        m_known = false;
        Q_EMIT changed();
        return;
    }
    whenDone(m_client->factors(), m_client.get(), [this](const Result<QList<MfaFactor>>& factors) {
        m_known = factors.ok();
        m_factors = factors.valueOr({});
        Q_EMIT changed();
    });
}

void SecondStep::begin()
{
    if (!m_client || m_busy) {
        return;
    }
    say({});
    setBusy(true);
    // The name tells this attempt from one that was left half-way; people never see it.
    const QString name = QStringLiteral("Neolingus %1").arg(m_factors.size() + 1);
    whenDone(m_client->enrol(name, QStringLiteral("Neolingus")), m_client.get(), [this](const Result<MfaEnrolment>& enrolment) {
        setBusy(false);
        if (enrolment.ok()) {
            m_enrolment = *enrolment;
            m_picture = pictureOf(m_enrolment.uri);
            Q_EMIT changed();
        } else {
            say(errorSentence(enrolment.error()));
        }
    });
}

void SecondStep::confirm(const QString& code)
{
    if (!m_client || m_busy || !isSettingUp()) {
        return;
    }
    QString digits = code;
    digits.remove(QLatin1Char(' '));
    say({});
    setBusy(true);
    whenDone(m_client->verify(m_enrolment.factorId, digits), m_client.get(), [this](const Result<void>& verified) {
        setBusy(false);
        if (verified.ok()) {
            end();
            refresh();
        } else {
            say(errorSentence(verified.error()));
        }
    });
}

void SecondStep::stop()
{
    if (m_client && isSettingUp()) {
        whenDone(m_client->remove(m_enrolment.factorId), m_client.get(), [](const Result<void>&) { });
    }
    end();
    Q_EMIT changed();
}

void SecondStep::turnOff()
{
    const auto on = std::find_if(m_factors.begin(), m_factors.end(), [](const MfaFactor& factor) { return factor.verified; });
    if (!m_client || m_busy || on == m_factors.end()) {
        return;
    }
    say({});
    setBusy(true);
    whenDone(m_client->remove(on->id), m_client.get(), [this](const Result<void>& removed) {
        setBusy(false);
        if (!removed.ok()) {
            say(errorSentence(removed.error()));
        }
        refresh();
    });
}

Async<void> SecondStep::takeStep(const QString& code)
{
    if (!m_client) {
        return readyAsync<void>(Error {ErrorKind::Unauthorized, QStringLiteral("signed_out"), {}, {}});
    }
    const AsyncPromise<void> promise;
    whenDone(m_client->factors(), m_client.get(), [this, promise, code](const Result<QList<MfaFactor>>& factors) {
        const QList<MfaFactor> known = factors.valueOr({});
        const auto on = std::find_if(known.begin(), known.end(), [](const MfaFactor& factor) { return factor.verified; });
        if (on == known.end()) {
            promise.resolve(factors.ok() ? Error {ErrorKind::NotFound, QStringLiteral("mfa_factor_not_found"), {}, {}} : factors.error());
            return;
        }
        whenDone(m_client->verify(on->id, code), m_client.get(),
            [promise](const Result<void>& verified) { promise.resolve(verified); });
    });
    return promise.future();
}

void SecondStep::say(const QString& error)
{
    m_error = error;
    Q_EMIT changed();
}

void SecondStep::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT changed();
}

void SecondStep::end()
{
    m_enrolment = {};
    m_picture.clear();
    m_error.clear();
}

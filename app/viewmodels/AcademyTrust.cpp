// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/AcademyTrust.h"

#include "store/Settings.h"
#include "wire/CertificateWords.h"
#include "wire/Json.h"

#include <QJsonObject>

namespace {

constexpr int HttpsPort = 443;
const QString Trusted = QStringLiteral("trustedAcademies");
const QString Certificate = QStringLiteral("sha256");
const QString Key = QStringLiteral("key");

QString nameOf(const QUrl& url)
{
    return url.host().toLower() + QLatin1Char(':') + QString::number(url.port(HttpsPort));
}

QJsonObject knownOf(const Settings& settings, const QUrl& url)
{
    return url.scheme() == QLatin1String("https")
        ? settings.value(Trusted).toObject().value(nameOf(url)).toObject()
        : QJsonObject();
}

} // namespace

AcademyTrust::AcademyTrust(Settings& settings, Scheduler& scheduler, QObject* parent)
    : QObject(parent), m_settings(settings), m_probe(scheduler)
{
}

QByteArray AcademyTrust::pinOf(const Settings& settings, const QUrl& url)
{
    return QByteArray::fromHex(knownOf(settings, url).value(Certificate).toString().toLatin1());
}

QStringList AcademyTrust::words() const
{
    return m_asked ? certificateWords(m_asked->sha256).split(QLatin1Char('-')) : QStringList();
}

QString AcademyTrust::academy() const
{
    return m_asked ? nameOf(m_asked->url) : QString();
}

Async<AcademyPass> AcademyTrust::admit(const QUrl& url, const QString& key)
{
    ask(std::nullopt);
    const QJsonObject known = knownOf(m_settings, url);
    if (url.scheme() != QLatin1String("https") || !known.isEmpty()) {
        return readyAsync<AcademyPass>(AcademyPass {pinOf(m_settings, url),
            key.isEmpty() ? known.value(Key).toString() : key});
    }
    const Question question {url, key, {}, {}};
    whenDone(m_probe.look(url), this, [this, question](const Result<ShownCertificate>& certificate) {
        if (certificate.ok()) {
            shown(question, *certificate);
        } else {
            question.promise.resolve(certificate.error());
        }
    });
    return question.promise.future();
}

void AcademyTrust::shown(const Question& question, const ShownCertificate& certificate)
{
    if (certificate.isVouchedFor) {
        question.promise.resolve(AcademyPass {{}, question.key});
    } else if (!certificate.isSelfMade) {
        question.promise.resolve(Error {ErrorKind::Protocol, QStringLiteral("tls_failed"), {}, {}});
    } else {
        ask(Question {question.url, question.key, certificate.sha256, question.promise});
    }
}

void AcademyTrust::ask(std::optional<Question> question)
{
    if (m_asked) {
        m_asked->promise.resolve(Error {ErrorKind::Cancelled, QStringLiteral("certificate_refused"), {}, {}});
    }
    m_asked = std::move(question);
    Q_EMIT changed();
}

void AcademyTrust::trust()
{
    if (!m_asked) {
        return;
    }
    const Question question = *std::exchange(m_asked, std::nullopt);
    Q_EMIT changed();
    if (question.key.isEmpty()) {
        askForKey(question);
    } else {
        keep(question);
    }
}

void AcademyTrust::refuse()
{
    // Later: a dialog closes before it says that it was accepted.
    QMetaObject::invokeMethod(this, [this] { ask(std::nullopt); }, Qt::QueuedConnection);
}

void AcademyTrust::askForKey(const Question& question)
{
    m_client = std::make_unique<QtHttpClient>(
        CertificatePin {question.url.host(), question.url.port(HttpsPort), question.sha256});
    QUrl front = question.url;
    front.setPath(QStringLiteral("/"));
    whenDone(m_client->send({"GET", front, {}, {}}), this, [this, question](const Result<HttpResponse>& answer) {
        if (!answer.ok()) {
            question.promise.resolve(answer.error());
            return;
        }
        Question answered = question;
        answered.key = parseJson(answer->body).valueOr({}).toObject().value(QLatin1String("publishable_key")).toString();
        keep(answered);
    });
}

void AcademyTrust::keep(const Question& question)
{
    QJsonObject all = m_settings.value(Trusted).toObject();
    all.insert(nameOf(question.url),
        QJsonObject {{Certificate, QString::fromLatin1(question.sha256.toHex())}, {Key, question.key}});
    m_settings.setValue(Trusted, all);
    question.promise.resolve(AcademyPass {question.sha256, question.key});
}

void AcademyTrust::forget(const QUrl& url)
{
    QJsonObject all = m_settings.value(Trusted).toObject();
    all.remove(nameOf(url));
    m_settings.setValue(Trusted, all);
}

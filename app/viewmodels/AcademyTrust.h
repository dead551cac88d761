// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/CertificateProbe.h"
#include "net/QtHttpClient.h"

#include <QObject>
#include <QStringList>
#include <QtQmlIntegration>

#include <memory>
#include <optional>

class Settings;

/// What is needed to talk to an academy beside its address. A value.
struct AcademyPass
{
    QByteArray certificatePin; ///< SHA-256; empty where authorities vouch for the certificate
    QString key;               ///< public key of the academy; empty: unknown
};

/// Whether the certificate of an academy may be trusted. An academy in a classroom makes its own:
/// the first time, the person compares six words with the teacher's screen; what they trusted is
/// kept in the settings by address and from then on nothing else passes there. GUI thread.
///
///     admit() → (unknown, self-made) → asking → trust() | refuse()
class AcademyTrust : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the account")
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    Q_PROPERTY(QStringList words READ words NOTIFY changed)
    Q_PROPERTY(QString academy READ academy NOTIFY changed)

public:
    AcademyTrust(Settings& settings, Scheduler& scheduler, QObject* parent = nullptr);

    /// What was trusted before; empty: nothing, certificates are judged as usual.
    static QByteArray pinOf(const Settings& settings, const QUrl& url);

    bool isAsking() const { return m_asked.has_value(); }
    /// The six words of the certificate that is asked about.
    QStringList words() const;
    /// Host and port of the academy that is asked about.
    QString academy() const;

    /// Answers when the academy may be talked to; asks the person when it must. `key` empty: a
    /// classroom's academy is asked for its own. Errors: Cancelled "certificate_refused" when the
    /// person does not trust it, Protocol "tls_failed" for a certificate nobody can compare, and
    /// those of CertificateProbe and HttpClient.
    Async<AcademyPass> admit(const QUrl& url, const QString& key);
    /// The words are the same.
    Q_INVOKABLE void trust();
    /// They are not, or the person does not know.
    Q_INVOKABLE void refuse();
    /// Shows a question whose answer nobody waits for, for the self-test.
    void present(const QUrl& url, const QByteArray& sha256) { ask(Question {url, {}, sha256, {}}); }
    /// Compares again the next time.
    void forget(const QUrl& url);

Q_SIGNALS:
    void changed();

private:
    struct Question
    {
        QUrl url;
        QString key;
        QByteArray sha256;
        AsyncPromise<AcademyPass> promise;
    };

    void shown(const Question& question, const ShownCertificate& certificate);
    /// Whoever was asked about before has no answer any more.
    void ask(std::optional<Question> question);
    void askForKey(const Question& question);
    void keep(const Question& question);

    Settings& m_settings;
    CertificateProbe m_probe;
    std::unique_ptr<QtHttpClient> m_client; ///< pinned to the academy that is asked for its key
    std::optional<Question> m_asked;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TutorPreferences.h"

#include "store/SecretStore.h"
#include "tutor/AiTutorStreamManager.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"

namespace {

const QString Key = QStringLiteral("tutor");
const QString Provider = QStringLiteral("provider");
const QString BaseUrl = QStringLiteral("baseUrl");
const QString Model = QStringLiteral("model");
const QString OpenAi = QStringLiteral("openai");
const QString Local = QStringLiteral("local");
const QString Notes = QStringLiteral("notes");

} // namespace

TutorPreferences::TutorPreferences(AppSettings& settings, QObject* parent) : QObject(parent), m_settings(settings) { }

void TutorPreferences::setSecrets(SecretStore* secrets)
{
    m_secrets = secrets;
    lookForKey();
}

void TutorPreferences::attach(AiTutorStreamManager* tutor)
{
    m_tutor = tutor;
    apply();
}

QString TutorPreferences::provider() const
{
    return read(Provider, Notes);
}

QString TutorPreferences::baseUrl() const
{
    const QString fallback = provider() == Local ? QStringLiteral("http://127.0.0.1:11434/v1")
                                                 : QStringLiteral("https://api.openai.com/v1");
    return read(BaseUrl + QLatin1Char(':') + provider(), fallback);
}

QString TutorPreferences::model() const
{
    return read(Model + QLatin1Char(':') + provider(), provider() == OpenAi ? QStringLiteral("gpt-4o-mini") : QString());
}

bool TutorPreferences::notesOnly() const
{
    return provider() == Notes || model().isEmpty() || (provider() == OpenAi && !m_hasKey);
}

QString TutorPreferences::displayName() const
{
    return notesOnly() ? tr("Notes tutor") : model();
}

TutorSettings TutorPreferences::tutorSettings() const
{
    TutorSettings settings;
    if (notesOnly()) {
        return settings;
    }
    settings.provider = TutorProviderKind::OpenAiChat;
    settings.baseUrl = QUrl(baseUrl());
    settings.model = model();
    settings.secretName = QStringLiteral("tutor:") + provider();
    settings.needsKey = provider() == OpenAi || m_hasKey;
    settings.timeouts = provider() == Local ? TutorTimeouts::forLocal() : TutorTimeouts::forCloud();
    return settings;
}

void TutorPreferences::chooseProvider(const QString& provider)
{
    write(Provider, provider);
    lookForKey();
}

void TutorPreferences::setBaseUrl(const QString& url)
{
    write(BaseUrl + QLatin1Char(':') + provider(), url.trimmed());
    apply();
}

void TutorPreferences::setModel(const QString& model)
{
    write(Model + QLatin1Char(':') + provider(), model.trimmed());
    apply();
}

void TutorPreferences::saveKey(const QString& key)
{
    if (!m_secrets || key.trimmed().isEmpty()) {
        return;
    }
    whenDone(m_secrets->write(QStringLiteral("tutor:") + provider(), key.trimmed().toUtf8()), this,
        [this](const Result<void>& written) {
            m_error = written.ok() ? QString() : errorSentence(written.error());
            m_hasKey = written.ok();
            apply();
        });
}

void TutorPreferences::removeKey()
{
    if (!m_secrets) {
        return;
    }
    whenDone(m_secrets->remove(QStringLiteral("tutor:") + provider()), this, [this](const Result<void>& removed) {
        m_error = removed.ok() ? QString() : errorSentence(removed.error());
        m_hasKey = m_hasKey && !removed.ok();
        apply();
    });
}

QString TutorPreferences::read(const QString& name, const QString& fallback) const
{
    const QString value = m_settings.store().value(Key).toObject().value(name).toString();
    return value.isEmpty() ? fallback : value;
}

void TutorPreferences::write(const QString& name, const QString& value)
{
    QJsonObject all = m_settings.store().value(Key).toObject();
    all.insert(name, value);
    m_settings.store().setValue(Key, all);
}

void TutorPreferences::lookForKey()
{
    m_hasKey = false;
    m_error.clear();
    apply();
    if (!m_secrets || provider() == Notes) {
        return;
    }
    const QString asked = provider();
    whenDone(m_secrets->read(QStringLiteral("tutor:") + asked), this, [this, asked](const Result<QByteArray>& key) {
        if (asked == provider()) {
            m_hasKey = key.ok() && !key->isEmpty();
            apply();
        }
    });
}

void TutorPreferences::apply()
{
    if (m_tutor) {
        m_tutor->setSettings(tutorSettings());
    }
    Q_EMIT changed();
}

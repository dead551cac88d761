// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorSettings.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

class AiTutorStreamManager;
class AppSettings;
class SecretStore;

/// Which tutor answers: the offline notes, OpenAI, or any server that speaks the same language.
/// The key goes to the keychain and never comes back to the screen. GUI thread.
class TutorPreferences : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(QString provider READ provider NOTIFY changed)
    Q_PROPERTY(QString baseUrl READ baseUrl NOTIFY changed)
    Q_PROPERTY(QString model READ model NOTIFY changed)
    Q_PROPERTY(bool hasKey READ hasKey NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)

public:
    explicit TutorPreferences(AppSettings& settings, QObject* parent = nullptr);

    void setSecrets(SecretStore* secrets);
    void attach(AiTutorStreamManager* tutor);

    QString provider() const; ///< notes, openai or local
    QString baseUrl() const;
    QString model() const;
    bool hasKey() const { return m_hasKey; }
    QString error() const { return m_error; }
    /// True when the notes tutor answers, by choice or for want of a key.
    bool notesOnly() const;
    QString displayName() const;
    TutorSettings tutorSettings() const;

    Q_INVOKABLE void chooseProvider(const QString& provider);
    Q_INVOKABLE void setBaseUrl(const QString& url);
    Q_INVOKABLE void setModel(const QString& model);
    Q_INVOKABLE void saveKey(const QString& key);
    Q_INVOKABLE void removeKey();

Q_SIGNALS:
    void changed();

private:
    QString read(const QString& name, const QString& fallback) const;
    void write(const QString& name, const QString& value);
    void lookForKey();
    void apply();

    AppSettings& m_settings;
    QPointer<SecretStore> m_secrets;
    QPointer<AiTutorStreamManager> m_tutor;
    QString m_error;
    bool m_hasKey = false;
};
